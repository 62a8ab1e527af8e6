"""How a step is declared: a plain function over a transaction, called with `await` and run whole."""

import time
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.store.database.database import Database
from bot.store.database.transactions import Transaction

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class Steps:
    """A group of steps over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database


_Group = TypeVar("_Group", bound=Steps)


def reads(
    step: Callable[Concatenate[_Group, Transaction, _Given], _Result],
) -> Callable[Concatenate[_Group, _Given], Coroutine[Any, Any, _Result]]:
    """Run a step over one consistent view; its caller leaves the transaction out, and awaits it."""

    @wraps(step)
    async def whole(group: _Group, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        begun = time.perf_counter()
        try:
            return await group._database.read(lambda tx: step(group, tx, *args, **kwargs))
        finally:
            group._database.on_step(step.__qualname__, time.perf_counter() - begun)

    return whole


def writes(
    step: Callable[Concatenate[_Group, Transaction, _Given], _Result],
) -> Callable[Concatenate[_Group, _Given], Coroutine[Any, Any, _Result]]:
    """Run a step and commit it, or take it back where it raises; its caller leaves the transaction out."""

    @wraps(step)
    async def whole(group: _Group, /, *args: _Given.args, **kwargs: _Given.kwargs) -> _Result:
        begun = time.perf_counter()
        try:
            return await group._database.write(lambda tx: step(group, tx, *args, **kwargs))
        finally:
            group._database.on_step(step.__qualname__, time.perf_counter() - begun)

    return whole
