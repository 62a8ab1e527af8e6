"""What the process that serves a SQLite file must be allowed to do there."""

import os
from pathlib import Path

from bot.store.database.failures import DatabaseUnusable

_BESIDE = ("", ".lock", "-wal", "-shm")
"""What the names of the file and of those that are kept beside it end with."""


def require_rights(path: str) -> None:
    """Raise `DatabaseUnusable` where this user cannot make the file, or cannot change it and those beside it."""
    file = Path(path).absolute()
    folder = next(each for each in file.parents if _is_seen(each))
    if not folder.is_dir():
        raise DatabaseUnusable(f"{folder} is a file and no folder; name another path in database.url")
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        raise DatabaseUnusable(f"{folder} is on a read-only file system; name a path in database.url that is not")
    if not _may(folder, os.W_OK | os.X_OK):
        raise _not_allowed(f"write in the folder {folder}")
    if file.is_dir():
        raise DatabaseUnusable("it is a folder; name a file in database.url")
    for each in (Path(f"{file}{ending}") for ending in _BESIDE):
        if _is_seen(each) and not _may(each, os.R_OK | os.W_OK):
            raise _not_allowed(f"read and write {each}")


def _is_seen(path: Path) -> bool:
    """Whether it is there, and no folder above it is closed to this user."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=True)


def _not_allowed(what: str) -> DatabaseUnusable:
    return DatabaseUnusable(f"user {os.geteuid()} may not {what}; make that user its owner (chown)")
