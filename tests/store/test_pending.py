import asyncio

import pytest

from bot.domain.budgets import Account
from bot.store import Database, PendingValue, Store
from bot.store.schema import pending
from tests.databases import INTEGRITY_ERRORS, rows
from tests.store.scenes import ANNA, ANNA_ALONE, BEN, NOW

ANNA_ELSEWHERE = Account(20, ANNA.user_id)
WORDS = PendingValue("order", {"words": "ein Fuchs 狐", "deep": [0.5, None]})
LATER = NOW + 15 * 60_000


async def keep(store: Store, key: str, account: Account = ANNA, what: PendingValue = WORDS, at: int = NOW) -> None:
    await store.pending.keep(key, account, what, at)


async def peek(store: Store, key: str, account: Account = ANNA, since: int = NOW - 1) -> PendingValue | None:
    return await store.pending.peek(key, account, "order", since)


async def take(store: Store, key: str, account: Account = ANNA, by: int = 8) -> PendingValue | None:
    return await store.pending.take(key, account, "order", NOW - 1, by)


async def keys(database: Database) -> list[str]:
    return [row.key for row in await rows(database, pending.select().order_by(pending.c.id))]


async def test_a_value_comes_back_as_it_went_with_its_picture(store: Store) -> None:
    whole = PendingValue("order", WORDS.value, b"\x00a JPEG\xff" * 1000)
    await keep(store, "a", what=whole)
    assert await peek(store, "a") == whole
    assert await take(store, "a") == whole


async def test_what_is_looked_at_stays_and_what_is_taken_is_gone(store: Store) -> None:
    await keep(store, "a")
    assert [await peek(store, "a") for _ in range(2)] == [WORDS, WORDS]
    assert await take(store, "a", by=8) == WORDS
    assert await take(store, "a", by=9) is None
    assert await peek(store, "a") is None


async def test_the_event_that_has_taken_it_gets_it_again(store: Store) -> None:
    await keep(store, "a")
    assert [await take(store, "a", by=8) for _ in range(2)] == [WORDS, WORDS]


# invariant I3
async def test_of_two_presses_at_once_one_gets_it(store: Store) -> None:
    await keep(store, "a")
    taken = await asyncio.gather(*(take(store, "a", by=by) for by in range(1, 9)))
    assert [each for each in taken if each is not None] == [WORDS]


@pytest.mark.parametrize("other", [BEN, ANNA_ELSEWHERE, ANNA_ALONE])
async def test_it_belongs_to_one_person_on_one_server(store: Store, other: Account) -> None:
    await keep(store, "a")
    assert await peek(store, "a", other) is None
    assert await take(store, "a", other) is None
    assert await take(store, "a") == WORDS


async def test_it_is_what_it_was_kept_as(store: Store) -> None:
    await keep(store, "a")
    assert await store.pending.peek("a", ANNA, "pictures", NOW - 1) is None
    assert await store.pending.take("a", ANNA, "pictures", NOW - 1, 8) is None


async def test_it_lives_until_its_time_is_over(store: Store) -> None:
    await keep(store, "a")
    assert await peek(store, "a", since=NOW - 1) == WORDS
    assert await peek(store, "a", since=NOW) is None
    assert await store.pending.take("a", ANNA, "order", NOW, 8) is None


async def test_whoever_begins_much_pushes_out_only_what_is_their_own(database: Database, store: Store) -> None:
    await keep(store, "bens", BEN)
    for number, account in enumerate((ANNA, ANNA_ELSEWHERE, ANNA_ALONE) * 3):
        await keep(store, f"{number}", account)
    assert await keys(database) == ["bens", "5", "6", "7", "8"]


async def test_no_two_have_one_key(store: Store) -> None:
    await keep(store, "a")
    with pytest.raises(INTEGRITY_ERRORS):
        await keep(store, "a", BEN)
    assert await peek(store, "a") == WORDS


async def test_the_oldest_are_forgotten_once_their_time_is_over(database: Database, store: Store) -> None:
    for number, person in enumerate((ANNA, BEN, ANNA, BEN)):
        await keep(store, f"{number}", person, at=NOW + number)
    assert await store.pending.forget(NOW + 2, 2) == 2
    assert await keys(database) == ["2", "3"]
    assert await store.pending.forget(NOW + 2, 2) == 1
    assert await store.pending.forget(NOW + 2, 2) == 0
    assert await keys(database) == ["3"]


async def test_it_goes_with_its_persons_erasure_and_nobody_elses(database: Database, store: Store) -> None:
    for account in (ANNA, ANNA_ALONE, BEN):
        await keep(store, f"of {account}", account)
    erasure = await store.erasures.begin(ANNA.user_id, -1, NOW)
    assert not erasure.repeated
    assert not await store.erasures.go_on(ANNA.user_id, 2)
    assert await keys(database) == [f"of {BEN}"]

    await keep(store, "anew")  # begun after that word: a second one reaches it, too
    assert not (await store.erasures.begin(ANNA.user_id, -2, LATER)).repeated
    await store.erasures.go_on(ANNA.user_id, 2)
    assert await keys(database) == [f"of {BEN}"]
