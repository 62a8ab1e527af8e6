import pytest
import sqlalchemy as sa

from bot.domain.states import TaskState
from bot.store import AuditStore, Database, Store
from bot.store.schema import ledger, totals
from tests.databases import change
from tests.store.scenes import CENT, DAY, NOW, OWNER, PLENTY, accept, claim, insert, reach

END = {
    "job_id": 1,
    "position": 1,
    "guild_id": 10,
    "user_id": 1,
    "day": "2026-01-01",
    "month": "2026-01",
    "at": NOW,
}


async def problems(database: Database) -> list[str]:
    """Give the problems that concern tasks; a test that forges an entry leaves the totals wrong as well."""
    return [line for line in (await AuditStore(database).audit()).problems if line.startswith(("task ", "and "))]


@pytest.mark.parametrize("state", TaskState)
async def test_true_books_have_no_problem_whatever_state_a_task_is_in(
    database: Database, store: Store, state: TaskState
) -> None:
    await reach(store, 1, state)

    audit = await AuditStore(database).audit()

    assert audit.problems == ()
    ended = state in (TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED)
    assert audit.entries == (2 if ended else 1)


async def test_an_unknown_task_may_have_its_money_back(database: Database, store: Store) -> None:
    await reach(store, 1, TaskState.UNKNOWN)
    await store.tasks.release_unknown(NOW + 1, NOW + DAY)

    assert (await AuditStore(database).audit()).problems == ()


async def test_a_total_that_is_not_what_the_ledger_says_is_a_problem(database: Database, store: Store) -> None:
    await reach(store, 1, TaskState.SUCCEEDED)
    await change(
        database,
        sa.update(totals)
        .where(totals.c.scope == "guild", totals.c.window == "2026-01")
        .values(spent_nano=3 * CENT, reserved_nano=CENT),
    )

    assert (await AuditStore(database).audit()).problems == (
        "total of guild (server 10, person 0) for 2026-01: kept $0.03 spent and $0.01 reserved, "
        "the ledger says $0.01 and $0.00",
    )


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (TaskState.QUEUED, "release"),
        (TaskState.CLAIMED, "release"),
        (TaskState.SUBMITTING, "settle"),
        (TaskState.RUNNING, "release"),
        (TaskState.OVERDUE, "settle"),
        (TaskState.UNKNOWN, "settle"),
    ],
)
async def test_money_that_ended_before_its_task_is_a_problem(
    database: Database, store: Store, state: TaskState, kind: str
) -> None:
    await reach(store, 1, state)
    await insert(database, ledger, {**END, "kind": kind, "amount_nano": CENT})

    settles, releases = (1, 0) if kind == "settle" else (0, 1)
    assert await problems(database) == [
        f"task 1-1 is {state} with 1 reserve, {settles} settle, {releases} release"
    ]


@pytest.mark.parametrize(
    ("state", "missing", "found"),
    [
        (TaskState.SUCCEEDED, "settle", "1 reserve, 0 settle, 0 release"),
        (TaskState.FAILED, "release", "1 reserve, 0 settle, 0 release"),
        (TaskState.CANCELLED, "release", "1 reserve, 0 settle, 0 release"),
        (TaskState.RUNNING, "reserve", "0 reserve, 0 settle, 0 release"),
        (TaskState.SUCCEEDED, "reserve", "0 reserve, 1 settle, 0 release"),
    ],
)
async def test_an_entry_that_is_missing_is_a_problem(
    database: Database, store: Store, state: TaskState, missing: str, found: str
) -> None:
    await reach(store, 1, state)
    await change(database, sa.delete(ledger).where(ledger.c.kind == missing))

    assert await problems(database) == [f"task 1-1 is {state} with {found}"]


@pytest.mark.parametrize(
    ("state", "kind", "other"),
    [(TaskState.SUCCEEDED, "settle", "release"), (TaskState.FAILED, "release", "settle")],
)
async def test_an_end_of_the_wrong_kind_is_a_problem(
    database: Database, store: Store, state: TaskState, kind: str, other: str
) -> None:
    await reach(store, 1, state)
    await change(database, sa.update(ledger).where(ledger.c.kind == kind).values(kind=other))

    assert len(await problems(database)) == 1


async def test_many_problems_are_counted_instead_of_listed(database: Database, store: Store) -> None:
    await accept(store, 1, prices=[CENT] * 4)
    await accept(store, 2, prices=[CENT] * 4)
    await claim(store, OWNER, PLENTY, NOW)
    await change(database, sa.delete(ledger).where(sa.tuple_(ledger.c.job_id, ledger.c.position) != (1, 2)))

    assert await problems(database) == [
        *(
            f"task {name} is claimed with 0 reserve, 0 settle, 0 release"
            for name in ("1-1", "1-3", "1-4", "2-1", "2-2")
        ),
        "and 2 more tasks have wrong entries",
    ]
