"""`spark-bot backup`: copies a SQLite database while the bot runs on it."""

import asyncio
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import Final

from bot.settings import Settings
from bot.store import Database, DatabaseAway, DatabaseUnusable
from bot.store.database import copies
from bot.wording.text import seconds_text
from spark.clock import Clock

_POSTGRESQL: Final = (
    "a PostgreSQL database is backed up by pg_dump, and not by spark-bot: docs/backups.md says how"
)


class NotBackedUp(Exception):
    """There is no backup; the text says why."""


async def backup(settings: Settings, file: Path, clock: Clock) -> str:
    """Copy the database to a file that is not there yet; gives what to say.

    Raises `NotBackedUp`.
    """
    database = Database(settings.database.url, read_only=True)
    if database.file is None:
        raise NotBackedUp(_POSTGRESQL)
    begun = clock.monotonic()
    try:
        if not await asyncio.to_thread(database.file.is_file):
            raise NotBackedUp(f"{database.address} is not made yet; `spark-bot run` makes it")
        revision, _ = await database.revisions()  # an older one is as well worth a backup
        size = await asyncio.to_thread(_copied, database.file, file)
    except (DatabaseAway, DatabaseUnusable, sqlite3.Error, copies.NotWhole) as error:
        raise NotBackedUp(f"{database.address} cannot be copied: {error}") from None
    except OSError as error:
        raise NotBackedUp(f"{file} cannot be written: {error.strerror or error}") from None
    took = seconds_text(clock.monotonic() - begun)
    return f"{file}: {size / 1e6:,.1f} MB in {took}, proved to be whole; tables of revision {revision}"


def _copied(database: Path, file: Path) -> int:
    """Copy a database under a name of its own first, so that FILE is there only once it is whole; its bytes."""
    if file.exists():
        raise NotBackedUp(f"{file} is there already: name another file")
    # readable by its owner alone, as it stays
    descriptor, name = tempfile.mkstemp(prefix=f"{file.name}.", suffix=".part", dir=file.absolute().parent)
    os.close(descriptor)
    part = Path(name)
    try:
        copies.copy(database, part)
        copies.require_whole(part)
        part.replace(file)
    except BaseException:
        copies.remove(part)
        raise
    copies.sync(file)
    return file.stat().st_size
