import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.domain.budgets import Account, Budget, Period, Scope
from bot.domain.jobs import Job, Order, TaskOrder
from bot.domain.pictures.sources import Source
from bot.domain.privacy import Erasure
from bot.domain.refusals import Refusal, Refuser
from bot.domain.sizes import Quality, Shape
from bot.domain.states import TaskState
from bot.store import AuditStore, Database, Store
from bot.store.schema import blocks, erasures, grants, jobs, limits, totals, warnings
from bot.wording.privacy import ERASED_WORDS
from tests.databases import rows
from tests.examples import PICTURE
from tests.store.plans import recorded
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    BEN,
    CENT,
    DAY,
    HOUR,
    NO_CEILINGS,
    NO_LIMITS,
    NOW,
    OWNER,
    PLENTY,
    claim,
    contents,
    delivering,
    got,
    grant,
    insert,
    limit,
    origin,
    reach,
)

ANNA_ELSEWHERE = Account(20, 1)
NOBODY = -77
DECEMBER = NOW - 20 * DAY  # the scenes begin on the first of January 2026, at noon
FEBRUARY = int(datetime(2026, 2, 1, tzinfo=UTC).timestamp() * 1000)


def said(words: str, click_key: str | None = None) -> Order:
    """Order an edit of a picture by words that are found wherever they stand."""
    task = TaskOrder("spark_edit_3_0", {"prompt": words, "seed": 7}, 640, 480, PICTURE.sha256)
    source = Source(f"https://cdn.discordapp.com/{words}.png?ex=1", f"{words}.png", 500, 600)
    return Order("edit", words, (task,), click_key=click_key, image=PICTURE, source=source)


async def done(
    store: Store, job_id: int, account: Account, words: str = "SECRET", *, at: int = NOW, cost: int = CENT
) -> Job:
    """Bring a job of one picture to where it stands in Discord."""
    asked = origin(job_id, account, at)
    asked = replace(asked, channel_id=5001, parent_channel_id=5002, interaction_token=f"token {words}")
    assert await store.jobs.accept(asked, said(words, click_key=f"1:{words}:2"), [2 * CENT], NO_LIMITS)
    await store.jobs.record_status_message(job_id, 5003)
    [task] = await claim(store, OWNER, PLENTY, at)
    task = await store.tasks.start(await store.tasks.begin_submit(task, 0, NO_CEILINGS, at), f"spark-{job_id}")
    await store.tasks.succeed(task, f"spark-{job_id}", cost, f"https://spark/{words}.png", at)
    job = await store.deliveries.begin(job_id, OWNER, at)
    assert job is not None
    await store.deliveries.record_place(job, 5004)
    return await store.deliveries.end(job, 5004, 5005, [1], at)


async def everything(database: Database) -> str:
    return str(await contents(database))


async def problems(database: Database) -> tuple[str, ...]:
    return (await AuditStore(database).audit()).problems


async def person_totals(database: Database, user_id: int) -> dict[tuple[int, str], int]:
    """Give what stands under a person by server and window; all servers' together stands there too."""
    found = await rows(database, sa.select(totals).where(totals.c.user_id == user_id))
    of_servers = {(row.guild_id, row.window): row.spent_nano for row in found if row.scope == "person"}
    everywhere = {row.window: row.spent_nano for row in found if row.scope == "everywhere"}
    assert everywhere == {
        window: sum(nano for (_, at), nano in of_servers.items() if at == window) for _, window in of_servers
    }
    return of_servers


async def spent(store: Store, account: Account, now: int) -> dict[tuple[Scope, Period], int]:
    found: Sequence[Budget] = await store.ledger.budgets(account, frozenset(), NO_LIMITS.ceilings, now)
    return {(budget.scope, budget.window.period): budget.spent for budget in found}


async def owners(database: Database) -> dict[int, int]:
    return dict(await rows(database, sa.select(jobs.c.id, jobs.c.user_id)))


async def erase(store: Store, user_id: int, pseudonym: int, now: int, most: int = 2) -> int:
    """Erase all of a person, portion by portion; of how many jobs."""
    erasure = await store.erasures.begin(user_id, pseudonym, now)
    while await store.erasures.go_on(user_id, most):
        pass
    return erasure.jobs


