"""Every statement of the store, by the module and the name that it has there."""

import importlib
import pkgutil
from collections.abc import Iterator

import bot.store
from bot.store.database import Statement


def _statements() -> Iterator[tuple[str, Statement]]:
    for found in pkgutil.iter_modules(bot.store.__path__):
        for name, value in vars(importlib.import_module(f"bot.store.{found.name}")).items():
            for each in value.values() if isinstance(value, dict) else [value]:
                if isinstance(each, Statement):
                    yield f"{found.name}.{name}", each


STATEMENTS = dict(_statements())
