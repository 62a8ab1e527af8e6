"""The limits of work and of money, held at every moment: after each commit, whoever made it.

One task more may be at Spark where one was given up as unknown and Spark's answer came all the same: it is there
already, and needs no place to be heard of. Nothing is claimed then until there is room again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from bot.domain.states import AT_SPARK, TASKS, TaskState
from tests.kill.moments import Change, Values

_Task: TypeAlias = tuple[str, str]
_Account: TypeAlias = tuple[str, ...]
_FOLLOWS: Final = {
    state: {state, *(to for steps in rules.steps.values() for to in steps.values())}
    for state, rules in TASKS.items()
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What must never be passed."""

    at_spark: int
    """Tasks, of all processes."""
    per_person: int
    """Tasks of one person at Spark, in all servers."""
    person_day: int
    """Nano-dollars of one person in one server and day."""
    total_day: int
    """Nano-dollars of everybody in a day."""


@dataclass(slots=True)
class Peaks:
    """The most that there ever was at once."""

    at_spark: int = 0
    per_person: int = 0
    late: int = 0
    """Tasks that were given up as unknown and were at Spark."""
    commits: int = 0


@dataclass(slots=True)
class _Now:
    """What holds after the commits so far."""

    states: dict[_Task, TaskState] = field(default_factory=dict)
    fences: dict[_Task, int] = field(default_factory=dict)
    users: dict[_Task, str] = field(default_factory=dict)
    late: set[_Task] = field(default_factory=set)
    reserved: Counter[_Task] = field(default_factory=Counter)
    used: Counter[_Account] = field(default_factory=Counter)


def assert_held_at_every_moment(commits: Iterable[Sequence[Change]], limits: Limits) -> Peaks:
    """Go through all commits in their order; give how close they came to the limits of work."""
    now, peaks = _Now(), Peaks()
    for commit in commits:
        let_in: set[_Account] = set()
        claimed: set[_Task] = set()
        for change in commit:
            if change.table == "tasks":
                claimed |= _move(now, change.row)
            else:
                let_in |= _enter(now, change.row)
        at_spark = {task for task, state in now.states.items() if state in AT_SPARK}
        everybodys, on_time = (
            Counter(now.users[task] for task in some) for some in (at_spark, at_spark - now.late)
        )
        peaks.commits += 1
        peaks.late = len(now.late)
        peaks.at_spark = max(peaks.at_spark, on_time.total())
        peaks.per_person = max(peaks.per_person, *on_time.values(), 0)
        assert on_time.total() <= limits.at_spark, f"{on_time.total()} tasks at Spark"
        assert max(on_time.values(), default=0) <= limits.per_person, f"at Spark at once, by person: {on_time}"
        if claimed:
            assert everybodys.total() <= limits.at_spark, f"claimed with {everybodys.total()} tasks at Spark"
        for user in {now.users[task] for task in claimed}:
            assert everybodys[user] <= limits.per_person, f"claimed with {everybodys[user]} tasks at Spark"
        for account in let_in:
            limit = limits.total_day if account[0] == "total" else limits.person_day
            assert now.used[account] <= limit, f"{account} was let in beyond its limit"
    return peaks


def _move(now: _Now, row: Values) -> set[_Task]:
    """Take a task's new state, which has to follow the one before; give it if it is claimed by that."""
    task, state = _name(row), TaskState(_given(row, "state"))
    before, fence = now.states.get(task, TaskState.QUEUED), int(_given(row, "fence"))
    assert state in _FOLLOWS[before], f"task {task}: {before} was followed by {state}"
    assert fence >= now.fences.get(task, 0), f"task {task}: its fence fell to {fence}"
    now.states[task], now.fences[task], now.users[task] = state, fence, _given(row, "user_id")
    if before is TaskState.UNKNOWN and state is TaskState.RUNNING:
        now.late.add(task)
    return {task} if before is TaskState.QUEUED and state is TaskState.CLAIMED else set()


def _enter(now: _Now, row: Values) -> set[_Account]:
    """Take an entry of the ledger; give the accounts in which a new task was let in."""
    task, kind, amount = _name(row), _given(row, "kind"), int(_given(row, "amount_nano"))
    accounts = {
        ("person", _given(row, "guild_id"), _given(row, "user_id"), _given(row, "day")),
        ("total", _given(row, "day")),
    }
    if kind in ("reserve", "raise"):
        added = amount
        now.reserved[task] += amount
    else:
        added = (amount if kind == "settle" else 0) - now.reserved.pop(task)
    for account in accounts:
        now.used[account] += added
    # a price that has risen is let in where what others only wait with gives way
    return accounts if kind == "reserve" else set()


def _name(row: Values) -> _Task:
    return _given(row, "job_id"), _given(row, "position")


def _given(row: Mapping[str, str | None], column: str) -> str:
    value = row[column]
    assert value is not None, column
    return value
