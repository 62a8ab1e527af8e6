"""The price is looked at again in the step that commits a task to being paid for."""

import pytest
import sqlalchemy as sa

from bot.domain.budgets import Account, Period
from bot.domain.jobs import Task
from bot.domain.limits import Ceilings, Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.states import TaskState
from bot.store import AuditStore, Database, Store
from bot.store.schema import jobs, ledger
from tests.databases import rows
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    BEN,
    CARA,
    CENT,
    DAY,
    HOUR,
    NO_CEILINGS,
    NOW,
    OWNER,
    PLENTY,
    accept,
    claim,
    got,
    order,
    origin,
    terms,
)


async def paid(store: Store, job_id: int, cost: int, at: int) -> None:
    """Have somebody else's picture of the same kind end with a cost."""
    await accept(store, job_id, CARA, at=at - 1)
    [task] = await claim(store, OWNER, PLENTY, at - 1)
    begun = await store.tasks.begin_submit(task, 0, NO_CEILINGS, at - 1)
    await store.tasks.succeed(begun, f"spark-{job_id}", cost, "https://spark/1.png", at)


async def begun(store: Store, task: Task, price: int = 0, at: int = NOW, **ceilings: int) -> Task:
    return await store.tasks.begin_submit(task, price, terms(**ceilings).ceilings, at)


