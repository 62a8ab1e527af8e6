"""Every way in which somebody comes to a picture, against "Never mine": none passes."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest

from bot.domain.pictures.ownership import PictureRule
from sandbox.discord import Interaction, Message, Upload
from tests.e2e.harness import Harness
from tests.e2e.owning import COPIES, drawn, keeps
from tests.e2e.photos import drawing, drawing_file
from tests.e2e.pressing import form_sent, hand_made_form, menu, private, submitted
from tests.e2e.styles import styled
from tests.e2e.talking import at, note_to, result, say, start_with_intent

Way: TypeAlias = Callable[[Harness, Message, Message], Awaitable[Interaction | Message]]
"""Has bob try it with alice's drawing, as she has posted it, and with an edit that she has made of it herself."""


@pytest.fixture
def pictures() -> PictureRule:
    return PictureRule.ASK


async def _command(bot: Harness, _drawn: Message, _edited: Message) -> Interaction:
    return await bot.command("/edit", bot.bob, prompt="at night", image=drawing_file())


async def _newest(bot: Harness, _drawn: Message, _edited: Message) -> Interaction:
    place = bot.discord.add_channel(bot.guild, "drawings")
    await drawn(bot, place=place)
    return await bot.command("/stylize", bot.bob, place, style="anime")


async def _menu_edit(bot: Harness, shown: Message, _edited: Message) -> Interaction:
    return await submitted(bot, await menu(bot, bot.bob, shown, "Edit image"), **{"What to change": "at night"})


async def _menu_style(bot: Harness, shown: Message, _edited: Message) -> Interaction:
    return await styled(bot, bot.bob, await private(bot, await menu(bot, bot.bob, shown, "Stylize image")), "Doll")


async def _menu_portrait(bot: Harness, shown: Message, _edited: Message) -> Interaction:
    return await submitted(bot, await menu(bot, bot.bob, shown, "Make a portrait"), Mode="creative")


async def _reply(bot: Harness, shown: Message, _edited: Message) -> Message:
    return await say(bot, at(bot, "make it night"), by=bot.bob, reply_to=shown)


async def _reply_to_result(bot: Harness, _drawn: Message, edited: Message) -> Message:
    return await say(bot, "make it night", by=bot.bob, reply_to=edited)


async def _mention(bot: Harness, _drawn: Message, _edited: Message) -> Message:
    return await say(bot, at(bot, "make it night"), by=bot.bob, files=[drawing_file()])


async def _forward(bot: Harness, shown: Message, edited: Message) -> Interaction:
    place = bot.discord.add_channel(bot.guild, "elsewhere")
    return await _menu_edit(bot, await bot.discord.forward(bot.bob, shown, place), edited)


async def _forwarded_result(bot: Harness, _drawn: Message, edited: Message) -> Interaction:
    place = bot.discord.add_channel(bot.guild, "elsewhere")
    return await _menu_edit(bot, await bot.discord.forward(bot.bob, edited, place), edited)


async def _forwarded_preview(bot: Harness, _drawn: Message, edited: Message) -> Interaction:
    place = bot.discord.add_channel(bot.guild, "previews")
    shown = bot.general.messages.values()
    preview = next(m for m in shown if any("-preview." in file.filename for file in m.attachments))
    return await _menu_edit(bot, await bot.discord.forward(bot.bob, preview, place), edited)


async def _by_a_webhook(bot: Harness, _drawn: Message, edited: Message) -> Interaction:
    other = bot.discord.add_member(bot.guild, "Gallery", bot=True)
    return await _menu_edit(bot, await drawn(bot, by=other), edited)


async def _again(bot: Harness, _drawn: Message, edited: Message) -> Interaction:
    return await bot.click(bot.bob, edited, "Again")


async def _button(bot: Harness, _drawn: Message, edited: Message) -> Interaction:
    return await form_sent(bot, bot.bob, edited, "Edit", prompt="at night")


async def _style_button(bot: Harness, _drawn: Message, edited: Message) -> Interaction:
    return await styled(bot, bot.bob, await private(bot, await bot.click(bot.bob, edited, "Style")), "Doll")


async def _saved_result(bot: Harness, _drawn: Message, edited: Message) -> Interaction:
    file = edited.attachments[0]
    saved = Upload(0, file.filename, file.content)
    return await bot.command("/edit", bot.bob, prompt="at night", image=saved)


async def _by_hand(bot: Harness, _drawn: Message, _edited: Message) -> Interaction:
    job_id = (await bot.books.jobs())[-1]
    return await hand_made_form(bot, bot.bob, f"form:edit:r{job_id}:1", prompt="at night")


async def _attached_later(bot: Harness, _drawn: Message, _edited: Message) -> Interaction:
    place = bot.discord.add_channel(bot.guild, "empty")
    refused = await private(bot, await bot.command("/edit", bot.bob, place, prompt="at night"))
    opened = await bot.click(bot.bob, refused, "Attach a picture")
    return await submitted(bot, opened, Picture=drawing_file())


WAYS: list[Way] = [
    _command,
    _newest,
    _menu_edit,
    _menu_style,
    _menu_portrait,
    _reply,
    _reply_to_result,
    _mention,
    _forward,
    _forwarded_result,
    _forwarded_preview,
    _by_a_webhook,
    _again,
    _button,
    _style_button,
    _saved_result,
    _by_hand,
    _attached_later,
]

OF_HER_RESULT = [
    _reply_to_result,
    _forwarded_result,
    _forwarded_preview,
    _button,
    _style_button,
    _saved_result,
    _by_hand,
]


# invariant I16
async def test_never_mine_holds_whatever_way_somebody_comes(harness: Harness) -> None:
    bot = await start_with_intent(harness)
    shown = await drawn(bot)
    edited = await bot.posted(
        await submitted(bot, await menu(bot, bot.alice, shown, "Edit image"), **{"What to change": "brighter"}),
        tick=1,
    )
    await keeps(bot, shown)
    jobs = await bot.books.jobs()
    told = {}
    for way in WAYS:
        tried = await way(bot, shown, edited)
        if isinstance(tried, Message):
            told[way.__name__] = (await note_to(bot, tried)).content
        else:
            told[way.__name__] = await bot.refused(tried)
        assert await bot.books.jobs() == jobs, way.__name__
    asked = [name for name, text in told.items() if "keeps this picture" not in text]
    # what was made of it is not what it was said of, but hers all the same: about that she is asked
    assert {name for name in asked if "asked" in told[name]} == set(asked)
    assert set(asked) <= {each.__name__ for each in OF_HER_RESULT}
    assert len(bot.submits) == 1


@pytest.mark.parametrize("copy", COPIES)
async def test_never_mine_holds_for_what_is_saved_and_posted_again(bot: Harness, copy: str) -> None:
    await keeps(bot, await drawn(bot))
    saved = COPIES[copy](drawing())
    tried = await bot.command("/edit", bot.bob, prompt="at night", image=saved)
    assert f"<@{bot.alice.id}> keeps this picture" in await bot.refused(tried)
    assert (bot.submits, await bot.books.jobs()) == ([], [])


async def test_what_is_open_stays_open(bot: Harness) -> None:
    await keeps(bot, await drawn(bot))
    other = await bot.command("/edit", bot.bob, prompt="at night", image=drawing_file(2))
    assert await bot.posted(other, tick=1)
    of_words = await result(bot)
    assert await bot.posted(await bot.click(bot.bob, of_words, "Again"), tick=1)
