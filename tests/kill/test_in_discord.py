import pytest

from bot.domain.states import JobState
from sandbox.clock import MovableClock
from sandbox.discord import DiscordSandbox
from sandbox.discord.http.trouble import Kind, Trouble
from sandbox.discord.rules.nonces import REMEMBERED_SECONDS
from sandbox.spark.server import SparkSandbox
from tests.kill.delivering import MESSAGES, delivering_until
from tests.kill.lives import Lives
from tests.kill.waiting import within_patience

THREADS = r"/channels/\d+/messages/\d+/threads"
HEADS = r"/webhooks/\d+/[^/]+/messages/\d+"


@pytest.mark.parametrize("applied", [False, True], ids=["not-opened", "opened"])
async def test_opening_the_thread_hangs(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox, applied: bool
) -> None:
    thread = discord.trouble.add(Trouble("POST", THREADS, Kind.HANG, applied=applied))
    asked = await delivering_until(lives, thread)
    await lives.kill_and_begin()
    books = await lives.end_and_prove(asked)
    assert asked.response is not None
    assert asked.response.thread is not None
    assert lives.message(books.jobs[asked.id]).channel is asked.response.thread
    assert len(spark.submits) == 1


async def test_posting_hangs_and_was_not_taken(lives: Lives, discord: DiscordSandbox, spark: SparkSandbox) -> None:
    post = discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG))
    asked = await delivering_until(lives, post)
    await lives.kill_and_begin()
    await lives.end_and_prove(asked)
    assert len(spark.submits) == 1


# invariant I9
async def test_posting_hangs_and_was_taken_and_the_nonce_is_forgotten(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox, clock: MovableClock
) -> None:
    post = discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=True))
    asked = await delivering_until(lives, post)
    assert (await lives.job(asked)).state is JobState.DELIVERING
    await lives.kill()
    await clock.advance(REMEMBERED_SECONDS + 1)
    await lives.begin()
    await lives.end_and_prove(asked)
    assert len(discord.requests.matching("POST", MESSAGES)) == 1  # it was found, not sent anew
    assert len(spark.submits) == 1


async def test_last_edit_of_the_status_message_hangs(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox
) -> None:
    post = discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=True))
    asked = await delivering_until(lives, post)
    edit = discord.trouble.add(Trouble("PATCH", HEADS, Kind.HANG))
    post.release()
    await within_patience(edit.reached.wait())
    assert (await lives.job(asked)).state is JobState.DELIVERED
    await lives.kill_and_begin()
    await lives.end_and_prove(asked)
    assert len(discord.requests.matching("POST", MESSAGES)) == 1
    assert len(spark.submits) == 1
