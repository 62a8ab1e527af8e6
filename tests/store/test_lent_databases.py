"""That no test finds what another one has left in its database."""

import sqlalchemy as sa

from bot.store.schema import command_syncs
from tests.databases import PostgreSQL, outside

REGISTERED = {"application_id": 1, "digest": "d", "synced_at": 2}


def test_the_next_one_finds_it_empty(postgresql: PostgreSQL) -> None:
    with postgresql.fresh() as url, outside(url) as connection:
        connection.execute(sa.insert(command_syncs).values(REGISTERED))
    with postgresql.fresh() as again, outside(again) as connection:
        assert again == url
        assert connection.execute(sa.select(command_syncs)).all() == []


def test_one_whose_tables_were_changed_is_lent_to_nobody(postgresql: PostgreSQL) -> None:
    with postgresql.fresh() as url, outside(url) as connection:
        connection.execute(sa.text("ALTER TABLE jobs ALTER COLUMN state DROP NOT NULL"))
    with postgresql.fresh() as other:
        assert other != url
