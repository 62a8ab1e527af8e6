"""The wire contract, without any I/O: build the two requests, decipher the answers.

Answers are read as tolerantly as Spark writes them: what cannot be read of a task is left out, and only an
answer from which no task can be told is an error.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from typing import Final, NoReturn
from urllib.parse import quote

from spark import errors
from spark.codes import CODES, ErrorCode, normalize_code
from spark.models import Request
from spark.tasks import ResultImage, Task, TaskError, TaskStatus, Usage
from spark.words import one_line, seen

_GENERATION: Final = "/model/v1/generation"
_TASK: Final = "/model/v1/generation/task/"
_DONE: Final = "done"
"""Another word for `completed`, seen in answers."""
_NOT_ACCEPTED: Final = frozenset({400, 401, 402, 403, 404, 405, 413, 415, 422, 429})
"""Answers that prove that no task was begun: those of the contract, and those that speak of the request itself."""
_BODY_SHOWN: Final = 300
_CODE_MAX: Final = 32
"""What is longer is prose in the place of a code."""
_ID_MAX: Final = 200
_WORD_MAX: Final = 100
"""The most characters of a word of Spark's: a status, a model."""
_MESSAGE_MAX: Final = 500
_NO_PICTURE: Final = ("video", "audio")
_REFUSED_FROM: Final = 400
"""The least of the numbers that, in the place of HTTP's status, say no."""
_COST_MAX: Final = Decimal(1_000_000)
_COST_DIGITS_MAX: Final = 30


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request, but for the address of the server and the key."""

    method: str
    path: str
    """Quoted already."""
    body: bytes | None = None

    @property
    def paid(self) -> bool:
        """Whether Spark takes money for it."""
        return self.method == "POST"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """Read without regard to case."""
    body: bytes


def generation_request(request: Request) -> HttpRequest:
    """Build the POST that submits `request`; raise `InvalidRequest` where its picture is missing."""
    request.require_complete()
    body = {"model": request.name, "input": [{"params": request.params()}]}
    return HttpRequest("POST", _GENERATION, json.dumps(body, ensure_ascii=False).encode())


def task_request(task_id: str) -> HttpRequest:
    """Build the GET that looks at a task."""
    # a lone dot or two would be read as a step in the path, quoted or not
    quoted = quote(task_id, safe="")
    if not quoted.strip("."):
        raise ValueError(f"{task_id!r} is no task id")
    return HttpRequest("GET", _TASK + quoted)


def read_task(answer: Answer, *, paid: bool, now: float, task_id: str = "", model: str = "") -> Task:
    """Decipher an answer, or raise what it means: a `StatusError`, `SubmitRefused` or `UnreadableAnswer`.

    `paid` is true for a submit. `now` is the wall clock, for a `Retry-After` with a date. `task_id` and `model`
    are what was asked for; they stand in where the answer leaves them out.
    """
    if not 200 <= answer.status < 300:
        _raise_status(answer, paid=paid, now=now)
    data = _json(answer.body)
    if isinstance(data, dict):
        told = _id(data.get("id"))
        if told or (task_id and _word(data.get("status"))):
            return _task(data, task_id or told, model)
        if paid and not data.get("id") and (error := _refusal(data)) is not None:
            raise errors.SubmitRefused(error.message, code=_documented(error))
    raise errors.UnreadableAnswer(answer.status, _shortened(answer.body), may_have_been_accepted=paid)


def retry_after(value: str | None, now: float) -> float | None:
    """Read a `Retry-After` (seconds or a date) as seconds from `now`; None where there is none to be read."""
    if value is None:
        return None
    if re.fullmatch(r"\s*\d{1,9}(\.\d{1,9})?\s*", value, re.ASCII):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now)


def _raise_status(answer: Answer, *, paid: bool, now: float) -> NoReturn:
    error = _error(_json(answer.body)) or TaskError(None, "")
    raise _STATUS_ERRORS.get(answer.status, errors.ServerError if answer.status >= 500 else errors.StatusError)(
        answer.status,
        _shortened(answer.body),
        message=error.message,
        code=_documented(error),
        request_id=_word(answer.headers.get("X-Request-Id")) or None,
        retry_after=retry_after(answer.headers.get("Retry-After"), now),
        may_have_been_accepted=paid and answer.status not in _NOT_ACCEPTED,
    )


_STATUS_ERRORS: Final[Mapping[int, type[errors.StatusError]]] = {
    400: errors.BadRequest,
    401: errors.Unauthorized,
    402: errors.PaymentRequired,
    403: errors.Forbidden,
    404: errors.NotFound,
    422: errors.BadRequest,
    429: errors.RateLimited,
}


def _task(data: Mapping[str, object], task_id: str, model: str) -> Task:
    word = _word(data.get("status"))
    status = _status(word)
    return Task(
        id=task_id,
        model=_word(data.get("model")) or model,
        status=status,
        status_word=word,
        created_at=_whole(data.get("created_at")),
        progress=_progress(data.get("progress")),
        images=tuple(_images(data.get("output"))),
        usage=_usage(data.get("usage")),
        error=_error(data) if status is TaskStatus.FAILED else None,
    )


def _status(word: str) -> TaskStatus:
    folded = word.lower()
    if folded == _DONE:
        return TaskStatus.COMPLETED
    try:
        return TaskStatus(folded)
    except ValueError:
        return TaskStatus.UNKNOWN


def _images(output: object) -> Iterator[ResultImage]:
    for group in output if isinstance(output, list) else ():
        content = group.get("content") if isinstance(group, dict) else None
        for item in content if isinstance(content, list) else ():
            if not isinstance(item, dict) or _word(item.get("type")).lower().startswith(_NO_PICTURE):
                continue
            if url := seen(_text(item.get("url"))):
                yield ResultImage(url, _whole(item.get("size")), _word(item.get("jobId")) or None)


def _usage(data: object) -> Usage | None:
    if not isinstance(data, dict) or (cost := _amount(data.get("cost"))) is None:
        return None
    return Usage(
        cost=cost,
        discount=_amount(data.get("discount")),
        input_tokens=_whole(data.get("input_tokens")),
        output_tokens=_whole(data.get("output_tokens")),
        total_tokens=_whole(data.get("total_tokens")),
        generated_images=_whole(data.get("generated_images")),
    )


def _error(data: object) -> TaskError | None:
    """Read an error in any of the forms seen: an object, a string, a `status` object, or a bare `message`."""
    if not isinstance(data, dict):
        return None
    told, status = data.get("error"), data.get("status")
    if isinstance(told, dict):
        found = told
    elif told or not isinstance(status, dict):
        found = {"code": data.get("code"), "message": told or data.get("message")}
    else:
        found = {"code": status.get("error_code"), "message": status.get("message")}
    word = _text(found.get("code"))
    code = normalize_code(word) if word.strip("0") else None  # a code of nothing but zeros is no error
    if code is not None and (len(code) > _CODE_MAX or not code.isprintable()):
        code = None
    message = _line(found.get("error_message")) or _line(found.get("message"))
    return TaskError(code, message) if code or message else None


def _refusal(data: Mapping[str, object]) -> TaskError | None:
    """Read the error of an answer of 2xx without an id; None unless it plainly says that it is one."""
    error, told, status = _error(data), data.get("error"), data.get("status")
    if error is None:
        return None
    if isinstance(told, dict):
        # "no error" is written as a code of nothing but zeros
        denied = "code" not in told or error.code is not None
    elif isinstance(status, dict):
        denied = (_whole(status.get("code")) or 0) >= _REFUSED_FROM
    else:
        denied = isinstance(told, str)
    return error if denied or _documented(error) is not None else None


def _documented(error: TaskError) -> ErrorCode | None:
    return CODES.get(error.code) if error.code else None


def _json(body: bytes) -> object:
    """Read JSON without a float in it; None where it is none."""
    try:
        return json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError, InvalidOperation):
        return None


def _text(value: object) -> str:
    """Read a string, or a whole number as one; empty for anything else."""
    if isinstance(value, bool):
        return ""
    return str(value).strip() if isinstance(value, str | int) else ""


def _id(value: object) -> str:
    """Read an id; empty where it is none that an address and a log line could carry."""
    text = _text(value)
    return text if len(text) <= _ID_MAX and seen(text) == text else ""


def _word(value: object) -> str:
    return one_line(_text(value), _WORD_MAX)


def _line(value: object) -> str:
    return one_line(_text(value), _MESSAGE_MAX)


def _whole(value: object) -> int | None:
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _progress(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value <= 1:
        return None
    return float(value)


def _amount(value: object) -> Decimal | None:
    """Read an amount that is not below zero and of a sane size; anything else is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return None
    sane = amount.is_finite() and 0 <= amount <= _COST_MAX and len(amount.as_tuple().digits) <= _COST_DIGITS_MAX
    return amount if sane else None


def _shortened(body: bytes) -> str:
    return one_line(body[: _BODY_SHOWN * 4].decode(errors="replace"), _BODY_SHOWN)