async def month_is_over(store: Store, pseudonym: int, now: int, most: int = 1) -> bool:
    """Go on with whose month is over; whether there was anybody."""
    user_id = await store.erasures.next(lambda: pseudonym, now)
    if user_id is None:
        return False
    while await store.erasures.go_on(user_id, most):
        pass
    return True


# on a person's word


async def test_words_links_and_pictures_go_on_all_servers_and_nobody_elses(
    database: Database, store: Store
) -> None:
    for job_id, account in ((1, ANNA), (2, ANNA_ELSEWHERE), (3, ANNA_ALONE)):
        await done(store, job_id, account)
    await done(store, 4, BEN, "BENS")
    failed = await reach(store, 5, TaskState.FAILED)
    assert failed.error_text is not None
    await store.deliveries.begin(5, OWNER, NOW)
    await store.deliveries.give_up((await store.deliveries.held_by(OWNER))[0], NOW)
    late = await delivering(store, 6)
    await store.deliveries.keep_result(late.tasks[0], b"SECRET picture", NOW)
    await store.deliveries.give_up(late, NOW)
    await store.deliveries.end(await delivering(store, 7), 500, 600, [], NOW)
    assert [task.job_id for task in await store.deliveries.late_pictures()] == [7]
    for account in (ANNA, ANNA_ALONE, BEN):
        what = "BENS" if account is BEN else "SECRET"
        await store.refusals.record(account, Refusal(Refuser.BOT, what, ""), NOW)
        await store.hints.show(5001 + account.guild_id, account.user_id, NOW)
        await store.preferences.change(account.user_id, lambda own: replace(own, quality=Quality.HD))
    for user_id, job_id in ((1, 4), (BEN.user_id, 4), (BEN.user_id, 5)):
        await store.favourites.toggle(user_id, job_id, NOW)
    bens = await got(store, 4)

    assert await erase(store, 1, NOBODY, NOW) == 6

    left = await everything(database)
    for gone in ("SECRET", "a red fox", "refused the picture", "token-"):
        assert gone not in left
    assert "BENS" in left
    for job_id in (1, 2, 3, 5, 6, 7):
        job = await got(store, job_id)
        assert (job.title, job.erased_at, job.account.user_id) == (ERASED_WORDS, NOW, 1)
        assert (job.source, job.interaction_token, job.status_message_id, job.channel_id) == (None, None, None, 0)
        assert (job.parent_channel_id, job.result_channel_id, job.result_id) == (None, None, None)
        [task] = job.tasks
        assert (task.params, task.image_sha256, task.result_url, task.error_text) == ({}, None, None, None)
    assert await got(store, 4) == bens
    assert await store.images.get(PICTURE.sha256) == PICTURE  # Ben works on it too
    assert await store.jobs.unfinished_status_messages() == [bens]
    assert await store.deliveries.late_pictures() == []
    # of what is gone, nobody has a mark
    assert await rows(database, sa.text("SELECT user_id, job_id FROM favourites")) == [(BEN.user_id, 4)]
    for kept in ("SELECT user_id FROM hints", "SELECT user_id FROM preferences"):
        assert await rows(database, sa.text(kept)) == [(BEN.user_id,)]
    assert await problems(database) == ()

    await erase(store, BEN.user_id, NOBODY, NOW)
    assert await store.images.get(PICTURE.sha256) is None


async def test_what_moderators_have_decided_and_the_running_budget_stay(database: Database, store: Store) -> None:
    await insert(database, limits, limit("member", 1, 5))
    await insert(database, grants, grant(3))
    block = {
        "guild_id": 10,
        "user_id": 1,
        "reason": "spam",
        "blocked_by": 99,
        "blocked_at": NOW,
        "expires_at": NOW,
    }
    await insert(database, blocks, block)
    warned = {"user_id": 1, "percent": 80, "limit_nano": 1, "used_nano": 1, "at": NOW}
    windows = ("2025-12-31", "2025-12", "2026-01-01", "2026-01")
    for scope, guild_id in (("person", 10), ("everywhere", 0)):
        of_scope = {**warned, "scope": scope, "guild_id": guild_id}
        await insert(database, warnings, *({**of_scope, "window": window} for window in windows))
    await done(store, 1, ANNA)
    before = await contents(database)

    await erase(store, 1, NOBODY, NOW)

    after = await contents(database)
    for table in ("limits", "grants", "blocks", "totals", "ledger"):
        assert after[table] == before[table]
    assert sorted(row.window for row in after["warnings"]) == ["2026-01", "2026-01", "2026-01-01", "2026-01-01"]
    assert (await spent(store, ANNA, NOW))[Scope.PERSON, Period.DAY] == CENT


