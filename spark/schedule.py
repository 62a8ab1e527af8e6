"""When to look at running tasks: each look where it is worth most.

A task ends at a moment T that nobody tells, and only a look can find it ended. Every look costs one request, and
between a task's end and the look that finds it a person waits. What is the best that so many looks can do?

*Exactly.* Let S(t) be how likely a task is to be unfinished at t, and F = 1 - S. With a price c for a look,
counted in seconds of waiting, let V(x) be the least cost still to come at a look at x, weighted by how likely it
is to find the task unfinished. The next look, at y, is paid for if the look at x did not find the end, so

    V(x) = min over y > x of  c S(x) + ∫ F(t) - F(x) dt from x to y + V(y),

whose integral is the expected wait of a task that ends between x and y until the look at y. This is the problem of
Barlow, Hunter and Proschan (Optimum checking procedures, J. SIAM 11, 1963). Their recursion needs a density with
one hump, and a starting point found by trial; a law that is learnt has as many humps as it likes. On a grid of
moments the equation can be solved backwards as it stands. With A the integral of F, its right side is

    c S(x) + x F(x) - A(x) + min over y of  [V(y) + A(y)] - y F(x):

a straight line in F(x) for each y. F falls on the way back, and the lines come in the order of their slopes, so
that the lower envelope is kept in a queue and the whole is solved in one pass (`solve`).

*In the limit* of many looks their density is the square root of the hazard over twice the price (Keller, Optimum
checking schedules for systems subject to random failure, Management Science 21, 1974): where tasks are four times
as likely to end, looks come twice as often. For three looks a task it is two per cent worse than the exact
solution.

*How many looks* may be spent is said by an interval: as many as looks at that interval would take, which for a
known law is the sum of S(0), S(interval), S(2 interval) and so on. The price that spends just as many is found by
halving. For twelve seconds and a standard deviation of three, looks at 10.4, 12.2, 13.6, 15.0 … find a task 1.0 s
after its end; every five seconds, three looks too, it takes 2.5 s. Quick tasks get two looks all the same.

*What is promised must be worth it.* A law learnt from few tasks has bumps that are chance alone, and a plan made
for them promises more than it holds. Where tasks end without memory, the plain interval is the best plan there is;
it is taken wherever the other promises less than three tenths off.
"""

import math
import random
from collections import deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise, takewhile
from typing import Final, Protocol

from spark.life_table import MOMENTS, LifeTable, nearest

_KNOWN: Final = 0.005
"""How likely a task is to be unfinished where the law is not known any more."""
_WORTH: Final = 0.7
"""The share of the plain interval's wait that a plan may promise at most."""
_CHEAPEST: Final = 0.001
_DEAREST: Final = 100.0
"""Seconds of waiting that a look is worth, at least and at most."""
_HALVINGS: Final = 9
"""How often the span between their logarithms is halved: the price is right within two per cent."""
_LEAST_LOOKS: Final = 2.0
"""How many may be spent on quick tasks, where one would have to wait for the slowest of them."""
_SCOUTS: Final = 3
"""How many tasks of an unknown kind are looked at from their first second on, until as many have ended."""
_DITHER: Final = 0.1
"""The share of a pause by which chance moves a look: between looks that never move nothing is learnt."""
_SHORTEST: Final = 0.25
_TRUST: Final = 3.0
"""How many times nearer or further than planned progress may lead a look: it is seldom linear."""
_LOOK_BEFORE: Final = 0.85
"""The share of its time at which a task of before is taken to have been looked at last without having ended."""
_KINDS: Final = 200
"""How many kinds are kept, those that were asked for last."""


class Schedule(Protocol):
    """Decides when tasks are looked at, and hears what each look found.

    Tasks of one `kind` take about as long as each other; times are seconds from a task's beginning.
    """

    def next_look(self, kind: Hashable, elapsed: float, progress: float | None = None) -> float:
        """Tell in how many seconds to look again at a task that was unfinished at `elapsed`.

        `progress` is what the last look told, 0 to 1, where it told any.
        """
        ...

    def likelihood(self, kind: Hashable, after: float, elapsed: float) -> float:
        """Tell how likely a task that was unfinished at `after` is to have ended by `elapsed`."""
        ...

    def record(self, kind: Hashable, after: float, by: float, *, ended: bool) -> None:
        """Take note of what a look at `by` found at a task that was unfinished at `after`."""
        ...

    def recall(self, kind: Hashable, found_at: float) -> None:
        """Take note of a task of before, of which only is known when it was found ended."""
        ...


