"""The database, opened for a command beside the bots that run on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.store import Database, DatabaseAway, DatabaseMissing, DatabaseUnusable


class NotOpened(Exception):
    """The database cannot be used as it is; the text says why."""


class NotReady(NotOpened):
    """It is not made yet, or its tables are older: `spark-bot run` makes it ready."""


@asynccontextmanager
async def opened_beside(url: str, *, read_only: bool) -> AsyncIterator[Database]:
    """Open the database where its tables are those that this code knows; else raises `NotOpened`, also later."""
    database = Database(url, beside=True, read_only=read_only)
    try:
        await _open(database)
        try:
            yield database
        except (DatabaseAway, DatabaseUnusable) as error:
            raise NotOpened(f"{database.address}: {error}") from None
    finally:
        await database.close()


async def _open(database: Database) -> None:
    try:
        await database.open()
        found, newest = await database.revisions()
    except DatabaseMissing:
        raise NotReady(f"{database.address} is not made yet; `spark-bot run` makes it") from None
    except (DatabaseAway, DatabaseUnusable) as error:
        raise NotOpened(str(error)) from None
    if found is None:
        raise NotReady(f"{database.address}: no tables yet; `spark-bot run` makes them")
    if found != newest:
        raise NotReady(f"{database.address}: tables of revision {found}; `spark-bot run` brings them to {newest}")
