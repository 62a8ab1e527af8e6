"""The process: how late its event loop is, what its children take, and which version it is."""

import asyncio
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Gauge, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

_EVERY: Final = 0.25
"""Seconds between two looks at the loop."""
_LAG_BUCKETS: Final = (0.005, 0.02, 0.05, 0.1, 0.25, 1, 3)


class LoopLag:
    """Times how much later than asked for the event loop calls."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._lag = Histogram(
            "spark_bot_event_loop_lag_seconds",
            "How late the event loop was, looked at four times a second.",
            buckets=_LAG_BUCKETS,
            registry=registry,
        )

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch the running loop while the block runs."""
        self._look_again(asyncio.get_running_loop())
        try:
            yield
        finally:
            self._next.cancel()

    def _look(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        self._lag.observe(max(0.0, loop.time() - due))
        self._look_again(loop)

    def _look_again(self, loop: asyncio.AbstractEventLoop) -> None:
        due = loop.time() + _EVERY
        self._next = loop.call_at(due, self._look, loop, due)


class Children(Collector):
    """What the processes take that this one has started; nothing where the system does not tell."""

    def collect(self) -> Iterator[Metric]:
        """Count them and add up their memory."""
        if not Path("/proc/thread-self/children").exists():
            return
        sizes = [_resident_bytes(child) for child in _descendants("self")]
        yield GaugeMetricFamily("spark_bot_child_processes", "Processes that this one has started.", len(sizes))
        yield GaugeMetricFamily(
            "spark_bot_child_processes_resident_memory_bytes", "What they take of memory.", sum(sizes)
        )


def _descendants(process: str) -> Iterator[str]:
    with suppress(OSError):  # it has ended meanwhile
        for thread in Path("/proc", process, "task").iterdir():
            for child in (thread / "children").read_text().split():
                yield child
                yield from _descendants(child)


def _resident_bytes(process: str) -> int:
    try:
        pages = Path("/proc", process, "statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def build_info(registry: CollectorRegistry) -> None:
    """Tell the version of the bot and of Python."""
    build = Gauge("spark_bot_build_info", "Which bot this is.", ["version", "python"], registry=registry)
    build.labels(version("spark-bot"), platform.python_version()).set(1)
