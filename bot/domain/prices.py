"""What a picture is expected to cost: what its like really cost lately, but for a price far above the others.

A price that is paid once and never again must not shut a model off for everybody: it is left out as soon as there
is another to compare it with, and where there is none, in favour of the operator's estimate. What is older than a
day can only make a picture cheaper than that estimate, so that dear ones are forgotten with time too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Final, NamedTuple, TypeAlias

import spark

RECENT: Final = 20
"""How many of the newest pictures of one kind are compared."""
LATEST_COUNTS: Final = 60 * 60_000
"""Milliseconds for which the newest real price is the least that the next picture is expected to cost."""
_FRESH: Final = 24 * 60 * 60_000
_FAR: Final = 3
"""Times the usual price: what costs more than that is odd."""

FirstPrice: TypeAlias = Callable[[str, int, int], int]
"""What a picture of a model, width and height is expected to cost before any was paid for, in nano-dollars."""


class PriceKind(NamedTuple):
    """What is expected to cost alike: each size of its own where it is chosen, else all that a model makes.

    What a model makes of somebody's picture is about as large as that picture, and hardly any size is seen twice.
    """

    model: str
    width: int
    height: int

    @classmethod
    def of(cls, model: str, width: int, height: int) -> "PriceKind":
        """Tell what pictures of a model and size are priced with."""
        return cls(model, width, height) if model in PRICED_BY_SIZE else cls(model, 0, 0)


PRICED_BY_SIZE: Final = frozenset({spark.TextToImage.name})
"""The models whose sizes have prices of their own."""


@dataclass(frozen=True, slots=True)
class Price:
    """What is expected to be paid, in nano-dollars."""

    nano: int
    learnt: bool
    """Whether it is known, since such pictures were paid for or the operator knows it; else it is an estimate."""

    def __add__(self, other: "Price") -> "Price":
        return Price(self.nano + other.nano, self.learnt and other.learnt)

    def __mul__(self, count: int) -> "Price":
        return Price(self.nano * count, self.learnt)


NOTHING: Final = Price(0, learnt=True)


@dataclass(frozen=True, slots=True)
class Paid:
    """What one picture really cost (nano-dollars), and when that was told (Unix milliseconds)."""

    cost: int
    at: int


def learnt_price(paid: Sequence[Paid], estimate: int, now: int) -> int | None:
    """Expect what the next picture of a kind costs from those that were paid for; None where they do not tell."""
    fresh = [each.cost for each in paid if each.at > now - _FRESH]
    if fresh:
        return _highest_usual(fresh, estimate)
    aged = _highest_usual([each.cost for each in paid], estimate) if paid else None
    return aged if aged is not None and aged <= estimate else None


def is_odd(cost: int, others: Sequence[int]) -> bool:
    """Whether a price is far above what others of its kind cost."""
    return bool(others) and cost > _FAR * median_low(others)


def _highest_usual(costs: Sequence[int], estimate: int) -> int | None:
    """Give the highest of some costs that is not odd, so that a budget is hardly ever passed."""
    if len(costs) == 1:
        return None if is_odd(costs[0], [estimate]) else costs[0]
    highest_usual = _FAR * median_low(costs)
    return max(cost for cost in costs if cost <= highest_usual)
