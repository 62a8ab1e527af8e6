"""The database's address, as operators write it."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import URL

_FORMS = "write sqlite:///path or postgresql://user:password@host/name"


def driver_url(url: str) -> URL:
    """Map a plain `sqlite:///` or `postgresql://` address to its driver; raises ValueError for others."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):  # the second is a port that is no number
        raise ValueError(f"is no address; {_FORMS}") from None
    if "@" in (parsed.host or ""):  # where the host would be told, and with it a part of the password
        raise ValueError("has an @ in its password; write it as %40")
    match parsed.get_backend_name():
        case "sqlite":
            _require_a_file_alone(parsed)
            return parsed.set(drivername="sqlite+pysqlite")
        case "postgresql":
            _require_known_options(parsed)
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise ValueError(f"{other}:// is not supported; use sqlite:/// or postgresql://")


def _require_a_file_alone(url: URL) -> None:
    if url.host:
        raise ValueError(f"names {url.host} as a host; write sqlite:///path, with three slashes")
    if url.query:
        raise ValueError(f"sqlite:/// takes no options; leave {_listed(url.query)} out")
    if url.database in {None, "", ":memory:"}:
        raise ValueError("names no file, so that nothing would be kept; write sqlite:///path")


def _require_known_options(url: URL) -> None:
    from psycopg.pq import Conninfo  # ten megabytes that SQLite needs no part of

    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    if unknown := url.query.keys() - known:
        raise ValueError(f"PostgreSQL knows no option {_listed(unknown)}; leave it out, or mend its name")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
