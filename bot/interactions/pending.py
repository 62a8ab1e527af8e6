"""What somebody has begun and not yet sent: kept in memory for as long as Discord lets it be finished.

It is finished where it was begun: on the same server, or in direct messages.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.domain.budgets import Account
from bot.wording.trouble import sent_already_or_too_late, too_late
from spark.clock import Clock

T = TypeVar("T")
_LIFE = 15 * 60.0
"""Seconds; no form and no private message of Discord's can be answered later."""
_MOST = 50
_MOST_EACH = 4
"""Of one person, so that nobody pushes out what others have begun."""


@dataclass(frozen=True, slots=True)
class _Entry:
    value: object
    account: Account
    begun_at: float
    taken_by: int | None = None
    """The event that has taken it; Discord may repeat it."""


class Pending:
    """Keeps few values for a short while, each for the person who has begun it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pending: OrderedDict[str, _Entry] = OrderedDict()
        self._count = 0

    def keep(self, value: object, account: Account) -> str:
        """Keep a value and give its key; the oldest goes where there are too many, first the same person's."""
        self._count += 1
        # a key of another process's life is not one of this one's
        key = f"{self._clock.now_ms():x}-{self._count:x}"
        self._pending[key] = _Entry(value, account, self._clock.time())
        own = [each for each, entry in self._pending.items() if entry.account.user_id == account.user_id]
        for old in own[:-_MOST_EACH]:
            del self._pending[old]
        while len(self._pending) > _MOST:
            self._pending.popitem(last=False)
        return key

    def take(self, key: str, account: Account, kind: type[T], by: int) -> T:
        """Take a value once, by an event's id, which gets it again; raises `Refusal` where it is gone."""
        if (value := self._found(key, account, kind, by)) is None:
            raise sent_already_or_too_late()
        self._pending[key] = replace(self._pending[key], taken_by=by)
        return value

    def peek(self, key: str, account: Account, kind: type[T]) -> T:
        """Look at a value, which stays; raises `Refusal` where it is gone."""
        if (value := self._found(key, account, kind, None)) is None:
            raise too_late()
        return value

    def forget(self, user_id: int) -> None:
        """Let go of all that a person has begun."""
        for key in [key for key, entry in self._pending.items() if entry.account.user_id == user_id]:
            del self._pending[key]

    def _found(self, key: str, account: Account, kind: type[T], by: int | None) -> T | None:
        entry = self._pending.get(key)
        if entry is None or entry.account != account or self._clock.time() >= entry.begun_at + _LIFE:
            return None
        if entry.taken_by not in (None, by):
            return None
        return entry.value if isinstance(entry.value, kind) else None
