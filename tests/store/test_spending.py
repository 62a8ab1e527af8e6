import pytest

from bot.domain.budgets import Account
from bot.domain.spending import Amounts, Cell, ReportPeriod, Span, Spender, Spending
from bot.domain.states import TaskState
from bot.store import Store
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
    reach,
)

NOON = NOW // 1000  # 2026-01-01T12:00:00Z
TODAY = NOON - 12 * 3600
CARA_HERE = Account(ANNA.guild_id, CARA.user_id)


def span(period: ReportPeriod, at: int = NOW) -> Span:
    return Span.at(period, at)


async def made(store: Store, job_id: int, account: Account = ANNA, *, at: int = NOW, cost: int = CENT) -> None:
    """Have a job of one picture made, which is settled a day after it was accepted."""
    await accept(store, job_id, account, prices=[2 * CENT], at=at)
    [task] = await claim(store, OWNER, PLENTY, at)
    task = await store.tasks.start(await store.tasks.begin_submit(task, 0, NO_CEILINGS, at), f"spark-{job_id}")
    await store.tasks.succeed(task, f"spark-{job_id}", cost, "https://spark/1.png", at + DAY)


async def test_where_nothing_was_asked_for_nothing_was_spent(store: Store) -> None:
    every = span(ReportPeriod.ALL)
    assert await store.spending.of_account(ANNA, every) == Spending(every, [])
    assert (await store.spending.of_server(10, every)).total == Amounts()
    assert (await store.spending.spenders(10, every, 5)).entries == []


@pytest.mark.parametrize(
    ("state", "spent", "reserved", "pictures"),
    [
        (TaskState.QUEUED, 0, CENT, 0),
        (TaskState.RUNNING, 0, CENT, 0),
        (TaskState.UNKNOWN, 0, CENT, 0),
        (TaskState.OVERDUE, 0, CENT, 0),
        (TaskState.SUCCEEDED, CENT, 0, 1),
        (TaskState.FAILED, 0, 0, 0),
        (TaskState.CANCELLED, 0, 0, 0),
    ],
)
async def test_what_each_state_of_a_task_counts(
    store: Store, state: TaskState, spent: int, reserved: int, pictures: int
) -> None:
    await reach(store, 1, state)
    cells = [Cell(TODAY, "imagine", spent, reserved, pictures)] if spent or reserved else []
    month = span(ReportPeriod.MONTH)
    assert (await store.spending.of_account(ANNA, month)).cells == cells
    assert (await store.spending.of_server(10, month)).cells == cells
    spenders = [Spender(ANNA.user_id, spent, reserved)] if spent or reserved else []
    assert (await store.spending.spenders(10, month, 5)).entries == spenders


async def test_what_a_failure_has_cost_is_spent_and_no_picture(store: Store) -> None:
    await store.tasks.fail(await reach(store, 1, TaskState.RUNNING), None, "No picture.", NOW, None, 2 * CENT)
    month = span(ReportPeriod.MONTH)
    assert (await store.spending.of_account(ANNA, month)).cells == [Cell(TODAY, "imagine", 2 * CENT, 0, 0)]


async def test_what_was_released_after_an_unknown_outcome_is_no_longer_reserved(store: Store) -> None:
    await reach(store, 1, TaskState.UNKNOWN)
    await store.tasks.release_unknown(NOW + DAY, NOW + DAY)
    assert (await store.spending.of_account(ANNA, span(ReportPeriod.MONTH))).total == Amounts()


async def test_a_late_settlement_counts_to_the_day_of_acceptance_in_every_period(store: Store) -> None:
    before_midnight = (TODAY + 86400) * 1000 - 1
    await made(store, 1, at=before_midnight)
    own = await store.spending.of_account(ANNA, span(ReportPeriod.DAY, before_midnight))
    assert own.cells == [Cell(TODAY + 23 * 3600, "imagine", CENT, 0, 1)]
    tomorrow = before_midnight + 1
    assert (await store.spending.of_account(ANNA, span(ReportPeriod.DAY, tomorrow))).cells == []
    week = await store.spending.of_server(10, span(ReportPeriod.WEEK, tomorrow))
    assert week.cells == [Cell(TODAY, "imagine", CENT, 0, 1)]


