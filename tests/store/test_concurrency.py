import asyncio

import sqlalchemy as sa

from bot.domain.budgets import Account
from bot.domain.jobs import Job
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.moderation.decisions import Grant
from bot.domain.refusals import Refusal
from bot.store import Database, Store
from bot.store.schema import jobs, totals
from tests.databases import rows
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    BEN,
    CARA,
    CENT,
    DAY,
    NO_CEILINGS,
    NOW,
    OWNER,
    PLENTY,
    accept,
    claim,
    terms,
)


# invariant I5
async def test_of_two_hundred_jobs_at_once_with_money_for_ten_exactly_ten_are_accepted(
    database: Database, store: Store
) -> None:
    under = terms(user_day=10 * CENT)

    answers = await asyncio.gather(*(accept(store, n, under=under) for n in range(1, 201)), return_exceptions=True)

    assert sum(isinstance(answer, Job) for answer in answers) == 10
    assert sum(isinstance(answer, Refusal) for answer in answers) == 190
    assert await store.ledger.differences() == []
    assert len(await rows(database, sa.select(jobs.c.id))) == 10
    assert set(await rows(database, sa.select(totals.c.reserved_nano))) == {(10 * CENT,)}


async def test_of_fifty_jobs_at_once_no_more_wait_than_allowed(store: Store) -> None:
    under = terms(unfinished=4)

    answers = await asyncio.gather(
        *(accept(store, n, [ANNA, ANNA_ALONE][n % 2], under=under) for n in range(1, 51)), return_exceptions=True
    )

    assert sum(isinstance(answer, Job) for answer in answers) == 4
    assert sum(isinstance(answer, Refusal) for answer in answers) == 46


# invariant I3
async def test_an_event_that_arrives_twenty_times_at_once_is_one_job(store: Store) -> None:
    answers = await asyncio.gather(*(accept(store, 1) for _ in range(20)))

    assert sum(isinstance(answer, Job) for answer in answers) == 1
    assert answers.count(None) == 19
    assert await store.ledger.differences() == []


# invariant I3
async def test_a_button_that_is_pressed_twenty_times_at_once_is_one_job(store: Store) -> None:
    answers = await asyncio.gather(
        *(accept(store, n, click_key="1:again:1") for n in range(1, 21)), return_exceptions=True
    )

    assert sum(isinstance(answer, Job) for answer in answers) == 1
    assert sum(isinstance(answer, Refusal) for answer in answers) == 19


async def test_many_people_ask_end_and_withdraw_at_once_without_a_deadlock(store: Store) -> None:
    people = [Account(10 + n % 3 * 10, n) for n in range(1, 31)] + [Account(0, 1), Account(0, 2)]

    async def live(job_id: int, account: Account) -> None:
        assert await accept(store, job_id, account, prices=[CENT, CENT], at=NOW + job_id % 2 * DAY)
        if job_id % 3 == 0:
            await store.jobs.cancel(job_id, NOW)
        for task in await claim(store, OWNER, PLENTY, NOW + DAY):
            task = await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW)
            if task.position == 1:
                await store.tasks.succeed(task, f"spark-{task.name}", 2 * CENT, "https://spark/1.png", NOW)
            elif job_id % 2:
                await store.tasks.fail(task, None, "No.", NOW)
            else:
                await store.tasks.mark_unknown(task, NOW)
        await store.tasks.release_unknown(NOW + 1, NOW)

    await asyncio.gather(*(live(n, person) for n, person in enumerate(people, start=1)))

    assert await store.ledger.differences() == []


# invariant I6
async def test_the_totals_agree_with_the_ledger_at_every_moment(store: Store) -> None:
    done = asyncio.Event()

    async def live(job_id: int) -> None:
        await accept(store, job_id, [ANNA, BEN, CARA][job_id % 3])

    async def look() -> int:
        looks = 0
        while not done.is_set():
            assert await store.ledger.differences() == []
            looks += 1
        return looks

    looking = asyncio.create_task(look())
    for first in range(1, 50, 10):
        await asyncio.gather(*(live(job_id) for job_id in range(first, first + 10)))
    done.set()
    assert await looking > 0


async def test_of_two_moderators_who_grant_what_was_asked_for_at_once_one_does(store: Store) -> None:
    action = Action(ANNA.guild_id, 99, ActionKind.GRANT, About.MEMBER, ANNA.user_id, "more", None, NOW)
    grant = Grant(ANNA, CENT, "a poster", 99, NOW, NOW + 86_400_000)
    answers = await asyncio.gather(*(store.moderation.grant(grant, action, NOW - 1) for _ in range(2)))
    assert answers.count(None) == 1
    assert await store.limits.grants_of(ANNA, NOW) == [grant]
