"""A task: one paid piece of Spark's work, as Spark tells of it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from spark.codes import ErrorCode, explain_code
from spark.errors import TaskFailed


class TaskStatus(StrEnum):
    """Where a task stands."""

    PENDING = "pending"
    QUEUED = "queued"
    PROCESSING = "processing"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """A word that nobody knows; treated as not finished."""


@dataclass(frozen=True, slots=True)
class ResultImage:
    """One picture that Spark made; its address lives about 24 hours."""

    url: str
    size: int | None = None
    """Bytes, as Spark tells."""
    job_id: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a task used; None for whatever Spark did not tell, or told unreadably."""

    cost: Decimal
    """USD."""
    discount: Decimal | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None
    generated_images: int | None = None


@dataclass(frozen=True, slots=True)
class TaskError:
    """Why a task failed."""

    code: str | None
    """Nine digits where Spark gave a number; None where it gave none."""
    message: str


@dataclass(frozen=True, slots=True)
class Task:
    """A task at one moment."""

    id: str
    model: str
    status: TaskStatus
    status_word: str
    """The status as Spark wrote it."""
    created_at: int | None = None
    """Unix seconds."""
    progress: float | None = None
    """0 to 1; often absent."""
    images: tuple[ResultImage, ...] = ()
    usage: Usage | None = None
    """None where Spark told no cost that can be read."""
    error: TaskError | None = None

    @property
    def succeeded(self) -> bool:
        """Whether it is over and went well."""
        return self.status is TaskStatus.COMPLETED

    @property
    def failed(self) -> bool:
        """Whether it is over and went wrong."""
        return self.status is TaskStatus.FAILED

    @property
    def finished(self) -> bool:
        """Whether it is over."""
        return self.succeeded or self.failed

    @property
    def failure(self) -> ErrorCode | None:
        """Explain why it failed; None unless it did."""
        if not self.failed:
            return None
        return explain_code(self.error.code if self.error else None, self.model)

    def raise_for_failure(self) -> None:
        """Raise `TaskFailed` if the task failed."""
        if (failure := self.failure) is not None:
            message = self.error.message if self.error else ""
            raise TaskFailed(self.id, self.model, failure, message)
