"""What a task will cost and how long it will take: the settings first, then what recent tasks really did."""

import math
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from bot.domain.jobs import Task, TaskOrder

_RECENT = 20
_FIRST_SECONDS = 15.0


class Estimates:
    """Learns from every task that ends; prices are nano-dollars, times are seconds."""

    def __init__(self, first_prices: Mapping[str, int]) -> None:
        self._first_prices = first_prices
        self._costs: defaultdict[tuple[str, int, int], deque[int]] = defaultdict(lambda: deque(maxlen=_RECENT))
        self._seconds: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_RECENT))

    def learn(self, task: Task) -> None:
        """Take a succeeded task's cost and duration into account."""
        if task.cost_nano is not None:
            self._costs[task.model, task.width, task.height].append(task.cost_nano)
        if task.submitted_at is not None and task.ended_at is not None:
            self._seconds[task.model].append((task.ended_at - task.submitted_at) / 1000)

    def price(self, order: TaskOrder) -> int:
        """Expect the highest recent cost of the same model and size, so that a budget is hardly ever passed."""
        recent = self._costs.get((order.model, order.width, order.height))
        return max(recent) if recent else self._first_prices[order.model]

    def seconds(self, model: str) -> float:
        """Expect what three of four recent tasks of the model did not pass."""
        recent = sorted(self._seconds.get(model, ()))
        return recent[math.ceil(len(recent) * 0.75) - 1] if recent else _FIRST_SECONDS

    def seconds_until_ready(self, models: Sequence[str], ahead: int, at_once: int) -> float:
        """Expect how long a job takes whose tasks start after `ahead` others, `at_once` at the same time."""
        longest = max(self.seconds(model) for model in models)
        return longest * math.ceil((ahead + len(models)) / at_once)
