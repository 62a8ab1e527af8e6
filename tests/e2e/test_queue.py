from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness


async def _start(harness: Harness, *, in_flight: int = 20, running: int = 3, queued: int = 10) -> None:
    """Start the bot before a Spark that ends no task by itself."""
    harness.spark.trouble.add(Trouble("submit", "never", times=None))
    await harness.start(
        spark={"max_in_flight": in_flight}, limits={"user_running": running, "user_queued": queued}
    )
    await harness.ready()


async def _never_more_at_spark_than(harness: Harness, most: int, *, tasks: int) -> None:
    """Let Spark end the tasks one by one; as one ends, one more is sent."""
    for ended in range(tasks):
        sent = min(tasks, ended + most)
        await harness.logged("task.running", times=sent)
        assert len(harness.submits) == sent
        harness.spark.finish(harness.submits[ended].task_id or "")
        await harness.logged("task.succeeded", times=ended + 1, tick=1)
    assert len(harness.submits) == tasks


async def test_no_more_of_one_persons_pictures_are_at_spark_than_allowed(harness: Harness) -> None:
    await _start(harness, running=2)
    first, second = await harness.imagine(count=4), await harness.imagine()
    await _never_more_at_spark_than(harness, 2, tasks=5)
    await harness.done()
    assert [len(harness.posts(asked)[0].attachments) for asked in (first, second)] == [4, 1]


async def test_no_more_than_the_keys_share_is_at_spark(harness: Harness) -> None:
    await _start(harness, in_flight=3)
    for member in (harness.alice, harness.bob):
        await harness.imagine(member, count=4)
    await _never_more_at_spark_than(harness, 3, tasks=8)


async def test_more_than_may_wait_is_refused(harness: Harness) -> None:
    await _start(harness, running=1, queued=2)
    first = await harness.imagine(count=2)
    text = await harness.refused(await harness.imagine(count=2))
    assert text.splitlines()[:2] == [
        "**This bot refused this: too much of yours would be on the way.**",
        "You asked for 2; 2 of yours are on the way, and at most 3 may be.",
    ]
    assert await harness.books.jobs() == [first.id]
    assert await harness.books.today(harness.alice, harness.guild) == ("0", "0.06")

    await harness.imagine()
    await harness.refused(await harness.imagine())
    await harness.imagine(harness.bob)
    await harness.logged("task.running", times=2)


async def test_whoever_asks_for_little_does_not_wait_for_all_of_somebody_elses(harness: Harness) -> None:
    await _start(harness, in_flight=2)
    await harness.imagine(harness.alice, prompt="alice's", count=4)
    await harness.logged("task.running", times=2)
    await harness.imagine(harness.bob, prompt="bob's")
    harness.spark.finish(harness.submits[0].task_id or "")
    await harness.logged("task.running", times=3, tick=1)
    assert [submit.params["prompt"] for submit in harness.submits] == ["alice's", "alice's", "bob's"]


async def test_what_waits_for_its_moment_is_not_held_up_by_what_waits_for_a_place(harness: Harness) -> None:
    busy = Trouble("submit", "answer", status=429, headers={"Retry-After": "5"}, body="{}")
    busy.where = lambda params: params["prompt"] == "bob's"
    harness.spark.trouble.add(busy)
    await _start(harness, running=1)
    await harness.imagine(harness.alice, prompt="alice's", count=2)
    await harness.logged("task.running")
    await harness.imagine(harness.bob, prompt="bob's")
    await harness.logged("task.requeued")
    await harness.logged("task.running", times=2, tick=1)
    assert [submit.params["prompt"] for submit in harness.submits] == ["alice's", "bob's", "bob's"]