async def kinds(database: Database, job_id: int = 1) -> list[tuple[str, int]]:
    chosen = sa.select(ledger.c.kind, ledger.c.amount_nano).where(ledger.c.job_id == job_id)
    return [(kind, amount // CENT) for kind, amount in await rows(database, chosen.order_by(ledger.c.id))]


async def used(store: Store, account: Account = ANNA) -> tuple[int, int]:
    budget = (await store.ledger.budgets(account, frozenset(), NO_CEILINGS, NOW))[0]
    return budget.spent // CENT, budget.reserved // CENT


@pytest.mark.parametrize("end", ["settle", "release"])
async def test_a_reservation_grows_with_its_price_and_ends_whole(
    database: Database, store: Store, end: str
) -> None:
    await accept(store, 1)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    task = await begun(store, task, 3 * CENT, user_day=5 * CENT)
    assert (task.state, task.estimate_nano) == (TaskState.SUBMITTING, 3 * CENT)
    assert await used(store) == (0, 3)

    if end == "settle":
        await store.tasks.succeed(task, "spark-1", 2 * CENT, "https://spark/1.png", NOW)
    else:
        await store.tasks.fail(task, None, "No.", NOW)

    assert await kinds(database) == [("reserve", 1), ("raise", 2), (end, 2 if end == "settle" else 3)]
    assert await used(store) == ((2, 0) if end == "settle" else (0, 0))
    assert await store.ledger.differences() == []
    assert (await AuditStore(database).audit()).problems == ()


async def test_a_lower_price_takes_nothing_back(database: Database, store: Store) -> None:
    await accept(store, 1, prices=[2 * CENT])
    [task] = await claim(store, OWNER, PLENTY, NOW)
    assert (await begun(store, task, CENT)).estimate_nano == 2 * CENT
    assert await kinds(database) == [("reserve", 2)]


async def test_a_task_may_be_raised_again_after_spark_has_refused_it(database: Database, store: Store) -> None:
    await accept(store, 1)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    task = await store.tasks.requeue(await begun(store, task, 3 * CENT), NOW, NOW)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    task = await begun(store, task, 4 * CENT)
    await store.tasks.succeed(task, "spark-1", 4 * CENT, "https://spark/1.png", NOW)
    assert await kinds(database) == [("reserve", 1), ("raise", 2), ("raise", 1), ("settle", 4)]
    assert await store.ledger.differences() == []
    assert (await AuditStore(database).audit()).problems == ()


# invariant I5
@pytest.mark.parametrize(
    ("ceiling", "whose"),
    [
        ("user_day", "your limit for today"),
        ("user_month", "your limit for this month"),
        ("guild_day", "this server's limit for today"),
        ("guild_month", "this server's limit for this month"),
        ("total_day", "everybody's limit for today"),
        ("total_month", "everybody's limit for this month"),
    ],
)
async def test_a_task_that_no_longer_fits_ends_unsent_and_uncharged(
    database: Database, store: Store, ceiling: str, whose: str
) -> None:
    await accept(store, 1)
    [task] = await claim(store, OWNER, PLENTY, NOW)

    task = await begun(store, task, 3 * CENT, **{ceiling: 3 * CENT - 1})

    assert (task.state, task.lease, task.submitted_at, task.cost_nano) == (TaskState.FAILED, None, None, None)
    assert task.error_text == (
        f"It was not sent: it would cost $0.03 by now, which is more than {whose} leaves. "
        "/usage shows you alone what is left."
    )
    assert await kinds(database) == [("reserve", 1), ("release", 1)]
    assert await used(store) == (0, 0)
    assert (await AuditStore(database).audit()).problems == ()
    [refusal] = await store.refusals.newest(ANNA, 5)
    assert refusal.what.startswith("This picture costs $0.03, and ")


async def test_what_somebody_spends_elsewhere_ends_a_task_and_nobody_else_reads_why(store: Store) -> None:
    await accept(store, 1, ANNA_ALONE)
    await accept(store, 2, ANNA)
    elsewhere, here = sorted(await claim(store, OWNER, PLENTY, NOW), key=lambda task: task.job_id)
    assert (await begun(store, elsewhere, 2 * CENT, everywhere_day=4 * CENT)).state is TaskState.SUBMITTING

    task = await begun(store, here, 3 * CENT, everywhere_day=4 * CENT)

    assert task.state is TaskState.FAILED
    assert task.error_text is not None
    assert "more than your limit for today leaves" in task.error_text
    assert await store.refusals.newest(ANNA, 5) == []  # what the moderators of her server read
    [refusal] = await store.refusals.newest(ANNA_ALONE, 5)
    assert refusal.what == "This picture costs $0.03, and you have $0.01 left today over all servers."


async def test_what_others_have_reserved_and_not_sent_stands_in_nobodys_way(store: Store) -> None:
    await accept(store, 1, ANNA, prices=[CENT] * 2)
    await accept(store, 2, BEN, prices=[CENT] * 2)
    first, second, third, fourth = await claim(store, OWNER, PLENTY, NOW)
    states = [(await begun(store, each, 2 * CENT, total_day=5 * CENT)).state for each in (first, second, third)]
    assert states == [TaskState.SUBMITTING, TaskState.SUBMITTING, TaskState.FAILED]
    assert (await begun(store, fourth, CENT, total_day=5 * CENT)).state is TaskState.SUBMITTING


async def test_the_newest_real_price_of_the_last_hour_is_the_least(store: Store) -> None:
    await paid(store, 8, 9 * CENT, NOW - HOUR)
    await paid(store, 9, 5 * CENT, NOW - HOUR + 1)
    await accept(store, 1, prices=[CENT] * 2)
    first, second = await claim(store, OWNER, PLENTY, NOW)
    assert (await begun(store, first)).estimate_nano == 5 * CENT
    assert (await begun(store, second, at=NOW + 1)).estimate_nano == CENT


async def test_the_day_and_month_are_those_of_the_acceptance(store: Store) -> None:
    await accept(store, 1, prices=[CENT] * 2)
    await accept(store, 2, BEN, prices=[4 * CENT], at=NOW + DAY)
    first, second, _ = sorted(await claim(store, OWNER, PLENTY, NOW + DAY), key=lambda task: task.name)
    late = NOW + DAY
    assert (await begun(store, first, 3 * CENT, late, total_day=4 * CENT)).state is TaskState.SUBMITTING
    assert (await begun(store, second, 3 * CENT, late, total_day=4 * CENT)).state is TaskState.FAILED


async def test_a_limit_by_role_holds_as_it_was_read_when_the_task_was_accepted(
    database: Database, store: Store
) -> None:
    limit = Limit(Subject.ROLE, 71, Period.DAY, 4 * CENT)
    action = Action(ANNA.guild_id, 99, ActionKind.LIMIT, About.MEMBER, 71, "did it", None, NOW)
    await store.moderation.set_limits([limit], action)
    ceilings = Ceilings(CENT, None, 9 * CENT, None, None, None)
    await accept(store, 1, prices=[CENT], roles=[71])
    await accept(store, 2, prices=[CENT])
    with_role, without = await claim(store, OWNER, PLENTY, NOW)
    assert (await store.tasks.begin_submit(with_role, 2 * CENT, ceilings, NOW)).state is TaskState.SUBMITTING
    assert (await store.tasks.begin_submit(without, 2 * CENT, ceilings, NOW)).state is TaskState.FAILED
    assert await rows(database, sa.select(jobs.c.role_ids).where(jobs.c.id == 1)) == [([71],)]


async def test_a_raise_warns_and_a_task_unsent_counts_as_told(store: Store) -> None:
    await accept(store, 1)
    await accept(store, 2, ANNA_ALONE)
    first, second = await claim(store, OWNER, PLENTY, NOW)
    await begun(store, first, 8 * CENT, user_day=10 * CENT)
    [warning] = await store.warnings.take(ANNA, NOW)
    assert (warning.percent, warning.used) == (80, 8 * CENT)

    await begun(store, second, 11 * CENT, user_day=10 * CENT)
    assert await store.warnings.take(ANNA_ALONE, NOW) == []
    assert (await got(store, 2)).tasks[0].state is TaskState.FAILED


async def test_what_a_raise_has_reached_is_told_with_the_next_order(store: Store) -> None:
    await accept(store, 1)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    await begun(store, task, 8 * CENT, user_day=10 * CENT)
    under = terms(user_day=10 * CENT)
    told = await store.jobs.accept(origin(2), order(1), [CENT], under)
    assert told is not None
    assert told.warned
    await store.warnings.take(ANNA, NOW)
    silent = await store.jobs.accept(origin(3), order(1), [0], under)
    assert silent is not None
    assert not silent.warned
