"""What the role of a process that serves a PostgreSQL database must be allowed to do there."""

from typing import Any

import psycopg

from bot.store.database.failures import DatabaseUnusable
from bot.store.schema import metadata

_STANDING = """
    SELECT current_setting('transaction_read_only') = 'on', current_user,
        coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
"""
_RIGHTS = """
    SELECT relname, pg_has_role(relowner, 'USAGE'),
        has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
        AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')
    FROM pg_class WHERE relkind = 'r' AND pg_table_is_visible(oid) AND relname = ANY(%s) ORDER BY relname
"""
_REVISION = "SELECT version_num FROM alembic_version"
_REVISIONS = "alembic_version"


def require_rights(connection: psycopg.Connection[tuple[Any, ...]], newest: str) -> None:
    """Raise `DatabaseUnusable` where this role cannot change the tables, or cannot bring them to the `newest`."""
    [(read_only, role, may_create)] = connection.execute(_STANDING).fetchall()
    if read_only:
        raise DatabaseUnusable("it takes no changes, as a standby does; name the server in database.url that does")
    tables = connection.execute(_RIGHTS, ([*metadata.tables, _REVISIONS],)).fetchall()
    if closed := [name for name, _, may_change in tables if not may_change]:
        raise DatabaseUnusable(
            f"{role} may not read and change the table {closed[0]}; "
            f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}, as their owner"
        )
    if any(name == _REVISIONS for name, *_ in tables) and connection.execute(_REVISION).fetchall() == [(newest,)]:
        return
    if not may_create:
        raise DatabaseUnusable(f"{role} may not make tables there; GRANT CREATE ON SCHEMA public TO {role}")
    if foreign := [name for name, owns, _ in tables if not owns]:
        raise DatabaseUnusable(
            f"{role} does not own the table {foreign[0]}, which is to be brought to revision {newest}; "
            f"ALTER TABLE {foreign[0]} OWNER TO {role}"
        )
