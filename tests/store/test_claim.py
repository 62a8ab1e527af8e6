import asyncio
from collections import Counter
from collections.abc import Sequence

import pytest

from bot.domain.budgets import Account
from bot.domain.jobs import Lease, Order, Task, TaskOrder
from bot.domain.states import TaskState
from bot.store import Capacity, Claimed, Store
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    BEN,
    CARA,
    CENT,
    HOUR,
    NO_CEILINGS,
    NO_LIMITS,
    NOW,
    OWNER,
    PLENTY,
    accept,
    claim,
    got,
    origin,
    reach,
)


def places(total: int = 1000, per_person: int = 1000, unpriced: int = 1000) -> Capacity:
    return Capacity(total, per_person, unpriced)


def names(tasks: Sequence[Task]) -> list[str]:
    return [task.name for task in tasks]


# invariant I11
async def test_everybodys_first_comes_before_anybodys_second(store: Store) -> None:
    await accept(store, 1, ANNA, prices=[CENT] * 4)
    await accept(store, 2, ANNA)
    await accept(store, 3, BEN, prices=[CENT] * 2)
    await accept(store, 4, CARA)

    claimed = await claim(store, OWNER, PLENTY, NOW)

    assert names(claimed) == ["1-1", "3-1", "4-1", "1-2", "3-2", "1-3", "1-4", "2-1"]
    assert {task.state for task in claimed} == {TaskState.CLAIMED}
    assert {task.lease for task in claimed} == {Lease(OWNER, 1)}


async def test_a_place_goes_to_whoever_has_the_least_at_spark(store: Store) -> None:
    await accept(store, 1, ANNA, prices=[CENT] * 3)
    assert names(await claim(store, OWNER, places(total=2, per_person=9), NOW)) == [
        "1-1",
        "1-2",
    ]
    await accept(store, 2, BEN, prices=[CENT] * 3)

    assert names(await claim(store, OWNER, places(total=4, per_person=9), NOW)) == [
        "2-1",
        "2-2",
    ]
    assert names(await claim(store, OWNER, places(total=5, per_person=9), NOW)) == ["1-3"]


async def test_one_person_has_no_more_at_once_than_allowed_wherever_they_ask(store: Store) -> None:
    await accept(store, 1, ANNA, prices=[CENT] * 2)
    await accept(store, 2, ANNA_ALONE, prices=[CENT] * 4)
    three_each = places(total=100, per_person=3)

    assert names(await claim(store, OWNER, three_each, NOW)) == ["1-1", "1-2", "2-1"]
    assert await claim(store, OWNER, three_each, NOW) == []


async def test_all_together_have_no_more_at_once_than_allowed(store: Store) -> None:
    await accept(store, 1, ANNA, prices=[CENT] * 4)
    await accept(store, 2, BEN, prices=[CENT] * 4)

    assert len(await claim(store, OWNER, places(total=3, per_person=100), NOW)) == 3
    assert await claim(store, OWNER, places(total=3, per_person=100), NOW) == []
    assert await claim(store, OWNER, places(total=2, per_person=100), NOW) == []


@pytest.mark.parametrize(
    ("state", "fills_a_place"),
    [
        (TaskState.CLAIMED, True),
        (TaskState.SUBMITTING, True),
        (TaskState.RUNNING, True),
        (TaskState.OVERDUE, False),
        (TaskState.UNKNOWN, False),
        (TaskState.SUCCEEDED, False),
        (TaskState.FAILED, False),
        (TaskState.CANCELLED, False),
    ],
)
async def test_what_fills_a_place_at_spark(store: Store, state: TaskState, fills_a_place: bool) -> None:
    await reach(store, 1, state)
    await accept(store, 2)

    by_all = await claim(store, OWNER, places(total=1, per_person=9), NOW)
    for task in by_all:
        await store.tasks.requeue(task, NOW, NOW)
    by_person = await claim(store, OWNER, places(total=9, per_person=1), NOW)

    assert names(by_all) == ([] if fills_a_place else ["2-1"])
    assert names(by_person) == ([] if fills_a_place else ["2-1"])


