"""One task and its life, which only the clock moves."""

import asyncio
from decimal import Decimal
from typing import Any, Final, Literal

from sandbox.spark import catalogue
from sandbox.spark.order import Order
from spark.clock import Clock

Status = Literal["pending", "queued", "processing", "in_progress", "completed", "failed"]

_QUEUED_AFTER: Final = 0.05  # shares of the whole duration
_STARTED_AFTER: Final = 0.2
_FILE_SECONDS: Final = 24 * 3600


class Task:
    """A task from its POST to its end; `ends` is on the clock's monotonic scale, None where nothing ends it.

    `failure` is the nine-digit code with which it ends, None where it ends well. `shows_progress` tells
    whether it is one of those that call themselves `in_progress` and say how far they are. `count` is how many
    pictures it brings; every documented model brings one.
    """

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - the field's own name
        order: Order,
        cost: Decimal,
        seconds: float | None,
        shows_progress: bool,
        clock: Clock,
        failure: str | None = None,
        count: int = 1,
    ) -> None:
        self.id = id
        self.order = order
        self.cost = cost
        self.failure = failure
        self.count = count
        self.shows_progress = shows_progress
        self.created_at = int(clock.time())
        self.starts = clock.monotonic()
        self.ends = None if seconds is None else self.starts + seconds
        self.pictures: dict[str, asyncio.Future[bytes]] = {}
        """The pictures by the names of their files, once they are being painted."""
        self._clock = clock

    @property
    def files(self) -> tuple[str, ...]:
        """Tell the names of the results' files."""
        return tuple(f"{self.id}-{n}.png" if n > 1 else f"{self.id}.png" for n in range(1, self.count + 1))

    @property
    def status(self) -> Status:
        """Tell the state at this moment of the clock."""
        now = self._clock.monotonic()
        if self.ends is not None and now >= self.ends:
            return "completed" if self.failure is None else "failed"
        share = self._share
        if share < _QUEUED_AFTER:
            return "pending"
        if share < _STARTED_AFTER:
            return "queued"
        return "in_progress" if self.shows_progress else "processing"

    @property
    def finished(self) -> bool:
        """Tell whether it has completed or failed."""
        return self.status in ("completed", "failed")

    @property
    def file_expired(self) -> bool:
        """Tell whether the result's file has outlived its 24 hours."""
        return self.ends is not None and self._clock.monotonic() >= self.ends + _FILE_SECONDS

    def finish(self) -> None:
        """End now what has not ended yet."""
        if not self.finished:
            self.ends = self._clock.monotonic()

    async def body(self, base_url: str) -> dict[str, Any]:
        """Build the task's JSON as of now, waiting for the painter where the picture is due."""
        status = self.status
        body: dict[str, Any] = {
            "id": self.id,
            "model": self.order.model,
            "status": status,
            "created_at": self.created_at,
            "metadata": {},
        }
        if status == "in_progress":
            body["progress"] = round((self._share - _STARTED_AFTER) / (1 - _STARTED_AFTER), 2)
        if status == "failed" and self.failure is not None:
            code = catalogue.printed(self.failure)
            body["error"] = {"code": code, "error_message": catalogue.describe(self.failure)}
        if status == "completed":
            sizes = {file: len(await asyncio.shield(picture)) for file, picture in self.pictures.items()}
            items = [
                {"type": "image", "url": f"{base_url}/files/{file}", "size": size, "jobId": f"job-{self.id}"}
                for file, size in sizes.items()
            ]
            body["output"] = [{"content": items}]
            body["usage"] = self._usage()
        return body

    @property
    def _share(self) -> float:
        """Tell how much of the duration is over, from 0 to 1; a task without an end halts half-way."""
        passed = self._clock.monotonic() - self.starts
        if self.ends is None:
            return min(passed / 60, 0.5)
        return passed / (self.ends - self.starts)

    def _usage(self) -> dict[str, Any]:
        usage: dict[str, Any] = {"cost": f"{self.cost:f}", "discount": 1}
        if self.order.model in (catalogue.T2I, catalogue.I2I):
            words = len(str(self.order.params["prompt"]).split())
            usage |= {"input_tokens": words, "output_tokens": 1, "total_tokens": words + 1}
        if self.order.model == catalogue.I2I:
            usage["generated_images"] = 1
        return usage
