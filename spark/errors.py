"""What can go wrong with Spark.

    SparkError
    ├── InvalidRequest          a parameter that the model's page calls an error; nothing was sent
    ├── ImageRefused            a picture that no model takes and that cannot be fitted; nothing was sent
    ├── TransportError          no whole answer came back
    │   ├── ConnectionFailed      no connection came about: refused, DNS, TLS
    │   ├── ConnectionLost        it broke after the request may have been written
    │   └── RequestTimeout        no answer in time
    ├── UnreadableAnswer        an answer of 2xx that is no task
    ├── SubmitRefused           an answer of 2xx to a submit that carries an error and no task
    ├── StatusError             an answer that is not 2xx
    │   ├── BadRequest            400, 422
    │   ├── Unauthorized          401: the key is missing or wrong
    │   ├── PaymentRequired       402: the account is out of credit
    │   ├── Forbidden             403: the balance is too low, or no permission
    │   ├── NotFound              404
    │   ├── RateLimited           429
    │   └── ServerError           5xx
    ├── TaskFailed              Spark ended the task with an error
    ├── TaskTimeout             the task did not end while somebody waited
    └── DownloadFailed          a result that could not be fetched from its address
        └── DownloadTooLarge      one beyond the number of bytes that was allowed

Each carries `may_have_been_accepted`: whether Spark may have taken the task on (and may charge for it)
although the call failed; only where it is False may a submit be sent again. `retryable` tells whether the
same call may go well later, and `retry_after` in how many seconds, where the answer said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spark.codes import ErrorCode


def _remade(kind: "type[SparkError]", args: tuple[Any, ...]) -> "SparkError":
    """Build an error anew from its text; its attributes follow as its state."""
    return kind.__new__(kind, *args)


class SparkError(Exception):
    """The root of everything that this package raises on purpose; it may be pickled and copied."""

    may_have_been_accepted: bool = False
    """Whether Spark may have taken the task on although this was raised."""
    retryable: bool = False
    """Whether the same call may go well later."""
    retry_after: float | None = None
    """Seconds to wait before that, where Spark said so."""

    @property
    def summary(self) -> str:
        """Say what happened without anything that Spark said: that may repeat what people have asked for."""
        return str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the text and the attributes; by itself Python would hand the text alone to `__init__`."""
        return _remade, (type(self), self.args), self.__dict__


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a request."""

    field: str
    """The vendor's name of the parameter."""
    value: object
    """What was given; None where nothing was."""
    limit: str
    """What the parameter must be, as the end of a sentence: "a number from 0 to 1"."""
    code: str | None
    """The vendor's own code for it, nine digits, where the page has one."""
    missing: bool = False
    """Whether nothing was given where something is needed."""

    def __str__(self) -> str:
        if self.missing:
            return f"{self.field} is missing: it must be {self.limit}."
        return f"{self.field} must be {self.limit}, but is {_shown(self.value)}."


class InvalidRequest(SparkError):
    """A request that the model's page calls an error; its text is a sentence for each problem.

    `field`, `value`, `limit` and `code` are those of the first problem.
    """

    def __init__(self, model: str, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(str(problem) for problem in problems))
        self.model = model
        self.problems = tuple(problems)

    @property
    def field(self) -> str:
        """Name the first parameter that is wrong."""
        return self.problems[0].field

    @property
    def value(self) -> object:
        """Give the first wrong value."""
        return self.problems[0].value

    @property
    def limit(self) -> str:
        """Say what the first wrong parameter must be."""
        return self.problems[0].limit

    @property
    def code(self) -> str | None:
        """Give the vendor's code for the first problem, where its page has one."""
        return self.problems[0].code