async def test_a_task_is_not_claimed_before_its_time(store: Store) -> None:
    task = await store.tasks.requeue(await reach(store, 1, TaskState.SUBMITTING), NOW + 5000, NOW)
    assert (task.state, task.lease, task.attempts, task.submitted_at) == (TaskState.QUEUED, None, 1, None)

    assert await store.tasks.claim(OWNER, PLENTY, NOW + 4999) == Claimed([], more_wait=True, next_at=NOW + 5000)
    claimed = await store.tasks.claim(OWNER, PLENTY, NOW + 5000)
    [again] = claimed.tasks

    assert (again.lease, again.attempts) == (Lease(OWNER, 2), 1)
    assert (claimed.more_wait, claimed.next_at) == (False, None)


async def test_a_task_that_must_wait_takes_nobodys_turn(store: Store) -> None:
    await store.tasks.requeue(await reach(store, 1, TaskState.SUBMITTING), NOW + 5000, NOW)
    await accept(store, 2, BEN)
    await accept(store, 3, BEN, at=NOW + 1)

    claimed = await store.tasks.claim(OWNER, places(total=9, per_person=1), NOW)

    assert names(claimed.tasks) == ["2-1"]
    assert (claimed.more_wait, claimed.next_at) == (True, NOW + 5000)


async def test_what_spark_has_refused_for_now_is_not_overtaken_by_what_its_person_asked_for_later(
    store: Store,
) -> None:
    await accept(store, 1, ANNA, prices=[CENT] * 2)
    first, second = await claim(store, OWNER, PLENTY, NOW)
    begun = await store.tasks.begin_submit(first, 0, NO_CEILINGS, NOW)
    await accept(store, 2, ANNA)
    await accept(store, 3, BEN)
    await store.tasks.requeue(begun, NOW + 5000, NOW)
    await store.tasks.postpone(second, NOW, NOW)

    claimed = await store.tasks.claim(OWNER, PLENTY, NOW)
    assert names(claimed.tasks) == ["1-2", "3-1"]  # what is of its own job goes on
    assert claimed.next_at == NOW + 5000
    assert names(await claim(store, OWNER, PLENTY, NOW + 5000)) == ["1-1", "2-1"]


async def test_a_picture_that_discord_keeps_back_holds_up_nothing_else(store: Store) -> None:
    await store.tasks.postpone(await reach(store, 1, TaskState.CLAIMED), NOW + 5000, NOW)
    await accept(store, 2, ANNA)
    assert names(await claim(store, OWNER, PLENTY, NOW)) == ["2-1"]


async def test_a_clock_that_was_set_back_keeps_nothing_waiting_and_lets_nothing_newer_pass(store: Store) -> None:
    await store.tasks.requeue(await reach(store, 1, TaskState.SUBMITTING), NOW + 5000, NOW)
    await accept(store, 2, ANNA)
    await accept(store, 3, ANNA, at=NOW - HOUR)

    claimed = await store.tasks.claim(OWNER, PLENTY, NOW - HOUR)

    assert names(claimed.tasks) == ["1-1", "2-1", "3-1"]
    assert claimed.next_at is None


async def test_what_waits_for_a_place_is_told_without_a_moment(store: Store) -> None:
    await accept(store, 1, prices=[CENT] * 2)
    assert names((await store.tasks.claim(OWNER, places(total=0), NOW)).tasks) == []

    some = await store.tasks.claim(OWNER, places(total=1), NOW)
    rest = await store.tasks.claim(OWNER, places(total=2), NOW)

    assert [len(some.tasks), len(rest.tasks)] == [1, 1]
    assert (some.more_wait, some.next_at) == (True, None)
    assert (rest.more_wait, rest.next_at) == (False, None)


async def test_of_what_no_price_is_known_two_are_sent_and_the_rest_when_it_is(store: Store) -> None:
    await accept(store, 1, ANNA, prices=[CENT] * 3)
    await accept(store, 2, BEN, prices=[CENT] * 2)
    first, second = await claim(store, OWNER, places(unpriced=2), NOW)
    assert names([first, second]) == ["1-1", "2-1"]
    assert await claim(store, OWNER, places(unpriced=2), NOW) == []

    failed = await store.tasks.begin_submit(first, 0, NO_CEILINGS, NOW)
    await store.tasks.fail(failed, None, "It was not made.", NOW)
    [third] = await claim(store, OWNER, places(unpriced=2), NOW)
    assert third.name == "1-2"

    begun = await store.tasks.begin_submit(second, 0, NO_CEILINGS, NOW)
    await store.tasks.succeed(begun, "spark-2", CENT, "https://spark/1.png", NOW)
    assert names(await claim(store, OWNER, places(unpriced=2), NOW)) == ["2-2", "1-3"]


