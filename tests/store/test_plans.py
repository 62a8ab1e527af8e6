"""What a busy bot asks of its database after a year: nothing of it may grow with what has been before."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.store import Database, OverviewStore, Store
from tests.store import a_year
from tests.store.a_day import FLOWS, ROLES
from tests.store.plans import planner, recorded
from tests.store.scenes import ANNA, NO_CEILINGS, NOW

LONG = frozenset({"actions", "images", "job_owners", "jobs", "ledger", "pictures", "results", "tasks", "totals"})
"""What has a row for every job, or for every day of everybody; in the others is little, or it is swept soon."""
SHORT = frozenset(
    {
        *("ix_actions_unlogged", "ix_jobs_heads", "ix_jobs_tokens", "ix_jobs_unfinished"),
        *("ix_tasks_image", "ix_tasks_unended", "uq_jobs_click_key"),
    }
)
"""Indexes of what is on its way, or kept for a while: to go through one of them is to read little."""
NOT_INDEXED = "DELETE FROM results WHERE results.kept_at <"
"""No index tells how old a kept result is; they are few: those that Discord has not taken."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, sqlite_template: Path) -> Iterator[str]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            folder = stack.enter_context(TemporaryDirectory(prefix="a-year-"))
            url = f"sqlite:///{shutil.copy(sqlite_template, folder)}"
        else:
            url = stack.enter_context(request.getfixturevalue("postgresql").fresh())
        a_year.write(url)
        yield url


@pytest.fixture
def urls(database_url: str, sqlite_url: str) -> list[str]:
    """Name the databases that plan: SQLite does it otherwise where nobody has asked it to count its rows."""
    return [database_url, sqlite_url] if database_url.startswith("sqlite:") else [database_url]


def reads_whole(step: str) -> bool:
    """Whether a step of a plan goes through a long table or an index of it from end to end, or in hops."""
    match step.split():
        case [does, table, *how] if table in LONG and SHORT.isdisjoint(how):
            return does == "SCAN" or "AUTOMATIC" in how or "(ANY(" in step
    return False


async def test_whatever_is_done_for_each_job_minute_or_command_is_found_by_index(
    urls: list[str], store: Store
) -> None:
    found = set()
    for flow in FLOWS:
        with recorded() as statements:
            await flow(store)
        assert statements
        for url in urls:
            with planner(url) as plan:
                for statement in {repr(each): each for each in statements}.values():
                    whole = filter(reads_whole, plan(statement))
                    found |= {f"{flow.__name__}: {step}: {statement.sql}" for step in whole}
    assert {each for each in found if NOT_INDEXED not in each} == set()


async def test_what_is_the_newest_or_ended_comes_in_the_order_of_its_index(urls: list[str], store: Store) -> None:
    with recorded() as statements:
        await store.tasks.recent_successes(200)
        await store.jobs.unfinished_status_messages()
        await store.jobs.unfinished_status_messages(NOW)
    recent, *_, unfinished, _, old, _ = statements

    for url in urls:
        assert recent.plan(url) == ["SEARCH tasks USING INDEX ix_tasks_recent (model=?)"]
        for heads in (unfinished, old):  # whether the few are sorted is the database's affair
            assert "SCAN jobs USING INDEX ix_jobs_heads" in heads.plan(url)
            assert "SCAN jobs" not in heads.plan(url)


async def test_status_goes_through_what_is_on_its_way_and_nothing_else(
    urls: list[str], database: Database
) -> None:
    with recorded() as statements:
        await OverviewStore(database).at(NOW, NO_CEILINGS)
    for url in urls:
        for statement in statements:
            whole = [step for step in statement.plan(url) if reads_whole(step)]
            assert [step for step in whole if "results" not in step] == []  # they are few


async def test_each_limit_is_looked_up_by_its_whole_key(urls: list[str], store: Store) -> None:
    with recorded() as statements:
        await store.limits.of(ANNA, ROLES, NOW)
    [limits] = statements

    for url in urls:
        steps = [step for step in limits.plan(url) if " limits " in step]
        assert steps
        assert all("subject_id=?" in step for step in steps)  # there may be limits of thousands of members