class ImageRefused(SparkError):
    """A picture that cannot be sent; `reason` names why, the text says it to a person."""

    def __init__(self, reason: str, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.advice = advice
        """What a person can do about this very picture, where there is more to say than the reason tells."""


class TransportError(SparkError):
    """No whole answer came back."""

    retryable = True

    def __init__(self, message: str, *, may_have_been_accepted: bool) -> None:
        super().__init__(message)
        self.may_have_been_accepted = may_have_been_accepted


class ConnectionFailed(TransportError):
    """No connection came about (refused, DNS, TLS), so nothing was sent."""

    def __init__(self, message: str) -> None:
        super().__init__(message, may_have_been_accepted=False)


class ConnectionLost(TransportError):
    """The connection broke after the request may have been written."""


class RequestTimeout(TransportError):
    """No whole answer came in time; while still connecting, nothing was sent."""


class UnreadableAnswer(SparkError):
    """An answer that says it went well and is no task: junk, empty, or too long."""

    retryable = True

    def __init__(self, status: int, body: str, *, may_have_been_accepted: bool) -> None:
        super().__init__(f"Spark answered {status} with something that is no task: {body or 'nothing'}")
        self.status = status
        self.body = body
        self.may_have_been_accepted = may_have_been_accepted

    @property
    def summary(self) -> str:
        """Say what happened without anything that Spark said."""
        return f"Spark answered {self.status} with something that is no task"


class SubmitRefused(SparkError):
    """An answer of 2xx that carries an error and no id: Spark has not taken the task on."""

    def __init__(self, message: str, *, code: ErrorCode | None = None) -> None:
        super().__init__(f"Spark refused the task: {message or (code.meaning if code else 'nothing more')}")
        self.message = message
        """Spark's own words, where it used any."""
        self.code = code
        """The documented error code, where it gave one."""


class StatusError(SparkError):
    """An answer that is not 2xx."""

    def __init__(
        self,
        status: int,
        body: str,
        *,
        message: str = "",
        code: ErrorCode | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        may_have_been_accepted: bool,
    ) -> None:
        super().__init__(f"Spark answered {status}: {message or body or 'nothing more'}")
        self.status = status
        self.body = body
        """The body, shortened."""
        self.message = message
        """What the body says in words, where it is JSON that says something."""
        self.code = code
        """The documented error code in the body, where there is one."""
        self.request_id = request_id
        self.retry_after = retry_after
        self.may_have_been_accepted = may_have_been_accepted

    @property
    def summary(self) -> str:
        """Say what happened without anything that Spark said."""
        return f"Spark answered {self.status}"


class BadRequest(StatusError):
    """400 or 422: Spark refused the parameters."""


class Unauthorized(StatusError):
    """401: the key is missing or wrong."""


class PaymentRequired(StatusError):
    """402: the account is out of credit."""


class Forbidden(StatusError):
    """403: the balance is too low, or the key has no permission."""


class NotFound(StatusError):
    """404: to a look, no such task; to a submit, no such model for this key."""


class RateLimited(StatusError):
    """429: too many requests; `retry_after` may say how long to wait."""

    retryable = True


class ServerError(StatusError):
    """5xx: Spark, or a proxy before it, is in trouble."""

    retryable = True


class TaskFailed(SparkError):
    """Spark ended the task with an error; failed tasks cost nothing, unless Spark told a cost."""

    may_have_been_accepted = True

    def __init__(self, task_id: str, model: str, code: ErrorCode, message: str) -> None:
        super().__init__(code.meaning if code.documented or not message else f"Spark failed and said: {message}")
        self.task_id = task_id
        self.model = model
        self.code = code
        self.message = message
        """Spark's own words, where it used any."""


class TaskTimeout(SparkError):
    """The task had not ended when the waiting did; it may still end later."""

    may_have_been_accepted = True

    def __init__(self, task_id: str, waited: float) -> None:
        super().__init__(f"Task {task_id} had not ended after {waited:.0f} s")
        self.task_id = task_id
        self.waited = waited


class DownloadFailed(SparkError):
    """A result could not be fetched; `status` is the answer's, None where none came."""

    may_have_been_accepted = True

    def __init__(self, message: str, *, status: int | None = None, retryable: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.retryable = retryable


class DownloadTooLarge(DownloadFailed):
    """A result has more bytes than were allowed."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"The result has more than {max_bytes} bytes")
        self.max_bytes = max_bytes


def _shown(value: object) -> str:
    if isinstance(value, str) and len(value) > _LONGEST_SHOWN:
        return f"{len(value)} characters long"
    if isinstance(value, int) and value.bit_length() > _BITS_SHOWN:  # Python writes no number of any length
        return f"a number of {value.bit_length()} bits"
    shown = repr(value)
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


_LONGEST_SHOWN = 60
_BITS_SHOWN = 128
