from sandbox.discord import Channel, Interaction, Kind, Message, Trouble
from tests.e2e.harness import Harness

MESSAGES = r"/channels/\d+/messages"


async def held_before_posting(bot: Harness, place: Channel | None = None) -> tuple[Interaction, Trouble, Channel]:
    """Bring a job to where its result is about to be posted; give what holds it, and the chosen place."""
    posting = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG))
    asked = await bot.imagine(place=place)
    await bot.until(posting.reached.is_set)
    chosen = asked.response.thread if asked.response is not None else None
    return asked, posting, chosen or place or bot.general


async def delivered(bot: Harness, asked: Interaction, *, tick: float = 1) -> Message:
    """Wait until a result is delivered, once and settled, and the status message leads there; give it."""
    await bot.posted(asked, tick=tick)
    (posted,) = bot.posts(asked)
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-1.png"]
    assert len(bot.submits) == 1
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]
    job = await bot.books.job(asked.id)
    assert (job.result_channel_id, job.result_id) == (posted.channel.id, posted.id)
    return posted


def reason(posted: Message) -> str:
    """Give the line that says why a message stands where it does."""
    (line,) = [line for line in posted.content.splitlines() if line.startswith("-# Posted here because ")]
    return line.removeprefix("-# Posted here because ").removesuffix(".")


def jump_url(posted: Message) -> str:
    where = posted.channel.guild.id if posted.channel.guild else "@me"
    return f"https://discord.com/channels/{where}/{posted.channel.id}/{posted.id}"
