"""What the store's tests begin with: people, jobs with plain values, and the way to each state of a task."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.domain.budgets import Account
from bot.domain.jobs import Job, Order, Origin, Place, Task, TaskOrder
from bot.domain.limits import Ceilings
from bot.domain.pictures.sources import InputImage
from bot.domain.states import TaskState
from bot.store import Capacity, Database, Store, Terms
from bot.store.database import Row, Statement, Transaction, given
from bot.store.schema import metadata
from tests import examples

NOW = examples.NOW
HOUR = examples.HOUR
DAY = examples.DAY
CENT = examples.CENT

ANNA = Account(10, 1)
BEN = Account(10, 2)
CARA = Account(20, 3)  # in another server
ANNA_ALONE = Account(0, 1)  # in direct messages

OWNER = "worker-1"
PLENTY = Capacity(total=1000, per_person=1000, unpriced=1000)
NO_CEILINGS = Ceilings(None, None, None, None, None, None)

_WHOLE_TABLES = {
    table.name: Statement(sa.select(table).order_by(*table.primary_key)) for table in metadata.sorted_tables
}
_DELETIONS = [Statement(sa.delete(table)) for table in reversed(metadata.sorted_tables)]


def terms(*, unfinished: int = 1000, **ceilings: int) -> Terms:
    return Terms(replace(NO_CEILINGS, **ceilings), unfinished)


NO_LIMITS = terms()


def origin(job_id: int, account: Account = ANNA, at: int = NOW, roles: Iterable[int] = ()) -> Origin:
    return Origin(
        id=job_id,
        account=account,
        role_ids=frozenset(roles),
        channel_id=500,
        parent_channel_id=None,
        place=Place.CHANNEL if account.guild_id else Place.DM,
        upload_limit=10 * 1024 * 1024,
        application_id=900,
        interaction_token=f"token-{job_id}",
        asked_at=at,
    )


def order(count: int = 1, click_key: str | None = None) -> Order:
    tasks = tuple(
        TaskOrder("spark_t2i_3_0", {"prompt": "a red fox", "seed": seed}, 1328, 1328)
        for seed in range(7, 7 + count)
    )
    return Order("imagine", "a red fox", tasks, click_key=click_key)


def edit(image: InputImage = examples.PICTURE, *, anew: bool = True) -> Order:
    """Order an edit of a picture that has just been sent, or that must be kept from before."""
    task = TaskOrder("spark_edit_3_0", {"prompt": "make it night"}, 640, 480, image.sha256)
    return Order("edit", "make it night", (task,), image=image if anew else None, source=examples.SOURCE)


async def accept(
    store: Store,
    job_id: int,
    account: Account = ANNA,
    *,
    prices: Sequence[int] = (CENT,),
    at: int = NOW,
    roles: Iterable[int] = (),
    click_key: str | None = None,
    under: Terms = NO_LIMITS,
) -> Job | None:
    asked = origin(job_id, account, at, roles)
    accepted = await store.jobs.accept(asked, order(len(prices), click_key), prices, under)
    return accepted.job if accepted else None


async def claim(store: Store, owner: str, capacity: Capacity, now: int) -> list[Task]:
    return list((await store.tasks.claim(owner, capacity, now)).tasks)


async def ask(store: Store, job_id: int, order: Order, *, at: int = NOW, account: Account = ANNA) -> Job | None:
    """Accept an order of one task."""
    accepted = await store.jobs.accept(origin(job_id, account, at), order, [CENT], NO_LIMITS)
    return accepted.job if accepted else None


async def reach(store: Store, job_id: int, state: TaskState, account: Account = ANNA) -> Task:
    """Accept a job of one task and bring it to `state`; nothing else may be waiting."""
    job = await accept(store, job_id, account)
    assert job is not None
    if state is TaskState.QUEUED:
        return job.tasks[0]
    if state is TaskState.CANCELLED:
        assert await store.jobs.cancel(job_id, NOW)
        return (await got(store, job_id)).tasks[0]
    [task] = await claim(store, OWNER, PLENTY, NOW)
    if state is TaskState.CLAIMED:
        return task
    task = await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW)
    if state is TaskState.SUBMITTING:
        return task
    if state is TaskState.UNKNOWN:
        return await store.tasks.mark_unknown(task, NOW)
    task = await store.tasks.start(task, f"spark-{job_id}")
    match state:
        case TaskState.OVERDUE:
            return await store.tasks.mark_overdue(task)
        case TaskState.SUCCEEDED:
            return await store.tasks.succeed(task, f"spark-{job_id}", CENT, "https://spark/1.png", NOW)
        case TaskState.FAILED:
            return await store.tasks.fail(task, "50411", "Spark refused the picture.", NOW)
    return task


async def delivering(store: Store, job_id: int, account: Account = ANNA) -> Job:
    """Bring a job of one picture to where it is being delivered."""
    await reach(store, job_id, TaskState.SUCCEEDED, account)
    job = await store.deliveries.begin(job_id, OWNER, NOW)
    assert job is not None
    return job


async def delivered(store: Store, job_id: int, account: Account = ANNA) -> Job:
    """Bring a job of one picture to where it stands in Discord."""
    return await store.deliveries.end(await delivering(store, job_id, account), 500, 600, [1], NOW)


async def got(store: Store, job_id: int) -> Job:
    job = await store.jobs.get(job_id)
    assert job is not None
    return job


async def reserved(store: Store) -> int:
    """Read what is reserved, in which all of Anna's budgets must agree."""
    budgets = await store.ledger.budgets(ANNA, frozenset(), NO_LIMITS.ceilings, NOW)
    (amount,) = {budget.reserved for budget in budgets}
    return amount


async def contents(database: Database) -> dict[str, list[Row]]:
    """Read every row of every table."""
    return await database.read(lambda tx: {name: tx.many(whole) for name, whole in _WHOLE_TABLES.items()})


def limit(subject: str, subject_id: int, cents: int, period: str = "day", guild_id: int = 10) -> dict[str, Any]:
    """Give the row of a limit."""
    return {
        "guild_id": guild_id,
        "subject": subject,
        "subject_id": subject_id,
        "period": period,
        "amount_nano": cents * CENT,
    }


def grant(cents: int, account: Account = ANNA, since: int = -HOUR, until: int = HOUR) -> dict[str, Any]:
    """Give the row of a grant, its times counted from now."""
    return {
        "guild_id": account.guild_id,
        "user_id": account.user_id,
        "amount_nano": cents * CENT,
        "reason": "a poster",
        "granted_by": 99,
        "granted_at": NOW + since,
        "expires_at": NOW + until,
    }


async def insert(database: Database, table: sa.Table, *rows: dict[str, Any]) -> None:
    statement = Statement(sa.insert(table).values(given(*rows[0])))
    await database.write(lambda tx: tx.run_each(statement, rows))


async def empty(database: Database) -> None:
    """Delete every row of every table."""

    def delete(tx: Transaction) -> None:
        for statement in _DELETIONS:
            tx.run(statement)

    await database.write(delete)
