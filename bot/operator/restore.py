"""`spark-bot restore`: puts a backup in the database's place, and sets aside what was under way in it.

What has become of that since the backup nobody can tell: it is neither sent nor posted again by itself, and the
next start tells its owners.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final

from bot.domain.money import usd_text
from bot.operator.beside import NotOpened, opened_beside
from bot.operator.high_water import HighWater
from bot.settings import Settings
from bot.store import Audit, AuditStore, Database, DatabaseUnusable, RestoreStore, SetAside, Since
from bot.store.database import copies
from spark.clock import Clock

_WAIT: Final = 1.0
"""Seconds for another process to let go of the database."""
_RESTORING: Final = ".restoring"

Say = Callable[[str], None]


class NotRestored(Exception):
    """The database is as it was; the text says why."""


@dataclass(frozen=True, slots=True)
class _Restored:
    """A database in which all that was under way is set aside."""

    ended_with: int
    """The newest entry of its ledger before that."""
    ended_at: int | None
    """When that was made, in Unix milliseconds."""
    erased: Mapping[int, int]
    """Who had their data erased, and when."""
    set_aside: SetAside
    entries: int
    audit: Audit


@dataclass(frozen=True, slots=True)
class _Missing:
    """What the database that is replaced knows, and the backup does not."""

    since: Since
    erased: Sequence[int]


async def restore(settings: Settings, file: Path | None, clock: Clock, say: Say) -> None:
    """Put a backup in the database's place, or take the database as it is where no file is named.

    Raises `NotRestored`, `NotOpened`, `DatabaseInUse`, `DatabaseAway`, `DatabaseUnusable`.
    """
    url = settings.database.url
    database = Database(url)
    if database.file is None:
        if file is not None:
            raise NotRestored(
                "a PostgreSQL database is put back by pg_restore; run `spark-bot restore` without a file after it "
                "(docs/backups.md)"
            )
        restored = await _set_aside(database, database.address, clock)
    elif file is None or await asyncio.to_thread(_is_same, file, database.file):
        if not await asyncio.to_thread(database.file.is_file):
            raise NotRestored(f"{database.address} is not there: name the backup, `spark-bot restore FILE`")
        try:
            restored = await _set_aside(database, database.address, clock)
            await HighWater(database).move_to(restored.entries)
        except (sqlite3.Error, OSError) as error:
            raise NotRestored(f"{database.address}: {error}") from None
    else:
        restored = await _replaced(url, database.file, file, clock, say)
    for line in _told(restored):
        say(line)


def _is_same(file: Path, database: Path) -> bool:
    try:
        return file.exists() and database.exists() and file.samefile(database)
    except OSError as error:  # such as a folder that is closed to this user
        raise NotRestored(f"{file} cannot be read: {error.strerror}") from None


async def _replaced(url: str, target: Path, file: Path, clock: Clock, say: Say) -> _Restored:
    """Make a backup ready beside the database, and put it in its place."""
    ready = Path(f"{target}{_RESTORING}")
    if await asyncio.to_thread(_is_same, file, ready):  # it is removed below
        raise NotRestored(f"{file} is what a restore that was cut off has left; name the backup itself")
    await Database(url).require_rights()
    async with Database(url).alone(_WAIT):
        try:
            kept = await asyncio.to_thread(_name_for, target, clock)
            await asyncio.to_thread(_taken, file, ready)
            restored = await _set_aside(Database(f"{url}{_RESTORING}"), str(file), clock)
            await asyncio.to_thread(copies.seal, ready)
            was_there = await asyncio.to_thread(copies.seal_or_keep, target, kept)
            missing = await _missing(url, restored)
            # before it is there: else it would be refused as an older one, where this is cut off
            await HighWater(Database(url)).move_to(restored.entries)
            await asyncio.to_thread(copies.put_in_place, ready, target, kept)
        except copies.NotWhole as broken:
            raise NotRestored(f"{file} is no whole database of spark-bot: {broken}") from None
        except (sqlite3.Error, OSError) as error:
            raise NotRestored(f"{file} cannot be put in place: {error}") from None
        finally:
            await asyncio.to_thread(copies.remove, ready)
    say(f"{target} is {file} now{_as_of(restored)}.")
    if was_there:
        say(f"What was there before is kept as {kept}.")
    for line in _missing_text(missing):
        say(line)
    return restored


def _name_for(target: Path, clock: Clock) -> Path:
    """Give a name that nothing has, for what is there before a restore."""
    at = f"{datetime.fromtimestamp(clock.time(), UTC):%Y%m%dT%H%M%SZ}"
    names = (Path(f"{target}.before-restore-{at}{number or ''}") for number in count(0, -1))
    return next(name for name in names if not name.exists())


def _taken(file: Path, ready: Path) -> None:
    """Copy a backup to where it is made ready, readable by its owner alone."""
    if not file.is_file():
        raise NotRestored(f"{file}: there is no such file")
    copies.remove(ready)  # what a restore that was cut off has left
    ready.touch(0o600)
    try:
        copies.copy(file, ready)
    except sqlite3.OperationalError:  # the disk's fault
        raise
    except sqlite3.DatabaseError as error:
        raise copies.NotWhole(str(error)) from None
    copies.require_whole(ready)


async def _set_aside(database: Database, name: str, clock: Clock) -> _Restored:
    """Bring the tables up to date, and set aside what was under way."""
    try:
        found, _ = await database.revisions()
    except DatabaseUnusable as error:  # such as one of a newer version
        raise NotRestored(f"{name}: {str(error).removeprefix(f'{database.address}: ')}") from None
    if found is None:
        raise NotRestored(f"{name} has no tables of spark-bot")
    await database.open(wait=_WAIT)
    try:
        restores = RestoreStore(database)
        if at_work := await restores.at_work():
            are = "is" if at_work == 1 else "are"
            raise NotRestored(f"{_count(at_work, 'worker')} {are} at work on {name}: end every bot first")
        ended_with, ended_at = await restores.entries(), await restores.newest_at()
        erased = await restores.erased()
        set_aside = await restores.set_aside(clock.now_ms())
        entries = await restores.entries()
        return _Restored(ended_with, ended_at, erased, set_aside, entries, await AuditStore(database).audit())
    finally:
        await database.close()


async def _missing(url: str, restored: _Restored) -> _Missing | None:
    """Look into the database that is replaced for what the backup lacks; None where it cannot be read."""
    try:
        async with opened_beside(url, read_only=True) as present:
            restores = RestoreStore(present)
            since = await restores.since(restored.ended_with)
            erased = [who for who, at in (await restores.erased()).items() if restored.erased.get(who, 0) < at]
    except (NotOpened, sqlite3.Error):
        return None
    return _Missing(since, erased)


def _as_of(restored: _Restored) -> str:
    if restored.ended_at is None:
        return ", and its ledger is empty"
    at = datetime.fromtimestamp(restored.ended_at / 1000, UTC)
    return f"; the last entry of its ledger is number {restored.ended_with:,}, of {at:%Y-%m-%d %H:%M:%S} UTC"


def _missing_text(missing: _Missing | None) -> Iterator[str]:
    """Tell what is lost, as far as that can be known."""
    if missing is None:
        yield (
            "What was there before cannot be read. Whatever was spent since the backup is on Spark's bill and not "
            "in these books, and whoever had their data erased since then is in it again."
        )
        return
    since = missing.since
    if since.asked or since.settled:
        yield (
            f"Not in these books: {_count(since.asked, 'task')} asked for since the backup, and "
            f"{_count(since.settled, 'task')} settled for {usd_text(since.spent_nano)}. That is on Spark's bill, "
            "and counts to no limit."
        )
    for user_id in missing.erased:
        yield f"Erased since the backup, and in it again: run `spark-bot privacy erase {user_id}`."


def _told(restored: _Restored) -> Iterator[str]:
    """Tell what was set aside, and whether the books are true."""
    aside = restored.set_aside
    yield (
        f"Set aside: {_count(len(aside.released), 'task')} that waited, with their money released; "
        f"{_count(len(aside.unknown), 'task')} that may be at Spark, with their money kept back for "
        f"limits.unknown_hold; {_count(aside.questions, 'question')} to owners of pictures."
    )
    if aside.jobs:
        yield f"The next start looks in Discord for {_count(aside.jobs, 'job')}, and tells the owners of the rest."
    for problem in restored.audit.problems:
        yield f"The books: {problem}. Run `spark-bot check`."
    if not restored.audit.problems:
        yield f"The books agree with themselves: {restored.audit.entries:,} entries."


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
