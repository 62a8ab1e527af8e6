"""Spark: what it was asked, how it answered and after how long."""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram

_BUCKETS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class SparkMetrics:
    """Counts submits and looks by their answers."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answers = cache(
            Counter(
                "spark_bot_spark_requests",
                "Submits to Spark and looks at it, by answer: a task's status, or the error's name.",
                ["request", "answer"],
                registry=registry,
            ).labels
        )
        self._durations = cache(
            Histogram(
                "spark_bot_spark_request_duration_seconds",
                "How long Spark took to answer.",
                ["request"],
                buckets=_BUCKETS,
                registry=registry,
            ).labels
        )

    def answered(self, request: str, answer: str, seconds: float) -> None:
        """Count a request's answer; `request` is "submit" or "look"."""
        self._answers(request, answer).inc()
        self._durations(request).observe(seconds)
