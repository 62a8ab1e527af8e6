"""Scripted trouble: what goes wrong, where, and how often."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.spark import catalogue

On = Literal["submit", "status", "file"]
Kind = Literal["answer", "hang", "reset", "junk", "fail", "never", "pictures"]
_OF_TASKS = ("fail", "never", "pictures")


@dataclass(slots=True, eq=False)
class Trouble:
    """One thing that goes wrong.

    - `answer` sends `status`, `body` and `headers`; without a body it sends the documented error of `code`.
    - `hang` holds the answer until `release()`; `reached` is set when a request got there.
    - `reset` cuts the connection with a TCP RST.
    - `junk` answers 200 with a body that nobody can read.
    - `fail` accepts the task and lets it end `failed` with `code` (only on a submit).
    - `never` accepts the task and never ends it by itself: see `SparkSandbox.finish` (only on a submit).

    - `pictures` accepts the task and lets it bring `pictures` of them, each its own (only on a submit); with 0 it
      completes, and costs what it costs, without any.

    `accepted` says whether the task of a submit was made, and will be billed, before the trouble. A hang that
    was not accepted is answered 504 once released; every other hang then gets its ordinary answer. `times` of
    None means until removed. `model` and `where` (given the task's parameters) narrow what it befalls.
    """

    on: On
    kind: Kind
    times: int | None = 1
    accepted: bool = False
    status: int = 400
    body: str | bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    code: str | int | None = None
    pictures: int = 1
    model: str | None = None
    where: Callable[[Mapping[str, Any]], bool] | None = None
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        if self.kind in _OF_TASKS and self.on != "submit":
            raise ValueError(f"{self.kind} befalls a submit, not a {self.on}")
        if self.kind == "fail" and self.code is None:
            raise ValueError("a failed task needs a code")
        if self.code is not None:
            self.code = catalogue.nine_digits(self.code)
            catalogue.describe(self.code)

    @property
    def makes_a_task(self) -> bool:
        """Tell whether the submit that it befalls is accepted."""
        return self.accepted or self.kind in _OF_TASKS

    def release(self) -> None:
        """Let go of what hangs here, now and later."""
        self.released.set()

    def befalls(self, on: On, model: str, params: Mapping[str, Any]) -> bool:
        """Tell whether this request is one that it is meant for."""
        if self.on != on or self.times == 0:
            return False
        return self.model in (None, model) and (self.where is None or self.where(params))


class Troubles:
    """The troubles to come, in order; the first that fits a request befalls it."""

    def __init__(self) -> None:
        self._waiting: list[Trouble] = []
        self._hanging: list[Trouble] = []

    def add(self, trouble: Trouble) -> Trouble:
        """Script a trouble, behind those already scripted."""
        self._waiting.append(trouble)
        return trouble

    def remove(self, trouble: Trouble) -> None:
        """Take a trouble back; what hangs in it goes on hanging until released."""
        self._waiting.remove(trouble)

    def take(self, on: On, model: str, params: Mapping[str, Any]) -> Trouble | None:
        """Use up one time of the first trouble that befalls this request; None where all is well."""
        for trouble in self._waiting:
            if trouble.befalls(on, model, params):
                if trouble.times is not None:
                    trouble.times -= 1
                if trouble.kind == "hang":
                    self._hanging.append(trouble)
                trouble.reached.set()
                return trouble
        return None

    def release_all(self) -> None:
        """Let go of everything that hangs."""
        for trouble in self._hanging:
            trouble.release()
