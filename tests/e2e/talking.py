from typing import Any

from sandbox.discord import Channel, Member, Message, Upload
from tests.e2e.harness import Harness
from tests.spark.images.pictures import encoded, scene

PHOTO = encoded(scene(600, 400), "PNG")


def photo(name: str = "cat.png", *, measured: bool = True) -> Upload:
    return Upload(0, name, PHOTO, measured=measured)


async def start_with_intent(harness: Harness) -> Harness:
    """Start the bot with the privileged intent, which is switched on for it in Discord too."""
    harness.discord.world.application.message_content = True
    await harness.start(discord={"message_content": True})
    await harness.ready()
    return harness


def at(bot: Harness, words: str) -> str:
    return f"{bot.discord.world.bot.mention} {words}"


async def say(
    bot: Harness, words: str, *, by: Member | None = None, place: Channel | None = None, **told: Any
) -> Message:
    """Write as alice in #general, or where the replied-to message stands."""
    to: Message | None = told.get("reply_to")
    where = place or (to.channel if to else bot.general)
    return await bot.discord.say(by or bot.alice, where, words, **told)


async def result(bot: Harness, prompt: str = "a red fox", **options: Any) -> Message:
    """Have a picture made, and give its message."""
    return await bot.posted(await bot.imagine(prompt=prompt, **options), tick=1)


async def edited(bot: Harness, said: Message, *, tick: float = 0.0) -> Message:
    """Wait until the job that a message asked for is delivered; give its one message."""
    done = f"{said.id}-done"
    posted = await bot.until(lambda: next((m for m in bot.posts() if m.nonce == done), None), tick=tick)
    await bot.done(tick=tick)
    return posted


def status_of(bot: Harness, said: Message) -> Message:
    (status_message,) = [m for m in bot.posts() if m.nonce == f"{said.id}-head"]
    return status_message


def answers_to(bot: Harness, said: Message) -> list[Message]:
    """List what the bot has replied to a message."""
    return [m for m in bot.posts() if m.reference is not None and m.reference.message is said]


async def note_to(bot: Harness, said: Message) -> Message:
    """Wait for the note that answers a message, which mentions its author alone."""
    note = await bot.until(lambda: next((m for m in bot.posts() if m.nonce == f"{said.id}-said"), None))
    assert note.pinged == {said.author.id}
    return note


async def heard_out(bot: Harness, place: Channel | None = None) -> None:
    """Wait until the bot has done all that what was said before brings about: events come in order."""
    too_long = at(bot, "x" * 801)  # is refused with a note, each time
    probe = await bot.discord.say(bot.bob, place or bot.general, too_long, files=[photo()])
    note = await note_to(bot, probe)
    assert await bot.app.client._messages._hearing.landed(5)
    await bot.done()
    bot.discord.delete(note)
    bot.discord.delete(probe)


async def is_edit_of(bot: Harness, said: Message, picture: Message, words: str) -> Message:
    """Wait for the edit of the first picture of a message."""
    posted = await edited(bot, said)
    assert [file.filename for file in posted.attachments] == [f"{said.id}-1.png"]
    assert bot.submits[-1].params["prompt"] == words
    job = await bot.books.job(said.id)
    assert job.by_message
    assert job.source is not None
    assert (job.source.channel_id, job.source.message_id) == (picture.channel.id, picture.id)
    return posted


async def does_nothing(bot: Harness, said: Message) -> None:
    """Show that a message brings about neither a word nor a job nor a request."""
    before = len(bot.discord.requests)
    mark = said.id
    await heard_out(bot)
    assert [m for m in bot.posts() if m.id > mark] == []
    assert said.id not in await bot.books.jobs()
    probe_and_its_note = 1
    assert len(bot.discord.requests) - before <= probe_and_its_note


async def is_unanswered(bot: Harness, said: Message) -> None:
    await heard_out(bot)
    assert answers_to(bot, said) == []
