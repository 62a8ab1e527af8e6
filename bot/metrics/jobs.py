"""Jobs and tasks: how many come, go on and are posted, and how long that takes."""

from collections.abc import Mapping
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram

_JOB_BUCKETS = (2.5, 5, 10, 20, 30, 60, 120, 300, 900, 3600)
_DELIVERY_BUCKETS = (0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900)


class JobMetrics:
    """Counts for the worker of one process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._accepted = Counter(
            "spark_bot_jobs_accepted", "Jobs that this process has accepted.", registry=registry
        )
        self._claimed = Counter("spark_bot_tasks_claimed", "Tasks that it has claimed.", registry=registry)
        self._changes = cache(
            Counter(
                "spark_bot_task_changes",
                "Tasks that came to a state, but for running.",
                ["state"],
                registry=registry,
            ).labels
        )
        self._failed_rounds = cache(
            Counter("spark_bot_failed_rounds", "Rounds that failed.", ["round"], registry=registry).labels
        )
        self._jobs = Histogram(
            "spark_bot_job_duration_seconds",
            "From a job's acceptance until its result was posted.",
            buckets=_JOB_BUCKETS,
            registry=registry,
        )
        self._deliveries = Histogram(
            "spark_bot_delivery_duration_seconds",
            "From when a job's last task was seen to have ended until its result was posted.",
            buckets=_DELIVERY_BUCKETS,
            registry=registry,
        )

    def accepted(self) -> None:
        """Count a job that was accepted."""
        self._accepted.inc()

    def claimed(self, tasks: int) -> None:
        """Count tasks that were claimed."""
        self._claimed.inc(tasks)

    def changed(self, state: str) -> None:
        """Count a task that came to a state."""
        self._changes(state).inc()

    def round_failed(self, name: str) -> None:
        """Count a round of the worker's that failed."""
        self._failed_rounds(name).inc()

    def posted(self, seconds: Mapping[str, float]) -> None:
        """Time a job that was posted: after how many seconds it was "posted", and "seen" to have ended before."""
        if (posted := seconds.get("posted")) is None:
            return
        self._jobs.observe(posted)
        if (seen := seconds.get("seen")) is not None:
            self._deliveries.observe(posted - seen)
