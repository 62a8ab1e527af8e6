from typing import Any

import pytest

from bot.domain.moderation.actions import ActionKind
from sandbox.discord import ChannelType, Permissions
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, moderator, spend, start
from tests.e2e.photos import photo
from tests.e2e.pressing import menu, result
from tests.e2e.talking import answers_to, at, edited, heard_out, note_to, say


async def test_settings_are_shown_changed_and_shown_again(harness: Harness) -> None:
    mona = await start(harness)
    shown = await spend(harness, "settings", mona)
    assert shown.startswith("**How it works on this server**\nLog channel: none;")
    assert await actions(harness) == []

    log = harness.discord.add_channel(harness.guild, "log")
    told = await spend(harness, "settings", mona, log_channel=log, replies="off", allow=harness.general)

    assert told.splitlines() == [
        "**Changed.** **How it works on this server**",
        f"Log channel: <#{log.id}>",
        "Replies: off",
        "Pictures go: into a thread each",
        f"Pictures are made: in <#{harness.general.id}> and their threads",
        "Age-restricted channels only: off",
        "Pictures of others: anyone may work on them; about portraits their owners are asked",
        "Words that nothing is made of: none",
    ]
    told = await spend(harness, "settings", mona, replies="on", clear="allowed channels")
    assert "Replies: on" in told
    assert f"Log channel: <#{log.id}>" in told
    assert "Pictures are made: everywhere" in told
    recorded = await actions(harness)
    assert {each.kind for each in recorded} == {ActionKind.SETTINGS}
    assert [each.what for each in recorded] == [
        f"chose <#{log.id}> as the log channel, turned replies off and allowed the bot in <#{harness.general.id}>",
        "turned replies on and allowed the bot everywhere",
    ]


@pytest.mark.parametrize(
    ("denied", "named"),
    [(Permissions.VIEW_CHANNEL, "View Channel"), (Permissions.SEND_MESSAGES, "Send Messages")],
)
async def test_a_permission_that_is_missing_in_the_log_channel_is_named_when_it_is_chosen(
    harness: Harness, denied: Permissions, named: str
) -> None:
    mona = await start(harness)
    log = harness.discord.add_channel(harness.guild, "log")
    harness.discord.set_overwrite(log, harness.guild.members[harness.discord.world.bot.id], deny=denied)
    told = await spend(harness, "settings", mona, log_channel=log)
    assert f"Give me {named}" in told
    assert await actions(harness) == []
    assert "Log channel: none" in await spend(harness, "settings", mona)


@pytest.mark.parametrize("denied", [Permissions.VIEW_CHANNEL, Permissions.SEND_MESSAGES], ids=lambda p: p.name)
async def test_a_log_channel_is_one_that_the_moderator_sees_and_writes_in(
    harness: Harness, denied: Permissions
) -> None:
    mona = await start(harness)
    log = harness.discord.add_channel(harness.guild, "board")
    harness.discord.set_overwrite(log, mona, deny=denied)
    told = await spend(harness, "settings", mona, strict=False, log_channel=log)
    assert "You cannot see" in told
    assert await actions(harness) == []
    assert log.messages == {}


async def test_nor_is_it_a_channel_of_another_server(harness: Harness) -> None:
    mona = await start(harness)
    other = harness.discord.add_guild("Elsewhere")
    moderator(harness, "mona", other)
    log = harness.discord.add_channel(other, "log")
    told = await spend(harness, "settings", mona, strict=False, log_channel=log)
    assert "another channel of this server" in told
    assert await actions(harness) == []


