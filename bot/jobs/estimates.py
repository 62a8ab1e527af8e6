"""What a task will cost and how long it will take: the settings first, then what recent tasks really did."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import Final

import structlog

from bot.domain.durations import Durations
from bot.domain.jobs import Task, TaskOrder
from bot.domain.money import usd_text
from bot.domain.prices import RECENT, FirstPrice, Paid, Price, PriceKind, is_odd, learnt_price
from spark.clock import Clock

_log = structlog.get_logger()
_RENEWED_EVERY: Final = 60_000
"""Milliseconds."""


class Estimates:
    """Learns from every task that ends; prices are nano-dollars, times are seconds."""

    def __init__(self, first_price: FirstPrice, clock: Clock, *, exact: bool = False) -> None:
        """Build with the operator's prices, and whether those are known to be Spark's."""
        self._exact = exact
        self._first_price = first_price
        self._clock = clock
        self._paid: defaultdict[PriceKind, deque[Paid]] = defaultdict(lambda: deque(maxlen=RECENT))
        self._learnt: dict[PriceKind, tuple[int | None, int]] = {}
        """What each kind that was paid for is known to cost, and until when (Unix milliseconds)."""
        self._seconds: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=RECENT))

    def learn(self, task: Task) -> None:
        """Take a succeeded task's cost and duration into account; a price far above the others is logged."""
        if task.cost_nano is not None and task.ended_at is not None:
            kind = PriceKind.of(task.model, task.width, task.height)
            paid = self._paid[kind]
            if is_odd(task.cost_nano, [each.cost for each in paid]):
                size = f"{task.width}×{task.height}"
                _log.warning(
                    "price.odd", task=task.name, model=task.model, size=size, cost=usd_text(task.cost_nano)
                )
            paid.append(Paid(task.cost_nano, task.ended_at))
            self._renewed(kind)
        if task.submitted_at is not None and task.ended_at is not None:
            self._seconds[task.model].append((task.ended_at - task.submitted_at) / 1000)

    def price(self, order: TaskOrder | Task) -> Price:
        """Expect what an ordered picture costs."""
        return self.price_of(order.model, order.width, order.height)

    def price_of(self, model: str, width: int = 0, height: int = 0) -> Price:
        """Expect what a picture of one model and size costs; a new size, no less than smaller ones did.

        What is larger never costs less: where smaller and larger ones cost the same, so does what is between.
        """
        kind = PriceKind.of(model, width, height)
        if (learnt := self._known(kind)) is not None:
            return Price(learnt, learnt=True)
        known = {k: cost for k in self._paid if k.model == model and (cost := self._known(k)) is not None}
        least = max((cost for k, cost in known.items() if k.width * k.height <= width * height), default=0)
        most = min((cost for k, cost in known.items() if k.width * k.height >= width * height), default=None)
        if most == least:
            return Price(least, learnt=True)
        return Price(max(self._first_price(*kind), least), learnt=self._exact)

    def durations(self, models: Iterable[str]) -> Mapping[str, Durations]:
        """Tell how long the recent tasks of some models took."""
        return {model: Durations.of(self._seconds.get(model, ())) for model in set(models)}

    def _known(self, kind: PriceKind) -> int | None:
        """Tell what a kind is known to cost; people wait for it, and what was paid ages by the day."""
        learnt, until = self._learnt.get(kind, (None, 0))
        return learnt if kind not in self._paid or self._clock.now_ms() < until else self._renewed(kind)

    def _renewed(self, kind: PriceKind) -> int | None:
        now = self._clock.now_ms()
        learnt = learnt_price(self._paid[kind], self._first_price(*kind), now)
        self._learnt[kind] = learnt, now + _RENEWED_EVERY
        return learnt
