"""What an accept and the end of a task read: nothing of it may grow with what has been before."""

import pytest

from bot.domain.states import TaskState
from bot.store import Store
from bot.store.schema import metadata
from tests.store.plans import Ran, recorded
from tests.store.scenes import ANNA, CARA, CENT, NO_CEILINGS, NOW, OWNER, PLENTY, accept, claim, origin, terms

ALL_LIMITED = terms(
    user_day=CENT, user_month=CENT, guild_day=CENT, guild_month=CENT, total_day=CENT, total_month=CENT
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def whole_tables_read(url: str, statements: list[Ran]) -> list[str]:
    """Name the statements that go through a table or an index from end to end."""
    found = []
    for statement in statements:
        steps = [step.split() for step in statement.plan(url)]
        found += [statement.sql for step in steps if step[0] == "SCAN" and step[1] in metadata.tables]
    return found


async def test_what_is_accepted_claimed_settled_and_released_is_found_by_index(
    database_url: str, store: Store
) -> None:
    with recorded() as statements:
        await store.jobs.require_room(origin(1, ANNA), "click", [CENT], ALL_LIMITED)
        await accept(store, 1, ANNA, prices=[CENT // 2, CENT // 2], roles=[71, 72], under=ALL_LIMITED)
        await store.warnings.take(ANNA, NOW)
        await store.ledger.budgets(ANNA, frozenset({71, 72}), ALL_LIMITED.ceilings, NOW)
        first, second = await claim(store, OWNER, PLENTY, NOW)
        first = await store.tasks.begin_submit(first, CENT // 2, ALL_LIMITED.ceilings, NOW)
        first = await store.tasks.start(first, "spark-1")
        await store.tasks.succeed(first, "spark-1", CENT, "https://spark/1.png", NOW)
        second = await store.tasks.begin_submit(second, 0, ALL_LIMITED.ceilings, NOW)
        assert second.state is TaskState.FAILED  # what the first has cost leaves nothing for it
        await accept(store, 2, CARA)
        [third] = await claim(store, OWNER, PLENTY, NOW)
        third = await store.tasks.begin_submit(third, 2 * CENT, NO_CEILINGS, NOW)
        await store.tasks.fail(third, None, "No.", NOW)

    assert len(statements) > 20
    assert whole_tables_read(database_url, statements) == []


async def test_what_is_looked_up_at_the_start_and_every_minute_has_an_index(
    database_url: str, store: Store
) -> None:
    with recorded() as statements:
        await store.tasks.recent_successes(200)
        await store.jobs.unfinished_status_messages()
        await store.jobs.unfinished_status_messages(NOW)

    plans = {step for statement in statements for step in statement.plan(database_url)}
    assert "SEARCH tasks USING INDEX ix_tasks_recent (model=?)" in plans
    assert "SCAN jobs USING INDEX ix_jobs_heads" in plans
    assert not any("B-TREE" in step or step == "SCAN jobs" for step in plans)


async def test_what_is_in_a_list_is_looked_up_by_index(database_url: str, store: Store) -> None:
    with recorded() as statements:
        await store.limits.of(ANNA, frozenset({71, 72}), NOW)
        await store.history.page(ANNA, 10)

    lists = [statement for statement in statements if "json_each" in statement.sql]
    assert whole_tables_read(database_url, lists) == []
    [limits] = [statement for statement in lists if "FROM limits" in statement.sql]
    whole_keys = [step for step in limits.plan(database_url) if "subject_id=?" in step]
    assert (
        len(whole_keys) == 3
    )  # the member's, the roles', the server's: there may be limits of thousands of members
