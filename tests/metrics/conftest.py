"""What the bot counts and times, instrument by instrument.

Plays single parts, and real requests before a server of its own. Needs nothing; takes a second.
"""

import pytest

from sandbox.clock import MovableClock


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()
