import asyncio

from bot.store import Store
from tests.store.scenes import HOUR, NOW


async def test_each_joining_of_a_server_is_greeted_once(store: Store) -> None:
    assert await store.welcomes.take(10, NOW)
    assert not await store.welcomes.take(10, NOW)
    assert await store.welcomes.take(11, NOW)
    assert await store.welcomes.take(10, NOW + HOUR)
    assert not await store.welcomes.take(10, NOW)


async def test_of_several_that_hear_of_it_one_greets(store: Store) -> None:
    took = await asyncio.gather(*(store.welcomes.take(10, NOW) for _ in range(5)))
    assert sorted(took) == [False] * 4 + [True]
