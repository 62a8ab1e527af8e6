"""Few places for costly work, which go round between people."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class FairSlots:
    """So many may work at once, one thing of a person at a time; whoever waits comes after all who waited before.

    Somebody's second thing waits until everybody else's first has had its turn.
    """

    def __init__(self, slots: int) -> None:
        self._free = slots
        self._busy: set[int] = set()
        self._waiting: dict[int, deque[asyncio.Future[None]]] = {}
        """By person, who is next to come first."""

    @asynccontextmanager
    async def turn_of(self, person: int) -> AsyncIterator[None]:
        """Wait for a person's turn, and hold a slot while the block runs."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(person, deque()).append(turn)
        self._hand_out()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._forget(person, turn)
            else:  # it came at the same moment
                self._give_back(person)
            raise
        try:
            yield
        finally:
            self._give_back(person)

    def _hand_out(self) -> None:
        while self._free and (person := next((p for p in self._waiting if p not in self._busy), None)) is not None:
            turns = self._waiting.pop(person)
            turn = turns.popleft()
            if turns:
                self._waiting[person] = turns  # behind everybody who waits now
            self._free -= 1
            self._busy.add(person)
            turn.set_result(None)

    def _give_back(self, person: int) -> None:
        self._free += 1
        self._busy.discard(person)
        self._hand_out()

    def _forget(self, person: int, turn: asyncio.Future[None]) -> None:
        turns = self._waiting[person]
        turns.remove(turn)
        if not turns:
            del self._waiting[person]