@dataclass(frozen=True, slots=True)
class GrowingIntervals:
    """Looks again after a fixed share of the time already waited, so that a look is late by that share at most.

    Where Spark tells progress, the next look goes to the expected end.
    """

    share: float = 0.15
    shortest: float = 1.0
    longest: float = 15.0

    def next_look(self, kind: Hashable, elapsed: float, progress: float | None = None) -> float:  # noqa: ARG002 - one plan for all kinds
        """Tell in how many seconds to look again at a task that was unfinished at `elapsed`."""
        return self._bounded(_led(self._bounded(elapsed * self.share), elapsed, progress))

    def likelihood(self, kind: Hashable, after: float, elapsed: float) -> float:  # noqa: ARG002
        """Tell how likely it is to have ended where all orders of magnitude are alike."""
        return 1 - after / elapsed if elapsed else 0.0

    def record(self, kind: Hashable, after: float, by: float, *, ended: bool) -> None:
        """Learn nothing: the intervals are the same whatever tasks took before."""

    def recall(self, kind: Hashable, found_at: float) -> None:
        """Learn nothing of tasks of before either."""

    def _bounded(self, seconds: float) -> float:
        return min(max(seconds, self.shortest), self.longest)


class LearntIntervals:
    """Looks where tasks of a kind are likely to end, as often as looks every `interval` seconds would.

    What a kind's tasks take is learnt from the looks. Past the time that nearly all of them take, and for the
    first few tasks of a kind, intervals grow.
    """

    def __init__(self, rng: random.Random, interval: float = 5.0) -> None:
        self._rng = rng
        self._interval = interval
        self._growing = GrowingIntervals()
        self._first_plan = _plan_for_the_unknown(interval)
        self._kinds: dict[Hashable, _Kind] = {}

    def next_look(self, kind: Hashable, elapsed: float, progress: float | None = None) -> float:
        """Tell in how many seconds to look again at a task that was unfinished at `elapsed`."""
        known = self._known(kind)
        known.begun += not elapsed
        scouted = known.table.ended >= _SCOUTS
        if known.table.stale or (scouted and known.plan is self._first_plan):
            known.table.renew()
            known.plan = plan_looks(known.table, self._interval)
        step = nearest(elapsed)
        scouting = not scouted and (elapsed > 0 or known.begun <= _SCOUTS)
        if scouting or step >= len(known.plan):
            return self._growing.next_look(kind, elapsed, progress)
        pause = (known.plan[step] - elapsed) * self._rng.uniform(1 - _DITHER, 1 + _DITHER)
        return _led(max(pause, _SHORTEST), elapsed, progress)

    def likelihood(self, kind: Hashable, after: float, elapsed: float) -> float:
        """Tell how likely a task that was unfinished at `after` is to have ended by `elapsed`."""
        known = self._known(kind)
        if nearest(after) >= len(known.plan):
            return self._growing.likelihood(kind, after, elapsed)
        return 1 - known.table.unfinished(elapsed) / known.table.unfinished(after)

    def record(self, kind: Hashable, after: float, by: float, *, ended: bool) -> None:
        """Take note of what a look at `by` found at a task that was unfinished at `after`."""
        self._known(kind).table.record(after, by, ended=ended)

    def recall(self, kind: Hashable, found_at: float) -> None:
        """Take note of a task of before, of which only is known when it was found ended."""
        unfinished_at = found_at * _LOOK_BEFORE
        self.record(kind, 0.0, unfinished_at, ended=False)
        self.record(kind, unfinished_at, found_at, ended=True)

    def _known(self, kind: Hashable) -> "_Kind":
        known = self._kinds.pop(kind, None) or _Kind(LifeTable(), self._first_plan)
        self._kinds[kind] = known  # behind all others
        if len(self._kinds) > _KINDS:
            del self._kinds[next(iter(self._kinds))]
        return known


