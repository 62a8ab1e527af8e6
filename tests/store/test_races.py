"""Two steps that meet in PostgreSQL, in an order that is no matter of luck; on SQLite there is one writer."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.budgets import BudgetRefusal, Period
from bot.domain.jobs import Job
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.states import JobState, TaskState
from bot.store import Database, LeaseLost, Store
from bot.store.schema import images, jobs, tasks, totals
from tests.databases import outside, rows
from tests.examples import PICTURE
from tests.store.scenes import ANNA, CARA, CENT, DAY, NOW, OWNER, PLENTY, accept, ask, claim, edit, got, reach


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


@contextmanager
def held(url: str, table: sa.Table, *where: sa.ColumnElement[bool]) -> Iterator[None]:
    """Hold a table's rows in a transaction, so that whoever wants to change them waits."""
    with outside(url) as connection:
        connection.execute(sa.select(table).where(*where).with_for_update())
        yield


async def settled(database: Database, *steps: asyncio.Task[Any]) -> None:
    """Wait until each step has either ended or waits for somebody's lock."""
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    while await rows(database, waiting) != [(sum(not step.done() for step in steps),)]:
        pass


async def test_releasing_many_peoples_money_does_not_deadlock_with_a_new_job(
    database_url: str, database: Database, store: Store
) -> None:
    await reach(store, 1, TaskState.UNKNOWN, ANNA)
    await reach(store, 2, TaskState.UNKNOWN, CARA)

    with held(database_url, totals, totals.c.scope == "guild", totals.c.guild_id == CARA.guild_id):
        accepting = asyncio.create_task(accept(store, 3, CARA))
        await settled(database, accepting)
        releasing = asyncio.create_task(store.tasks.release_unknown(NOW + 1, NOW + DAY))
        await settled(database, accepting, releasing)

    assert isinstance(await accepting, Job)
    assert [task.job_id for task in await releasing] == [1, 2]
    assert await store.ledger.differences() == []


async def test_an_id_that_comes_while_the_money_is_being_released_comes_too_late(
    database_url: str, database: Database, store: Store
) -> None:
    task = await reach(store, 1, TaskState.UNKNOWN)

    with held(database_url, totals):
        releasing = asyncio.create_task(store.tasks.release_unknown(NOW + 1, NOW + DAY))
        await settled(database, releasing)
        starting = asyncio.create_task(store.tasks.start_late(task, OWNER, "spark-late"))
        await settled(database, releasing, starting)

    assert await releasing == [task]
    with pytest.raises(LeaseLost):
        await starting


# invariant I7
async def test_money_is_not_released_while_an_id_is_coming(
    database_url: str, database: Database, store: Store
) -> None:
    task = await reach(store, 1, TaskState.UNKNOWN)

    with held(database_url, tasks):
        starting = asyncio.create_task(store.tasks.start_late(task, OWNER, "spark-late"))
        await settled(database, starting)
        releasing = asyncio.create_task(store.tasks.release_unknown(NOW + 1, NOW + DAY))
        await settled(database, starting, releasing)

    running = await starting
    assert await releasing == []
    await store.tasks.succeed(running, "spark-late", 1, "https://spark/1.png", NOW)


async def test_a_job_that_is_being_claimed_is_not_cancelled(
    database_url: str, database: Database, store: Store
) -> None:
    await accept(store, 1)

    with held(database_url, tasks):
        claiming = asyncio.create_task(claim(store, OWNER, PLENTY, NOW))
        await settled(database, claiming)
        cancelling = asyncio.create_task(store.jobs.cancel(1, NOW))
        await settled(database, claiming, cancelling)

    assert [task.state for task in await claiming] == [TaskState.CLAIMED]
    assert not await cancelling
    assert (await got(store, 1)).state is JobState.OPEN


async def test_a_job_that_is_being_cancelled_is_not_claimed(
    database_url: str, database: Database, store: Store
) -> None:
    await accept(store, 1)

    with held(database_url, jobs):
        cancelling = asyncio.create_task(store.jobs.cancel(1, NOW))
        await settled(database, cancelling)
        claiming = asyncio.create_task(claim(store, OWNER, PLENTY, NOW))
        await settled(database, cancelling, claiming)

    assert await cancelling
    assert await claiming == []
    assert await store.ledger.differences() == []


async def test_a_picture_that_is_asked_for_anew_is_not_forgotten(
    database_url: str, database: Database, store: Store
) -> None:
    await ask(store, 1, edit())
    [task] = await claim(store, OWNER, PLENTY, NOW)
    await store.tasks.fail(task, None, "No.", NOW)

    with held(database_url, images):
        asking = asyncio.create_task(ask(store, 2, edit(anew=False), at=NOW + DAY))
        await settled(database, asking)
        forgetting = asyncio.create_task(store.images.forget(NOW + 1))
        await settled(database, asking, forgetting)

    assert isinstance(await asking, Job)
    assert await forgetting == 0
    assert await store.images.get(PICTURE.sha256) == PICTURE


async def test_a_limit_that_is_lowered_while_a_job_waits_for_its_turn_refuses_it(
    database_url: str, database: Database, store: Store
) -> None:
    await accept(store, 1, prices=[CENT])
    lowered = Limit(Subject.MEMBER, ANNA.user_id, Period.DAY, CENT)
    action = Action(ANNA.guild_id, 99, ActionKind.LIMIT, About.MEMBER, ANNA.user_id, "lowered it", None, NOW)

    with held(database_url, totals):
        accepting = asyncio.create_task(accept(store, 2, prices=[CENT]))
        await settled(database, accepting)
        await store.moderation.set_limits([lowered], action)

    with pytest.raises(BudgetRefusal):
        await accepting
    assert await store.ledger.differences() == []
