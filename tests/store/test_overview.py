from bot.domain.budgets import Period
from bot.domain.states import TaskState
from bot.store import Database, Group, OverviewStore, Store
from tests.store.scenes import (
    ANNA,
    CARA,
    CENT,
    NO_CEILINGS,
    NOW,
    OWNER,
    PLENTY,
    accept,
    claim,
    delivered,
    delivering,
    reach,
    terms,
)

CEILINGS = terms(total_day=25 * CENT).ceilings


async def test_of_a_database_that_nobody_has_used_everything_is_none(database: Database) -> None:
    overview = await OverviewStore(database).at(NOW, NO_CEILINGS)
    assert (overview.tasks, overview.delivering, overview.delivering_since, overview.kept) == ({}, 0, None, 0)
    assert [(each.spent, each.reserved, each.limit) for each in overview.budgets] == [(0, 0, None)] * 2


async def test_tasks_are_counted_by_state_with_their_people_and_the_oldest(
    database: Database, store: Store
) -> None:
    await reach(store, 1, TaskState.UNKNOWN)
    await store.tasks.release_unknown(NOW + 1, NOW)  # which nobody waits for any more
    for job_id, state in enumerate(
        (TaskState.UNKNOWN, TaskState.OVERDUE, TaskState.RUNNING, TaskState.SUBMITTING, TaskState.FAILED), start=2
    ):
        await reach(store, job_id, state)
    await accept(store, 10, at=NOW - 30)
    [later] = await claim(store, OWNER, PLENTY, NOW)
    await store.tasks.start(await store.tasks.begin_submit(later, 0, NO_CEILINGS, NOW + 500), "spark-10")
    await reach(store, 11, TaskState.CLAIMED)
    await accept(store, 12, ANNA, prices=[CENT, CENT])
    await accept(store, 13, CARA, at=NOW - 5000)

    overview = await OverviewStore(database).at(NOW, NO_CEILINGS)

    assert overview.tasks == {
        TaskState.QUEUED: Group(3, 2, NOW - 5000, None),
        TaskState.CLAIMED: Group(1, 1, NOW, None),
        TaskState.SUBMITTING: Group(1, 1, NOW, NOW),
        TaskState.RUNNING: Group(2, 1, NOW - 30, NOW),
        TaskState.OVERDUE: Group(1, 1, NOW, NOW),
        TaskState.UNKNOWN: Group(1, 1, NOW, NOW),
    }


async def test_deliveries_and_what_is_kept_are_counted(database: Database, store: Store) -> None:
    await delivered(store, 1)
    job = await delivering(store, 2)
    await reach(store, 3, TaskState.SUCCEEDED)
    assert await store.deliveries.begin(3, OWNER, NOW + 500) is not None
    await store.deliveries.keep_result(job.tasks[0], b"a PNG", NOW)
    await accept(store, 4)
    overview = await OverviewStore(database).at(NOW, NO_CEILINGS)
    assert (overview.delivering, overview.delivering_since, overview.kept) == (2, NOW, 1)


async def test_what_all_have_spent_today_and_this_month_stands_with_the_limits(
    database: Database, store: Store
) -> None:
    await delivered(store, 1)
    await delivered(store, 2, CARA)
    await accept(store, 3, prices=[CENT] * 3)
    day, month = (await OverviewStore(database).at(NOW, CEILINGS)).budgets
    assert (day.window.key, day.spent, day.reserved, day.limit) == ("2026-01-01", 2 * CENT, 3 * CENT, 25 * CENT)
    assert (month.window.period, month.spent, month.reserved, month.limit) == (
        Period.MONTH,
        2 * CENT,
        3 * CENT,
        None,
    )
