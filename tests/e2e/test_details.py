import re
from typing import Any

import pytest

from sandbox.discord import ChannelType, Interaction, Member, Message, Permissions, Upload
from sandbox.discord.people.lines import CommandLine, parse
from sandbox.spark.journal import Submit
from tests.e2e.harness import Harness
from tests.e2e.photos import photo, settings_of
from tests.e2e.pressing import PLACES, Place, form_sent, hand_made_form, more, private, result

places = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)


async def details(bot: Harness, message: Message, by: Member | None = None) -> str:
    return (await private(bot, await more(bot, by or bot.alice, message, "Details"))).content


def command_in(text: str) -> str:
    match = re.search(r"```\n(.*?)\n```", text, re.DOTALL)
    assert match is not None
    return match[1]


def source_of(bot: Harness, submit: Submit) -> bytes | None:
    return bot.spark.tasks[submit.task_id or ""].order.source


async def typed(bot: Harness, line: str, **more: Upload) -> Interaction:
    """Type a line as it was copied."""
    read = parse(line, bot.discord.world.application.commands_in(bot.guild.id))
    assert isinstance(read, CommandLine)
    options: dict[str, Any] = {**read.options, **more}
    return await bot.command(read.command, **options)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("/imagine", {"prompt": "a red fox", "size": "16:9", "count": 2, "spoiler": True}),
        ("/imagine", {"prompt": "a red fox", "size": "700x900", "enhance": "off"}),
        ("/imagine", {"prompt": "a fox " * 60, "size": "hd"}),
        ("/edit", {"prompt": "make it night", "strength": 0.3}),
        ("/edit", {"prompt": "make it night", "model": "structure"}),
        ("/stylize", {"style": "3d-game-z-era", "watermark_text": "© Studio", "watermark_position": "top left"}),
        ("/portrait", {"prompt": "as a king", "mode": "character", "even_skin": 0.7, "size": "600x1328"}),
        ("/portrait", {}),
    ],
    ids=str,
)
async def test_what_details_shows_repeats_the_picture_when_it_is_typed(
    bot: Harness, command: str, options: dict[str, Any]
) -> None:
    picture: dict[str, Any] = {} if command == "/imagine" else {"image": photo()}
    posted = await bot.posted(await bot.command(command, **options, **picture))
    again = await bot.posted(await typed(bot, command_in(await details(bot, posted)), **picture))
    half = len(bot.submits) // 2
    sent = [(submit.model, settings_of(submit), source_of(bot, submit)) for submit in bot.submits]
    if command == "/portrait":  # Details names the mode that Spark takes where none is sent
        by_itself = "creative" if "prompt" in options else "reference"
        sent = [(model, {"gen_mode": by_itself, **settings}, source) for model, settings, source in sent]
    assert sent[:half] == sent[half:]
    assert [file.spoiler for file in posted.attachments] == [file.spoiler for file in again.attachments]


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({"model": "structure", "size": "1600x1056"}, "1536×1056 (asked for 1600×1056)"),
        ({"model": "structure", "size": "1024x1024"}, "1024×1024"),
        ({}, "1328×1328 (made from 640×640)"),
    ],
    ids=str,
)
async def test_the_size_is_the_one_that_spark_has_made_also_after_a_restart(
    harness: Harness, options: dict[str, Any], size: str
) -> None:
    await harness.start()
    await harness.ready()
    posted = await harness.posted(await harness.command("/edit", prompt="x", image=photo(640, 640), **options))
    await harness.stop()
    await harness.start()
    await harness.ready()
    assert f" · {size} · " in await details(harness, posted)


@places
async def test_anybody_who_sees_it_is_told_alone(bot: Harness, place: Place) -> None:
    where = await place(bot)
    first = await result(bot, where)
    person = bot.alice if where.guild is None else bot.bob
    click = await more(bot, person, first, "Details")
    told = await private(bot, click)
    assert told.ephemeral
    assert told.pinged == frozenset()
    [job_id] = await bot.books.jobs()
    [task] = (await bot.books.job(job_id)).tasks
    assert f"asked for by {bot.alice.mention} <t:" in told.content
    assert "$0.0065 charged, $0.03 expected" in told.content
    assert f"Spark's task `{task.spark_id}`" in told.content


async def test_the_chain_goes_back_to_the_first_picture(bot: Harness) -> None:
    first = await result(bot, prompt="a red fox", count=2)
    snowy = await bot.posted(
        await form_sent(bot, bot.bob, first, "Edit", prompt="make it snowy", picture="Picture 2")
    )
    night = await bot.posted(await form_sent(bot, bot.alice, snowy, "Edit", prompt="make it night"))
    lines = (await details(bot, night, bot.bob)).splitlines()
    at = f"https://discord.com/channels/{bot.guild.id}/{first.channel.id}"
    assert lines[lines.index("**Made from**") + 1 :][:2] == [
        f"1. **make it snowy**, asked for by {bot.bob.mention} · [see it]({at}/{snowy.id})",
        f"2. **a red fox** (2 of 2), asked for by {bot.alice.mention} · [see it]({at}/{first.id})",
    ]


async def test_somebodys_picture_is_named_and_linked(bot: Harness) -> None:
    said = await bot.discord.say(bot.bob, bot.general, "look", files=[photo(name="cat.png")])
    opened = await bot.discord.menu(bot.alice, said, "Edit image")
    await bot.discord.wait_for(lambda: opened.modal)
    posted = await bot.posted(await bot.discord.submit(opened, {"prompt": "night"}))
    link = f"https://discord.com/channels/{bot.guild.id}/{bot.general.id}/{said.id}"
    assert f"1. **cat.png** · [see it]({link})" in await details(bot, posted)


async def test_a_deleted_parent_is_said_to_be_deleted(bot: Harness) -> None:
    first = await result(bot, prompt="a red fox")
    night = await bot.posted(await form_sent(bot, bot.alice, first, "Edit", prompt="make it night"))
    asked = await private(bot, await more(bot, bot.alice, first, "Delete"))
    await bot.click(bot.alice, asked, "Delete it")
    await bot.until(lambda: first.deleted)
    await bot.done()
    text = await details(bot, night)
    assert f"1. **a red fox**, asked for by {bot.alice.mention} · deleted <t:" in text


@pytest.mark.parametrize("place", ["open channel", "hidden channel", "private thread"])
async def test_the_words_of_a_place_are_told_to_those_alone_who_see_it(harness: Harness, place: str) -> None:
    bot = harness
    other = bot.discord.add_channel(bot.guild, "other")
    if place == "hidden channel":
        bot.discord.set_overwrite(other, bot.bob, deny=Permissions.VIEW_CHANNEL)
    if place == "private thread":
        other = await bot.discord.start_thread(bot.alice, bot.general, "secrets")
        other.type = ChannelType.PRIVATE_THREAD
    await bot.start()
    await bot.ready()
    await result(bot, other, prompt="a surprise for bob")
    [first] = await bot.books.jobs()
    night = await bot.posted(await hand_made_form(bot, bot.alice, f"form:edit:r{first}:1", prompt="with a bow"))
    by_bob, by_alice = [await details(bot, night, person) for person in (bot.bob, bot.alice)]
    assert "with a bow" in by_bob
    assert "a surprise for bob" in by_alice
    assert ("a surprise for bob" in by_bob) is (place == "open channel")
    assert ("in a place that you do not see" in by_bob) is (place != "open channel")
