import pytest

from sandbox.clock import MovableClock
from spark.clock import Clock, SystemClock


@pytest.mark.parametrize("clock", [SystemClock(), MovableClock()])
def test_milliseconds_are_those_of_the_same_wall_clock(clock: Clock) -> None:
    before = clock.time()
    now = clock.now_ms()

    assert int(before * 1000) <= now <= int(clock.time() * 1000)


async def test_a_millisecond_is_counted_once_it_is_over() -> None:
    clock = MovableClock(1.9996)
    assert clock.now_ms() == 1999

    await clock.advance(0.0005)

    assert clock.now_ms() == 2000
