"""The pictures of finished tasks, fetched from Spark while it still gives them out, and stamped."""

from http import HTTPStatus
from typing import Final

import structlog

import spark
from bot.domain.jobs import Task
from bot.domain.pictures.lifetimes import RESULT_LIFE
from bot.domain.pictures.results import Picture
from bot.store import Store
from spark.clock import Clock

_log = structlog.get_logger()

RESULT_BYTES_MAX = 64_000_000
"""More than any picture of Spark's takes; what is larger is not one."""
_STILL_ARRIVING: Final = 4 * 60.0
"""Seconds after a task's end for which a file that is not there may still be on its way.

A file store can lag behind the answer that names the file, and what stands before it can remember for minutes that
it was not there. The pauses between tries double from one second, so the ninth and last one comes at 255.
"""
_NOT_THERE: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
"""What a file store answers for a file that it does not have, or does not have yet."""


class PictureDelayed(Exception):
    """Spark does not give out a picture now, and may later."""

    def __init__(self, reason: str, *, spark_away: bool) -> None:
        """Build from the reason, and whether it is that Spark cannot be reached."""
        super().__init__(reason)
        self.spark_away = spark_away


class ResultPictures:
    """Reads a picture from the database, where Discord did not take it before, else from Spark."""

    def __init__(self, store: Store, client: spark.Client, stamper: spark.Stamper, clock: Clock) -> None:
        self._store = store
        self._client = client
        self._stamper = stamper
        self._clock = clock
        self._unstamped = 0
        """How many went on without their provenance."""

    async def of(self, task: Task, position: int, *, may_be_kept: bool) -> Picture | None:
        """Fetch the picture of a task's at `position`; None where it is lost.

        `may_be_kept` tells whether it may be in the database. Raises `PictureDelayed` where it may still come.
        """
        if may_be_kept and (kept := await self._store.deliveries.kept_result(task, position)):
            return await self._stamped(task, kept)
        if (address := task.addresses.get(position)) is None or task.ended_at is None:
            raise AssertionError(f"task {task.name} has no result")
        try:
            picture = await self._client.download(address, max_bytes=RESULT_BYTES_MAX)
        except spark.SparkError as error:
            away = isinstance(error, spark.TransportError)
            self._not_given(task, str(error), may_come_for=_patience(error), spark_away=away)
            return None
        try:
            return await self._stamped(task, picture.data)
        except spark.ImageRefused as refused:
            self._not_given(task, str(refused), may_come_for=RESULT_LIFE)
            return None

    async def _stamped(self, task: Task, data: bytes) -> Picture:
        """Give a task's picture, with its provenance in its file; raises `ImageRefused` where it is none.

        What cannot be stamped goes on as it is: it is paid for.
        """
        size = await spark.measure(data)
        provenance = spark.Provenance.of(task.model, str(task.job_id))
        try:
            data = await self._stamper.stamped(data, provenance)
        except spark.ImageRefused as refused:
            self._unstamped += 1
            tell = _log.warning if self._unstamped == 1 else _log.info
            tell("picture.not_stamped", task=task.name, reason=str(refused), so_far=self._unstamped)
        return Picture(data, *size, provenance)

    def _not_given(self, task: Task, why: str, *, may_come_for: float, spark_away: bool = False) -> None:
        """Tell of a picture that did not come: `PictureDelayed` where it may still come, else it is lost.

        `may_come_for` is counted in seconds from the task's end, which the database knows after a restart too.
        """
        age = self._clock.time() - (task.ended_at or 0) / 1000
        if age < may_come_for:
            raise PictureDelayed(why, spark_away=spark_away)
        _log.error("picture.lost", task=task.name, error=why)


def _patience(error: spark.SparkError) -> float:
    """Tell for how many seconds after its end a task's picture may still come where this was the answer."""
    if error.retryable:
        return RESULT_LIFE
    missing = isinstance(error, spark.DownloadFailed) and error.status in _NOT_THERE
    return _STILL_ARRIVING if missing else 0.0
