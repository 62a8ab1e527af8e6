from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.domain.states import JobState, TaskState
from bot.store import Capacity
from sandbox.discord import DiscordSandbox, Interaction, InteractionState
from sandbox.discord.http.trouble import Kind, Trouble
from sandbox.spark.server import SparkSandbox
from tests.databases import outside
from tests.kill.books import Books
from tests.kill.lives import Lives, now_ms
from tests.kill.waiting import eventually, within_patience


def hanging_defer(discord: DiscordSandbox, *, applied: bool) -> Trouble:
    trouble = Trouble("POST", r"/interactions/\d+/[^/]+/callback", Kind.HANG, applied=applied)
    return discord.trouble.add(trouble)


@contextmanager
def writers_kept_out(url: str) -> Iterator[None]:
    held = "BEGIN IMMEDIATE" if url.startswith("sqlite") else "LOCK TABLE jobs IN EXCLUSIVE MODE"
    with outside(url) as connection:
        connection.exec_driver_sql(held)
        yield


async def accepted(lives: Lives, asked: Interaction) -> Books:
    return await eventually(lives.books, lambda books: asked.id in books.jobs)


async def test_accepted_and_the_defer_never_arrived(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox
) -> None:
    defer = hanging_defer(discord, applied=False)
    await lives.begin()
    asked = await lives.imagine("a red fox in snow")
    await within_patience(defer.reached.wait())
    await accepted(lives, asked)
    await lives.kill_and_begin()
    await lives.submitted(1)
    lives.finish()
    await lives.end_and_prove(asked)
    assert asked.response is None  # "the application did not respond", and the picture comes all the same
    assert len(spark.submits) == 1


async def test_accepted_and_the_answer_to_the_defer_lost(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox
) -> None:
    defer = hanging_defer(discord, applied=True)
    await lives.begin()
    asked = await lives.imagine("a red fox in snow")
    await within_patience(defer.reached.wait())
    await accepted(lives, asked)
    await lives.kill_and_begin()
    await lives.submitted(1)
    lives.finish()
    books = await lives.end_and_prove(asked)
    # the status message's id came with the lost answer, and was asked for again
    assert asked.response is not None
    assert books.jobs[asked.id].status_message_id == asked.response.id
    assert asked.response.thread is not None
    assert len(spark.submits) == 1


# invariant I4
@pytest.mark.parametrize("applied", [False, True], ids=["not-acknowledged", "acknowledged"])
async def test_not_yet_accepted_is_no_job_and_reserves_nothing(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox, database_url: str, applied: bool
) -> None:
    defer = hanging_defer(discord, applied=applied)
    await lives.begin()
    with writers_kept_out(database_url):
        asked = await lives.imagine("a red fox in snow", lives.direct)
        await within_patience(defer.reached.wait())
        await lives.kill()
    await lives.begin()
    later = await lives.imagine("a green fox in snow", lives.direct)
    await lives.submitted(1)
    lives.finish()
    books = await lives.end_and_prove(later)
    assert asked.id not in books.jobs
    assert asked.state is (InteractionState.DEFERRED if applied else InteractionState.PENDING)
    assert set(books.entries) == {f"{later.id}-1"}
    assert len(spark.submits) == 1


@pytest.mark.parametrize("claimed", [False, True], ids=["queued", "claimed"])
async def test_accepted_and_nothing_sent(lives: Lives, spark: SparkSandbox, claimed: bool) -> None:
    await lives.begin(SPARK_MAX_IN_FLIGHT="1")
    first = await lives.imagine("a red fox in snow", lives.direct)
    await lives.submitted(1)
    second = await lives.imagine("a green fox in snow", lives.direct)
    books = await accepted(lives, second)
    assert books.jobs[second.id].tasks[0].state is TaskState.QUEUED
    await lives.kill()
    if claimed:
        async with lives.dead_worker() as store:
            taken = await store.tasks.claim("dead", Capacity(total=2, per_person=2, unpriced=1000), now_ms())
            [task] = taken.tasks
            assert task.job_id == second.id
    await lives.begin(SPARK_MAX_IN_FLIGHT="1")
    lives.finish()
    await lives.submitted(2)
    lives.finish()
    books = await lives.end_and_prove(first, second)
    assert [job.state for job in books.jobs.values()] == [JobState.DELIVERED, JobState.DELIVERED]
    assert [submit.params["prompt"] for submit in spark.submits] == ["a red fox in snow", "a green fox in snow"]
