"""A server's spending as two CSV files: its tasks, and what the ledger has about them."""

import asyncio
import csv
import re
import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.domain.history import Mark
from bot.domain.jobs import Job, Task, result_stem
from bot.domain.money import usd_from_nano
from bot.domain.spending import ExportBatch, LedgerEntry, ReportPeriod, Span
from bot.store import Store
from bot.wording.amounts import link_of
from bot.wording.exports import export_name, export_too_large
from spark.clock import Clock

_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?", re.ASCII)
_FORMULA: Final = re.compile(r"""(^|[\n\r\t;])(?=[\s"'“”‘’]*[=+\-@＝＋－＠])""")
"""Where a formula would begin: at the start, or where a program that reads the file otherwise sees a new cell."""

if TYPE_CHECKING:
    from _csv import Writer

_BATCH: Final = 200
"""How many jobs are in memory at once."""
_AT_A_TIME: Final = 2
"""How many exports are written at once; more wait."""
_PACKED: Final = 16
"""How many times smaller a ZIP may become, at most; what is larger than that is not written to its end."""
_TASK_COLUMNS: Final = (
    "asked_at",
    "member_id",
    "mention",
    "task",
    "job_id",
    "position",
    "kind",
    "model",
    "state",
    "estimate_usd",
    "charged_usd",
    "prompt",
    "link",
)
_LEDGER_COLUMNS: Final = (
    "at",
    "counts_to",
    "member_id",
    "mention",
    "task",
    "job_id",
    "position",
    "entry",
    "amount_usd",
)


@dataclass(frozen=True, slots=True)
class Exported:
    """Written files; they are gone when the block ends."""

    files: Sequence[Path]
    """The tasks and the ledger as CSV, or one ZIP of both where that is what Discord takes."""
    tasks: int
    entries: int


class CsvExport:
    """Writes exports, each into a folder of its own, a batch at a time."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._writing = asyncio.Semaphore(_AT_A_TIME)

    @asynccontextmanager
    async def files(self, guild_id: int, period: ReportPeriod, most: int) -> AsyncIterator[Exported]:
        """Write what was asked for on a server, in at most `most` bytes; raises `Refusal` where it is more."""
        span = Span.at(period, self._clock.now_ms())
        async with self._writing, _sheets(span) as sheets:
            mark = None
            while (batch := await self._store.exports.batch(guild_id, span, _BATCH, mark)).jobs:
                mark = Mark.of(batch.jobs[-1])
                if await asyncio.to_thread(sheets.add, batch) > most * _PACKED:
                    raise export_too_large(period)
            files = await asyncio.to_thread(sheets.end, most)
            if files is None:
                raise export_too_large(period)
            yield Exported(files, sheets.tasks, sheets.entries)


class _Sheets:
    """Two CSV files in a folder of their own; blocks."""

    def __init__(self, span: Span) -> None:
        self._open = ExitStack()
        self._folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="spark-bot-export-")))
        self._name = export_name(span)
        self.tasks = 0
        self.entries = 0
        self._paths = (self._path("tasks.csv"), self._path("ledger.csv"))
        self._files = [
            # the mark at the start tells Excel that it is UTF-8
            self._open.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            for path in self._paths
        ]
        self._tasks, self._ledger = (csv.writer(file, quoting=csv.QUOTE_NONNUMERIC) for file in self._files)
        self._tasks.writerow(_TASK_COLUMNS)
        self._ledger.writerow(_LEDGER_COLUMNS)

    def add(self, batch: ExportBatch) -> int:
        """Write a batch; give how many bytes there are so far, about."""
        self.tasks += _write(self._tasks, (_task_row(job, task) for job in batch.jobs for task in job.tasks))
        self.entries += _write(self._ledger, (_entry_row(entry) for entry in batch.entries))
        return sum(file.tell() for file in self._files)

    def end(self, most: int) -> Sequence[Path] | None:
        """Complete the files, packed where they are larger than allowed; None where that is too large too."""
        for file in self._files:
            file.close()
        if sum(path.stat().st_size for path in self._paths) <= most:
            return self._paths
        packed = self._path("both.zip")
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in self._paths:
                archive.write(path, path.name)
        return [packed] if packed.stat().st_size <= most else None

    def close(self) -> None:
        """Delete the folder."""
        self._open.close()

    def _path(self, ending: str) -> Path:
        return self._folder / f"{self._name}-{ending}"


@asynccontextmanager
async def _sheets(span: Span) -> AsyncIterator[_Sheets]:
    sheets = await asyncio.to_thread(_Sheets, span)
    try:
        yield sheets
    finally:
        await asyncio.to_thread(sheets.close)


def _write(writer: "Writer", rows: Iterable[Sequence[object]]) -> int:
    count = 0
    for row in rows:
        writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
        count += 1
    return count


def _task_row(job: Job, task: Task) -> Sequence[object]:
    user_id = job.account.user_id
    return (
        _time(job.accepted_at),
        *_whose(user_id),
        *_which(job.id, task.position),
        job.kind,
        task.model,
        str(task.state),
        usd_from_nano(task.estimate_nano),
        "" if task.cost_nano is None else usd_from_nano(task.cost_nano),
        job.title,
        link_of(job) or "",
    )


def _entry_row(entry: LedgerEntry) -> Sequence[object]:
    return (
        _time(entry.at),
        entry.day,
        *_whose(entry.user_id),
        *_which(entry.job_id, entry.position),
        entry.kind,
        usd_from_nano(entry.amount),
    )


def _whose(user_id: int) -> Sequence[object]:
    """Tell a member by id and as text, since spreadsheets round long numbers; nobody mentions who was erased."""
    return str(user_id), f"<@{user_id}>" if user_id > 0 else ""


def _which(job_id: int, position: int) -> Sequence[object]:
    return result_stem(job_id, position), str(job_id), position


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def safe_cell(text: str) -> str:
    """Put ' before what a spreadsheet would take for a formula; a number stays one."""
    if _NUMBER.fullmatch(text):
        return text
    guarded = _FORMULA.sub(r"\1'", text)
    return f"'{guarded}" if guarded[:1] in {"\t", "\r"} else guarded