async def test_the_first_moment_of_a_month_belongs_to_it_alone(store: Store) -> None:
    february = (TODAY + 31 * 86400) * 1000
    await made(store, 1, at=february - 1, cost=1)
    await made(store, 2, at=february, cost=10)
    spent = {
        period: (await store.spending.of_server(10, span(period, february))).total.spent
        for period in (ReportPeriod.LAST_MONTH, ReportPeriod.MONTH, ReportPeriod.DAY, ReportPeriod.WEEK)
    }
    assert list(spent.values()) == [1, 10, 10, 11]


# what was asked for so many days before 2026-03-01T12:00Z, by the periods that it falls into
SEVERAL = {
    0: {"day", "week", "month", "all"},
    6: {"week", "last month", "all"},
    7: {"last month", "all"},
    28: {"last month", "all"},  # 1 February
    29: {"all"},
    400: {"all"},
}


@pytest.mark.parametrize("period", list(ReportPeriod))
async def test_a_period_holds_its_own_days_for_people_servers_and_spenders(
    store: Store, period: ReportPeriod
) -> None:
    today = NOW + 59 * DAY
    for number, days in enumerate(SEVERAL):
        await made(store, number + 1, at=today - days * DAY, cost=10**number)
    chosen = span(period, today)
    wanted = sum(10**number for number, periods in enumerate(SEVERAL.values()) if period in periods)
    assert (await store.spending.of_account(ANNA, chosen)).total.spent == wanted
    assert (await store.spending.of_server(10, chosen)).total.spent == wanted
    spenders = (await store.spending.spenders(10, chosen, 5)).entries
    assert [spender.spent for spender in spenders] == [wanted]


async def test_a_single_day_is_told_by_the_hour(store: Store) -> None:
    for number, hours in enumerate([-12, 0, 0, 11]):
        await made(store, number + 1, at=NOW + hours * HOUR, cost=number + 1)
    own = await store.spending.of_account(ANNA, span(ReportPeriod.DAY))
    assert [(cell.begins_at - TODAY, cell.spent, cell.pictures) for cell in own.cells] == [
        (0, 1, 1),
        (12 * 3600, 5, 2),
        (23 * 3600, 4, 1),
    ]


async def test_nothing_of_other_people_and_other_servers_is_counted(store: Store) -> None:
    elsewhere = Account(CARA.guild_id, ANNA.user_id)
    for number, account in enumerate([ANNA, BEN, CARA, ANNA_ALONE, elsewhere]):
        await made(store, number + 1, account, cost=10**number)
    for period in (ReportPeriod.DAY, ReportPeriod.WEEK, ReportPeriod.MONTH, ReportPeriod.ALL):
        chosen = span(period)
        own = [await store.spending.of_account(account, chosen) for account in (ANNA, ANNA_ALONE, elsewhere)]
        assert [each.total.spent for each in own] == [1, 1000, 10000]
        assert (await store.spending.of_server(10, chosen)).total.spent == 11
        assert (await store.spending.of_server(20, chosen)).total.spent == 10100
        here = (await store.spending.spenders(10, chosen, 5)).entries
        assert [(each.user_id, each.spent) for each in here] == [(BEN.user_id, 10), (ANNA.user_id, 1)]


async def test_who_spent_most_comes_first_page_by_page(store: Store) -> None:
    for user_id, cost in enumerate([5, 9, 7, 9, 1], start=1):
        await made(store, user_id, Account(10, user_id), cost=cost)
    month = span(ReportPeriod.MONTH)
    pages = [await store.spending.spenders(10, month, 2, page) for page in range(4)]
    assert [[each.user_id for each in page.entries] for page in pages] == [[2, 4], [3, 1], [5], []]
    assert [(page.first_rank, page.more) for page in pages] == [(1, True), (3, True), (5, False), (7, False)]


async def test_kinds_come_with_the_dearest_first() -> None:
    cells = [Cell(0, "imagine", 1, 0, 1), Cell(0, "edit", 5, 1, 1), Cell(86400, "imagine", 2, 4, 1)]
    spending = Spending(span(ReportPeriod.ALL), cells)
    assert list(spending.by_kind.items()) == [("edit", Amounts(5, 1, 1)), ("imagine", Amounts(3, 4, 2))]
    assert spending.total == Amounts(8, 5, 3)
