"""`spark-bot status`: who works, which shards nobody serves, what waits and what was spent, from the database."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.domain.budgets import Budget
from bot.domain.money import usd_text
from bot.domain.shards import Shards, ids_text, serves_everybody, unserved
from bot.domain.states import AT_SPARK, TaskState
from bot.operator.beside import opened_beside
from bot.settings import Settings
from bot.store import Group, KnownWorker, Overview, OverviewStore, WorkerStore
from bot.wording.text import listed, pictures_text, seconds_text
from spark.clock import Clock

_MARGIN: Final = 12
"""Characters of the name that stands before the first line of each part."""
_IN_FLIGHT: Final = (*AT_SPARK, TaskState.OVERDUE, TaskState.UNKNOWN)
_NOTHING: Final = Group(0, 0, None, None)


async def status(settings: Settings, clock: Clock) -> list[str]:
    """Tell in lines how everything stands, beside the bots that run; raises `NotOpened`."""
    now = clock.now_ms()
    async with opened_beside(settings.database.url, read_only=True) as database:
        known = await WorkerStore(database).known()
        overview = await OverviewStore(database).at(now, settings.limits.ceilings)
    parts = {
        "database": [database.address],
        "workers": _workers(known, now),
        "shards": _shards([each.shards for each in known if each.at_work and each.shards is not None]),
        "queue": [_queue(overview, now)],
        "in flight": _flight(overview, now),
        "deliveries": [_deliveries(overview, now)],
        "kept": [f"{pictures_text(overview.kept)} that Discord has not taken yet"],
        "spend": _spend(overview.budgets),
    }
    return [line for name, lines in parts.items() for line in _part(name, lines)]


def _workers(known: Sequence[KnownWorker], now: int) -> list[str]:
    if not known:
        return ["none: no bot works on this database"]
    rows = [
        (each.place.host, str(each.place.pid), _age(each.started_at, now), _lease(each), _served(each.shards))
        for each in known
    ]
    return _table(("host", "process", "age", "lease", "shards"), rows)


def _lease(worker: KnownWorker) -> str:
    if worker.lease_left is None:
        return "holds the file" if worker.at_work else "over, nobody holds the file"
    if worker.lease_left == 0:
        return "handed over"
    left = seconds_text(abs(worker.lease_left) / 1000)
    return f"{left} left" if worker.at_work else f"over for {left}"


def _served(shards: Shards | None) -> str:
    return "none yet" if shards is None else f"{ids_text(shards.ids)} of {shards.count}"


def _shards(served: Sequence[Shards]) -> list[str]:
    if not served:
        return ["nobody serves any"]
    left = unserved(served)
    lines = [
        f"nobody serves {ids_text(ids)} of {count}" if ids else f"all of {count} are served"
        for count, ids in left.items()
    ]
    if len(left) > 1:
        heard = "each server is heard" if serves_everybody(served) else "some servers are not heard"
        counts = listed([str(count) for count in left])
        lines.append(f"counts of {counts} at once, as in a move from one to the other: {heard}")
    return lines


def _queue(overview: Overview, now: int) -> str:
    waiting = overview.tasks.get(TaskState.QUEUED)
    if waiting is None:
        return "nobody waits"
    tasks = "1 task waits" if waiting.count == 1 else f"{waiting.count:,} tasks wait"
    people = "1 person" if waiting.people == 1 else f"{waiting.people:,} people"
    return f"{tasks}, of {people}; the longest for {_age(waiting.asked_at, now)}"


def _flight(overview: Overview, now: int) -> list[str]:
    groups = {state: overview.tasks.get(state, _NOTHING) for state in _IN_FLIGHT}
    rows = [(state, f"{each.count:,}", _age(each.submitted_at, now)) for state, each in groups.items()]
    return _table(("state", "tasks", "oldest"), rows)


def _deliveries(overview: Overview, now: int) -> str:
    if not overview.delivering:
        return "none under way"
    return f"{overview.delivering:,} under way, the oldest for {_age(overview.delivering_since, now)}"


def _spend(budgets: Iterable[Budget]) -> list[str]:
    rows = [
        (
            each.window.key,
            usd_text(each.spent),
            usd_text(each.reserved),
            "none" if each.limit is None else usd_text(each.limit),
        )
        for each in budgets
    ]
    return _table(("window", "settled", "reserved", "limit"), rows)


def _age(since: int | None, now: int) -> str:
    return "-" if since is None else seconds_text((now - since) / 1000)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Align what stands below each other."""
    all_rows = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*all_rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in all_rows
    ]


def _part(name: str, lines: Iterable[str]) -> list[str]:
    """Write a part's name before its first line, and as much room before the others."""
    return [f"{name if number == 0 else '':<{_MARGIN}}{line}" for number, line in enumerate(lines)]
