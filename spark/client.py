"""The client: submits requests, looks at tasks, waits for them, fetches their results."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, ParamSpec, Self, TypeVar
from urllib.parse import urlsplit

import aiohttp
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt
from yarl import URL

from spark import wire
from spark.addresses import web_address
from spark.clock import Clock, SystemClock
from spark.errors import DownloadFailed, DownloadTooLarge, SparkError, TaskTimeout, TransportError
from spark.models import Request
from spark.schedule import GrowingIntervals, Schedule
from spark.tasks import Task, TaskStatus
from spark.transport import Timeouts, Transport

_log = logging.getLogger(__name__)

DEFAULT_BASE_URL: Final = "https://cloud.vtrix.ai"
_CHUNK: Final = 65_536
_DOWNLOAD_MAX: Final = 64_000_000

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Retries:
    """How reads are repeated: pauses double from `first` to `longest` seconds, less up to half by chance."""

    attempts: int = 5
    first: float = 0.5
    longest: float = 8.0
    obeyed: float = 60.0
    """The longest `Retry-After` that is waited for; a longer one is the caller's to decide on."""


@dataclass(frozen=True, slots=True)
class Download:
    """A fetched result."""

    data: bytes
    content_type: str
    """As the server told, in lower case and without parameters; empty where it told none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a submit or a look: a task, or an error."""

    model: str | None
    """Which was asked for a picture; None for a look."""
    task: Task | None
    error: SparkError | None
    seconds: float
    """From the request until then."""


