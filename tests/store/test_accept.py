from dataclasses import replace

import pytest

from bot.domain.budgets import Account, BudgetRefusal
from bot.domain.jobs import Origin
from bot.domain.pictures.sources import Copy, ResultRef, Source
from bot.domain.refusals import Refusal, Refuser
from bot.domain.states import JobState, TaskState
from bot.store import Database, Store
from tests.examples import PICTURE
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    BEN,
    CARA,
    CENT,
    DAY,
    NO_CEILINGS,
    NO_LIMITS,
    NOW,
    OWNER,
    PLENTY,
    accept,
    claim,
    contents,
    delivered,
    got,
    order,
    origin,
    terms,
)

SOURCE = Source(
    "https://cdn.discordapp.com/1/cat.webp?ex=1",
    "cat.webp",
    channel_id=500,
    message_id=2**58,
    number=2,
    of=3,
    result=ResultRef(2**59, 3),
    changes=("converted to JPEG",),
    needs_copy=True,
    copy=Copy("https://cdn.discordapp.com/2/copy.jpg", 501, 2**57),
)


async def test_an_accepted_job_is_read_back_with_all_that_it_was_asked_with(store: Store) -> None:
    asked = replace(origin(2**62, BEN), parent_channel_id=2**60, by_message=True)
    plain = order(2, click_key="1:again:2")
    wanted = replace(
        plain,
        tasks=tuple(replace(task, image_sha256=PICTURE.sha256) for task in plain.tasks),
        spoiler=True,
        image=PICTURE,
        source=SOURCE,
        parent=SOURCE.result,
        repeats_id=2**61,
    )

    accepted = await store.jobs.accept(asked, wanted, [CENT, 2 * CENT], NO_LIMITS)

    assert accepted is not None
    job = accepted.job
    assert job == await store.jobs.get(asked.id)
    assert replace(asked, role_ids=frozenset()) == Origin(
        job.id,
        job.account,
        frozenset(),
        job.channel_id,
        job.parent_channel_id,
        job.place,
        job.upload_limit,
        job.application_id,
        job.interaction_token,
        job.accepted_at,
        job.by_message,
    )
    assert (job.kind, job.title, job.spoiler, job.repeats_id) == ("imagine", "a red fox", True, 2**61)
    assert (job.source, job.parent) == (SOURCE, ResultRef(2**59, 3))
    assert await store.images.get(PICTURE.sha256) == PICTURE
    assert (job.state, job.lease, job.status_message_id, job.result_id) == (JobState.OPEN, None, None, None)
    assert [(t.name, t.state, t.seed, t.estimate_nano, t.params, t.image_sha256) for t in job.tasks] == [
        (f"{2**62}-1", TaskState.QUEUED, 7, CENT, {"prompt": "a red fox", "seed": 7}, PICTURE.sha256),
        (f"{2**62}-2", TaskState.QUEUED, 8, 2 * CENT, {"prompt": "a red fox", "seed": 8}, PICTURE.sha256),
    ]


# invariant I5
@pytest.mark.parametrize(
    ("limit", "refuser", "says"),
    [
        ("user_day", Refuser.LIMIT, "Your $0.05 for today"),
        ("user_month", Refuser.LIMIT, "Your $0.05 for this month"),
        ("guild_day", Refuser.LIMIT, "This server's $0.05 for today"),
        ("guild_month", Refuser.LIMIT, "This server's $0.05 for this month"),
        ("total_day", Refuser.BOT, "The $0.05 that all who use this bot have for today"),
        ("total_month", Refuser.BOT, "The $0.05 that all who use this bot have for this month"),
    ],
)
async def test_each_limit_lets_in_exactly_what_it_holds(
    database: Database, store: Store, limit: str, refuser: Refuser, says: str
) -> None:
    under = terms(**{limit: 5 * CENT})
    assert await accept(store, 1, prices=[2 * CENT], under=under)
    assert await accept(store, 2, prices=[CENT, 2 * CENT], under=under)
    before = await contents(database)

    with pytest.raises(Refusal) as refused:
        await accept(store, 3, prices=[1], under=under)

    assert refused.value.refuser is refuser
    assert refused.value.so == f"{says} is used up."
    assert "$0.05 of it is held for pictures on the way" in refused.value.way
    assert await contents(database) == before


