"""Refusals: how often people are told no, and by whom."""

from prometheus_client import CollectorRegistry, Counter

from bot.metrics.families import ByLabel


class RefusalMetrics:
    """Counts refusals by who says no."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._refusals = ByLabel(
            Counter("spark_bot_refusals", "Refusals, by who says no.", ["refuser"], registry=registry)
        )

    def refused(self, refuser: str) -> None:
        """Count one."""
        self._refusals[refuser].inc()
