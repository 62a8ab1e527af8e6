import pytest

from bot.domain.money import nano_from_usd
from bot.domain.states import TaskState
from bot.store import Place
from sandbox.discord import DiscordSandbox
from sandbox.spark.server import SparkSandbox
from sandbox.spark.trouble import Trouble
from tests.kill.lives import Lives, now_ms
from tests.kill.waiting import PATIENCE, eventually, within_patience


# invariant I1
@pytest.mark.parametrize("accepted", [False, True], ids=["not-accepted", "accepted"])
async def test_answer_to_the_submit_lost(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox, accepted: bool
) -> None:
    submit = spark.trouble.add(Trouble("submit", "hang", accepted=accepted))
    await lives.begin()
    asked = await lives.imagine("a red fox in snow")
    await within_patience(submit.reached.wait())
    await lives.kill_and_begin()
    await lives.settled(asked)
    lost = await lives.job(asked)
    notice = lives.message(lost)
    assert [task.state for task in lost.tasks] == [TaskState.UNKNOWN]
    assert "nobody knows yet whether your picture was made" in notice.content
    assert "Nothing was charged" in notice.content
    assert len(spark.submits) == 1
    assert len(spark.tasks) == (1 if accepted else 0)

    again = await discord.click(lives.stage.member, notice, "Try again")
    await lives.submitted(len(spark.tasks) + 1)
    lives.finish()
    books = await lives.end_and_prove(asked, again)
    assert [entry.kind for entry in books.entries[f"{asked.id}-1"]] == ["reserve"]
    assert [entry.kind for entry in books.entries[f"{again.id}-1"]] == ["reserve", "settle"]
    assert books.jobs[again.id].repeats_id == asked.id
    assert len(lives.message(books.jobs[again.id]).attachments) == 1
    assert [submit.params for submit in spark.submits] == [spark.submits[0].params] * 2


async def test_running_between_two_looks(lives: Lives, spark: SparkSandbox) -> None:
    await lives.begin()
    asked = await lives.imagine("a red fox in snow", lives.direct)
    await spark.wait_for(
        lambda spark: any(each.method == "GET" and each.status == 200 for each in spark.requests), PATIENCE
    )
    await lives.kill_and_begin()
    assert (await lives.job(asked)).tasks[0].state is TaskState.RUNNING
    lives.finish()
    await lives.end_and_prove(asked)
    assert len(spark.submits) == 1


async def test_running_and_a_look_hangs(lives: Lives, spark: SparkSandbox) -> None:
    look = spark.trouble.add(Trouble("status", "hang"))
    await lives.begin()
    asked = await lives.imagine("a red fox in snow", lives.direct)
    await within_patience(look.reached.wait())
    lives.finish()
    await lives.kill_and_begin()
    await lives.end_and_prove(asked)
    assert len(spark.submits) == 1


async def test_settled_and_the_delivery_not_begun(lives: Lives, spark: SparkSandbox) -> None:
    look = spark.trouble.add(Trouble("status", "hang"))
    await lives.begin()
    asked = await lives.imagine("a red fox in snow", lives.direct)
    await within_patience(look.reached.wait())
    lives.finish()
    await lives.kill()
    async with lives.dead_worker() as store:
        gone = {each.id for each in await store.workers.known()}
        await store.workers.register("dead", Place(None, "host", 1), 1, now_ms())
        [task] = (await store.workers.adopt("dead", now_ms(), gone=gone)).running
        assert task.spark_id is not None
        url = f"{spark.base_url}/files/{task.spark_id}.png"
        cost = nano_from_usd(spark.tasks[task.spark_id].cost)
        await store.tasks.succeed(task, task.spark_id, cost, url, now_ms())
    await lives.begin()
    await lives.end_and_prove(asked)
    assert len(spark.submits) == 1


# invariant I10
async def test_settled_and_the_download_hangs(lives: Lives, spark: SparkSandbox) -> None:
    file = spark.trouble.add(Trouble("file", "hang"))
    await lives.begin()
    asked = await lives.imagine("a red fox in snow")
    await lives.submitted(1)
    lives.finish()
    await within_patience(file.reached.wait())
    assert (await lives.job(asked)).tasks[0].state is TaskState.SUCCEEDED
    await lives.kill_and_begin()
    books = await lives.end_and_prove(asked)
    assert len(spark.submits) == 1
    assert len(lives.message(books.jobs[asked.id]).attachments) == 1


async def test_one_done_one_running_one_submitting(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox
) -> None:
    submit = spark.trouble.add(Trouble("submit", "hang", accepted=True, where=lambda params: params["seed"] == 9))
    await lives.begin()
    before = await lives.imagine("a red fox", seed=1)
    await lives.submitted(1)
    lives.finish()
    await lives.settled(before)  # what such a picture costs is known from now on
    asked = await lives.imagine("a red fox in snow", count=3, seed=7)
    await within_patience(submit.reached.wait())
    await lives.submitted(4)
    by_seed = {task.order.seed: name for name, task in spark.tasks.items()}
    spark.finish(by_seed[7])
    middle = [TaskState.SUCCEEDED, TaskState.RUNNING, TaskState.SUBMITTING]
    await eventually(lambda: lives.job(asked), lambda job: [task.state for task in job.tasks] == middle)
    await lives.kill_and_begin()
    spark.finish(by_seed[8])
    await lives.settled(asked)
    job = await lives.job(asked)
    message = lives.message(job)
    assert [task.state for task in job.tasks] == [TaskState.SUCCEEDED, TaskState.SUCCEEDED, TaskState.UNKNOWN]
    assert "Picture 3 of 3: Spark gave no clear answer" in message.content
    assert len(spark.submits) == 4

    again = await discord.click(lives.stage.member, message, "Try picture 3 again")
    await lives.submitted(5)
    lives.finish()
    books = await lives.end_and_prove(before, asked, again)
    assert [task.seed for task in books.jobs[again.id].tasks] == [9]
