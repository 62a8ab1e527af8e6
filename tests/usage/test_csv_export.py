import csv
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.budgets import Account
from bot.domain.jobs import Order, TaskOrder
from bot.domain.refusals import Refusal
from bot.domain.spending import ReportPeriod
from bot.domain.states import TaskState
from bot.store import Store
from bot.usage.csv_export import CsvExport, safe_cell
from sandbox.clock import MovableClock
from tests.store.scenes import (
    ANNA,
    BEN,
    CARA,
    CENT,
    DAY,
    NO_LIMITS,
    NOW,
    OWNER,
    accept,
    origin,
    reach,
)

MOST = 10 * 1024 * 1024
Row = dict[str, str]


@pytest.fixture
def export(store: Store) -> CsvExport:
    return CsvExport(store, MovableClock(NOW / 1000))


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def sheets(
    export: CsvExport, guild_id: int = 10, period: ReportPeriod = ReportPeriod.ALL
) -> tuple[list[Row], list[Row]]:
    async with export.files(guild_id, period, MOST) as exported:
        tasks, ledger = (rows(path) for path in exported.files)
        assert (len(tasks), len(ledger)) == (exported.tasks, exported.entries)
    assert not any(path.exists() for path in exported.files)
    return tasks, ledger


async def asked_for(store: Store, job_id: int, words: str, account: Account = ANNA) -> None:
    task = TaskOrder("spark_t2i_3_0", {"prompt": words}, 1328, 1328)
    await store.jobs.accept(origin(job_id, account), Order("imagine", words, (task,)), [CENT], NO_LIMITS)


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("a red fox", "a red fox"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+1 fox", "'+1 fox"),
        ("-fox", "'-fox"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("\t=1+1", "'\t'=1+1"),
        ("\tfox", "'\tfox"),
        ("\rfox", "'\rfox"),
        ('"=1+1', "'\"=1+1"),
        ("“=1+1”", "'“=1+1”"),
        ("'=1+1", "''=1+1"),
        (" =1+1", "' =1+1"),
        ("a fox;=1+1", "a fox;'=1+1"),
        ("a fox\n=1+1", "a fox\n'=1+1"),
        ("a fox, = an owl - or @me", "a fox, = an owl - or @me"),
        ("-5", "-5"),
        ("-0.25", "-0.25"),
        ("+5", "+5"),
        ("-5+cmd|' /C calc'!A0", "'-5+cmd|' /C calc'!A0"),
    ],
)
def test_no_words_are_a_formula_and_numbers_stay_numbers(words: str, cell: str) -> None:
    assert safe_cell(words) == cell


async def test_each_task_and_each_entry_has_a_row(store: Store, export: CsvExport) -> None:
    await reach(store, 71, TaskState.SUCCEEDED)
    job = await store.deliveries.begin(71, OWNER, NOW)
    assert job is not None
    await store.deliveries.end(job, 500, 600, [1], NOW)
    await accept(store, 72, BEN, prices=[CENT, 2 * CENT], at=NOW + 1)
    tasks, ledger = await sheets(export)
    assert tasks[0] == {
        "asked_at": "2026-01-01T12:00:00.000Z",
        "member_id": "1",
        "mention": "<@1>",
        "task": "71-1",
        "job_id": "71",
        "position": "1",
        "kind": "imagine",
        "model": "spark_t2i_3_0",
        "state": "succeeded",
        "estimate_usd": "0.01",
        "charged_usd": "0.01",
        "prompt": "a red fox",
        "link": "https://discord.com/channels/10/500/600",
    }
    assert [(row["task"], row["state"], row["estimate_usd"], row["charged_usd"]) for row in tasks[1:]] == [
        ("72-1", "queued", "0.01", ""),
        ("72-2", "queued", "0.02", ""),
    ]
    assert [(row["task"], row["entry"], row["amount_usd"], row["mention"]) for row in ledger] == [
        ("71-1", "reserve", "0.01", "<@1>"),
        ("71-1", "settle", "0.01", "<@1>"),
        ("72-1", "reserve", "0.01", "<@2>"),
        ("72-2", "reserve", "0.02", "<@2>"),
    ]
    assert {row["counts_to"] for row in ledger} == {"2026-01-01"}


async def test_nothing_of_another_server_and_of_another_time_is_in_it(store: Store, export: CsvExport) -> None:
    for job_id, account, days in ((1, ANNA, 0), (2, CARA, 0), (3, ANNA, 1), (4, ANNA, 40)):
        await accept(store, job_id, account, at=NOW - days * DAY)
    found = {
        (guild_id, period): [row["job_id"] for row in (await sheets(export, guild_id, period))[0]]
        for guild_id in (10, 20, 30)
        for period in (ReportPeriod.DAY, ReportPeriod.LAST_MONTH, ReportPeriod.ALL)
    }
    assert {key: ids for key, ids in found.items() if ids} == {
        (10, ReportPeriod.DAY): ["1"],
        (10, ReportPeriod.LAST_MONTH): ["3"],
        (10, ReportPeriod.ALL): ["4", "3", "1"],
        (20, ReportPeriod.DAY): ["2"],
        (20, ReportPeriod.ALL): ["2"],
    }


async def test_every_job_is_in_it_once_across_batches_of_the_same_millisecond(
    store: Store, export: CsvExport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.usage.csv_export._BATCH", 2)
    for job_id in (5, 3, 9, 1, 7):
        await accept(store, job_id, at=NOW + (job_id == 1))
    tasks, ledger = await sheets(export)
    assert [row["job_id"] for row in tasks] == ["3", "5", "7", "9", "1"]
    assert sorted(row["job_id"] for row in ledger) == ["1", "3", "5", "7", "9"]


async def test_words_come_back_as_they_were(store: Store, export: CsvExport) -> None:
    words = 'a "fox", 狐狸 🦊; done\nsecond line'
    await asked_for(store, 1, words)
    await asked_for(store, 2, "=HYPERLINK(1)")
    tasks, _ = await sheets(export)
    assert [row["prompt"] for row in tasks] == [words, "'=HYPERLINK(1)"]


async def test_what_is_too_large_is_packed_and_what_is_so_too_is_refused(store: Store, export: CsvExport) -> None:
    for job_id in range(1, 41):
        await accept(store, job_id, at=NOW + job_id)
    async with export.files(10, ReportPeriod.DAY, 4000) as exported:
        [packed] = exported.files
        assert packed.stat().st_size <= 4000
        with zipfile.ZipFile(packed) as archive:
            assert sorted(name.rpartition("-")[2] for name in archive.namelist()) == ["ledger.csv", "tasks.csv"]
    for most in (1000, 100):  # seen at the end, and on the way
        with pytest.raises(Refusal, match="more than Discord takes here"):
            async with export.files(10, ReportPeriod.DAY, most):
                pass


async def test_amounts_add_up_to_the_totals(store: Store, export: CsvExport) -> None:
    for job_id in range(1, 4):
        await reach(store, job_id, TaskState.SUCCEEDED)
    tasks, ledger = await sheets(export)
    assert total(row["charged_usd"] for row in tasks) == Decimal("0.03")
    assert total(row["amount_usd"] for row in ledger if row["entry"] == "settle") == Decimal("0.03")


def total(amounts: Iterable[str]) -> Decimal:
    return sum(map(Decimal, amounts), Decimal(0))
