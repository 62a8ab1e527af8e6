import heapq
import random

import pytest

from bot.domain.budgets import Account
from bot.domain.durations import Durations
from bot.domain.prices import PriceKind
from bot.domain.queue import AtSpark, Waiting
from bot.domain.states import TaskState
from bot.jobs.queue_forecast import forecast
from bot.store import Capacity, Store
from tests.store.scenes import ANNA, BEN, CARA, CENT, NO_CEILINGS, NOW, OWNER, accept, reach

MODEL = "spark_t2i_3_0"
KIND = PriceKind(MODEL, 1328, 1328)
TAKES = 10_000


async def test_the_queue_is_all_that_waits_and_all_that_fills_a_place(store: Store) -> None:
    for job_id, state in enumerate(TaskState, start=1):
        if state is not TaskState.QUEUED:
            await reach(store, job_id, state, BEN)
    await accept(store, 20, ANNA, prices=[CENT] * 2, at=NOW + 5)
    await accept(store, 21, BEN)

    queue = await store.tasks.queue()

    assert queue.waiting == [
        Waiting(20, 1, ANNA.user_id, KIND, 0),
        Waiting(20, 2, ANNA.user_id, KIND, 0),
        Waiting(21, 1, BEN.user_id, KIND, 0),
    ]
    filling = [state for state in TaskState if state in {"claimed", "submitting", "running"}]
    jobs = {state: number for number, state in enumerate(TaskState, start=1)}
    assert queue.at_spark == [
        AtSpark(jobs[state], BEN.user_id, KIND, None if state is TaskState.CLAIMED else NOW) for state in filling
    ]
    assert queue.served == {ANNA.user_id: 0, BEN.user_id: NOW}


async def test_an_empty_queue(store: Store) -> None:
    await reach(store, 1, TaskState.SUCCEEDED)
    queue = await store.tasks.queue()
    assert (queue.waiting, queue.at_spark, queue.served, queue.unpriced) == ([], [], {}, frozenset())
    assert await store.tasks.undecided_jobs() == []


async def test_the_jobs_of_which_something_waits_or_runs(store: Store) -> None:
    await reach(store, 1, TaskState.RUNNING)
    await reach(store, 2, TaskState.UNKNOWN)
    await accept(store, 3, CARA, prices=[CENT] * 3)
    assert sorted(await store.tasks.undecided_jobs()) == [1, 3]


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_forecast_is_what_the_claims_then_do(store: Store, seed: int) -> None:
    rng = random.Random(seed)
    capacity = Capacity(total=rng.randint(1, 4), per_person=rng.randint(1, 3), unpriced=1000)
    for job_id in range(1, 15):
        account = Account(10, rng.randint(1, 5))
        await accept(store, job_id, account, prices=[CENT] * rng.randint(1, 4), at=NOW + rng.randint(0, 3) * 4000)
    ready: dict[int, int] = {}
    begun: list[int] = []
    ends: list[tuple[int, str]] = []
    running = {}
    now = NOW
    for task in (await store.tasks.claim(OWNER, capacity, now)).tasks:
        sent, later = await store.tasks.begin_submit(task, 0, NO_CEILINGS, now), now + rng.randint(0, 3) * 5000
        await store.tasks.requeue(sent, later, now)
    takes = Durations((TAKES / 1000,), TAKES / 1000, TAKES / 1000)
    expected = forecast(await store.tasks.queue(), capacity, {MODEL: takes}, now / 1000)
    while True:
        claimed = await store.tasks.claim(OWNER, capacity, now)
        for task in claimed.tasks:
            begun.append(task.job_id)
            started = await store.tasks.start(await store.tasks.begin_submit(task, 0, NO_CEILINGS, now), task.name)
            running[task.name] = started
            heapq.heappush(ends, (now + TAKES, task.name))
        moments = [moment for moment in (claimed.next_at, ends[0][0] if ends else None) if moment is not None]
        if not moments:
            break
        now = min(moments)
        while ends and ends[0][0] <= now:
            ended = running[heapq.heappop(ends)[1]]
            await store.tasks.fail(ended, None, "It was not made.", now)
            ready[ended.job_id] = now
    assert {job: each.ahead for job, each in expected.items()} == {job: begun.index(job) for job in ready}
    assert {job: round(each.ready_at * 1000) for job, each in expected.items()} == ready
