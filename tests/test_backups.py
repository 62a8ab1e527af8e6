"""`spark-bot backup` and `restore`: whole copies of a database in use, and nothing done twice after one."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog
from alembic import command
from click.testing import CliRunner

from bot.cli import main
from bot.domain.pictures.consents import Verdict
from bot.domain.pictures.sources import MessageRef
from bot.domain.states import TaskState
from bot.operator.backup import NotBackedUp, backup
from bot.operator.checks import checked
from bot.operator.high_water import HighWater
from bot.operator.restore import NotRestored, restore
from bot.settings import Settings, load
from bot.store import AuditStore, Database, DatabaseInUse, DatabaseUnusable, Place, RestoreStore, Store
from bot.store.database import migration_config
from bot.store.schema import command_syncs, consents, erasures, jobs, pending
from sandbox.clock import MovableClock
from spark.clock import SystemClock
from tests import examples
from tests.databases import outside, rows
from tests.mistakes.around import a_folder, as_ordinary_user
from tests.store.asking import asks
from tests.store.scenes import (
    ANNA,
    BEN,
    CENT,
    HOUR,
    NOW,
    OWNER,
    PLENTY,
    accept,
    claim,
    delivered,
    got,
    insert,
    reach,
)

SERVED = {"bot.db", "bot.db-wal", "bot.db-shm", "bot.db.lock"}
CLOCK = MovableClock(NOW / 1000)
AT = f"{datetime.fromtimestamp(NOW / 1000, UTC):%Y-%m-%d %H:%M:%S}"
UNDER_WAY = {
    TaskState.CLAIMED: TaskState.UNKNOWN,
    TaskState.SUBMITTING: TaskState.UNKNOWN,
    TaskState.RUNNING: TaskState.UNKNOWN,
    TaskState.OVERDUE: TaskState.UNKNOWN,
    TaskState.UNKNOWN: TaskState.UNKNOWN,
    TaskState.QUEUED: TaskState.CANCELLED,
}


def database_file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return load(None, {"DATABASE_URL": sqlite_url})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.db"


@pytest.fixture
async def served(sqlite_url: str) -> AsyncIterator[Store]:
    """Give a store on SQLite that this process holds, as a bot does."""
    database = Database(sqlite_url)
    await database.open()
    yield Store.over(database)
    await database.close()


async def restored(settings: Settings, file: Path | None) -> list[str]:
    said: list[str] = []
    await restore(settings, file, CLOCK, said.append)
    return said


async def eventually(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - others work meanwhile
            await asyncio.sleep(0)


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def read(file: Path) -> bytes:
    return file.read_bytes()


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


def write(file: Path, content: bytes) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    return file


def kept(folder: Path) -> Path:
    """Give the one database that was kept when another one was put in its place."""
    [kept] = folder.glob("bot.db.before-restore-*Z")
    return kept


def problems(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [said for (said,) in connection.execute("PRAGMA integrity_check")]


def torn(file: Path) -> None:
    with file.open("r+b") as half:
        half.truncate(file.stat().st_size // 2)


def scratched(file: Path) -> None:
    with file.open("r+b") as scratch:
        scratch.seek(file.stat().st_size // 4096 // 2 * 4096)
        scratch.write(b"\xff" * 64)


# backup


async def test_a_backup_made_amid_writes_is_whole_and_keeps_nobody_waiting(
    served: Store, settings: Settings, file: Path, tmp_path: Path
) -> None:
    written = 0

    async def write() -> None:
        nonlocal written
        while True:
            written += 1
            await accept(served, written)

    writing = asyncio.create_task(write())
    await eventually(lambda: written >= 20)
    said = await backup(settings, file, SystemClock())
    at_the_end = written
    await eventually(lambda: written >= at_the_end + 20)
    writing.cancel()
    assert said.startswith(f"{file}: ")
    assert said.endswith(", proved to be whole; tables of revision 0018")
    assert problems(file) == ["ok"]
    assert mode(file) == 0o600
    assert names(tmp_path) == {"backup.db", *SERVED}
    database = Database(f"sqlite:///{file}", read_only=True)
    await database.open()
    assert 20 <= len(await rows(database, jobs.select())) <= written
    assert (await AuditStore(database).audit()).problems == ()
    await database.close()


async def test_a_backup_never_replaces_a_file_nor_leaves_half_of_one(
    settings: Settings, file: Path, tmp_path: Path
) -> None:
    write(file, b"mine")
    with pytest.raises(NotBackedUp, match=r"backup\.db is there already: name another file"):
        await backup(settings, file, CLOCK)
    assert read(file) == b"mine"
    with pytest.raises(NotBackedUp, match=r"missing/backup\.db cannot be written: No such file"):
        await backup(settings, tmp_path / "missing" / "backup.db", CLOCK)
    for spoil in (scratched, torn):
        spoil(database_file(settings.database.url))
        with pytest.raises(NotBackedUp, match=r"bot\.db cannot be copied: "):
            await backup(settings, tmp_path / "other.db", CLOCK)
    assert names(tmp_path) <= {"backup.db", *SERVED}


def test_the_commands_say_in_a_line_what_postgresql_has_instead(tmp_path: Path) -> None:
    url = "postgresql://127.0.0.1:1/none"
    for call, says in {
        "backup": "a PostgreSQL database is backed up by pg_dump, and not by spark-bot: docs/backups.md says how",
        "restore": "a PostgreSQL database is put back by pg_restore; run `spark-bot restore` without a file "
        "after it (docs/backups.md)",
    }.items():
        result = CliRunner().invoke(main, [call, str(tmp_path / "x")], env={"DATABASE_URL": url})
        assert (result.exit_code, result.output) == (1, f"Error: {says}\n")


# restore


async def test_what_was_under_way_is_set_aside_and_the_books_are_true(database: Database, store: Store) -> None:
    for job_id, state in enumerate(UNDER_WAY, start=1):
        await reach(store, job_id, state, BEN)
    aside = await RestoreStore(database).set_aside(NOW + HOUR)
    assert len(aside.released) == 1
    assert len(aside.unknown) == 4
    for job_id, state in enumerate(UNDER_WAY, start=1):
        job = await got(store, job_id)
        assert job.set_aside_at == NOW + HOUR
        [task] = job.tasks
        assert (task.state, task.lease) == (UNDER_WAY[state], None)
    assert await claim(store, OWNER, PLENTY, NOW + HOUR) == []
    assert await store.deliveries.ready() == [1, 2, 3, 4, 5, 6]  # which tells their owners
    assert (await AuditStore(database).audit()).problems == ()
    # what it has set aside it need not set aside once more
    again = await RestoreStore(database).set_aside(NOW + 2 * HOUR)
    assert (again.released, again.unknown) == ((), ())


async def test_what_may_have_been_posted_since_is_not_posted_late(database: Database, store: Store) -> None:
    await reach(store, 1, TaskState.RUNNING, BEN)
    [running] = (await got(store, 1)).tasks
    overdue = await store.tasks.mark_overdue(running)
    job = await store.deliveries.begin(1, OWNER, NOW)
    assert job is not None
    await store.deliveries.end(job, 500, 600, [], NOW)
    await store.tasks.succeed(overdue, "spark-1", CENT, "https://spark/1.png", NOW)
    await delivered(store, 2, BEN)
    assert [task.name for task in await store.deliveries.late_pictures()] == ["1-1"]

    aside = await RestoreStore(database).set_aside(NOW + HOUR)

    assert aside.jobs == 1
    assert await store.deliveries.late_pictures() == []
    # the status message of the one says so, that of the other, which may have been deleted since, is left alone
    assert [job.id for job in await store.jobs.unfinished_status_messages()] == [1]


async def test_questions_and_what_people_had_begun_are_over(database: Database, store: Store) -> None:
    for question_id, sha256 in ((1, "a" * 64), (2, "b" * 64), (3, "c" * 64)):
        assert await asks(store, question_id, replace(examples.SOURCE, sha256=sha256))
        await store.consents.record_posted(question_id, MessageRef(500, 600 + question_id))
    await store.consents.answer(2, ANNA.user_id, Verdict.ALLOWED, NOW + 1)
    await store.consents.answer(3, ANNA.user_id, Verdict.NO, NOW + 1)
    await insert(
        database,
        pending,
        {"key": "k", "guild_id": 10, "user_id": 1, "kind": "x", "value": {}, "begun_at": NOW},
    )
    await store.commands.record(900, "digest", NOW)

    aside = await RestoreStore(database).set_aside(NOW + HOUR)

    assert aside.questions == 2
    verdicts = await rows(database, sa.select(consents.c.verdict).order_by(consents.c.id))
    assert [row.verdict for row in verdicts] == ["aside", "aside", "no"]
    # their askers are told, once, and may ask again
    assert await store.consents.unfinished(NOW + HOUR) == [1, 2, 3]
    assert await asks(store, 4, replace(examples.SOURCE, sha256="a" * 64), at=NOW + HOUR)
    assert await rows(database, pending.select()) == await rows(database, command_syncs.select()) == []


async def test_a_restore_keeps_what_was_there_and_says_what_is_lost(
    served: Store, settings: Settings, file: Path, tmp_path: Path
) -> None:
    await delivered(served, 1)
    await accept(served, 2)
    await backup(settings, file, CLOCK)
    await served.jobs.cancel(2, NOW)
    for job_id in (3, 4):
        await delivered(served, job_id)
    database = served.jobs._database
    await insert(database, erasures, {"user_id": 7, "month": "2026-01", "asked_at": NOW, "last_job_id": 1})
    with pytest.raises(DatabaseInUse, match="Stop that process"):
        await restored(settings, file)
    await database.close()

    target = database_file(settings.database.url)
    said = await restored(settings, file)
    before = kept(tmp_path)
    assert said == [
        f"{target} is {file} now; the last entry of its ledger is number 3, of {AT} UTC.",
        f"What was there before is kept as {before}.",
        "Not in these books: 2 tasks asked for since the backup, and 2 tasks settled for $0.02. That is on "
        "Spark's bill, and counts to no limit.",
        "Erased since the backup, and in it again: run `spark-bot privacy erase 7`.",
        "Set aside: 1 task that waited, with their money released; 0 tasks that may be at Spark, with their money "
        "kept back for limits.unknown_hold; 0 questions to owners of pictures.",
        "The next start looks in Discord for 1 job, and tells the owners of the rest.",
        "The books agree with themselves: 4 entries.",
    ]
    assert problems(target) == problems(before) == ["ok"]
    with outside(settings.database.url) as connection:
        assert connection.scalars(sa.select(jobs.c.id).order_by(jobs.c.id)).all() == [1, 2]
    with outside(f"sqlite:///{before}") as connection:
        assert connection.scalars(sa.select(jobs.c.id).order_by(jobs.c.id)).all() == [1, 2, 3, 4]
    assert mode(target) == mode(before)


async def test_a_broken_database_is_kept_with_all_that_lies_beside_it(
    served: Store, settings: Settings, file: Path, tmp_path: Path
) -> None:
    await delivered(served, 1)
    await backup(settings, file, CLOCK)
    await served.jobs._database.close()
    target = database_file(settings.database.url)
    write(target, b"no database at all, but some bytes" * 100)
    write(Path(f"{target}-wal"), b"some more")
    said = await restored(settings, file)
    assert any(line.startswith("What was there before cannot be read.") for line in said)
    before = kept(tmp_path)
    assert read(before).startswith(b"no database at all")
    assert read(Path(f"{before}-wal")) == b"some more"
    assert problems(target) == ["ok"]


async def test_a_backup_is_restored_where_nothing_of_use_is_left(
    served: Store, settings: Settings, file: Path, tmp_path: Path
) -> None:
    await delivered(served, 1)
    await backup(settings, file, CLOCK)
    await delivered(served, 2)
    old = Path(f"{database_file(settings.database.url)}-wal")
    settings = load(None, {"DATABASE_URL": f"sqlite:///{tmp_path}/new/bot.db"})
    write(tmp_path / "new" / "bot.db-wal", read(old))
    said = await restored(settings, file)
    assert said[0].startswith(f"{tmp_path}/new/bot.db is {file} now")
    assert names(tmp_path / "new") == {"bot.db", "bot.db.lock", "bot.db.seen"}
    assert mode(tmp_path / "new" / "bot.db") == 0o600
    with outside(settings.database.url) as connection:
        assert connection.scalars(sa.select(jobs.c.id)).all() == [1]


async def test_an_older_backup_is_brought_up_to_date_before_it_is_in_place(settings: Settings, file: Path) -> None:
    await backup(settings, file, CLOCK)
    with outside(f"sqlite:///{file}") as connection:
        command.downgrade(migration_config(connection), "0012")
    await restored(settings, file)
    database = Database(settings.database.url, read_only=True)
    assert (await database.revisions())[0] == (await database.revisions())[1]


def of_a_newer_version(file: Path) -> None:
    with outside(f"sqlite:///{file}") as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0999'"))


def of_something_else(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE shopping (item TEXT)")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (Path.unlink, "{file}: there is no such file"),
        (
            lambda file: write(file, b"a text" * 1000),
            "{file} is no whole database of spark-bot: file is not a ",
        ),
        (torn, "{file} is no whole database of spark-bot: "),
        (scratched, "{file} is no whole database of spark-bot: "),
        (of_something_else, "{file} has no tables of spark-bot"),
        (
            of_a_newer_version,
            "{file}: its tables are of revision 0999, and this spark-bot knows none after 0018; start the newer "
            "version that made them, or put a backup from before in their place",
        ),
    ],
)
async def test_what_is_no_backup_is_refused_and_nothing_is_changed(
    settings: Settings, file: Path, tmp_path: Path, spoil: Callable[[Path], object], says: str
) -> None:
    await backup(settings, file, CLOCK)
    spoil(file)
    target = database_file(settings.database.url)
    before = read(target)
    with pytest.raises(NotRestored) as refused:
        await restored(settings, file)
    assert str(refused.value).startswith(says.format(file=file))
    assert read(target) == before
    assert names(tmp_path) <= {"backup.db", *SERVED}


@pytest.mark.parametrize("name", ["a b?#%20.db", "ä.db", "\udcff.db"], ids=["signs", "letters", "no text"])
@pytest.mark.parametrize("slashes", ["", "/"])
async def test_a_backup_may_have_any_name(settings: Settings, tmp_path: Path, name: str, slashes: str) -> None:
    file = Path(f"{slashes}{tmp_path}/{name}")
    await backup(settings, file, CLOCK)
    assert (await restored(settings, file))[0].endswith(f"is {file} now, and its ledger is empty.")


async def test_what_a_restore_has_left_is_no_backup_and_stays(settings: Settings, file: Path) -> None:
    await backup(settings, file, CLOCK)
    left = Path(shutil.copyfile(file, f"{database_file(settings.database.url)}.restoring"))
    with pytest.raises(NotRestored, match=r"a restore that was cut off has left; name the backup itself"):
        await restored(settings, left)
    assert problems(left) == ["ok"]


async def test_what_is_closed_to_this_user_is_said_in_a_line(sqlite_template: Path) -> None:
    with a_folder(sqlite_template) as folder:
        file = folder.database("backup.db")
        target = folder.database()
        (folder.path / "closed").mkdir()
        into_it = load(None, {"DATABASE_URL": f"sqlite:///{folder.path}/closed/bot.db"})
        settings = load(None, {"DATABASE_URL": f"sqlite:///{target}"})
        with as_ordinary_user(folder.path):
            (folder.path / "closed").chmod(0)
            with pytest.raises(NotRestored, match=r"closed/backup\.db cannot be read: Permission denied"):
                await restored(settings, folder.path / "closed" / "backup.db")
            (folder.path / "closed").chmod(0o555)
            with pytest.raises(DatabaseUnusable, match="may not write in the folder"):
                await restored(into_it, file)


async def test_a_database_that_somebody_looks_into_is_not_replaced(settings: Settings, file: Path) -> None:
    await backup(settings, file, CLOCK)
    beside = Database(settings.database.url, beside=True)
    await beside.open()
    with pytest.raises(NotRestored, match=r"another process has .*bot\.db open: end it first"):
        await restored(settings, file)
    await beside.close()
    await restored(settings, file)


async def test_a_restored_database_of_postgresql_is_taken_once_nobody_works_on_it(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()
    store = Store.over(database)
    await accept(store, 1)
    settings = load(None, {"DATABASE_URL": postgresql_url})
    await store.workers.register("w", Place(None, "host", 1), 15_000, NOW)
    with pytest.raises(NotRestored, match=r"1 worker is at work on .* end every bot first"):
        await restored(settings, None)
    await store.workers.leave("w")
    assert (await restored(settings, None))[0].startswith("Set aside: 1 task that waited")
    [task] = (await got(store, 1)).tasks
    assert task.state is TaskState.CANCELLED
    await database.close()


# the high-water mark


async def test_an_older_database_is_noticed_and_one_that_has_gone_on_is_not(
    served: Store, settings: Settings, file: Path
) -> None:
    database = served.jobs._database
    await accept(served, 1)
    await HighWater(database).record()
    await HighWater(database).require_reached()
    await accept(served, 2)
    await HighWater(database).require_reached()
    await backup(settings, file, CLOCK)
    await accept(served, 3)
    await HighWater(database).record()
    await database.close()

    target = database_file(settings.database.url)
    shutil.copyfile(file, target)
    findings = [finding async for finding in checked(settings) if finding.subject == "database"]
    assert [finding.passed for finding in findings] == [True, False]
    assert findings[1].text == (
        f"sqlite:///{target} is older than what ran here last: its ledger ends with entry 2, and entry 3 was "
        "seen. If a backup was put back, run `spark-bot restore` first: it sets aside what was under way, so that "
        "nothing is paid or posted twice (docs/backups.md). To begin anew with this database, delete "
        f"{target}.seen."
    )
    await restored(settings, None)
    database = Database(settings.database.url)
    await database.open()
    await HighWater(database).require_reached()
    await database.close()


async def test_a_mark_that_cannot_be_written_is_told_of_once(served: Store) -> None:
    database = served.jobs._database
    write(Path(f"{database.file}.seen.new") / "in its way", b"")
    clock = MovableClock()
    with structlog.testing.capture_logs() as log:
        keeping = asyncio.create_task(HighWater(database).keep(clock))
        for _ in range(3):
            await clock.sleeper()
            await clock.advance(5)
        await clock.sleeper()
        keeping.cancel()
    assert [entry["event"] for entry in log] == ["database.mark_not_written"]


@pytest.mark.parametrize("left", ["", "\0\0\0", "12\n34"])
async def test_a_mark_that_a_power_cut_has_spoilt_counts_as_none(served: Store, left: str) -> None:
    database = served.jobs._database
    write(Path(f"{database.file}.seen"), left.encode())
    await HighWater(database).require_reached()