# invariant I4
async def test_a_job_one_nano_dollar_over_the_limit_leaves_nothing_behind(
    database: Database, store: Store
) -> None:
    before = await contents(database)

    with pytest.raises(Refusal):
        await accept(store, 1, prices=[CENT, CENT + 1], under=terms(user_day=2 * CENT))

    assert await contents(database) == before
    assert await accept(store, 1, prices=[CENT, CENT], under=terms(user_day=2 * CENT))


@pytest.mark.parametrize(
    ("limit", "first", "second"),
    [
        ("user_day", ANNA, BEN),
        ("guild_day", ANNA, CARA),
        ("user_day", ANNA, ANNA_ALONE),
        ("everywhere_day", ANNA, BEN),
    ],
)
async def test_one_accounts_spending_does_not_count_for_another(
    store: Store, limit: str, first: Account, second: Account
) -> None:
    under = terms(**{limit: CENT})

    assert await accept(store, 1, first, under=under)
    assert await accept(store, 2, second, under=under)


@pytest.mark.parametrize(
    ("limit", "second"),
    [
        ("guild_day", BEN),
        ("total_day", CARA),
        ("total_day", ANNA_ALONE),
        ("everywhere_day", ANNA_ALONE),
        ("everywhere_month", Account(20, ANNA.user_id)),
    ],
)
async def test_a_limit_counts_all_whom_it_is_for(store: Store, limit: str, second: Account) -> None:
    under = terms(**{limit: CENT})
    assert await accept(store, 1, ANNA, under=under)

    with pytest.raises(Refusal):
        await accept(store, 2, second, under=under)


# invariant I5
@pytest.mark.parametrize(("period", "time"), [("day", "today"), ("month", "this month")])
async def test_one_persons_limit_over_all_servers_lets_in_exactly_what_it_holds(
    store: Store, period: str, time: str
) -> None:
    under = terms(**{"user_day": 4 * CENT, f"everywhere_{period}": 5 * CENT})
    assert await accept(store, 1, ANNA_ALONE, prices=[3 * CENT], under=under)
    with pytest.raises(BudgetRefusal, match=rf"you have \$0.02 left {time} over all servers"):
        await accept(store, 2, ANNA, prices=[2 * CENT + 1], under=under)
    assert await accept(store, 3, ANNA, prices=[2 * CENT], under=under)

    with pytest.raises(BudgetRefusal) as refused:
        await accept(store, 4, Account(20, ANNA.user_id), prices=[1], under=under)

    assert refused.value.so == f"Your $0.05 for {time} over all servers is used up."
    assert refused.value.text_in_public.startswith(f"**That is more than your limit for {time} leaves.**")
    assert not refused.value.remedies  # no moderator of one server can raise it


async def test_direct_messages_know_no_servers_limit(store: Store) -> None:
    assert await accept(store, 1, ANNA_ALONE, under=terms(guild_day=0, guild_month=0))
    assert await accept(store, 2, ANNA_ALONE, under=terms(guild_day=0, guild_month=0))


async def test_the_next_day_begins_with_a_whole_days_limit_but_the_same_month(store: Store) -> None:
    under = terms(user_day=CENT, user_month=2 * CENT)
    assert await accept(store, 1, under=under)
    assert await accept(store, 2, at=NOW + DAY, under=under)

    with pytest.raises(Refusal, match="for this month is used up"):
        await accept(store, 3, at=NOW + 2 * DAY, under=under)


