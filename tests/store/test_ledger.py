from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.budgets import Account
from bot.domain.states import TaskState
from bot.store import Database, Store
from bot.store.ledger import Difference, Total
from bot.store.schema import ledger as entries
from bot.store.schema import metadata, totals
from tests.databases import INTEGRITY_ERRORS, change, rows
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    CARA,
    CENT,
    DAY,
    HOUR,
    NO_CEILINGS,
    NO_LIMITS,
    NOW,
    OWNER,
    PLENTY,
    accept,
    claim,
    contents,
    insert,
    reach,
)


async def written(database: Database) -> list[tuple[Any, ...]]:
    """Read the ledger: job, position, kind, cents, moment."""
    found = await rows(database, sa.select(entries).order_by(entries.c.id))
    return [(r.job_id, r.position, r.kind, r.amount_nano // CENT, r.at - NOW) for r in found]


async def spent_and_reserved(store: Store, account: Account = ANNA, at: int = NOW) -> list[tuple[int, int]]:
    """Read each budget's cents: the person's day and month, theirs everywhere, the server's, the bot's."""
    found = await store.ledger.budgets(account, frozenset(), NO_LIMITS.ceilings, at)
    return [(b.spent // CENT, b.reserved // CENT) for b in found]


async def test_the_ledger_tells_each_tasks_money_from_its_reservation_to_its_end(
    database: Database, store: Store
) -> None:
    await accept(store, 1, prices=[2 * CENT, 3 * CENT, 4 * CENT])
    first, second, _ = await claim(store, OWNER, PLENTY, NOW)
    first = await store.tasks.start(await store.tasks.begin_submit(first, 0, NO_CEILINGS, NOW), "spark-1")
    await store.tasks.succeed(first, "spark-1", CENT, "https://spark/1.png", NOW + 5)
    await store.tasks.fail(await store.tasks.begin_submit(second, 0, NO_CEILINGS, NOW), None, "No.", NOW + 6)

    assert await written(database) == [
        (1, 1, "reserve", 2, 0),
        (1, 2, "reserve", 3, 0),
        (1, 3, "reserve", 4, 0),
        (1, 1, "settle", 1, 5),
        (1, 2, "release", 3, 6),
    ]
    assert await spent_and_reserved(store) == [(1, 4)] * 8
    assert await store.ledger.differences() == []


async def test_a_cost_above_its_estimate_counts_in_full(store: Store) -> None:
    task = await reach(store, 1, TaskState.RUNNING)

    await store.tasks.succeed(task, "spark-1", 7 * CENT, "https://spark/1.png", NOW)

    assert await spent_and_reserved(store) == [(7, 0)] * 8
    assert await store.ledger.differences() == []


async def test_a_picture_may_cost_nothing(store: Store) -> None:
    task = await reach(store, 1, TaskState.RUNNING)

    ended = await store.tasks.succeed(task, "spark-1", 0, "https://spark/1.png", NOW)

    assert ended.cost_nano == 0
    assert await spent_and_reserved(store) == [(0, 0)] * 8


async def test_direct_messages_count_for_the_person_and_the_bot_alone(database: Database, store: Store) -> None:
    await accept(store, 1, ANNA_ALONE)

    assert set(await rows(database, sa.select(totals.c.scope))) == {("person",), ("everywhere",), ("total",)}
    assert await spent_and_reserved(store, ANNA_ALONE) == [(0, 1)] * 6
    assert await spent_and_reserved(store, ANNA) == [*[(0, 0)] * 2, *[(0, 1)] * 2, *[(0, 0)] * 2, *[(0, 1)] * 2]
    assert await store.ledger.differences() == []


# invariant I6
@pytest.mark.parametrize("state", [TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED])
@pytest.mark.parametrize("kind", ["settle", "release"])
async def test_a_task_cannot_end_twice_whatever_the_code_does(
    database: Database, store: Store, state: TaskState, kind: str
) -> None:
    await reach(store, 1, state)
    before = await contents(database)
    entry = {"guild_id": 10, "user_id": 1, "day": "2026-01-01", "month": "2026-01", "at": NOW}

    with pytest.raises(INTEGRITY_ERRORS):
        await insert(database, entries, {"job_id": 1, "position": 1, "kind": kind, "amount_nano": 1, **entry})

    assert await contents(database) == before


# invariant I6
async def test_a_task_cannot_be_reserved_for_twice(database: Database, store: Store) -> None:
    await accept(store, 1)
    entry = {"guild_id": 10, "user_id": 1, "day": "2026-01-01", "month": "2026-01", "at": NOW}

    with pytest.raises(INTEGRITY_ERRORS):
        await insert(database, entries, {"job_id": 1, "position": 1, "kind": "reserve", "amount_nano": 1, **entry})


async def test_no_total_falls_below_zero(database: Database, store: Store) -> None:
    await accept(store, 1)

    for column in (totals.c.reserved_nano, totals.c.spent_nano):
        with pytest.raises(INTEGRITY_ERRORS):
            await change(database, sa.update(totals).values({column: -1}))


# invariant I7
async def test_an_unknown_tasks_money_is_held_and_then_released(database: Database, store: Store) -> None:
    task = await reach(store, 1, TaskState.UNKNOWN)
    assert await store.tasks.release_unknown(NOW, NOW + DAY) == []
    assert await spent_and_reserved(store) == [(0, 1)] * 8

    assert await store.tasks.release_unknown(NOW + 1, NOW + DAY) == [task]

    assert await spent_and_reserved(store) == [(0, 0)] * 8
    assert (await written(database))[-1] == (1, 1, "release", 1, DAY)
    assert await store.tasks.release_unknown(NOW + 1, NOW + DAY) == []
    assert await store.ledger.differences() == []


@pytest.mark.parametrize("state", [state for state in TaskState if state is not TaskState.UNKNOWN])
async def test_nothing_but_an_unknown_task_is_released_by_the_hold(
    database: Database, store: Store, state: TaskState
) -> None:
    await reach(store, 1, state)
    before = await contents(database)

    assert await store.tasks.release_unknown(NOW + DAY, NOW + DAY) == []

    assert await contents(database) == before


async def test_an_id_that_came_late_keeps_the_reservation(store: Store) -> None:
    task = await store.tasks.start_late(await reach(store, 1, TaskState.UNKNOWN), OWNER, "spark-1")

    assert await store.tasks.release_unknown(NOW + HOUR, NOW + HOUR) == []
    await store.tasks.succeed(task, "spark-1", CENT, "https://spark/1.png", NOW)

    assert await spent_and_reserved(store) == [(1, 0)] * 8
    assert await store.ledger.differences() == []


async def test_a_manipulated_total_is_found_and_mended(database: Database, store: Store) -> None:
    await reach(store, 1, TaskState.SUCCEEDED)
    await reach(store, 2, TaskState.RUNNING, CARA)
    before = await contents(database)
    key = ("person", ANNA.guild_id, ANNA.user_id, "2026-01-01")
    await change(
        database,
        sa.update(totals)
        .where(totals.c.scope == "person", totals.c.user_id == ANNA.user_id, totals.c.window == "2026-01-01")
        .values(spent_nano=5, reserved_nano=6),
    )

    assert await store.ledger.differences() == [Difference(key, kept=Total(5, 6), rebuilt=Total(CENT, 0))]
    await store.ledger.rebuild()

    assert await store.ledger.differences() == []
    assert await contents(database) == before


async def test_a_missing_and_an_invented_total_are_found_and_mended(database: Database, store: Store) -> None:
    await reach(store, 1, TaskState.RUNNING)
    before = await contents(database)
    invented = {"scope": "guild", "guild_id": 99, "user_id": 0, "window": "2026-01"}
    await insert(database, totals, {**invented, "spent_nano": 3, "reserved_nano": 0})
    await change(database, sa.delete(totals).where(totals.c.scope == "total", totals.c.window == "2026-01-01"))

    assert await store.ledger.differences() == [
        Difference(("guild", 99, 0, "2026-01"), kept=Total(3, 0), rebuilt=Total(0, 0)),
        Difference(("total", 0, 0, "2026-01-01"), kept=Total(0, 0), rebuilt=Total(0, CENT)),
    ]
    await store.ledger.rebuild()

    assert await store.ledger.differences() == []
    assert await contents(database) == before


async def test_an_empty_ledger_agrees_with_empty_totals(store: Store) -> None:
    assert await store.ledger.differences() == []
    await store.ledger.rebuild()
    assert await store.ledger.differences() == []


# invariant I8
def test_every_column_of_money_is_a_64_bit_integer() -> None:
    money = [c for table in metadata.sorted_tables for c in table.columns if c.name.endswith("_nano")]

    assert len(money) == 9
    assert {type(column.type) for column in money} == {sa.BigInteger}
