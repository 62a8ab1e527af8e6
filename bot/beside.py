"""The database, opened for a command beside the bots that run on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.store import Database, DatabaseAway


class NotOpened(Exception):
    """The database cannot be used as it is; the text says why."""


@asynccontextmanager
async def opened_beside(url: str, *, read_only: bool) -> AsyncIterator[Database]:
    """Open the database where its tables are those that this code knows; else raises `NotOpened`, also later."""
    try:
        database = Database(url, beside=True, read_only=read_only)
    except ValueError as error:
        raise NotOpened(str(error)) from None
    try:
        await _open(database)
        found, newest = await database.revisions()
        if found is None:
            raise NotOpened(f"{database.address}: no tables yet; `spark-bot run` makes them")
        if found != newest:
            raise NotOpened(f"{database.address}: tables of revision {found}, and this spark-bot knows {newest}")
        yield database
    except DatabaseAway as error:
        said = " ".join(str(error).split())  # a server says it in two lines
        raise NotOpened(f"{database.address}: {said}") from None
    finally:
        await database.close()


async def _open(database: Database) -> None:
    try:
        await database.open()
    except FileNotFoundError:
        raise NotOpened(f"{database.address} is not made yet; `spark-bot run` makes it") from None