@pytest.mark.parametrize("inside", [True, False])
async def test_a_private_thread_is_for_those_who_are_in_it(harness: Harness, *, inside: bool) -> None:
    log = await harness.discord.start_thread(harness.alice, harness.general, "board")
    log.type = ChannelType.PRIVATE_THREAD
    assert log.thread is not None
    mona = await start(harness)
    if inside:
        log.thread.members[mona.id] = 0.0
    told = await spend(harness, "settings", mona, strict=False, log_channel=log)
    assert (f"Log channel: <#{log.id}>" in told) is inside
    assert ("You cannot see" in told) is not inside


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"disallow": "here"}, "Every channel is allowed now."),
        ({"allow": "here", "disallow": "here"}, "`allow` and `disallow` name the same channel."),
        ({"allow": "here", "clear": "allowed channels"}, "That sets and clears the allowed channels at once."),
        ({"replies": "perhaps"}, "Choose on or off."),
        ({"clear": "everything"}, "Choose log channel or allowed channels."),
    ],
)
async def test_what_makes_no_sense_is_refused(harness: Harness, options: dict[str, Any], why: str) -> None:
    mona = await start(harness)
    given: dict[str, Any] = {
        name: harness.general if value == "here" else value for name, value in options.items()
    }
    assert why in await spend(harness, "settings", mona, strict=False, **given)
    assert await actions(harness) == []


async def test_where_the_bot_is_not_allowed_nothing_is_asked_for_nor_fetched(harness: Harness) -> None:
    mona = await start(harness)
    studio = harness.discord.add_channel(harness.guild, "studio")
    posted = await result(harness)
    await spend(harness, "settings", mona, allow=studio)
    fetched = len(harness.discord.downloads)

    asked = [
        await harness.imagine(),
        await harness.command("/edit", prompt="night", image=photo()),
        await harness.click(harness.alice, posted, "Again"),
        await harness.click(harness.alice, posted, "Edit"),
        await harness.click(harness.alice, posted, "Style"),
        await menu(harness, harness.alice, posted, "Edit image"),
    ]

    for each in asked:
        assert each.modal is None
        refused = await harness.refused(each)
        assert "Pictures are made in other channels here." in refused
        assert f"Go to <#{studio.id}>." in refused
    assert len(harness.discord.downloads) == fetched
    assert len(harness.submits) == 1
    thread = await harness.discord.start_thread(harness.alice, studio, "sketches")
    await harness.posted(await harness.imagine(place=studio))
    await harness.posted(await harness.imagine(place=thread))


async def test_a_forum_is_allowed_with_its_posts(harness: Harness) -> None:
    mona = await start(harness)
    forum = harness.discord.add_channel(harness.guild, "works", kind=ChannelType.FORUM)
    await spend(harness, "settings", mona, allow=forum)
    post = await harness.discord.start_post(harness.alice, forum, "foxes", "look")
    await harness.posted(await harness.imagine(place=post))


async def test_replies_in_a_channel_that_is_not_allowed_are_answered_only_by_name(harness: Harness) -> None:
    mona = await start(harness)
    posted = await result(harness)
    await spend(harness, "settings", mona, allow=harness.discord.add_channel(harness.guild, "studio"))
    fetched = len(harness.discord.downloads)
    silent = await say(harness, "make it night", reply_to=posted)
    named = await say(harness, at(harness, "make it night"), reply_to=posted)
    assert "in other channels" in (await note_to(harness, named)).content
    assert answers_to(harness, silent) == []
    assert len(harness.discord.downloads) == fetched
    assert len(harness.submits) == 1


async def test_with_replies_off_the_bot_is_silent_unless_it_is_named(harness: Harness) -> None:
    mona = await start(harness)
    posted = await result(harness)
    await spend(harness, "settings", mona, replies="off")

    plain = await say(harness, "make it night", reply_to=posted)
    quiet = await say(harness, "make it night", reply_to=posted, ping=False)
    named = await say(harness, at(harness, "make it night"), reply_to=posted)

    note = await note_to(harness, named)
    assert note.content.startswith("**Replies change no pictures on this server.**")
    assert answers_to(harness, plain) == []
    assert answers_to(harness, quiet) == []
    assert len(harness.submits) == 1
    talk = await say(harness, f"I like {at(harness, 'a lot')}")
    await heard_out_by_name(harness)
    assert answers_to(harness, talk) == []
    await spend(harness, "settings", mona, replies="on")
    await edited(harness, await say(harness, "make it night", reply_to=posted))
    await heard_out(harness)


async def heard_out_by_name(bot: Harness) -> None:
    """Wait until what was said before is heard: a call by name is answered in turn."""
    await note_to(bot, await say(bot, at(bot, "hello"), by=bot.bob))
