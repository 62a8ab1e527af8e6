"""What is wrong now, and how well a process is: part by part, on both databases.

Plays single parts, the clock moved by hand. Needs PostgreSQL for a part of them, else these are
skipped; takes seconds.
"""

import pytest

from bot.health.troubles import Troubles
from sandbox.clock import MovableClock


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def troubles(clock: MovableClock) -> Troubles:
    return Troubles(clock)
