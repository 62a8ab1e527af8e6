from decimal import Decimal

import pytest

from sandbox.discord import Kind, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import spend, start
from tests.e2e.pages import words_of
from tests.e2e.pressing import private

TOMORROW = 1767312000  # 2026-01-02T00:00:00Z; the clock starts a day before
NEXT_MONTH = 1769904000  # 2026-02-01T00:00:00Z
DAY = 24 * 3600
CALLBACK = r"/interactions/\d+/[^/]+/callback"
WEBHOOK = r"/webhooks/\d+/[^/]+"


async def _start(harness: Harness, **limits: str) -> None:
    await harness.start(limits={name: Decimal(amount) for name, amount in limits.items()})
    await harness.ready()


@pytest.mark.parametrize(
    ("limit", "has", "time", "resets"),
    [
        ("user_day_usd", "you have", "today", TOMORROW),
        ("user_month_usd", "you have", "this month", NEXT_MONTH),
        ("guild_day_usd", "this server has", "today", TOMORROW),
        ("guild_month_usd", "this server has", "this month", NEXT_MONTH),
        ("total_day_usd", "all who use this bot together have", "today", TOMORROW),
        ("total_month_usd", "all who use this bot together have", "this month", NEXT_MONTH),
    ],
)
async def test_a_limit_refuses_and_says_which_how_much_and_until_when(
    harness: Harness, limit: str, has: str, time: str, resets: int
) -> None:
    await _start(harness, **{limit: "0.03"})
    first = await harness.imagine()
    await harness.posted(first)
    refused = await harness.imagine(size="hd")
    text = await harness.refused(refused)

    assert text.splitlines() == [
        f"**This picture costs about $0.03, and {has} $0.0235 left {time}.**",
        f"There is more <t:{resets}:R>.",
    ]
    assert refused.response is None  # the deferral that everybody saw is gone
    assert await harness.books.jobs() == [first.id]
    assert await harness.books.today(harness.alice, harness.guild) == ("0.0065", "0")
    assert len(harness.submits) == 1


async def test_what_is_reserved_counts_as_spent(harness: Harness) -> None:
    await _start(harness, user_day_usd="0.05")
    harness.spark.trouble.add(SparkTrouble("submit", "never"))
    first = await harness.imagine()
    text = await harness.refused(await harness.imagine())
    assert "you have $0.02 left today" in text
    await harness.logged("task.running")
    harness.finish()
    await harness.posted(first, tick=1)
    await harness.posted(await harness.imagine())


async def test_a_limit_that_is_just_kept_does_not_refuse(harness: Harness) -> None:
    await _start(harness, user_day_usd="0.06")
    await harness.posted(await harness.imagine(count=2))


async def test_two_commands_at_once_do_not_pass_a_limit_together(harness: Harness) -> None:
    await _start(harness, user_day_usd="0.05")
    options = {"prompt": "a red fox"}
    asked = [await harness.discord.command(harness.alice, harness.general, "/imagine", options) for _ in range(3)]
    await harness.until(lambda: len([i for i in asked if harness.private_answer(i)]) == 2)
    (taken,) = [i for i in asked if not harness.private_answer(i)]
    await harness.posted(taken)
    assert await harness.books.jobs() == [taken.id]


async def test_a_limit_starts_anew(harness: Harness) -> None:
    await _start(harness, user_day_usd="0.03")
    await harness.posted(await harness.imagine())
    await harness.refused(await harness.imagine(size="hd"))
    await harness.clock.advance(DAY)
    await harness.posted(await harness.imagine(size="hd"))


async def test_one_persons_limit_is_nobody_elses(harness: Harness) -> None:
    await _start(harness, user_day_usd="0.03")
    await harness.posted(await harness.imagine(harness.alice))
    await harness.refused(await harness.imagine(harness.alice, size="hd"))
    await harness.posted(await harness.imagine(harness.bob, size="hd"))
    await harness.posted(await harness.imagine(harness.alice, harness.discord.direct_messages(harness.alice)))


async def test_the_servers_limit_is_everybodys(harness: Harness) -> None:
    await _start(harness, guild_day_usd="0.03")
    await harness.posted(await harness.imagine(harness.alice))
    text = await harness.refused(await harness.imagine(harness.bob, size="hd"))
    assert "this server has $0.0235 left today" in text


async def test_what_somebody_spends_elsewhere_counts_and_is_told_to_them_alone(harness: Harness) -> None:
    mona = await start(harness, everywhere_day_usd=Decimal("0.03"))
    await harness.posted(await harness.imagine(place=harness.discord.direct_messages(harness.alice)))

    refused = await harness.refused(await harness.imagine(count=4))

    assert refused.startswith("**Four pictures cost $0.026, and you have $0.0235 left today over all servers.**")
    own = await private(harness, await harness.command("/usage"))
    assert f"You, over all servers: $0.0235 left today · more <t:{TOMORROW}:R>" in words_of(own)
    seen = await spend(harness, "user", mona, member=harness.alice)
    assert "Today: **$0.03 left** of $0.03" in seen
    for told in ("over all servers", "I said no to", "0.0235"):
        assert told not in seen


async def test_trying_again_has_its_price_too(harness: Harness) -> None:
    await _start(harness, user_day_usd="0.03")
    harness.spark.trouble.add(SparkTrouble("submit", "reset", accepted=True))
    asked = await harness.imagine()
    notice = await harness.posted(asked)
    text = await harness.refused(await harness.click(harness.alice, notice, "Try again"))
    assert "today" in text
    assert await harness.books.jobs() == [asked.id]


@pytest.mark.parametrize("lost", ["the deferral's answer", "the deletion's answer", "the refusal's answer"])
async def test_a_refusal_is_said_although_discord_loses_an_answer(harness: Harness, lost: str) -> None:
    await _start(harness, user_day_usd="0.01")
    match lost:
        case "the deferral's answer":
            trouble = Trouble("POST", CALLBACK, Kind.RESET, applied=True)
        case "the deletion's answer":
            trouble = Trouble("DELETE", WEBHOOK + "/messages/@original", Kind.RESET, applied=True)
        case _:
            trouble = Trouble("POST", WEBHOOK, Kind.RESET, applied=True)
    harness.discord.trouble.add(trouble)
    asked = await harness.imagine()
    text = await harness.refused(asked)
    assert "today" in text
    assert asked.response is None
    await harness.stop()  # which waits for all that is still to be said
    assert len(asked.followups) == 1
