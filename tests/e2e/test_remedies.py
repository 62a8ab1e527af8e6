"""What one press does about a refusal: fewer pictures are made; moderators are asked, and grant more."""

from decimal import Decimal

import pytest

from bot.domain.moderation.actions import ActionKind
from bot.wording.asking import asked_before
from bot.wording.permissions import for_moderators_only
from sandbox.discord import Channel, Interaction, Kind, Member, Message, Trouble, Upload
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, moderator, spend
from tests.e2e.pages import words_of
from tests.e2e.photos import photo
from tests.e2e.pressing import fields, hand_made_form, labels, private, submitted

ROOM = {"guild_day_usd": Decimal(5), "guild_month_usd": Decimal(50)}
"""Limits of the whole server, under which moderators may allow members more."""


async def started(bot: Harness, **limits: object) -> None:
    await bot.start(limits=limits)
    await bot.ready()


async def refusal_of(bot: Harness, asked: Interaction) -> Message:
    return await bot.until(lambda: bot.private_answer(asked))


def requests(place: Channel) -> list[Message]:
    return [each for each in place.messages.values() if "would like more" in each.content]


async def test_where_four_do_not_fit_the_budget_one_press_makes_as_many_as_do(harness: Harness) -> None:
    await started(harness, user_day_usd=Decimal("0.07"))

    refusal = await refusal_of(harness, await harness.imagine(count=4))

    assert refusal.content.startswith(
        "**Four pictures cost about $0.12, and you have $0.07 left today.**\nTwo fit."
    )
    assert labels(refusal) == [["Make 2 · about $0.06"]]
    pressed = await harness.click(harness.alice, refusal, "Make 2 · about $0.06")
    result = await harness.posted(pressed)
    assert len(result.attachments) == 2
    assert await harness.books.jobs() == [pressed.id]

    again = await harness.click(harness.alice, refusal, "Make 2 · about $0.06")
    await harness.refused(again)
    assert len(harness.submits) == 2


async def test_fewer_are_checked_anew(harness: Harness) -> None:
    await started(harness, user_day_usd=Decimal("0.07"))
    refusal = await refusal_of(harness, await harness.imagine(count=4))
    await harness.posted(await harness.imagine(count=2))  # learnt by that: $0.0065 each

    await harness.posted(await harness.imagine(count=4))
    await harness.posted(await harness.imagine(count=4))
    pressed = await harness.click(harness.alice, refusal, "Make 2 · about $0.06")

    assert "you have $0.005 left today" in await harness.refused(pressed)
    assert len(harness.submits) == 10


async def test_where_the_number_on_the_way_leaves_room_for_one_it_is_offered(harness: Harness) -> None:
    await started(harness, user_running=2, user_queued=2)
    harness.spark.trouble.add(SparkTrouble("submit", "never", times=9))
    await harness.imagine(count=3)
    await harness.logged("job.accepted")

    refusal = await refusal_of(harness, await harness.imagine(count=2))

    assert refusal.content.startswith("**You have 3 pictures on the way, and 4 is the most.**\nOne more fits now")
    [[label]] = labels(refusal)
    await harness.click(harness.alice, refusal, label)
    await harness.logged("job.accepted", times=2)
    refusal = await refusal_of(harness, await harness.imagine(count=2))
    assert refusal.components == []


async def test_a_refusal_that_nobody_here_can_mend_has_no_button(harness: Harness) -> None:
    await started(harness, user_day_usd=Decimal("0.01"))
    assert (await refusal_of(harness, await harness.imagine())).components == []


async def asked_for_more(bot: Harness, place: Channel | None = None) -> Interaction:
    """Have alice be refused, and ask the moderators."""
    refusal = await refusal_of(bot, await bot.imagine(place=place))
    assert labels(refusal) == [["Ask a moderator"]]
    pressed = await bot.click(bot.alice, refusal, "Ask a moderator")
    await private(bot, pressed)
    return pressed


async def granted(bot: Harness, by: Member, request: Message, **values: str) -> Interaction:
    [[label]] = labels(request)
    opened = await bot.click(by, request, label)
    return await submitted(bot, opened, **{"amount": "0.50", "days": "1", "reason": "the fair", **values})


async def test_a_member_asks_and_a_moderator_grants(harness: Harness) -> None:
    await started(harness, user_day_usd=Decimal("0.01"), **ROOM)
    mona = moderator(harness)

    asked = await private(harness, await asked_for_more(harness))

    assert asked.content.startswith(f"**The moderators are asked,** in <#{harness.general.id}>.")
    [request] = requests(harness.general)
    assert request.content.splitlines()[:2] == [
        f"**<@{harness.alice.id}> would like more for today.**",
        "$0.00 of $0.01 is used.",
    ]
    assert labels(request) == [["Grant $0.01…"]]
    assert harness.pinged() == set()
    opened = await harness.click(mona, request, "Grant $0.01…")
    asks = fields(opened)
    assert [each.get("value") for each in asks.values()] == ["$0.01", "1", "asked for it"]

    told = await private(harness, await granted(harness, mona, request))

    assert words_of(told).startswith(f"**<@{harness.alice.id}> has $0.50 more until <t:")
    await harness.until(lambda: request.components == [])
    assert request.content.startswith(f"**<@{harness.alice.id}> has $0.50 more** until <t:")
    direct = harness.discord.direct_messages(harness.alice)
    [more] = await harness.until(lambda: list(direct.messages.values()))
    assert more.content.startswith("**You can go on: you have $0.50 more** until <t:")
    await harness.posted(await harness.imagine())
    recorded = [(each.kind, each.actor_id, each.what.split(" until")[0]) for each in await actions(harness)]
    assert recorded == [
        (ActionKind.ASK, harness.alice.id, "asked for more than their limit for the day"),
        (ActionKind.GRANT, mona.id, "granted $0.50"),
    ]


