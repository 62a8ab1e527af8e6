"""What accepting a picture and settling it costs with a short ledger and with a long one, in the same run.

Both take turns, so that whatever else the machine does befalls both.
"""

import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.rows import Row, Scale
from bot.domain.budgets import Account
from bot.domain.jobs import Order, Origin, Place, TaskOrder
from bot.domain.limits import Ceilings
from bot.store import Capacity, Database, Store, Terms
from bot.store.database import Statement, given
from bot.store.schema import blocks, grants, jobs, ledger, limits, server_rules, tasks

FEW = 1_000
SAMPLES = 300
GOAL = 1.2
PRICE = 6_500_000
PEOPLE, SERVERS = 2_000, 20
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
NOW = int(datetime(2027, 1, 1, 12, tzinfo=UTC).timestamp() * 1000)
PLENTY = Capacity(total=1_000, per_person=1_000, unpriced=1000)
HIGH = 10**15
TERMS = Terms(Ceilings(HIGH, HIGH, HIGH, HIGH, HIGH, HIGH), unfinished=13)


class Bench:
    """One database with so many entries from the year before, and what its moderators have set."""

    def __init__(self, database: Database, entries: int) -> None:
        self.entries = entries
        self.accepting_and_settling: list[float] = []
        """Seconds, each time."""
        self.claiming: list[float] = []
        self._database = database
        self._store = Store.over(database)
        self._next_id = entries + 1

    async def fill(self) -> None:
        """Write the entries, the tasks that they are of, and limits that do not bind."""
        pictures = range(1, self.entries // 2 + 1)
        for first in range(0, len(pictures), 5_000):
            some = [_picture(job_id) for job_id in pictures[first : first + 5_000]]
            for table, row in ((jobs, _job), (tasks, _task), (ledger, _reserve), (ledger, _settle)):
                await self._insert(table, [row(*each) for each in some])
        await self._store.ledger.rebuild()
        await self._decide()
        analyze = Statement(sa.text("ANALYZE"))
        await self._database.write(lambda tx: tx.run(analyze))

    async def once(self) -> None:
        """Accept a picture, take it through Spark, and settle it; accepting and settling are timed."""
        job_id, self._next_id = self._next_id, self._next_id + 1
        account = _account(job_id)
        order = Order("imagine", "a fox", (TaskOrder("spark_t2i_3_0", {"prompt": "a fox"}, 1328, 1328),))
        times = [time.perf_counter()]
        await self._store.jobs.accept(_origin(job_id, account), order, [PRICE], TERMS)
        times.append(time.perf_counter())
        [task] = (await self._store.tasks.claim("bench", PLENTY, NOW)).tasks
        times.append(time.perf_counter())
        task = await self._store.tasks.begin_submit(task, PRICE, TERMS.ceilings, NOW)
        task = await self._store.tasks.start(task, f"spark-{job_id}")
        times.append(time.perf_counter())
        await self._store.tasks.succeed(task, f"spark-{job_id}", PRICE, "https://spark/1.png", NOW)
        times.append(time.perf_counter())
        accept, claim, _, settle = (after - before for before, after in pairwise(times))
        self.accepting_and_settling.append(accept + settle)
        self.claiming.append(claim)

    async def _decide(self) -> None:
        members = [_account(n) for n in range(1, min(PEOPLE, self.entries) + 1)]
        rows: dict[sa.Table, list[dict[str, Any]]] = {
            limits: [
                {"guild_id": m.guild_id, "subject": "member", "subject_id": m.user_id, "period": period}
                | {"amount_nano": HIGH}
                for m in members
                for period in ("day", "month")
            ],
            grants: [
                {"guild_id": m.guild_id, "user_id": m.user_id, "amount_nano": PRICE, "reason": "a poster"}
                | {"granted_by": 1, "granted_at": NOW - 2, "expires_at": NOW - 1}
                for m in members
            ],
            blocks: [
                {"guild_id": m.guild_id, "user_id": m.user_id, "reason": "spam", "told": None, "blocked_by": 1}
                | {"blocked_at": NOW - 2, "expires_at": NOW - 1}
                for m in members
            ],
            server_rules: [{"guild_id": 10 + n, "replies": True} for n in range(SERVERS)],
        }
        for table, chosen in rows.items():
            await self._insert(table, chosen)

    async def _insert(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        statement = Statement(sa.insert(table).values(given(*rows[0])))
        await self._database.write(lambda tx: tx.run_each(statement, rows))


def _account(n: int) -> Account:
    return Account(10 + n % SERVERS, 1_000 + n % PEOPLE)


def _origin(job_id: int, account: Account) -> Origin:
    return Origin(
        id=job_id,
        account=account,
        role_ids=frozenset({71, 72}),
        channel_id=500,
        parent_channel_id=None,
        place=Place.CHANNEL,
        upload_limit=10 * 2**20,
        application_id=900,
        interaction_token=None,
        asked_at=NOW,
    )


def _picture(job_id: int) -> tuple[int, Account, datetime]:
    return job_id, _account(job_id), BEGIN + timedelta(days=job_id % 364)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _job(job_id: int, account: Account, at: datetime) -> dict[str, Any]:
    return {
        "id": job_id,
        "kind": "imagine",
        "title": "a fox",
        "spoiler": False,
        "state": "delivered",
        "guild_id": account.guild_id,
        "user_id": account.user_id,
        "channel_id": 500,
        "place": "channel",
        "upload_limit": 10 * 2**20,
        "application_id": 900,
        "head_final": True,
        "fence": 0,
        "accepted_at": _ms(at),
        "ended_at": _ms(at),
        "day": f"{at:%Y-%m-%d}",
        "month": f"{at:%Y-%m}",
    }


def _task(job_id: int, account: Account, at: datetime) -> dict[str, Any]:
    return {
        "job_id": job_id,
        "position": 1,
        "guild_id": account.guild_id,
        "user_id": account.user_id,
        "state": "succeeded",
        "model": "spark_t2i_3_0",
        "params": {"prompt": "a fox"},
        "width": 1328,
        "height": 1328,
        "estimate_nano": PRICE,
        "cost_nano": PRICE,
        "spark_id": f"spark-{job_id}",
        "fence": 0,
        "attempts": 1,
        "asked_at": _ms(at),
        "not_before": _ms(at),
        "submitted_at": _ms(at),
        "ended_at": _ms(at),
    }


def _reserve(job_id: int, account: Account, at: datetime, kind: str = "reserve") -> dict[str, Any]:
    return {
        "job_id": job_id,
        "position": 1,
        "kind": kind,
        "amount_nano": PRICE,
        "guild_id": account.guild_id,
        "user_id": account.user_id,
        "day": f"{at:%Y-%m-%d}",
        "month": f"{at:%Y-%m}",
        "at": _ms(at),
    }


def _settle(job_id: int, account: Account, at: datetime) -> dict[str, Any]:
    return _reserve(job_id, account, at, "settle")


@asynccontextmanager
async def opened(folder: Path, entries: int) -> AsyncIterator[Bench]:
    """Open a database of its own with so many entries."""
    database = Database(f"sqlite:///{folder}/{entries}.db")
    await database.open()
    try:
        bench = Bench(database, entries)
        await bench.fill()
        yield bench
    finally:
        await database.close()


def _row(what: str, few: list[float], many: list[float], entries: int) -> Row:
    short, long = statistics.median(few), statistics.median(many)
    beside = f"medians {long * 1000:.2f} ms; with {FEW:,} entries {short * 1000:.2f} ms"
    return Row(f"{what} with {entries:,} ledger entries", long / short, GOAL, "x", beside)


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Measure the long ledger beside the short one."""
    with tempfile.TemporaryDirectory(prefix="spark-bench-") as folder:
        async with opened(Path(folder), FEW) as few, opened(Path(folder), scale.entries) as many:
            for _ in range(SAMPLES):
                await few.once()
                await many.once()
            yield _row("accept + settle", few.accepting_and_settling, many.accepting_and_settling, scale.entries)
            yield _row("claim", few.claiming, many.claiming, scale.entries)
