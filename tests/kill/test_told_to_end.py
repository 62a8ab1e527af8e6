import signal
from collections.abc import Iterator

import pytest

from bot.domain.states import JobState, TaskState
from sandbox.discord import DiscordSandbox
from sandbox.discord.http.trouble import Kind
from sandbox.discord.http.trouble import Trouble as DiscordTrouble
from sandbox.spark.server import SparkSandbox
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.photos import photo
from tests.kill.delivering import MESSAGES, delivering_until
from tests.kill.lives import Lives
from tests.kill.waiting import PATIENCE, within_patience

HEARD = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@pytest.fixture(autouse=True)
def unignored() -> Iterator[None]:
    """Let the bot's process hear every signal, also where this one was started with some of them ignored."""
    before = {name: signal.getsignal(name) for name in HEARD}
    for name, handler in before.items():
        if handler is signal.SIG_IGN:
            signal.signal(name, signal.SIG_DFL)
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


async def test_answer_to_the_submit_still_comes_and_is_recorded(lives: Lives, spark: SparkSandbox) -> None:
    submit = spark.trouble.add(SparkTrouble("submit", "hang", accepted=True))
    await lives.begin()
    asked = await lives.imagine("a red fox in snow", lives.direct)
    await within_patience(submit.reached.wait())
    lives.bot.tell_to_end()
    await lives.bot.prints("stopping")
    submit.release()
    assert await lives.bot.ended() == 0
    [task] = (await lives.job(asked)).tasks
    assert (task.state, task.spark_id) == (TaskState.RUNNING, next(iter(spark.tasks)))
    await lives.begin()
    lives.finish()
    await lives.end_and_prove(asked)
    assert len(spark.submits) == 1


async def test_second_signal_does_not_wait_for_the_answer_which_is_unknown_then(
    lives: Lives, spark: SparkSandbox
) -> None:
    submit = spark.trouble.add(SparkTrouble("submit", "hang", accepted=True))
    await lives.begin()
    asked = await lives.imagine("a red fox in snow", lives.direct)
    await within_patience(submit.reached.wait())
    lives.bot.tell_to_end()
    await lives.bot.prints("stopping")
    lives.bot.tell_to_end()
    assert await lives.bot.ended() == 0
    submit.release()
    await lives.begin()
    books = await lives.end_and_prove(asked)
    assert [task.state for task in books.tasks] == [TaskState.UNKNOWN]
    assert len(spark.submits) == 1


async def test_running_task_is_left_to_the_next_start(lives: Lives, spark: SparkSandbox) -> None:
    await lives.begin()
    asked = await lives.imagine("a red fox in snow", lives.direct)
    await spark.wait_for(
        lambda spark: any(each.method == "GET" and each.status == 200 for each in spark.requests), PATIENCE
    )
    await lives.end()
    assert (await lives.job(asked)).tasks[0].state is TaskState.RUNNING
    await lives.begin()
    lives.finish()
    await lives.end_and_prove(asked)
    assert len(spark.submits) == 1


async def test_delivery_under_way_is_ended_first(lives: Lives, discord: DiscordSandbox) -> None:
    post = discord.trouble.add(DiscordTrouble("POST", MESSAGES, Kind.HANG))
    asked = await delivering_until(lives, post)
    lives.bot.tell_to_end()
    await lives.bot.prints("stopping")
    post.release()
    assert await lives.bot.ended() == 0
    assert (await lives.job(asked)).state is JobState.DELIVERED
    await lives.begin()
    await lives.end_and_prove(asked)
    assert len(discord.requests.matching("POST", MESSAGES)) == 1


@pytest.mark.parametrize("by", HEARD, ids=lambda by: by.name)
async def test_nothing_is_heard_after_the_signal_and_what_is_under_way_is_ended(
    lives: Lives, discord: DiscordSandbox, by: signal.Signals
) -> None:
    post = discord.trouble.add(DiscordTrouble("POST", MESSAGES, Kind.HANG))
    asked = await delivering_until(lives, post)
    lives.bot.tell_to_end(by)
    await lives.bot.prints("stopping")
    unheard = await lives.imagine("a blue fox in snow", lives.direct)
    await lives.ask_by_message("make it night", photo().content)
    await discord.wait_for(lambda: not discord.gateway.connected)
    late = await lives.imagine("a green fox in snow", lives.direct)
    post.release()
    assert await lives.bot.ended() == 0
    books = await lives.books()
    assert books.jobs.keys() == {asked.id}
    assert books.jobs[asked.id].state is JobState.DELIVERED
    assert [each.callback for each in (unheard, late)] == [None, None]


async def test_a_hangup_under_nohup_ends_nothing(lives: Lives) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        await lives.begin()
    finally:
        signal.signal(signal.SIGHUP, before)
    lives.bot.tell_to_end(signal.SIGHUP)
    asked = await lives.imagine("a red fox in snow", lives.direct)
    await lives.submitted(1)
    lives.finish()
    await lives.end_and_prove(asked)


async def test_second_signal_ends_it_at_once_and_the_next_start_delivers(
    lives: Lives, discord: DiscordSandbox
) -> None:
    post = discord.trouble.add(DiscordTrouble("POST", MESSAGES, Kind.HANG, applied=True))
    asked = await delivering_until(lives, post)
    lives.bot.tell_to_end()
    await lives.bot.prints("stopping")
    lives.bot.tell_to_end()
    assert await lives.bot.ended() == 0
    assert (await lives.job(asked)).state is JobState.DELIVERING
    await lives.begin()
    await lives.end_and_prove(asked)
    assert len(discord.requests.matching("POST", MESSAGES)) == 1