@pytest.mark.parametrize(("model", "alike"), [("spark_t2i_3_0", False), ("spark_edit_3_0", True)])
async def test_a_size_that_was_chosen_has_a_price_of_its_own(store: Store, model: str, alike: bool) -> None:
    for job_id, size in ((1, 1024), (2, 1328), (3, 1024), (4, 1328)):
        wanted = Order("imagine", "a fox", (TaskOrder(model, {"prompt": "a fox"}, size, size),))
        await store.jobs.accept(origin(job_id), wanted, [CENT], NO_LIMITS)
    claimed = await claim(store, OWNER, places(unpriced=1), NOW)
    assert names(claimed) == (["1-1"] if alike else ["1-1", "2-1"])

    ready = ["2-1", "3-1", "4-1"] if alike else ["3-1"]
    begun = await store.tasks.begin_submit(claimed[0], 0, NO_CEILINGS, NOW)
    await store.tasks.succeed(begun, "spark-1", CENT, "https://spark/1.png", NOW)
    assert names(await claim(store, OWNER, places(unpriced=1), NOW)) == ready


async def test_a_thousand_are_claimed_in_portions_each_person_in_turn(store: Store) -> None:
    people = [Account(10, number) for number in range(1, 6)]
    for job_id in range(1, 241):
        await accept(store, job_id, people[job_id % 5], prices=[CENT] * 4)

    portions = [await claim(store, OWNER, places(total=5000), NOW) for _ in range(3)]

    assert [len(portion) for portion in portions] == [500, 460, 0]
    assert len({task.name for portion in portions for task in portion}) == 960
    assert Counter(task.account.user_id for task in portions[0]) == dict.fromkeys(range(1, 6), 100)


# invariant I11
async def test_twenty_claims_at_once_pass_no_limit_and_give_nothing_twice(store: Store) -> None:
    for job_id in range(1, 31):
        await accept(store, job_id, [ANNA, BEN, CARA][job_id % 3], prices=[CENT] * 2)
    capacity = places(total=10, per_person=4)

    answers = await asyncio.gather(*(claim(store, f"worker-{n}", capacity, NOW) for n in range(20)))

    claimed = [task for answer in answers for task in answer]
    assert len(claimed) == len(set(names(claimed))) == 10
    assert sorted(Counter(task.account.user_id for task in claimed).values()) == [3, 3, 4]


async def test_twenty_claims_at_once_leave_no_place_empty(store: Store) -> None:
    for job_id in range(1, 6):
        await accept(store, job_id, prices=[CENT] * 4)

    answers = await asyncio.gather(*(claim(store, f"worker-{n}", PLENTY, NOW) for n in range(20)))

    assert sum(len(answer) for answer in answers) == 20


async def test_with_one_place_two_people_take_turns(store: Store) -> None:
    one = places(total=1, per_person=3)
    await accept(store, 1, ANNA, prices=[CENT] * 3)
    await accept(store, 2, BEN, prices=[CENT] * 2)
    served = []
    for moment in range(NOW, NOW + 5):
        [task] = await claim(store, OWNER, one, moment)
        task = await store.tasks.begin_submit(task, 0, NO_CEILINGS, moment)
        await store.tasks.fail(task, None, "It was not made.", moment)
        served.append(task.account.user_id)
    assert served == [ANNA.user_id, BEN.user_id, ANNA.user_id, BEN.user_id, ANNA.user_id]


async def test_with_a_claim_is_written_down_which_messages_answered_the_commands(store: Store) -> None:
    for job_id in (1, 2, 3):
        await accept(store, job_id)

    claimed = await store.tasks.claim(OWNER, places(total=1), NOW, {1: 71, 2: 72})

    assert names(claimed.tasks) == ["1-1"]
    assert [(await got(store, job_id)).status_message_id for job_id in (1, 2, 3)] == [71, 72, None]
