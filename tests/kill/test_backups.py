"""`spark-bot backup` and `restore`, killed before each of their steps: what is there then is whole."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from bot.domain.states import TaskState
from bot.operator.backup import backup
from bot.settings import load
from bot.store import AuditStore, Database, Store
from spark.clock import SystemClock
from tests.kill.cut_off import back_up, cut_off, cut_off_amid_a_file, put_back
from tests.store.scenes import accept, delivered, reach


@pytest.fixture
async def before(sqlite_url: str, tmp_path: Path) -> Path:
    """Give a folder with a database that has gone on since its backup."""
    database = Database(sqlite_url)
    await database.open()
    store = Store.over(database)
    await reach(store, 1, TaskState.RUNNING)
    await backup(load(None, {"DATABASE_URL": sqlite_url}), tmp_path / "old.db", SystemClock())
    for job_id in (2, 3):
        await delivered(store, job_id)
    await accept(store, 4)
    folder = tmp_path / "before"
    # as a killed bot leaves it
    shutil.copytree(tmp_path, folder, ignore=lambda *_: ["before"], dirs_exist_ok=True)
    await database.close()
    return folder


def read(file: Path) -> tuple[list[int], list[str]]:
    """Give the jobs of a whole database, and the states of its tasks."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        jobs = [job_id for (job_id,) in connection.execute("SELECT id FROM jobs ORDER BY id")]
        return jobs, [state for (state,) in connection.execute("SELECT state FROM tasks ORDER BY job_id")]


async def problems(folder: Path) -> tuple[str, ...]:
    database = Database(f"sqlite:///{folder}/bot.db", read_only=True)
    await database.open()
    try:
        return (await AuditStore(database).audit()).problems
    finally:
        await database.close()


NEW = ([1, 2, 3, 4], ["running", "succeeded", "succeeded", "queued"])
RESTORED = ([1], ["unknown"])


def test_a_backup_that_is_killed_leaves_no_half_of_one(before: Path, tmp_path: Path) -> None:
    for number in count(1):
        folder = Path(shutil.copytree(before, tmp_path / f"{number}"))
        if not cut_off(number, folder, back_up):
            break
        assert read(folder / "bot.db") == NEW
        if (folder / "backup.db").exists():
            assert read(folder / "backup.db") == NEW
        else:
            back_up(folder)
    assert number > 5
    assert read(folder / "backup.db") == NEW


def test_a_backup_that_is_killed_amid_its_writing_has_no_name_yet(before: Path) -> None:
    back_up(before)  # what lies beside the database is in it now
    (before / "backup.db").unlink()
    cut_off_amid_a_file((before / "bot.db").stat().st_size // 2, before, back_up)
    assert not (before / "backup.db").exists()
    [part] = before.glob("backup.db.*.part")
    assert part.stat().st_size > 0


def test_a_restore_that_is_killed_leaves_the_old_or_the_new_whole(before: Path, tmp_path: Path) -> None:
    found = []
    for number in count(1):
        folder = Path(shutil.copytree(before, tmp_path / f"{number}"))
        killed = cut_off(number, folder, put_back)
        found.append(read(folder / "bot.db"))
        assert asyncio.run(problems(folder)) == ()
        if not killed:
            break
        put_back(folder)
        assert read(folder / "bot.db") == RESTORED
        assert NEW in [read(each) for each in folder.glob("bot.db.before-restore-*[0-9Z]")]
    assert number > 15
    turned = found.index(RESTORED)
    assert found == [NEW] * turned + [RESTORED] * (len(found) - turned)