@pytest.mark.parametrize(
    "state",
    [
        TaskState.QUEUED,
        TaskState.CLAIMED,
        TaskState.SUBMITTING,
        TaskState.RUNNING,
        TaskState.OVERDUE,
        TaskState.UNKNOWN,
        TaskState.SUCCEEDED,
    ],
)
async def test_nothing_is_erased_while_something_is_on_the_way(
    database: Database, store: Store, state: TaskState
) -> None:
    await done(store, 1, ANNA_ELSEWHERE)
    await reach(store, 2, state)
    if state is TaskState.OVERDUE:  # its job has told of it and waits no more
        job = await store.deliveries.begin(2, OWNER, NOW)
        assert job is not None
        await store.deliveries.end(job, 500, 600, [], NOW)
    before = await contents(database)

    with pytest.raises(Refusal, match="something of yours is still on the way"):
        await erase(store, 1, NOBODY, NOW)

    assert await contents(database) == before
    assert await erase(store, BEN.user_id, NOBODY, NOW) == 0


async def test_an_unknown_outcome_is_in_the_way_until_its_money_is_released(store: Store) -> None:
    await reach(store, 1, TaskState.UNKNOWN)
    job = await store.deliveries.begin(1, OWNER, NOW)
    assert job is not None
    await store.deliveries.end(job, 500, 600, [], NOW)
    with pytest.raises(Refusal):
        await erase(store, 1, NOBODY, NOW)
    await store.tasks.release_unknown(NOW + HOUR, NOW + HOUR)
    assert await erase(store, 1, NOBODY, NOW) == 1


async def test_erasing_again_tells_when_it_was_done_and_leaves_it_so(database: Database, store: Store) -> None:
    await done(store, 1, ANNA)
    assert await erase(store, 1, NOBODY, NOW) == 1
    before = await contents(database)

    again = await store.erasures.begin(1, NOBODY - 1, NOW + HOUR)

    assert again == Erasure(NOW, 0, repeated=True)
    assert not await store.erasures.go_on(1, 2)
    assert await contents(database) == before


@pytest.mark.parametrize("new", ["job", "refusal", "hint", "settings", "old words"])
async def test_erasing_again_takes_what_has_come_since(database: Database, store: Store, new: str) -> None:
    await done(store, 1, ANNA)
    await erase(store, 1, NOBODY, NOW)
    match new:
        case "job" | "old words":
            await done(store, 2, ANNA, at=NOW + 1)
            if new == "old words":  # gone by themselves, but their amounts are still under a name
                await store.privacy.erase_old(NOW + 2, 9, NOW + 2)
        case "refusal":
            await store.refusals.record(ANNA, Refusal(Refuser.BOT, "SECRET", ""), NOW)
        case "hint":
            await store.hints.show(5001, 1, NOW)
        case _:
            await store.preferences.change(1, lambda own: replace(own, shape=Shape.WIDE_16_9))

    again = await store.erasures.begin(1, NOBODY - 1, NOW + HOUR)
    while await store.erasures.go_on(1, 2):
        pass

    assert again == Erasure(NOW + HOUR, 1 if new == "job" else 0, repeated=False)
    left = await contents(database)
    assert (left["refusals"], left["hints"], left["preferences"]) == ([], [], [])
    assert await month_is_over(store, NOBODY - 2, FEBRUARY + HOUR)
    assert set((await owners(database)).values()) == {NOBODY - 2}


# in portions


