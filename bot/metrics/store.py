"""The database: how long each step takes, with its wait for a connection and for the commit."""

from functools import cache

from prometheus_client import CollectorRegistry, Histogram

_BUCKETS = (0.005, 0.025, 0.1, 0.5, 2.5, 10)


class StoreMetrics:
    """Times the store's steps by name."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._steps = cache(
            Histogram(
                "spark_bot_store_step_duration_seconds",
                "How long a step of the database took its caller.",
                ["step"],
                buckets=_BUCKETS,
                registry=registry,
            ).labels
        )

    def stepped(self, step: str, seconds: float) -> None:
        """Time a step, such as "TaskStore.claim"."""
        self._steps(step).observe(seconds)
