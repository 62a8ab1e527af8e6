"""What the sandbox was asked and what it answered, in order, and a way to wait for it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class Request:
    """One HTTP request.

    `when` is Unix seconds; `status` is None until it is answered, and stays so where it never was.
    `params` are the parameters of a POST, as parsed; empty for every other request.
    """

    method: str
    path: str
    when: float
    params: Mapping[str, Any] = field(default_factory=dict)
    status: int | None = None


@dataclass(slots=True, eq=False)
class Submit:
    """One POST that could be read; `task_id` tells the task that it made, None where it made none."""

    model: str
    params: Mapping[str, Any]
    when: float
    task_id: str | None = None


class Changes:
    """A bell that rings at every change, for any number of waiters."""

    def __init__(self) -> None:
        self._bell = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait."""
        self._bell.set()
        self._bell = asyncio.Event()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until `holds` says yes, asking it now and at every change."""
        while not holds():
            await self._bell.wait()
