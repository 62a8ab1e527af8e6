"""How long tasks of one kind take: a life table, learnt from looks, that forgets.

A look tells either that a task was still at work or that it had ended at some moment since the look before. To
take the look's moment for the end would draw the law towards the looks. So time is cut into steps, each look is
counted over the steps since the look before, and the hazard of a step, the chance that what reaches it ends in it,
is

    (ends + w prior hazard) / (tasks at risk + w),  where the prior weighs as much as w tasks.

Tasks that are still running teach too: they were at risk, and did not end. An end is shared out among the steps
where it may lie as the law so far has it, the self-consistency of Turnbull (J. Royal Statistical Society B 38,
1976), here one look at a time; both counts are smoothed over neighbouring steps, since looks often fall on the
same moments.

What was learnt is forgotten as new tasks come, and at once where the world has changed: every few looks it keeps
as much weight as it is likely to hold still, which Bayes' rule tells from how well it foretold them beside the
prior, which knows nothing.
"""

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

_STEP: Final = math.log(1.03)
"""The logarithm by which one moment follows another: about 0.4 s at 12 s."""
MOMENTS: Final = (0.0, *(math.exp(_STEP * step) for step in range(194)))
"""Seconds from a task's beginning, up to five minutes, at which the law is known."""
_MEDIAN: Final = 12.0
_SPREAD: Final = 0.45
"""Of the lognormal law that holds until something is learnt: two tasks in three take 8 to 19 seconds."""
_WEIGHT: Final = 0.5
"""Tasks that the prior weighs as much as."""
_REACH: Final = 3
"""Steps to either side that are averaged, twice; a mean distance of 8 % of the time."""
_BATCH: Final = 12
"""Looks after which the law is renewed."""
_ALARM: Final = 2.0
"""Surprise at which it is renewed sooner; the logarithm of odds."""
_CHANGE: Final = 0.05
"""How likely it is beforehand that the world has changed since the last renewal."""
_MEMORY: Final = 100.0
"""Tasks that come to a step until those before them count less than half."""


def _prior_survival(seconds: float) -> float:
    return math.erfc(math.log(seconds / _MEDIAN) / (_SPREAD * math.sqrt(2))) / 2 if seconds else 1.0


_PRIOR: Final = tuple(map(_prior_survival, MOMENTS))
_PRIOR_HAZARD: Final = tuple(1 - after / before for before, after in pairwise(_PRIOR))


class LifeTable:
    """Learns from looks how likely a task is to be unfinished at each of `MOMENTS`."""

    def __init__(self) -> None:
        self.survival: Sequence[float] = _PRIOR
        """How likely a task is to be unfinished at each of `MOMENTS`, as of the last renewal."""
        self.ended = 0
        """How many tasks were found ended."""
        self._ends = [0.0] * len(_PRIOR_HAZARD)
        self._at_risk = [0.0] * len(_PRIOR_HAZARD)
        self._forget()

    @property
    def stale(self) -> bool:
        """Tell whether enough was recorded for the law to be renewed."""
        return self._looks >= _BATCH or self._surprise > _ALARM

    def unfinished(self, seconds: float) -> float:
        """Tell how likely a task is to be unfinished after so many seconds."""
        if seconds >= MOMENTS[-1]:
            return self.survival[-1]
        step = int(math.log(seconds) / _STEP) + 1 if seconds > 1 else 0
        share = (seconds - MOMENTS[step]) / (MOMENTS[step + 1] - MOMENTS[step])
        return self.survival[step] + share * (self.survival[step + 1] - self.survival[step])

    def record(self, after: float, by: float, *, ended: bool) -> None:
        """Take note of a look at a task that was unfinished `after` seconds from its beginning.

        `by` is when this look was, in the same seconds, and `ended` whether it found the task ended.
        """
        self.ended += ended
        first = nearest(after)
        beyond = max(first + 1, nearest(by))
        if beyond >= len(MOMENTS):
            return
        self._looks += 1
        self._surprise += math.log(_likelihood(_PRIOR, first, beyond, ended=ended))
        self._surprise -= math.log(_likelihood(self.survival, first, beyond, ended=ended))
        law = self.survival
        among = law[first] - law[beyond]
        for step in range(first, beyond):
            self._new_ends[step] += (law[step] - law[step + 1]) / among if ended else 0.0
            self._new_at_risk[step] += (law[step] - law[beyond]) / among if ended else 1.0

    def renew(self) -> None:
        """Take what was recorded into the law."""
        held = 1 / (1 + _CHANGE * math.exp(min(self._surprise, 50.0)))
        kept = [held / (1 + new / _MEMORY) for new in self._new_at_risk]
        self._ends = [old * share + new for old, share, new in zip(self._ends, kept, self._new_ends, strict=True)]
        self._at_risk = [
            old * share + new for old, share, new in zip(self._at_risk, kept, self._new_at_risk, strict=True)
        ]
        counts = zip(_smooth(self._ends), _smooth(self._at_risk), _PRIOR_HAZARD, strict=True)
        staying = (1 - (ends + _WEIGHT * prior) / (at_risk + _WEIGHT) for ends, at_risk, prior in counts)
        self.survival = tuple(accumulate(staying, float.__mul__, initial=1.0))
        self._forget()

    def _forget(self) -> None:
        self._new_ends = [0.0] * len(_PRIOR_HAZARD)
        self._new_at_risk = [0.0] * len(_PRIOR_HAZARD)
        self._looks = 0
        self._surprise = 0.0


def nearest(seconds: float) -> int:
    """Give the place in `MOMENTS` of the one that is nearest, on a scale of shares."""
    return min(max(0, round(math.log(seconds) / _STEP)) + 1, len(MOMENTS) - 1) if seconds > 0.5 else 0


def _likelihood(survival: Sequence[float], first: int, beyond: int, *, ended: bool) -> float:
    staying = survival[beyond] / survival[first]
    return 1 - staying if ended else staying


def _smooth(counts: Sequence[float]) -> Sequence[float]:
    for _ in range(2):
        sums = (0.0, *accumulate(counts))
        last = len(counts)
        windows = ((max(0, step - _REACH), min(last, step + _REACH + 1)) for step in range(last))
        counts = [(sums[end] - sums[start]) / (end - start) for start, end in windows]
    return counts
