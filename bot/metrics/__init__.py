"""What the bot counts and times, on a registry of its own: those who count are handed a part of it by `app.py`.

Names and units are by Prometheus' conventions. No label tells of a person, a server or a channel.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from prometheus_client import CollectorRegistry, ProcessCollector, disable_created_metrics, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from bot.metrics.discord import DiscordMetrics
from bot.metrics.jobs import JobMetrics
from bot.metrics.process import Children, LoopLag, build_info
from bot.metrics.refusals import RefusalMetrics
from bot.metrics.spark import SparkMetrics
from bot.metrics.store import StoreMetrics
from spark.clock import Clock

__all__ = [
    "CONTENT_TYPE",
    "DiscordMetrics",
    "JobMetrics",
    "Metrics",
    "RefusalMetrics",
    "SparkMetrics",
    "StoreMetrics",
]

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class Metrics:
    """All instruments of one bot."""

    def __init__(self, clock: Clock) -> None:
        """Build with the clock by which Discord's refusals grow old."""
        # a second line for each counter, which nobody asks for
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self.jobs = JobMetrics(self._registry)
        self.refusals = RefusalMetrics(self._registry)
        self.spark = SparkMetrics(self._registry)
        self.discord = DiscordMetrics(self._registry, clock)
        self.store = StoreMetrics(self._registry)
        self._loop_lag = LoopLag(self._registry)
        build_info(self._registry)
        ProcessCollector(registry=self._registry)
        self._registry.register(Children())

    def add(self, collector: Collector) -> None:
        """Add what is read only when somebody asks."""
        self._registry.register(collector)

    def text(self) -> bytes:
        """Write everything as Prometheus reads it; takes milliseconds, and may do so in a thread."""
        return generate_latest(self._registry)

    @contextmanager
    def watching_the_loop(self) -> Iterator[Self]:
        """Time how late the running event loop is while the block runs."""
        with self._loop_lag.watching():
            yield self
