"""Work that goes on by itself: kept alive by a reference, and never failing in silence."""

import asyncio
from collections.abc import Coroutine
from contextvars import copy_context
from typing import Any

import structlog
from structlog.contextvars import bind_contextvars

from bot.domain.incidents import incident_id

_log = structlog.get_logger()


class Background:
    """A set of running coroutines; one that fails is logged with an incident's id and does not end the others."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()
        self._next_change = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Whether anything runs."""
        return bool(self._running)

    @property
    def next_change(self) -> asyncio.Event:
        """Give the event of the next start or end; take it before looking, and no change goes unseen."""
        return self._next_change

    def spawn(
        self, work: Coroutine[Any, Any, None], name: str, *, job_id: int | None = None
    ) -> asyncio.Task[None]:
        """Start `work`; `name` stands in the log where it fails, and its job in each line that it writes."""
        context = copy_context()
        if job_id is not None:
            context.run(bind_contextvars, job=job_id)
        task = asyncio.create_task(work, name=name, context=context)
        self._running.add(task)
        task.add_done_callback(self._ended, context=context)
        self._notify()
        return task

    async def finish(self, grace: float) -> None:
        """Wait up to `grace` seconds for what runs to end by itself, then end it."""
        try:
            if self._running:
                await asyncio.wait(self._running, timeout=grace)
        finally:  # a second signal must not leave anything that still writes
            await self.cancel()

    async def cancel(self) -> None:
        """End what runs, at its next pause."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._notify()
        if not task.cancelled() and (error := task.exception()):
            _log.error("background.failed", work=task.get_name(), incident=incident_id(error), exc_info=error)

    def _notify(self) -> None:
        self._next_change.set()
        self._next_change = asyncio.Event()
