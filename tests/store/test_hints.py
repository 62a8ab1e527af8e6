from bot.store import Store
from tests.store.scenes import HOUR, NOW, accept


async def test_a_hint_is_shown_once_per_person_and_place(store: Store) -> None:
    assert await store.hints.show(500, 1, NOW)
    assert not await store.hints.show(500, 1, NOW + HOUR)
    assert await store.hints.show(500, 2, NOW)
    assert await store.hints.show(501, 1, NOW)


async def test_a_message_leads_to_the_job_that_it_is_the_status_message_of(store: Store) -> None:
    await accept(store, 1)
    await accept(store, 2)
    await store.jobs.record_status_message(2, 700)
    found = await store.jobs.with_status_message(700)
    assert found is not None
    assert found.id == 2
    assert await store.jobs.with_status_message(1) is None