async def test_each_portion_is_whole_and_a_crash_between_them_is_gone_on_from(
    database_url: str, database: Database, store: Store
) -> None:
    for job_id in range(1, 8):
        await done(store, job_id, (ANNA, ANNA_ELSEWHERE)[job_id % 2], at=(DECEMBER, NOW)[job_id > 4])
    await store.refusals.record(ANNA, Refusal(Refuser.BOT, "SECRET", ""), NOW)
    assert (await store.erasures.begin(1, NOBODY, NOW)).jobs == 7

    assert await store.erasures.go_on(1, 3)
    erased = [job for job in (await contents(database))["jobs"] if job.erased_at is not None]
    assert len(erased) == 3
    assert all(job.title == ERASED_WORDS for job in erased)
    assert await problems(database) == ()

    await database.close()  # a crash; somebody asks for something new before the next start's sweep
    reopened = Database(database_url)
    await reopened.open()
    try:
        again = Store.over(reopened)
        await done(again, 8, ANNA, "LATER", at=NOW + 1)
        assert await again.erasures.next(lambda: NOBODY - 9, NOW + 2) == 1
        portions = 1
        while await again.erasures.go_on(1, 3):
            portions += 1
            assert await problems(reopened) == ()
        assert portions == 3
        assert await again.erasures.next(lambda: NOBODY - 9, NOW + 2) is None
        assert "SECRET" not in await everything(reopened)
        assert (await got(again, 8)).title == "LATER"
        assert await owners(reopened) == {**dict.fromkeys(range(1, 5), NOBODY), **dict.fromkeys(range(5, 9), 1)}
        assert (await person_totals(reopened, NOBODY))[10, "2025-12"] == 2 * CENT
    finally:
        await reopened.close()


async def test_a_clock_that_was_set_back_keeps_nothing_from_being_erased(store: Store) -> None:
    await done(store, 1, ANNA, at=NOW + HOUR)
    assert await erase(store, 1, NOBODY, NOW) == 1
    assert (await got(store, 1)).title == ERASED_WORDS


async def test_two_presses_at_once_erase_everything_once(database: Database, store: Store) -> None:
    for job_id in range(1, 10):
        await done(store, job_id, ANNA, at=DECEMBER)
    first, second = await asyncio.gather(erase(store, 1, NOBODY, NOW), erase(store, 1, NOBODY - 1, NOW))
    assert 9 in (first, second)
    assert "SECRET" not in await everything(database)
    assert set((await owners(database)).values()) <= {NOBODY, NOBODY - 1}
    assert await problems(database) == ()


# the amounts


async def test_amounts_of_months_that_are_over_go_under_a_pseudonym_at_once(
    database: Database, store: Store
) -> None:
    await done(store, 1, ANNA, at=DECEMBER, cost=3 * CENT)
    await done(store, 2, ANNA_ALONE, at=DECEMBER + DAY, cost=4 * CENT)
    await done(store, 3, ANNA, at=NOW, cost=5 * CENT)
    await done(store, 4, BEN, at=DECEMBER, cost=7 * CENT)
    servers_spent = await spent(store, BEN, DECEMBER)

    await erase(store, 1, NOBODY, NOW)

    assert await owners(database) == {1: NOBODY, 2: NOBODY, 3: 1, 4: BEN.user_id}
    assert await person_totals(database, NOBODY) == {
        (10, "2025-12-12"): 3 * CENT,
        (0, "2025-12-13"): 4 * CENT,
        (10, "2025-12"): 3 * CENT,
        (0, "2025-12"): 4 * CENT,
    }
    assert await person_totals(database, 1) == {(10, "2026-01-01"): 5 * CENT, (10, "2026-01"): 5 * CENT}
    assert await spent(store, BEN, DECEMBER) == servers_spent
    for job_id, owner in ((1, NOBODY), (3, 1)):
        assert {task.account.user_id for task in (await got(store, job_id)).tasks} == {owner}
        assert {row.user_id for row in (await contents(database))["ledger"] if row.job_id == job_id} == {owner}
    assert await problems(database) == ()


