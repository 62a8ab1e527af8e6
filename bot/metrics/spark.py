"""Spark: what it was asked, how it answered and after how long."""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram

import spark

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

    def heard(self, outcome: spark.Outcome) -> None:
        """Count what came of a request."""
        request = "look" if outcome.model is None else "submit"
        told = outcome.task.status if outcome.task is not None else type(outcome.error).__name__
        self._answers(request, told).inc()
        self._durations(request).observe(outcome.seconds)