@dataclass(slots=True)
class _Kind:
    table: LifeTable
    plan: Sequence[float]
    begun: int = 0
    """How many of its tasks were asked for from their beginning."""


def plan_looks(table: LifeTable, interval: float) -> Sequence[float]:
    """Give the moment of the next look for a task unfinished at each of `MOMENTS`, as far as the law is known.

    `interval` says how many looks may be spent, and is kept to where the best plan is hardly better.
    """
    known = sum(1 for _ in takewhile(lambda unfinished: unfinished > _KNOWN, table.survival[:-1])) + 1
    moments, survival = MOMENTS[:known], table.survival[:known]
    plain = sum(table.unfinished(look * interval) for look in range(math.ceil(moments[-1] / interval)))
    cheap, dear = _CHEAPEST, _DEAREST
    for _ in range(_HALVINGS):
        price = math.sqrt(cheap * dear)
        cheap, dear = (
            (price, dear) if solve(moments, survival, price).looks > max(plain, _LEAST_LOOKS) else (cheap, price)
        )
    best = solve(moments, survival, dear)
    if best.wait > _WORTH * (plain * interval - _areas(moments, survival)[-1]):
        return [moment + interval for moment in moments[:-1]]
    return [moments[look] for look in best.following]


@cache
def _plan_for_the_unknown(interval: float) -> Sequence[float]:
    return plan_looks(LifeTable(), interval)


@dataclass(frozen=True, slots=True)
class Solution:
    """The looks that cost least."""

    following: Sequence[int]
    """The place of the next look for a task that was unfinished at each moment but the last."""
    looks: float
    """How many are expected."""
    wait: float
    """The seconds that are expected between a task's end and the look that finds it."""


def solve(moments: Sequence[float], survival: Sequence[float], price: float) -> Solution:
    """Solve the equation at the head of this module for looks at `moments`, the last of which finds every end.

    `survival` is how likely a task is to be unfinished at each, and `price` what a look costs, in seconds.
    """
    ended = [1 - unfinished for unfinished in survival]
    areas = _areas(moments, ended)
    last = len(moments) - 1
    following, cost, looks = [last] * last, 0.0, [0.0] * (last + 1)
    lines: deque[_Line] = deque()
    """The lower envelope, the steepest first."""
    for now in reversed(range(last)):
        line = (moments[now + 1], cost + areas[now + 1], now + 1)
        while len(lines) > 1 and _is_hidden(lines[-1], lines[-2], line):
            lines.pop()
        lines.append(line)
        while len(lines) > 1 and _at(ended[now], lines[0]) >= _at(ended[now], lines[1]):
            lines.popleft()
        following[now] = lines[0][2]
        looks[now] = survival[now] + looks[following[now]]
        cost = price * survival[now] + moments[now] * ended[now] - areas[now] + _at(ended[now], lines[0])
    return Solution(following, looks[0], cost - price * looks[0])


_Line = tuple[float, float, int]
"""How steeply it falls, how high it is where nothing has ended, and the place of the look that it stands for."""


def _at(ended: float, line: _Line) -> float:
    fall, height, _ = line
    return height - fall * ended


def _is_hidden(line: _Line, before: _Line, behind: _Line) -> bool:
    """Tell whether a line is nowhere lower than both of its neighbours, a steeper one and a flatter one."""
    return (line[1] - behind[1]) * (before[0] - behind[0]) >= (before[1] - behind[1]) * (line[0] - behind[0])


def _areas(moments: Sequence[float], heights: Sequence[float]) -> Sequence[float]:
    """Integrate up to each moment, by trapezia."""
    pieces = zip(pairwise(moments), pairwise(heights), strict=True)
    return tuple(accumulate(((end - start) * (a + b) / 2 for (start, end), (a, b) in pieces), initial=0.0))


def _led(planned: float, elapsed: float, progress: float | None) -> float:
    """Lead a look to where `progress` expects the end, but not far from where it was planned."""
    if not progress:
        return planned
    return min(max(elapsed * (1 - progress) / progress, planned / _TRUST), planned * _TRUST)