class Client:
    """Spark's API for one key; use it in `async with`.

    A submit is sent once and never repeated by itself; `error.may_have_been_accepted` tells whether it may be
    sent again. Reads are repeated with growing pauses.
    """

    def __init__(
        self,
        api_key: str,
        base_url: str = DEFAULT_BASE_URL,
        *,
        clock: Clock | None = None,
        rng: random.Random | None = None,
        timeouts: Timeouts | None = None,
        retries: Retries | None = None,
        on_outcome: Callable[[Outcome], None] = lambda _: None,
    ) -> None:
        """Build for a key; `on_outcome` hears of each submit that was sent and of each look."""
        if not api_key or not api_key.isascii() or not api_key.isprintable() or " " in api_key:
            raise ValueError("api_key must be printable ASCII without spaces")  # and is not shown here
        if urlsplit(base_url).scheme not in {"http", "https"} or not urlsplit(base_url).hostname:
            raise ValueError(f"base_url must be an http or https address, but is {base_url!r}")
        self._base_url = base_url.rstrip("/")
        self._clock = clock or SystemClock()
        self._rng = rng or random.Random()
        self._retries = retries or Retries()
        self._transport = Transport(self._base_url, api_key, timeouts or Timeouts())
        self._on_outcome = on_outcome
        self._strange_statuses: set[str] = set()
        self._away_since: float | None = None
        """On the monotonic clock."""

    def __repr__(self) -> str:
        return f"Client(base_url={self._base_url!r})"

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(self, *details: object) -> None:
        await self._transport.__aexit__(*details)

    @property
    def away_for(self) -> float:
        """Tell for how many seconds Spark could not be reached; 0.0 where it has answered last."""
        return 0.0 if self._away_since is None else self._clock.monotonic() - self._away_since

    async def submit(self, request: Request) -> Task:
        """Submit a request: one POST, whatever happens. The task may come back finished already.

        Raises `InvalidRequest` where its picture is missing; otherwise a `SparkError` whose
        `may_have_been_accepted` tells whether Spark may have begun (and charge for) the task.
        """
        if request.has_image:  # megabytes of JSON would hold up the event loop
            built = await asyncio.to_thread(wire.generation_request, request)
        else:
            built = wire.generation_request(request)
        read = partial(wire.read_task, paid=True, model=request.name)
        return await self._task(request.name, built, read)

    async def look(self, task_id: str) -> Task:
        """Look at a task once, without repeating."""
        read = partial(wire.read_task, paid=False, task_id=task_id)
        return await self._task(None, wire.task_request(task_id), read)

    async def get(self, task_id: str) -> Task:
        """Look at a task, repeating what fails in passing."""
        return await self._repeated(self.look, task_id)

    async def wait(
        self,
        task: Task | str,
        *,
        timeout: float = 900.0,  # noqa: ASYNC109 - counted on the clock that was handed in
        schedule: Schedule | None = None,
        on_progress: Callable[[Task], None] | None = None,
    ) -> Task:
        """Look at a task until it is finished, and give it back, failed ones too.

        Raises `TaskTimeout` after `timeout` seconds, and what `get` raises where no look will go well.
        `on_progress` is called with each unfinished look.
        """
        schedule = schedule or GrowingIntervals()
        seen = task if isinstance(task, Task) else None
        task_id = task.id if isinstance(task, Task) else task
        start = self._clock.monotonic()
        unfinished_at = 0.0
        while seen is None or not seen.finished:
            waited = self._clock.monotonic() - start
            if waited >= timeout:
                raise TaskTimeout(task_id, waited)
            model, progress = (seen.model, seen.progress) if seen else ("", None)
            pause = schedule.next_look(model, waited, progress)
            await self._clock.sleep(min(pause, timeout - waited))
            try:
                seen = await self.get(task_id)
            except SparkError as error:
                if not error.retryable:
                    raise
                _log.warning("looking at task %s failed, and goes on: %s", task_id, error.summary)
                continue
            looked = self._clock.monotonic() - start
            if not seen.failed:
                schedule.record(model, unfinished_at, looked, ended=seen.finished)
            unfinished_at = looked
            if on_progress is not None and not seen.finished:
                on_progress(seen)
        return seen

    async def download(self, url: str, *, max_bytes: int = _DOWNLOAD_MAX) -> Download:
        """Fetch a result from the address that Spark gave; the key is not sent there.

        Raises `DownloadTooLarge` beyond `max_bytes`, `DownloadFailed` where the address gives nothing (results
        live about 24 hours) or is none to fetch from (`spark.addresses`), `TransportError` where it cannot be
        reached.
        """
        return await self._repeated(self._download_once, web_address(url), max_bytes)

    async def _task(self, model: str | None, request: wire.HttpRequest, read: Callable[..., Task]) -> Task:
        """Read the task that Spark answers a request with."""
        asked_at = self._clock.monotonic()
        try:
            answer = await self._asked(request)
            task = read(answer, now=self._clock.time())
        except SparkError as error:
            self._on_outcome(Outcome(model, None, error, self._clock.monotonic() - asked_at))
            raise
        self._on_outcome(Outcome(model, task, None, self._clock.monotonic() - asked_at))
        return self._noted(task)

    async def _asked(self, request: wire.HttpRequest) -> wire.Answer:
        """Send a request to Spark itself, and note whether it can be reached."""
        try:
            answer = await self._transport.send(request)
        except TransportError:
            if self._away_since is None:
                self._away_since = self._clock.monotonic()
            raise
        self._away_since = None
        return answer

    async def _download_once(self, url: URL, max_bytes: int) -> Download:
        async with self._transport.open(url) as response:
            if response.status != 200:
                passing = response.status in {408, 425, 429} or response.status >= 500
                raise DownloadFailed(
                    f"The result's address answered {response.status}", status=response.status, retryable=passing
                )
            if (response.content_length or 0) > max_bytes:
                raise DownloadTooLarge(max_bytes)
            data = bytearray()
            async for chunk in response.content.iter_chunked(_CHUNK):
                data += chunk
                if len(data) > max_bytes:
                    raise DownloadTooLarge(max_bytes)
            if not data:
                raise DownloadFailed("The result's address answered with nothing", status=200, retryable=True)
            told = response.headers.get(aiohttp.hdrs.CONTENT_TYPE, "")
            return Download(bytes(data), told.partition(";")[0].strip().lower())

    async def _repeated(self, call: Callable[_P, Awaitable[_T]], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        retrying = AsyncRetrying(
            sleep=self._clock.sleep,
            stop=stop_after_attempt(self._retries.attempts),
            wait=self._pause,
            retry=retry_if_exception(self._worth_repeating),
            reraise=True,
        )
        return await retrying(call, *args, **kwargs)

    def _worth_repeating(self, error: BaseException) -> bool:
        if not isinstance(error, SparkError) or not error.retryable:
            return False
        return (error.retry_after or 0.0) <= self._retries.obeyed

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = (error.retry_after if isinstance(error, SparkError) else None) or 0.0
        grown = min(self._retries.longest, self._retries.first * 2.0 ** (state.attempt_number - 1))
        return max(asked, grown * self._rng.uniform(0.5, 1.0))

    def _noted(self, task: Task) -> Task:
        if task.status is TaskStatus.UNKNOWN and task.status_word not in self._strange_statuses:
            self._strange_statuses.add(task.status_word)
            _log.warning("Spark tells of an unknown status %r; taken as not finished", task.status_word)
        return task