async def test_those_of_the_running_month_follow_once_it_is_over_also_after_a_crash(
    database_url: str, database: Database, store: Store
) -> None:
    await done(store, 1, ANNA, cost=3 * CENT)
    await erase(store, 1, NOBODY, NOW + HOUR)
    await done(store, 2, ANNA, "LATER", cost=4 * CENT)  # it took long to be accepted
    await done(store, 3, BEN, cost=5 * CENT)
    await done(store, 4, ANNA, at=NOW + 2 * HOUR, cost=6 * CENT)  # asked for after that
    assert not await month_is_over(store, NOBODY, FEBRUARY + HOUR - 1)

    await database.close()
    reopened = Database(database_url)
    await reopened.open()
    try:
        again = Store.over(reopened)
        assert await month_is_over(again, NOBODY, FEBRUARY + HOUR)
        assert not await month_is_over(again, NOBODY, FEBRUARY + HOUR)
        assert await owners(reopened) == {1: NOBODY, 2: 1, 3: BEN.user_id, 4: 1}
        assert (await got(again, 2)).title == "LATER"
        assert await person_totals(reopened, NOBODY) == {(10, "2026-01-01"): 3 * CENT, (10, "2026-01"): 3 * CENT}
        assert await person_totals(reopened, 1) == {(10, "2026-01-01"): 10 * CENT, (10, "2026-01"): 10 * CENT}
        assert await problems(reopened) == ()
        assert await rows(reopened, sa.select(erasures)) == []
    finally:
        await reopened.close()


async def test_what_was_asked_for_after_the_erasure_and_grew_old_by_itself_keeps_its_owner(store: Store) -> None:
    await erase(store, 1, NOBODY, NOW)
    await done(store, 1, ANNA, at=NOW + 1)
    await store.privacy.erase_old(NOW + 2, 1, NOW + DAY)
    assert await month_is_over(store, NOBODY, FEBRUARY + HOUR)
    assert (await got(store, 1)).account == ANNA


async def test_in_the_first_hour_of_a_month_the_one_before_still_waits(database: Database, store: Store) -> None:
    await done(store, 1, ANNA, at=FEBRUARY - HOUR)
    await erase(store, 1, NOBODY, FEBRUARY + HOUR - 1)
    assert await owners(database) == {1: 1}
    assert await month_is_over(store, NOBODY, FEBRUARY + HOUR)
    assert await owners(database) == {1: NOBODY}
    assert await problems(database) == ()


async def test_erasing_twice_uses_a_pseudonym_each_and_takes_nothing_twice(
    database: Database, store: Store
) -> None:
    await done(store, 1, ANNA, at=DECEMBER)
    assert await erase(store, 1, NOBODY, NOW) == 1
    assert await erase(store, 1, NOBODY - 1, NOW) == 0
    await done(store, 2, ANNA, at=NOW + 1)
    assert await erase(store, 1, NOBODY - 1, NOW + 2) == 1
    assert await month_is_over(store, NOBODY - 2, FEBRUARY + HOUR)
    assert await owners(database) == {1: NOBODY, 2: NOBODY - 2}
    assert await problems(database) == ()


# at the same time


async def test_an_accept_at_the_same_time_is_whole_and_the_books_agree(database: Database, store: Store) -> None:
    for number in range(1, 20, 2):
        await done(store, number, ANNA, at=DECEMBER)
        once_more = replace(said("again"), image=None)  # the picture must be kept already
        asking = store.jobs.accept(origin(number + 1), once_more, [CENT], NO_LIMITS)
        answers = await asyncio.gather(erase(store, 1, NOBODY - number, NOW), asking, return_exceptions=True)
        erased, accepted = answers
        assert isinstance(erased, int | Refusal)
        if isinstance(accepted, BaseException):
            assert "Its picture is no longer kept" in str(accepted)
        else:
            job = await got(store, number + 1)
            assert (job.title, job.erased_at) == ("again", None)
            [task] = job.tasks
            assert task.image_sha256 is not None
            assert await store.images.get(task.image_sha256) == PICTURE
            assert await store.jobs.cancel(job.id, NOW)
            await erase(store, 1, NOBODY - number, NOW)
        assert await problems(database) == ()
    assert "SECRET" not in await everything(database)


async def test_a_deletion_of_an_erased_result_is_not_recorded_for_its_status_message(store: Store) -> None:
    await done(store, 1, ANNA)
    await erase(store, 1, NOBODY, NOW)
    await store.jobs.record_removed(1, 1, NOW)
    assert (await got(store, 1)).removed_by is None
    assert await store.jobs.unfinished_status_messages() == []


# by themselves


