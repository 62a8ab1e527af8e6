"""What something costs is shown before it is spent: beside each count, and asked about where it is much."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from sandbox.discord import Interaction, InteractionState, Member, Message, Permissions, Upload
from sandbox.discord.people.inputs import OptionInput
from sandbox.spark import server
from tests.e2e.harness import Harness
from tests.e2e.photos import photo
from tests.e2e.pressing import form_sent
from tests.e2e.talking import note_to, result, say
from tests.spark.images import pictures

SPEND = "Spend about $0.12"


async def _start(harness: Harness, above: str = "0.1", **limits: Decimal) -> None:
    await harness.start(limits={"confirm_above_usd": Decimal(above), **limits})
    await harness.ready()


async def _question(bot: Harness, asked: Interaction) -> Message:
    await bot.refused(asked)
    question = bot.private_answer(asked)
    assert question is not None
    return question


async def _nothing_came_of_it(bot: Harness, member: Member) -> bool:
    spent = await bot.books.today(member, bot.guild)
    return not bot.submits and not await bot.books.jobs() and spent == ("0", "0")


# the question


async def test_a_dear_order_is_asked_about_in_private_and_nothing_is_reserved(harness: Harness) -> None:
    await _start(harness)
    asked = await harness.imagine(count=4, prompt="a *red* fox")
    question = await _question(harness, asked)
    assert question.content.splitlines() == [
        "**Spend about $0.12?**",
        "It is for 4 pictures at about $0.03: /imagine **a \\*red\\* fox**",
        "Left: **$1.00** of your $1.00 today · **$10.00** of your $10.00 this month.",
        "-# I ask before I spend more than $0.10 at once. If you had rather not, do nothing.",
    ]
    assert question.ephemeral
    assert asked.response is question  # nobody else has seen that anything was asked
    assert await _nothing_came_of_it(harness, harness.alice)


async def test_on_agreement_it_is_done_once_however_often_it_is_pressed(harness: Harness) -> None:
    await _start(harness)
    question = await _question(harness, await harness.imagine(count=4))
    first, second = await asyncio.gather(*(harness.click(harness.alice, question, SPEND) for _ in range(2)))
    refused = await harness.until(lambda: harness.private_answer(first) or harness.private_answer(second))
    assert "has waited too long" in refused.content
    done = first if harness.private_answer(second) else second
    assert len((await harness.posted(done)).attachments) == 4
    assert await harness.books.jobs() == [done.id]


async def test_a_press_that_discord_repeats_is_one_job_whose_answer_stays(harness: Harness) -> None:
    await _start(harness)
    question = await _question(harness, await harness.imagine(count=4))
    press = await harness.click(harness.alice, question, SPEND)
    harness.discord.replay(press)
    assert len((await harness.posted(press)).attachments) == 4
    await harness.logged("interaction.replayed")
    assert await harness.books.jobs() == [press.id]
    assert press.response is not None
    assert not press.ephemeral


@pytest.mark.parametrize(("count", "asks"), [(3, False), (4, True)])
async def test_just_as_much_is_not_asked_about(harness: Harness, count: int, asks: bool) -> None:
    await _start(harness, above="0.09")
    asked = await harness.imagine(count=count)
    if asks:
        assert (await _question(harness, asked)).content.startswith("**Spend about")
    else:
        await harness.posted(asked)


async def test_none_never_asks(harness: Harness) -> None:
    await harness.start(limits={"confirm_above_usd": None, "user_day_usd": None})
    await harness.ready()
    await harness.posted(await harness.imagine(count=4))


async def test_what_would_pass_a_limit_is_refused_and_not_asked_about(harness: Harness) -> None:
    await _start(harness, user_day_usd=Decimal("0.11"))
    asked = await harness.imagine(count=4)
    assert "today" in await harness.refused(asked)
    assert await _nothing_came_of_it(harness, harness.alice)


async def test_a_tighter_limit_of_the_server_is_named(harness: Harness) -> None:
    await _start(harness, guild_day_usd=Decimal("0.5"))
    question = await _question(harness, await harness.imagine(count=4))
    assert question.content.splitlines()[2].endswith("· **$0.50** of this server's $0.50 today.")


async def test_a_budget_that_was_used_up_meanwhile_still_refuses(harness: Harness) -> None:
    await _start(harness, user_day_usd=Decimal("0.15"))
    question = await _question(harness, await harness.imagine(count=4))
    for _ in range(6):
        await harness.posted(await harness.imagine(size="hd"))
    press = await harness.click(harness.alice, question, SPEND)
    assert "today" in await harness.refused(press)


async def test_a_price_that_rose_meanwhile_is_asked_about_anew(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "price", lambda *_: Decimal("0.05"))
    await _start(harness)
    question = await _question(harness, await harness.imagine(count=4))
    await harness.posted(await harness.imagine())
    press = await harness.click(harness.alice, question, SPEND)
    anew = await _question(harness, press)
    assert anew.content.startswith("**Spend $0.20?**\nIt is for 4 pictures at $0.05")
    assert len((await harness.posted(await harness.click(harness.alice, anew, "Spend $0.20"))).attachments) == 4


async def test_a_refused_yes_can_be_given_again(harness: Harness) -> None:
    await _start(harness)
    question = await _question(harness, await harness.imagine(count=4))
    own = harness.guild.members[harness.discord.world.bot.id]
    harness.discord.set_overwrite(harness.general, own, deny=Permissions.ATTACH_FILES)
    assert "Attach Files" in await harness.refused(await harness.click(harness.alice, question, SPEND))
    harness.discord.set_overwrite(harness.general, own)
    assert (await harness.posted(await harness.click(harness.alice, question, SPEND))).attachments


# every way of asking


async def _careful_with_a_result(harness: Harness) -> Message:
    """Have a picture made, and start the bot anew so that it asks about everything."""
    await _start(harness, above="1")
    posted = await result(harness)
    await harness.stop()
    await _start(harness, above="0.001")
    return posted


async def _agreed(bot: Harness, asked: Interaction) -> None:
    """Agree to what is asked, which nobody else sees, and wait for what comes of it."""
    before = await bot.books.jobs()
    question = await _question(bot, asked)
    assert await bot.books.jobs() == before
    assert asked.response is None or asked.response.ephemeral
    [label] = [each["label"] for row in question.components for each in row["components"]]
    press = await bot.click(bot.alice, question, label)
    assert (await bot.posted(press)).attachments
    assert await bot.books.jobs() == [*before, press.id]


async def test_every_command_and_button_asks(harness: Harness) -> None:
    posted = await _careful_with_a_result(harness)
    picture = photo()
    await _agreed(harness, await harness.command("/edit", prompt="make it night", image=picture))
    await _agreed(harness, await harness.command("/stylize", style="watercolor", image=picture))
    await _agreed(harness, await harness.command("/portrait", prompt="as a pirate", image=picture))
    await _agreed(harness, await harness.click(harness.alice, posted, "Again"))
    await _agreed(harness, await form_sent(harness, harness.alice, posted, "Edit", prompt="make it day"))


async def test_who_agreed_to_a_copy_is_then_asked_about_the_price(harness: Harness) -> None:
    await _start(harness, above="0.001")
    phone = Upload(0, "me.heic", pictures.heic(640, 800))
    question = await _question(harness, await harness.command("/portrait", prompt="as a pirate", image=phone))
    press = await harness.click(harness.alice, question, "Post it here and go on")
    await _agreed(harness, press)


async def test_a_reply_is_refused_for_all_to_see_without_what_the_person_has(harness: Harness) -> None:
    posted = await _careful_with_a_result(harness)
    before = await harness.books.today(harness.alice, harness.guild)
    note = await note_to(harness, await say(harness, "make it night", reply_to=posted))
    assert note.content.startswith("**That costs about $0.03, and above $0.001 I ask first.**\n")
    assert len(await harness.books.jobs()) == 1
    assert await harness.books.today(harness.alice, harness.guild) == before


# the counts


async def _offered(bot: Harness, typed: str = "", **options: OptionInput) -> list[str]:
    asked = await bot.discord.complete(bot.alice, bot.general, "/imagine", "count", typed, options)
    await bot.discord.wait_for(lambda: asked.state is not InteractionState.PENDING)
    assert asked.choices is not None
    assert [choice["name"][0] for choice in asked.choices] == [str(choice["value"]) for choice in asked.choices]
    return [choice["name"] for choice in asked.choices]


async def test_each_count_is_offered_with_its_price(bot: Harness) -> None:
    assert await _offered(bot) == [
        "1 picture · about $0.03",
        "2 pictures · about $0.06",
        "3 pictures · about $0.09",
        "4 pictures · about $0.12",
    ]
    assert await _offered(bot, "3") == ["3 pictures · about $0.09"]
    assert len(await _offered(bot, "lots", prompt="a fox", size="hd")) == 4


async def test_the_prices_are_those_of_the_size_chosen_so_far_as_they_were_learnt(bot: Harness) -> None:
    await bot.posted(await bot.imagine())
    await bot.posted(await bot.imagine(size="16:9 hd"))
    assert (await _offered(bot))[1] == "2 pictures · $0.013"
    assert (await _offered(bot, size="16:9 hd"))[1] == "2 pictures · $0.026"
    assert (await _offered(bot, size="hd"))[1] == "2 pictures · about $0.06"  # not seen yet
    assert (await _offered(bot, size="1328x1328"))[1] == "2 pictures · $0.013"
    # what does not go together is refused once it is sent; until then there is no price
    assert await _offered(bot, size="1328") == ["1 picture", "2 pictures", "3 pictures", "4 pictures"]


# the sizes


async def _sizes(bot: Harness, command: str, typed: str = "", **options: OptionInput) -> dict[str, str]:
    asked = await bot.discord.complete(bot.alice, bot.general, command, "size", typed, options)
    await bot.discord.wait_for(lambda: asked.state is not InteractionState.PENDING)
    assert asked.choices is not None
    return {choice["value"]: choice["name"] for choice in asked.choices}


async def test_each_size_is_offered_with_its_pixels_and_its_price(bot: Harness) -> None:
    await bot.posted(await bot.imagine(size="16:9"))
    offered = await _sizes(bot, "/imagine")
    assert len(offered) == 18
    assert offered["16:9"] == "16:9 · 1664×936 · $0.0065"
    assert offered["16:9 hd"] == "16:9 HD · 2560×1440 · about $0.03"
    assert await _sizes(bot, "/imagine", "1500 × 900") == {"1500x900": "1500×900 · about $0.03"}
    assert (await _sizes(bot, "/edit", "16:9"))["16:9"] == "16:9 · 1536×864 · about $0.03"
    assert (await _sizes(bot, "/portrait", "hd"))["16:9 hd"] == "16:9 HD · 2048×1152 · about $0.03"


# what is learnt


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("/imagine", {"prompt": "a fox"}),
        ("/edit", {"prompt": "make it night"}),
        ("/edit", {"prompt": "make it night", "model": "structure"}),
        ("/stylize", {"style": "watercolor"}),
        ("/portrait", {"prompt": "as a pirate"}),
    ],
)
async def test_a_cost_above_its_estimate_is_settled_as_it_is_and_the_next_estimate_learns_from_it(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, command: str, options: dict[str, str]
) -> None:
    monkeypatch.setattr(server, "price", lambda *_: Decimal("0.0723"))
    await harness.start(limits={"user_day_usd": Decimal("0.05")})
    await harness.ready()
    given: dict[str, Any] = {**options}
    if command != "/imagine":
        given["image"] = photo()
    asked = await harness.command(command, **given)
    await harness.posted(asked)
    assert await harness.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0723")]
    assert await harness.books.today(harness.alice, harness.guild) == ("0.0723", "0")

    await harness.stop()  # it is learnt from the database, too
    await harness.start(limits={"user_day_usd": Decimal("0.1")})
    await harness.ready()
    if command != "/imagine":  # of another size
        given["image"] = Upload(0, "other.png", pictures.encoded(pictures.scene(700, 900), "PNG"))
    else:
        given["size"] = "hd"
    text = await harness.refused(await harness.command(command, **given))
    assert "$0.0723, and you have $0.0277 left today" in text
