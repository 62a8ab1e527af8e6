"""The high-water mark: a file beside a SQLite database that tells how far it had come, to notice an older one."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog

from bot.store import Database, DatabaseAway, RestoreStore
from spark.clock import Clock

_log = structlog.get_logger()
_EVERY: Final = 5.0
"""Seconds after which it is moved on. What a killed process had committed since is not noticed as missing."""
_SUFFIX: Final = ".seen"


class DatabaseOlder(Exception):
    """The database is older than what was seen here, or may be; the text says what to do."""


class HighWater:
    """The newest entry of the ledger that was seen: every task that is paid adds some, and none is taken out.

    PostgreSQL has none: its processes may run anywhere.
    """

    def __init__(self, database: Database) -> None:
        """Build for a database that is open, or will be."""
        self._restores = RestoreStore(database)
        self._address = database.address
        self._file = None if database.file is None else Path(f"{database.file}{_SUFFIX}")
        self._written: int | None = None

    async def require_reached(self) -> None:
        """Raise `DatabaseOlder` where the database ends before the mark, or the mark cannot be read."""
        seen = None if self._file is None else await asyncio.to_thread(_read, self._file)
        if seen is not None and (entries := await self._restores.entries()) < seen:
            raise DatabaseOlder(
                f"{self._address} is older than what ran here last: its ledger ends with entry {entries}, and "
                f"entry {seen} was seen. If a backup was put back, run `spark-bot restore` first: it sets aside "
                "what was under way, so that nothing is paid or posted twice (docs/backups.md). To begin anew "
                f"with this database, delete {self._file}."
            )

    async def keep(self, clock: Clock) -> None:
        """Move the mark on, for as long as the bot runs."""
        told = False
        while True:
            try:
                await self.record()
                told = False
            except DatabaseAway:  # whoever has work for it says so
                pass
            except OSError as error:
                if not told:
                    _log.warning("database.mark_not_written", file=str(self._file), reason=str(error))
                told = True
            await clock.sleep(_EVERY)

    async def record(self) -> None:
        """Write down how far the database has come; raises `DatabaseAway`, `OSError`."""
        if self._file is not None:
            await self.move_to(await self._restores.entries())

    async def move_to(self, entries: int) -> None:
        """Write down an entry, be it an earlier one; raises `OSError`."""
        if self._file is not None and entries != self._written:
            await asyncio.to_thread(_write, self._file, entries)
            self._written = entries


def _read(file: Path) -> int | None:
    with suppress(FileNotFoundError, ValueError):  # none yet, or a power cut amid its writing
        try:
            return int(file.read_text(encoding="ascii"))
        except (PermissionError, IsADirectoryError) as error:
            raise DatabaseOlder(
                f"{file} cannot be read ({error.strerror}), so that nobody knows whether the database is older; "
                "let this user read it, or delete it"
            ) from None
    return None


def _write(file: Path, entries: int) -> None:
    """Replace the mark; not synced, since one that a power cut sets back notices a little less."""
    new = Path(f"{file}.new")
    new.write_text(f"{entries}\n", encoding="ascii")
    new.replace(file)
