"""Refusals: how often people are told no, and by whom."""

from functools import cache

from prometheus_client import CollectorRegistry, Counter


class RefusalMetrics:
    """Counts refusals by who says no."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._refusals = cache(
            Counter("spark_bot_refusals", "Refusals, by who says no.", ["refuser"], registry=registry).labels
        )

    def refused(self, refuser: str) -> None:
        """Count one."""
        self._refusals(refuser).inc()
