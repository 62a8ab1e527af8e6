"""How long a task takes, drawn from a distribution."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, Self


@dataclass(frozen=True, slots=True)
class Latency:
    """A distribution of durations in seconds, with other distributions for single models.

    `spread` is the standard deviation as a share of the mean; `fixed` and `instant` have none. An instant
    task is finished in the answer to its POST.
    """

    shape: Literal["lognormal", "normal", "fixed", "instant"] = "lognormal"
    mean: float = 12.0
    spread: float = 0.25
    models: Mapping[str, "Latency"] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def instant(cls) -> Self:
        """Build the latency of tasks that the POST itself answers as completed."""
        return cls("instant", 0.0, 0.0)

    @classmethod
    def fixed(cls, seconds: float) -> Self:
        """Build the latency of tasks that all take `seconds`."""
        return cls("fixed", seconds, 0.0)

    def draw(self, model: str, rng: random.Random) -> float:
        """Draw the seconds that one task of this model takes."""
        if model in self.models:
            return self.models[model].draw(model, rng)
        match self.shape:
            case "instant":
                return 0.0
            case "fixed":
                return self.mean
            case "normal":
                return max(0.1, rng.gauss(self.mean, self.mean * self.spread))
            case "lognormal":
                sigma = math.sqrt(math.log1p(self.spread**2))
                return rng.lognormvariate(math.log(self.mean) - sigma**2 / 2, sigma)


TYPICAL: Final = Latency()
