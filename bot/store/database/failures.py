"""What a database may answer instead of rows: that it is away, that somebody else has it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa

_PASSING_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,  # no file handles left, or its disk is not there
    }
)
"""SQLite's primary codes for what may go by; every other one is the statement's own fault."""
_UNUSABLE_CODES = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_PERM}
)
"""What a file may be that somebody else has to mend, seen when it is opened."""
_PASSING_STATES = ("08", "53", "57P0", "40001", "40P01")
"""PostgreSQL's codes for a lost connection, a server that is full, starting or ending, and for deadlocks."""


class DatabaseInUse(Exception):
    """Another process already serves this database."""


class DatabaseAway(Exception):
    """The database cannot be reached now; whether the last commit was made is not known."""


@contextmanager
def outages(*, opening: bool = False) -> Iterator[None]:
    """Raise `DatabaseAway` for what is the server's, the disk's or the connection's fault, not the statement's."""
    try:
        yield
    except sa.exc.DBAPIError as error:  # of the migrations
        if isinstance(error.orig, Exception) and _passes(error.orig, opening=opening):
            raise DatabaseAway(str(error.orig)) from error
        raise
    except (sqlite3.Error, psycopg.Error) as error:
        if _passes(error, opening=opening):
            raise DatabaseAway(str(error)) from error
        raise
    except OSError as error:  # no connection came about
        raise DatabaseAway(str(error)) from error


def _passes(error: Exception, *, opening: bool) -> bool:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what extends it
        return code in _PASSING_CODES or (opening and code in _UNUSABLE_CODES)
    if isinstance(error, psycopg.Error):
        if error.sqlstate is None:  # nothing that the server has said
            return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        return error.sqlstate.startswith(_PASSING_STATES)
    return False
