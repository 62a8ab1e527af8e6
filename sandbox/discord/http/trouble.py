"""Scripted trouble: the next requests that match go wrong in the way that a test asks for."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """What goes wrong."""

    ANSWER = "answer"
    """Discord answers with the given status, code and headers."""
    HANG = "hang"
    """Nothing comes back until the test releases it."""
    RESET = "reset"
    """The connection is torn."""


@dataclass(slots=True, eq=False)
class Trouble:
    """Trouble for the next `times` requests whose method and whole path match.

    Args:
        method: GET, POST, ….
        path: a regular expression for the path without host and API prefix.
        kind: what goes wrong.
        applied: whether the request takes effect before its answer is lost or replaced.
        status: HTTP status of an answer; 429 brings `Via` and a body with `retry_after` from `Retry-After`.
        code: JSON error code of an answer.
        message: its sentence.
        body: the whole body of an answer, in place of the usual object.
        headers: headers of an answer, also over the usual ones.
        times: how many requests it meets.

    """

    method: str
    path: str
    kind: Kind = Kind.ANSWER
    applied: bool = False
    status: int = 500
    code: int = 0
    message: str = "Scripted trouble"
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int = 1
    reached: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    """Set when the first request runs into it, and has taken effect where `applied`."""
    _released: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def release(self) -> None:
        """Let what hangs go on: to its effect (where it has had none yet) and its answer."""
        self._released.set()

    async def hang(self) -> None:
        """Wait for the release."""
        self.reached.set()
        await self._released.wait()

    def meets(self, method: str, path: str) -> bool:
        """Whether a request runs into this trouble."""
        return self.times > 0 and method == self.method and re.fullmatch(self.path, path) is not None


class Troubles:
    """The trouble that is in store."""

    def __init__(self) -> None:
        self._scripted: list[Trouble] = []

    def add(self, trouble: Trouble) -> Trouble:
        """Script trouble; the oldest that matches a request is used up first."""
        self._scripted.append(trouble)
        return trouble

    def take(self, method: str, path: str) -> Trouble | None:
        """Use up the trouble that a request runs into; None where all is well."""
        for trouble in self._scripted:
            if trouble.meets(method, path):
                trouble.times -= 1
                return trouble
        return None

    def clear(self) -> None:
        """Forget all trouble and let go of what hangs."""
        for trouble in self._scripted:
            trouble.times = 0
            trouble.release()
        self._scripted.clear()
