from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Connection

from bot.domain.budgets import Account, Scope
from bot.domain.states import TaskState
from bot.store import Database, Store
from bot.store.database import migration_config
from bot.store.schema import erasures, metadata
from tests.databases import outside
from tests.store.scenes import ANNA, ANNA_ALONE, BEN, CENT, NO_CEILINGS, NOW, accept, reach


def with_condition(index: Mapping[str, Any]) -> dict[str, Any]:
    """Write out which rows an index covers: SQLAlchemy's clauses are equal only to themselves."""
    options = index.get("dialect_options", {})
    return {**index, "dialect_options": {name: str(option) for name, option in options.items()}}


def described(connection: Connection) -> dict[str, Any]:
    """Describe every table as the database itself has it, constraints and all."""
    inspector = sa.inspect(connection)
    return {
        table: {
            "columns": [{**column, "type": str(column["type"])} for column in inspector.get_columns(table)],
            "primary key": inspector.get_pk_constraint(table),
            "foreign keys": sorted(inspector.get_foreign_keys(table), key=str),
            "checks": sorted(inspector.get_check_constraints(table), key=str),
            "unique": sorted(inspector.get_unique_constraints(table), key=str),
            "indexes": sorted((with_condition(index) for index in inspector.get_indexes(table)), key=str),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrations_leave_nothing_for_alembic_to_add(database_url: str) -> None:
    with outside(database_url) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_the_migrations_build_the_tables_that_the_code_knows_and_take_them_back(database_url: str) -> None:
    with outside(database_url) as connection:
        migrated = described(connection)
        assert migrated.keys() == metadata.tables.keys()

        command.downgrade(migration_config(connection), "base")
        assert described(connection) == {}

        metadata.create_all(connection)
        assert described(connection) == migrated

        metadata.drop_all(connection)
        command.upgrade(migration_config(connection), "head")
        assert described(connection) == migrated


def test_every_constraint_has_a_name_so_that_a_migration_can_change_it(database_url: str) -> None:
    with outside(database_url) as connection:
        tables = described(connection)

    for name, table in tables.items():
        assert table["primary key"]["name"] == f"pk_{name}"
        for constraint in table["foreign keys"] + table["checks"] + table["unique"] + table["indexes"]:
            assert constraint["name"], (name, constraint)


async def test_a_migration_that_has_been_made_is_not_made_again(database_url: str) -> None:
    for job_id in (1, 2):
        database = Database(database_url)
        await database.open()
        assert await accept(Store.over(database), job_id)
        assert await Store.over(database).jobs.unfinished() == job_id
        await database.close()


async def test_what_each_person_has_spent_everywhere_is_added_up_from_what_is_there(
    database_url: str, store: Store
) -> None:
    for job_id, account in ((1, ANNA), (2, Account(20, ANNA.user_id)), (3, BEN)):
        await reach(store, job_id, TaskState.SUCCEEDED, account)
    await accept(store, 4, ANNA_ALONE)

    with outside(database_url) as connection:
        command.downgrade(migration_config(connection), "0012")
        assert connection.scalar(sa.text("SELECT count(*) FROM totals WHERE scope = 'everywhere'")) == 0
        command.upgrade(migration_config(connection), "head")

    assert await store.ledger.differences() == []
    budgets = await store.ledger.budgets(ANNA, frozenset(), NO_CEILINGS, NOW)
    found = {budget.scope: (budget.spent, budget.reserved) for budget in budgets}
    assert found[Scope.PERSON] == (CENT, 0)
    assert found[Scope.EVERYWHERE] == (2 * CENT, CENT)


async def test_a_databases_revision_is_known_before_and_after(database_url: str, database: Database) -> None:
    newest = (await database.revisions())[1]
    assert await database.revisions() == (newest, newest)

    with outside(database_url) as connection:
        command.downgrade(migration_config(connection), "base")

    assert await database.revisions() == (None, newest)


async def test_erasures_that_wait_for_a_months_end_still_reach_what_they_reached(
    database_url: str, store: Store
) -> None:
    await accept(store, 7)
    await accept(store, 8, at=NOW + 2)

    with outside(database_url) as connection:
        command.downgrade(migration_config(connection), "0006")
        connection.execute(sa.text("DELETE FROM erasures"))
        for user_id, month in ((1, "2025-12"), (1, "2026-01"), (2, "2026-01")):
            values = {"user": user_id, "month": month, "at": NOW + 1}
            connection.execute(sa.text("INSERT INTO erasures VALUES (:user, :month, :at)"), values)
        command.upgrade(migration_config(connection), "head")
        assert connection.execute(sa.select(erasures).order_by(erasures.c.user_id)).all() == [
            (1, "2025-12", NOW + 1, 7, None),
            (2, "2026-01", NOW + 1, 0, None),
        ]
