"""What is for adults alone: servers' rule on age, and pictures that Discord takes for explicit."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

import pytest

from bot.wording.hindrances import TAKEN_FOR_EXPLICIT
from sandbox.discord import Channel, Interaction, Message, Permissions, Trouble
from tests.e2e.consenting import from_a_phone
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, spend, start
from tests.e2e.photos import photo
from tests.e2e.pressing import menu, private, result, submitted
from tests.e2e.talking import answers_to, at, note_to, say

EXPLICIT = replace(photo(), explicit=True)
ONLY_THERE = "**Pictures are made in age-restricted channels only here.**"
TAKEN = "**Discord takes this picture for explicit.**"


def lounge(bot: Harness) -> Channel:
    """Give a channel for adults."""
    channel = bot.discord.add_channel(bot.guild, "lounge")
    bot.discord.set_age_restricted(channel)
    return channel


async def test_a_server_has_pictures_made_in_age_restricted_channels_only(harness: Harness) -> None:
    mona = await start(harness)
    adults = lounge(harness)
    hidden = lounge(harness)
    harness.discord.set_overwrite(hidden, harness.alice, deny=Permissions.VIEW_CHANNEL)
    posted = await result(harness)
    assert "Age-restricted channels only: off" in await spend(harness, "settings", mona)
    assert "Age-restricted channels only: on" in await spend(harness, "settings", mona, age_restricted="on")
    fetched = len(harness.discord.downloads)

    asked = [
        await harness.imagine(),
        await harness.command("/edit", prompt="night", image=photo()),
        await harness.click(harness.alice, posted, "Again"),
        await harness.click(harness.alice, posted, "Edit"),
        await harness.click(harness.alice, posted, "Style"),
        await menu(harness, harness.alice, posted, "Edit image"),
    ]
    silent = await say(harness, "make it night", reply_to=posted)
    named = await say(harness, at(harness, "make it night"), reply_to=posted)

    for each in asked:
        assert each.modal is None
        assert await harness.refused(each) == f"{ONLY_THERE}\nGo to <#{adults.id}>."
    assert f"Go to <#{adults.id}>." in (await note_to(harness, named)).content
    assert answers_to(harness, silent) == []
    assert len(harness.discord.downloads) == fetched
    assert len(harness.submits) == 1
    assert [each.what for each in await actions(harness)] == ["allowed the bot in age-restricted channels only"]

    thread = await harness.discord.start_thread(harness.alice, adults, "sketches")
    await harness.posted(await harness.imagine(place=adults))
    await harness.posted(await harness.imagine(place=thread))
    harness.discord.set_age_restricted(adults, on=False)
    assert "Ask a moderator to allow a channel." in await harness.refused(await harness.imagine(place=thread))


Way: TypeAlias = Callable[[Harness, Channel], Awaitable[Interaction]]


async def shown(bot: Harness, place: Channel) -> Message:
    return await bot.discord.say(bot.alice, place, "look", files=[EXPLICIT])


async def by_command(bot: Harness, place: Channel) -> Interaction:
    return await bot.command("/edit", place=place, prompt="make it night", image=EXPLICIT)


async def by_portrait(bot: Harness, place: Channel) -> Interaction:
    return await bot.command("/portrait", place=place, image=EXPLICIT)


async def by_menu(bot: Harness, place: Channel) -> Interaction:
    opened = await menu(bot, bot.alice, await shown(bot, place), "Edit image")
    assert (opened.modal is not None) is place.age_restricted  # nobody fills in a form for nothing
    if opened.modal is None:
        return opened
    return await submitted(bot, opened, **{"What to change": "make it night"})


async def by_attaching(bot: Harness, place: Channel) -> Interaction:
    refusal = await private(bot, await bot.command("/edit", place=place, prompt="make it night"))
    opened = await bot.click(bot.alice, refusal, "Attach a picture")
    return await submitted(bot, opened, picture=EXPLICIT)


WAYS: list[Way] = [by_command, by_portrait, by_menu, by_attaching]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
async def test_an_explicit_picture_is_taken_in_age_restricted_channels_only(bot: Harness, way: Way) -> None:
    adults = lounge(bot)

    refused = await bot.refused(await way(bot, bot.general))

    assert refused.startswith(f"{TAKEN}\nI work on such a one only in age-restricted channels: <#{adults.id}>.")
    assert bot.discord.downloads == []
    assert bot.submits == []
    await bot.posted(await way(bot, adults), tick=1)


async def test_nor_by_a_message_nor_in_direct_messages_where_no_age_is_known(bot: Harness) -> None:
    by_mention = await say(bot, at(bot, "make it night"), files=[EXPLICIT])
    assert "only in age-restricted channels of a server." in (await note_to(bot, by_mention)).content
    direct = bot.discord.direct_messages(bot.alice)
    assert TAKEN in await bot.refused(await by_command(bot, direct))
    alone = await say(bot, "make it night", place=direct, files=[EXPLICIT])
    assert TAKEN in (await note_to(bot, alone)).content
    assert bot.discord.downloads == []
    assert await bot.books.jobs() == []


async def test_what_was_made_of_one_is_not_made_once_more_elsewhere(bot: Harness) -> None:
    adults = lounge(bot)
    posted = await bot.posted(await by_command(bot, adults), tick=1)
    bot.discord.set_age_restricted(adults, on=False)
    assert TAKEN in await bot.refused(await bot.click(bot.alice, posted, "Again"))
    assert len(await bot.books.jobs()) == 1


@pytest.mark.usefixtures("discord_py_on_the_clock")
async def test_a_copy_for_a_portrait_that_discord_takes_for_explicit_is_told_as_that(harness: Harness) -> None:
    assets = harness.discord.add_channel(harness.guild, "assets")
    await harness.start(discord={"assets_channel_id": assets.id})
    await harness.ready()
    harness.discord.trouble.add(
        Trouble("POST", rf"/channels/{assets.id}/messages", status=400, code=20009, message="Explicit", times=9)
    )
    posted = await harness.posted(await harness.command("/portrait", image=from_a_phone()), tick=1)
    assert TAKEN_FOR_EXPLICIT.why in posted.content