async def test_it_is_asked_in_the_log_channel_where_there_is_one_and_told_there_once(harness: Harness) -> None:
    await started(harness, user_day_usd=Decimal("0.01"), **ROOM)
    mona = moderator(harness)
    log = harness.discord.add_channel(harness.guild, "log")
    await spend(harness, "settings", mona, log_channel=log)

    asked = await private(harness, await asked_for_more(harness))

    assert f"<#{log.id}>" not in asked.content
    [request] = requests(log)
    assert requests(harness.general) == []
    await granted(harness, mona, request)
    recorded = f"<@{mona.id}> granted $0.50"
    await harness.until(lambda: any(each.content.startswith(recorded) for each in log.messages.values()))
    assert [each for each in log.messages.values() if "asked for more than" in each.content] == []


async def test_a_member_asks_once_a_day(harness: Harness) -> None:
    await started(harness, user_day_usd=Decimal("0.01"), **ROOM)
    await asked_for_more(harness)

    again = await asked_for_more(harness)

    assert await harness.refused(again) == asked_before().text
    assert len(requests(harness.general)) == 1
    await harness.clock.advance(24 * 3600)
    await private(harness, await asked_for_more(harness))
    assert len(requests(harness.general)) == 2


async def test_only_a_moderator_grants_and_only_once(harness: Harness) -> None:
    await started(harness, user_day_usd=Decimal("0.01"), **ROOM)
    mona = moderator(harness)
    await asked_for_more(harness)
    [request] = requests(harness.general)

    tried = await harness.click(harness.alice, request, "Grant $0.01…")
    assert await harness.refused(tried) == for_moderators_only("/spend grant").text
    [first, second] = [await harness.click(mona, request, "Grant $0.01…") for _ in range(2)]
    await private(harness, await submitted(harness, first, amount="0.50", days="1", reason="the fair"))
    late = await submitted(harness, second, amount="0.50", days="1", reason="the fair")

    assert "has granted $0.50 already" in await harness.refused(late)
    kinds = [each.kind for each in await actions(harness) if not each.refused]
    assert kinds == [ActionKind.ASK, ActionKind.GRANT]


@pytest.mark.parametrize("values", [{"amount": "0"}, {"amount": "much"}, {"days": "0"}, {"reason": " "}])
async def test_a_form_that_says_no_amount_days_or_reason_grants_nothing(
    harness: Harness, values: dict[str, str]
) -> None:
    await started(harness, user_day_usd=Decimal("0.01"), **ROOM)
    mona = moderator(harness)
    await asked_for_more(harness)
    [request] = requests(harness.general)
    await harness.refused(await granted(harness, mona, request, **values))
    assert [each.kind for each in await actions(harness)] == [ActionKind.ASK]
    assert labels(request) == [["Grant $0.01…"]]


async def test_whoever_takes_no_direct_messages_is_told_in_the_place_without_the_amount(
    harness: Harness,
) -> None:
    await started(harness, user_day_usd=Decimal("0.01"), **ROOM)
    mona = moderator(harness)
    await asked_for_more(harness)
    [request] = requests(harness.general)
    harness.discord.trouble.add(Trouble("POST", r"/users/@me/channels", Kind.RESET, times=9))
    await granted(harness, mona, request)
    [told] = await harness.until(
        lambda: [each for each in harness.general.messages.values() if "/usage shows you alone" in each.content],
        tick=1,
    )
    assert told.pinged == {harness.alice.id}
    assert "$" not in told.content


async def test_where_discord_does_not_take_the_request_it_can_be_asked_once_more(harness: Harness) -> None:
    await started(harness, user_day_usd=Decimal("0.01"), **ROOM)
    harness.discord.trouble.add(Trouble("POST", r"/channels/\d+/messages", Kind.RESET))
    assert "I could not ask" in await harness.refused(await asked_for_more(harness))
    await private(harness, await asked_for_more(harness))
    assert len(requests(harness.general)) == 1


async def test_a_picture_that_was_missing_is_attached_and_the_order_goes_on(bot: Harness) -> None:
    refusal = await refusal_of(bot, await bot.command("edit", prompt="make it night"))
    assert refusal.content.startswith("**Which picture?")
    assert labels(refusal) == [["Attach a picture"]]

    opened = await bot.click(bot.alice, refusal, "Attach a picture")
    notes = await submitted(bot, opened, picture=Upload(0, "notes.txt", b"no picture"))
    assert "no picture of a kind" in await bot.refused(notes)
    assert bot.submits == []

    opened = await bot.click(bot.alice, refusal, "Attach a picture")
    result = await bot.posted(await submitted(bot, opened, picture=photo(name="SPOILER_me.png")))
    assert [file.spoiler for file in result.attachments] == [True]
    [submit] = bot.submits
    assert submit.params["prompt"] == "make it night"


async def test_a_picture_for_an_order_of_long_ago_is_refused_before_anything_is_charged(bot: Harness) -> None:
    refusal = await refusal_of(bot, await bot.command("edit", prompt="make it night"))
    opened = await bot.click(bot.alice, refusal, "Attach a picture")
    await bot.clock.advance(15 * 60)
    sent = await submitted(bot, opened, picture=photo())
    assert "waited too long" in await bot.refused(sent)
    assert await bot.books.jobs() == []


@pytest.mark.parametrize("custom_id", ["attach-form:", "attach-form:19a3f2c4d5e-1", "attach-form:../../etc"])
async def test_a_hand_made_form_without_a_picture_is_refused(bot: Harness, custom_id: str) -> None:
    sent = await hand_made_form(bot, bot.alice, custom_id, picture="1234567890")
    assert "I no longer know this form." in await bot.refused(sent)