async def test_old_words_go_in_pieces_the_oldest_first_and_what_is_on_the_way_stays(
    database: Database, store: Store
) -> None:
    for job_id in range(1, 6):
        await done(store, job_id, ANNA if job_id % 2 else BEN, at=NOW + job_id)
    await reach(store, 6, TaskState.OVERDUE)
    told = await store.deliveries.begin(6, OWNER, NOW)
    assert told is not None
    await store.deliveries.end(told, 500, 600, [], NOW)

    assert await store.privacy.erase_old(NOW + 5, 3, NOW + DAY) == 3
    assert [(await got(store, n)).erased_at for n in range(1, 6)] == [NOW + DAY] * 3 + [None] * 2
    assert await store.images.get(PICTURE.sha256) == PICTURE
    assert await store.privacy.erase_old(NOW + 5, 3, NOW + DAY) == 1
    assert await store.privacy.erase_old(NOW + 5, 3, NOW + DAY) == 0
    assert await store.privacy.erase_old(NOW + 6, 3, NOW + DAY) == 1
    assert "SECRET" not in await everything(database)
    assert await store.images.get(PICTURE.sha256) is None
    assert set((await owners(database)).values()) == {1, 2}  # they have not asked to be forgotten
    assert (await got(store, 6)).title == "a red fox"
    assert await problems(database) == ()


async def test_old_refusals_and_hints_go_in_pieces(database: Database, store: Store) -> None:
    for number in range(5):
        await store.refusals.record(ANNA, Refusal(Refuser.BOT, "this", ""), NOW + number)
        await store.hints.show(number, 1, NOW + number)
    for forget in (store.refusals.forget, store.hints.forget):
        assert [await forget(NOW + 4, 3) for _ in range(3)] == [3, 1, 0]
    left = await contents(database)
    assert [row.at for row in left["refusals"]] == [row.shown_at for row in left["hints"]] == [NOW + 4]


async def test_what_is_old_is_found_by_index(sqlite_url: str) -> None:
    """SQLite tells how it looks; each statement that a sweep repeats every minute has an index of its own."""
    database = Database(sqlite_url)
    await database.open()
    store = Store.over(database)
    with recorded() as ran:
        await store.privacy.erase_old(NOW, 10, NOW)
        await store.refusals.forget(NOW, 10)
        await store.hints.forget(NOW, 10)
    await database.close()
    plans = [" ".join(each.plan(sqlite_url)) for each in ran if " LIMIT " in each.sql]
    for plan, index in zip(plans, ("ix_jobs_prompts", "ix_refusals_at", "ix_hints_shown_at"), strict=True):
        assert index in plan
        assert "SCAN jobs" not in plan


# what a person may see


async def test_everything_of_a_person_is_read_in_pieces_and_nothing_of_others(
    database: Database, store: Store
) -> None:
    for job_id, account in enumerate((ANNA, ANNA_ELSEWHERE, BEN, ANNA_ALONE, ANNA), start=1):
        await done(store, job_id, account, at=NOW + job_id)
        await store.refusals.record(account, Refusal(Refuser.BOT, f"this {job_id}", ""), NOW)
    await insert(database, limits, limit("member", 1, 5), limit("member", 2, 6), limit("role", 1, 7))
    await insert(database, grants, grant(3), grant(4, BEN))
    data = store.personal_data

    read: list[Job] = []
    while page := await data.jobs(
        1, (read[-1].account.guild_id, read[-1].accepted_at, read[-1].id) if read else None, 2
    ):
        read += page
    assert [job.id for job in read] == [4, 1, 5, 2]
    assert read[0] == await store.jobs.get(4)
    first = await data.refusals(1, 0, 3)
    rest = await data.refusals(1, first[-1][0], 3)
    assert [(server, refusal.what) for _, server, refusal in [*first, *rest]] == [
        (10, "this 1"),
        (20, "this 2"),
        (0, "this 4"),
        (10, "this 5"),
    ]
    decisions = await data.decisions(1)
    assert [(server, each.amount) for server, each in decisions.limits] == [(10, 5 * CENT)]
    assert [each.amount for each in decisions.grants] == [3 * CENT]
    assert [(each.sha256, each.format, each.size) for each in await data.images(1)] == [
        (PICTURE.sha256, "JPEG", 6)
    ]
    assert await data.images(3) == []
