"""Constraints and partial indexes name states literally: the migrated database itself tells what they say."""

from collections.abc import Mapping
from itertools import product

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.states import ENDED_TASKS, IN_PROGRESS, JOBS, TASKS, JobState, Money, TaskState
from bot.store import turns
from bot.store.schema import tasks
from tests.databases import outside

INDEXES = {
    "ix_tasks_unended": set(TaskState) - set(ENDED_TASKS),
    "ix_tasks_recent": {state for state, rules in TASKS.items() if rules.money is Money.SETTLED},
    "ix_tasks_prices": {state for state, rules in TASKS.items() if rules.money is Money.SETTLED},
    "ix_jobs_unfinished": set(IN_PROGRESS),
    "uq_jobs_click_key": set(IN_PROGRESS),
}


def may_be_task(state: str, owner: str | None, spark_id: str | None, cost_nano: str | None) -> bool:
    if state not in set(TaskState):
        return False
    rules = TASKS[TaskState(state)]
    costs = {True} if rules.money is Money.SETTLED else {rules.money is Money.SETTLED_OR_RELEASED, False}
    return (
        rules.leased is (owner is not None)
        and (spark_id is not None or not rules.accepted)
        and (cost_nano is not None) in costs
    )


def may_be_job(state: str, owner: str | None) -> bool:
    return state in set(JobState) and JOBS[JobState(state)].leased is (owner is not None)


def true_of(connection: Connection, condition: str, **columns: str | None) -> bool:
    """Ask the database whether a condition is true of a row."""
    row = ", ".join(f"CAST(:{name} AS VARCHAR(16)) AS {name}" for name in columns)
    return bool(connection.scalar(sa.text(f"SELECT {condition} FROM (SELECT {row}) AS it"), columns))  # noqa: S608


def checks_of_state(connection: Connection, table: str) -> str:
    checks = [check["sqltext"] for check in sa.inspect(connection).get_check_constraints(table)]
    return " AND ".join(f"({check})" for check in checks if "state" in check)


def indexes_of_state(connection: Connection, table: str) -> Mapping[str, str]:
    found = {}
    for index in sa.inspect(connection).get_indexes(table):
        options = index.get("dialect_options", {})
        condition = str(options.get(f"{connection.dialect.name}_where", ""))
        if "state" in condition:
            found[str(index["name"])] = condition
    return found


def test_the_database_takes_a_task_as_the_table_of_states_has_it(database_url: str) -> None:
    rows = list(product([*TaskState, "gone"], (None, "w"), (None, "s"), (None, "1")))

    with outside(database_url) as connection:
        checks = checks_of_state(connection, "tasks")
        found = [
            true_of(connection, checks, state=state, owner=owner, spark_id=spark_id, cost_nano=cost_nano)
            for state, owner, spark_id, cost_nano in rows
        ]

    assert dict(zip(rows, found, strict=True)) == {row: may_be_task(*row) for row in rows}


def test_the_database_takes_a_job_as_the_table_of_states_has_it(database_url: str) -> None:
    rows = list(product([*JobState, "gone"], (None, "w")))

    with outside(database_url) as connection:
        checks = checks_of_state(connection, "jobs")
        found = [true_of(connection, checks, state=state, owner=owner) for state, owner in rows]

    assert dict(zip(rows, found, strict=True)) == {row: may_be_job(*row) for row in rows}


def test_partial_indexes_cover_the_states_that_they_are_read_for(database_url: str) -> None:
    covered = {}
    with outside(database_url) as connection:
        for table, states in (("tasks", TaskState), ("jobs", JobState)):
            for name, condition in indexes_of_state(connection, table).items():
                covered[name] = {state.value for state in states if true_of(connection, condition, state=state)}
    assert covered == INDEXES


def test_the_condition_of_unended_tasks_is_its_indexs_word_for_word() -> None:
    [index] = [index for index in tasks.indexes if index.name == "ix_tasks_unended"]
    told = str(turns.is_unended().compile(compile_kwargs={"literal_binds": True}))

    assert told.strip("()").replace("tasks.", "") == str(index.dialect_options["sqlite"]["where"]).strip("()")
