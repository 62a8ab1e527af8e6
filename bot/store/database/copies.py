"""SQLite's file as a whole: copied while others write, proved, sealed, and put in another one's place.

Each function may block for as long as the file takes, and raises `sqlite3.Error` and `OSError` as they come.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

_BESIDE: Final = ("-wal", "-journal", "-shm")
"""What SQLite keeps beside a file that is not sealed."""


class NotWhole(Exception):
    """A file is no whole database; the text says why."""


def copy(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment into one sealed file; whoever writes meanwhile does not wait."""
    address = f"file://{quote(os.fsencode(source.absolute()))}?mode=ro"  # a path may begin with two slashes
    with closing(sqlite3.connect(address, uri=True)) as original, closing(sqlite3.connect(target)) as copied:
        original.backup(copied)  # all pages in one step, which is one view of it
        copied.execute("PRAGMA journal_mode = DELETE")
    sync(target)


def require_whole(file: Path) -> None:
    """Read a sealed database from end to end; raises `NotWhole` where something of it is broken."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            [said] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise NotWhole(str(error)) from None
    if said != "ok":
        raise NotWhole(" ".join(str(said).split()))


def seal(file: Path) -> None:
    """Bring all that is committed into the file itself; raises where anybody else has it open."""
    with closing(sqlite3.connect(file, timeout=1.0)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    sync(file)


def seal_or_keep(file: Path, kept: Path) -> bool:
    """Seal a database that is to be replaced; of a broken one keep what lies beside it. False where there is none.

    Raises `OSError` where somebody has it open.
    """
    if not file.exists():
        return False
    for suffix in _BESIDE:  # first, since SQLite throws away what it cannot read
        if Path(f"{file}{suffix}").exists():
            shutil.copy2(f"{file}{suffix}", f"{kept}{suffix}")
    try:
        seal(file)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            _unlink_beside(kept)
            raise OSError(f"another process has {file} open: end it first") from None
    else:
        _unlink_beside(kept)
    return True


def put_in_place(file: Path, target: Path, kept: Path) -> None:
    """Put a sealed file in the place of a database, which is kept under another name.

    Whenever it is cut off, either the old one is there or the new one, and whole.
    """
    if target.exists():
        _link(target, kept)
        _like(target, file)
    _unlink_beside(target)
    file.replace(target)
    sync(target)


def remove(file: Path) -> None:
    """Remove a database that is of no use, with what lies beside it."""
    file.unlink(missing_ok=True)
    Path(f"{file}.lock").unlink(missing_ok=True)
    _unlink_beside(file)


def _unlink_beside(file: Path) -> None:
    for suffix in _BESIDE:
        Path(f"{file}{suffix}").unlink(missing_ok=True)


def _link(file: Path, name: Path) -> None:
    """Give a file a second name; where its disk knows no such thing, copy it."""
    try:
        os.link(file, name)
    except OSError:
        shutil.copy2(file, name)
        sync(name)


def _like(model: Path, file: Path) -> None:
    """Let a file belong to whom another one belongs to, where this user may give it away."""
    shutil.copymode(model, file)
    stat = model.stat()
    if os.geteuid() == 0:
        os.chown(file, stat.st_uid, stat.st_gid)


def sync(file: Path) -> None:
    """Have a file and its name on the disk."""
    for path in (file, file.absolute().parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