async def test_what_really_was_spent_counts_instead_of_the_estimate(store: Store) -> None:
    under = terms(user_day=10 * CENT)
    await accept(store, 1, prices=[4 * CENT], under=under)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    task = await store.tasks.start(await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW), "spark-1")
    await store.tasks.succeed(task, "spark-1", 3 * CENT, "https://spark/1.png", NOW)

    assert await accept(store, 2, prices=[7 * CENT], under=under)
    with pytest.raises(Refusal, match=r"Your \$0.10 for today is used up"):
        await accept(store, 3, prices=[1], under=under)


async def test_a_replayed_event_is_no_second_job(database: Database, store: Store) -> None:
    assert await accept(store, 1)
    before = await contents(database)

    assert await accept(store, 1) is None
    assert await contents(database) == before


async def test_a_replayed_click_is_a_replay_and_no_refusal(store: Store) -> None:
    assert await accept(store, 1, click_key="1:again:1")

    assert await accept(store, 1, click_key="1:again:1") is None


async def test_a_second_click_is_refused_until_the_firsts_job_is_delivered(
    database: Database, store: Store
) -> None:
    assert await accept(store, 1, click_key="1:again:1")
    [task] = await claim(store, OWNER, PLENTY, NOW)
    task = await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW)
    await store.tasks.fail(task, None, "Spark refused it.", NOW)

    with pytest.raises(Refusal, match="Already on it"):
        await accept(store, 2, click_key="1:again:1")
    job = await store.deliveries.begin(1, OWNER, NOW)
    assert job is not None
    before = await contents(database)
    with pytest.raises(Refusal, match="Already on it"):
        await accept(store, 3, click_key="1:again:1")
    assert await contents(database) == before

    await store.deliveries.end(job, 500, 600, [], NOW)
    assert await accept(store, 4, click_key="1:again:1")


async def test_a_cancelled_jobs_button_can_be_pressed_again(store: Store) -> None:
    assert await accept(store, 1, click_key="1:again:1")
    assert await store.jobs.cancel(1, NOW)

    assert await accept(store, 2, click_key="1:again:1")


async def test_other_buttons_and_jobs_without_one_do_not_hinder_each_other(store: Store) -> None:
    assert await accept(store, 1, click_key="1:again:1")
    assert await accept(store, 2, click_key="1:again:2")
    assert await accept(store, 3)
    assert await accept(store, 4)


async def test_as_many_tasks_as_allowed_may_be_on_the_way_and_not_one_more(
    database: Database, store: Store
) -> None:
    under = terms(unfinished=3)
    assert await accept(store, 1, prices=[CENT, CENT], under=under)
    assert await accept(store, 2, ANNA_ALONE, under=under)
    before = await contents(database)

    with pytest.raises(Refusal, match="3 pictures on the way, and 3 is the most"):
        await accept(store, 3, under=under)

    assert await contents(database) == before
    assert await accept(store, 4, BEN, under=under)


async def test_finished_tasks_leave_room_for_new_ones(store: Store) -> None:
    await delivered(store, 1)

    assert await accept(store, 2, under=terms(unfinished=1))


async def test_what_is_accepted_counts_to_that_day_whenever_it_settles(store: Store) -> None:
    await accept(store, 1)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    task = await store.tasks.start(await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW), "spark-1")
    await store.tasks.succeed(task, "spark-1", 2 * CENT, "https://spark/1.png", NOW + 40 * DAY)

    day, month = (await store.ledger.budgets(ANNA, frozenset(), NO_LIMITS.ceilings, NOW))[:2]
    assert (day.window.key, day.spent, day.reserved) == ("2026-01-01", 2 * CENT, 0)
    assert (month.window.key, month.spent, month.reserved) == ("2026-01", 2 * CENT, 0)
    later = await store.ledger.budgets(ANNA, frozenset(), NO_LIMITS.ceilings, NOW + 40 * DAY)
    assert all(budget.spent == 0 for budget in later)


async def test_an_unknown_job_is_none(store: Store) -> None:
    assert await store.jobs.get(404) is None


async def test_the_status_message_is_recorded_whenever_it_is_known(store: Store) -> None:
    await accept(store, 1)

    await store.jobs.record_status_message(1, 700)

    assert (await got(store, 1)).status_message_id == 700
