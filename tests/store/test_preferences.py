import asyncio
from dataclasses import replace

from bot.domain.preferences import Preferences, Replies
from bot.domain.sizes import Quality, Shape
from bot.store import Store


async def test_who_has_chosen_nothing_has_the_usual(store: Store) -> None:
    assert await store.preferences.of(1) == Preferences(None, None, None, Replies.ASK)


async def test_two_changes_at_once_are_both_kept(store: Store) -> None:
    await asyncio.gather(
        store.preferences.change(1, lambda own: replace(own, quality=Quality.HD)),
        store.preferences.change(1, lambda own: replace(own, replies=Replies.NEVER)),
        store.preferences.change(2, lambda own: replace(own, shape=Shape.WIDE_16_9)),
    )
    assert await store.preferences.of(1) == Preferences(quality=Quality.HD, replies=Replies.NEVER)
    assert await store.preferences.of(2) == Preferences(shape=Shape.WIDE_16_9)
