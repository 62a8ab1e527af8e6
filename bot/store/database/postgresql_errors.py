"""What the errors of PostgreSQL and its driver mean, and what mends them."""

import psycopg

from bot.store.database.failures import DatabaseAway, DatabaseFull, DatabaseUnusable

_QUOTING_STATES = "22"
"""Codes of values that do not fit, which are quoted in the first line of what is said; others quote below it."""
_PASSING_STATES = ("08", "0A000", "25P03", "53", "57P0", "40001", "40P01")
"""Codes of a lost connection, of a server that is full, starting or ending, of deadlocks, and of a table that was
changed since a statement over it was prepared."""
_REMEDIES = (
    ("pg_hba.conf", "let this user in from here, in that file of the server's"),
    ("password", "set its user and password in database.url (DATABASE_URL)"),
    ("role ", "set its user and password in database.url (DATABASE_URL)"),
    ("permission denied for database", "GRANT CONNECT ON that DATABASE TO the user"),
    ("database ", "make it (createdb), or name another one in database.url"),
    ("resolve host", "mend the host in database.url"),
    ("invalid", "mend that option in database.url"),
    ("bad value", "mend that option in database.url"),
)
"""What mends that no connection comes about, by a part of what is said of it, for it has no code."""
_USUAL_REMEDY = "start the server, or mend host and port in database.url"
_PASSING = ("starting up", "shutting down", "recovery", "too many", "slots")
"""What a server says that needs nothing but a little time."""


def meant_by(error: psycopg.Error) -> Exception:
    """Tell what to raise for an error: itself, where it is the statement's own fault."""
    error.args = (said_by(error),)
    state = error.sqlstate
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return DatabaseUnusable(f"{error}; GRANT that to its user")
    if isinstance(error, psycopg.errors.DiskFull):
        return DatabaseFull(str(error))
    said_nothing = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    if said_nothing if state is None else state.startswith(_PASSING_STATES):
        return DatabaseAway(str(error))
    return error


def said_by(error: psycopg.Error) -> str:
    """Tell what a server has said but for the values that it quotes: they are people's words, and tokens."""
    said, state = error.diag.message_primary, error.sqlstate or ""
    if said is None:  # nothing that a server has said over a connection
        return str(error)
    return f"{type(error).__name__} ({state})" if state.startswith(_QUOTING_STATES) else said


def why_not_connected(error: psycopg.Error) -> str:
    """Tell in one line why there is no connection, and what mends it."""
    lines = [line for line in str(error).splitlines() if " failed: " in line] or [str(error)]
    said = lines[-1].rpartition(" failed: ")[2].removeprefix("FATAL:").removeprefix("connection is bad:").strip()
    if any(words in said for words in _PASSING):
        return said
    return f"{said}; {next((remedy for words, remedy in _REMEDIES if words in said), _USUAL_REMEDY)}"
