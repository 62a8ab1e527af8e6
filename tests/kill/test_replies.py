import pytest

from bot.domain.states import JobState, TaskState
from sandbox.clock import MovableClock
from sandbox.discord import DiscordSandbox, Message
from sandbox.discord.http.trouble import Kind, Trouble
from sandbox.discord.rules.nonces import REMEMBERED_SECONDS
from sandbox.spark.server import SparkSandbox
from tests.kill.delivering import MESSAGES
from tests.kill.lives import Lives
from tests.kill.waiting import eventually, within_patience
from tests.spark.images.pictures import encoded, scene

PHOTO = encoded(scene(600, 400), "PNG")


async def _runs(lives: Lives, asked: Message) -> None:
    """Wait until a job's one task is known to be accepted by Spark: a kill before that leaves it unknown."""
    await lives.submitted(1)
    await eventually(lambda: lives.job(asked), lambda job: job.tasks[0].state is TaskState.RUNNING)


@pytest.mark.parametrize("applied", [False, True], ids=["not-made", "made"])
async def test_making_the_status_message_hangs(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox, applied: bool
) -> None:
    status_message = discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=applied))
    await lives.begin()
    asked = await lives.ask_by_message("make it night", PHOTO)
    await within_patience(status_message.reached.wait())
    await _runs(lives, asked)
    job = await lives.job(asked)
    assert (job.state, job.status_message_id) == (JobState.OPEN, None)
    await lives.kill_and_begin()
    lives.finish()
    books = await lives.end_and_prove(asked)
    posted = lives.message(books.jobs[asked.id])
    assert posted.channel.id == books.jobs[asked.id].status_message_id  # the thread that the status message began
    assert len(spark.submits) == 1


async def test_the_result_hangs_and_was_taken_and_the_nonce_is_forgotten(
    lives: Lives, discord: DiscordSandbox, clock: MovableClock
) -> None:
    await lives.begin()
    asked = await lives.ask_by_message("make it night", PHOTO)
    await _runs(lives, asked)
    await discord.wait_for(lambda: discord.requests.matching("POST", MESSAGES))  # the status message
    post = discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=True))
    lives.finish()
    await within_patience(post.reached.wait())
    await lives.kill()
    await clock.advance(REMEMBERED_SECONDS + 1)
    await lives.begin()
    await lives.end_and_prove(asked)
    assert len(discord.requests.matching("POST", MESSAGES)) == 2
