"""What a task will cost and how long it will take: the settings first, then what recent tasks really did."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

import spark
from bot.domain.durations import Durations
from bot.domain.jobs import Task, TaskOrder

_RECENT = 20


class Estimates:
    """Learns from every task that ends; prices are nano-dollars, times are seconds."""

    def __init__(self, first_prices: Mapping[str, int]) -> None:
        self._first_prices = first_prices
        self._costs: defaultdict[tuple[str, int, int], deque[int]] = defaultdict(lambda: deque(maxlen=_RECENT))
        self._costs_of_model: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_RECENT))
        self._seconds: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_RECENT))

    def learn(self, task: Task) -> None:
        """Take a succeeded task's cost and duration into account."""
        if task.cost_nano is not None:
            self._costs[_priced_alike(task.model, task.width, task.height)].append(task.cost_nano)
            self._costs_of_model[task.model].append(task.cost_nano)
        if task.submitted_at is not None and task.ended_at is not None:
            self._seconds[task.model].append((task.ended_at - task.submitted_at) / 1000)

    def price(self, order: TaskOrder) -> int:
        """Expect the highest recent cost of the same kind, so that a budget is hardly ever passed."""
        return self.price_of(order.model, order.width, order.height)

    def price_of(self, model: str, width: int, height: int) -> int:
        """Expect what a picture of one model and size costs; of a new size, never less than the setting says."""
        recent = self._costs.get(_priced_alike(model, width, height))
        return max(recent) if recent else max(self._first_prices[model], self.usual_price(model))

    def usual_price(self, model: str) -> int:
        """Expect what a model's picture costs, whatever its size: the highest recent cost of any."""
        return max(self._costs_of_model.get(model, ()), default=self._first_prices[model])

    def durations(self, models: Iterable[str]) -> Mapping[str, Durations]:
        """Tell how long the recent tasks of some models took."""
        return {model: Durations.of(self._seconds.get(model, ())) for model in set(models)}


def _priced_alike(model: str, width: int, height: int) -> tuple[str, int, int]:
    """Name what is expected to cost alike: a size of its own where it is chosen, else all that a model makes.

    What a model makes of somebody's picture is about as large as that picture, and hardly any size is seen twice.
    """
    return (model, width, height) if model == spark.TextToImage.name else (model, 0, 0)
