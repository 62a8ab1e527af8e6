import asyncio

from bot.gateway.pace import Pace
from sandbox.clock import MovableClock


async def test_fifty_requests_go_at_once_and_the_next_when_their_second_is_over() -> None:
    clock = MovableClock()
    pace = Pace(clock)
    asking = [asyncio.create_task(pace.turn()) for _ in range(70)]
    await clock.sleeper()
    assert sum(each.done() for each in asking) == 50
    await clock.advance(1.0)
    assert sum(each.done() for each in asking) == 50
    await clock.advance(0.1)
    await asyncio.gather(*asking)


async def test_whoever_gives_up_waiting_takes_nobodys_turn() -> None:
    clock = MovableClock()
    pace = Pace(clock)
    asking = [asyncio.create_task(pace.turn()) for _ in range(60)]
    await clock.sleeper()
    for each in asking[50:55]:
        each.cancel()
    await asyncio.sleep(0)
    await clock.advance(1.1)
    await asyncio.gather(*asking[:50], *asking[55:])
