from bot.store import Store

APPLICATION = 4_200_000_000_000_000_001


async def test_the_digest_of_the_last_registration_is_remembered_per_application(store: Store) -> None:
    assert await store.commands.digest(APPLICATION) is None

    await store.commands.record(APPLICATION, "old", now=1)
    await store.commands.record(APPLICATION, "new", now=2)

    assert await store.commands.digest(APPLICATION) == "new"
    assert await store.commands.digest(APPLICATION + 1) is None
