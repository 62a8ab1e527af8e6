"""Whose a picture is, as far as the database knows: by lineage, by who has posted it first, and by moderators."""

import asyncio
import os
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.budgets import Account
from bot.domain.kinds import OF_PICTURES
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.pictures.ownership import Ownership, PictureWord, Refused, may_work_on
from bot.domain.pictures.sources import MessageRef, ResultRef, Source
from bot.store import Store
from tests.store.asking import asks, never
from tests.store.picture_scenes import picture
from tests.store.scenes import ANNA, BEN, DAY, NOW, ask, edit, order

GUILD = ANNA.guild_id
ADA, BOB, CARL = ANNA.user_id, BEN.user_id, 9
GESTURES = int(os.environ.get("GESTURES", "1000"))


def named(ownership: Ownership) -> list[int]:
    return [owner.user_id for owner in ownership.owners]


async def seen(store: Store, source: Source, at: int = NOW, guild_id: int = GUILD) -> list[int]:
    return named(await store.ownership.recognise(guild_id, source, at, NOW))


async def of(store: Store, source: Source | None = None, repeats_id: int | None = None) -> list[int]:
    return named(await store.ownership.of(GUILD, source, repeats_id))


def result_of(job_id: int) -> Source:
    return Source("https://cdn.discordapp.com/2", f"{job_id}-1.png", 500, 700, result=ResultRef(job_id, 1))


async def edited(store: Store, job_id: int, owners: Sequence[int], by: Account = BEN) -> None:
    """Have somebody's edit accepted, of a picture of some people's."""
    await ask(store, job_id, replace(edit(), owner_ids=tuple(owners)), account=by)


# by lineage


async def test_a_result_is_everybodys_in_its_lineage_and_its_makers_and_of_words_alone_nobodys(
    store: Store,
) -> None:
    await ask(store, 1, order(), account=BEN)
    await edited(store, 2, [ADA])
    assert await of(store, result_of(1)) == []
    assert await of(store, result_of(2)) == [ADA, BOB]
    assert await of(store, None, 2) == [ADA]  # once more is made of its picture, not of its result
    assert await of(store, None, 1) == []


async def test_whoever_keeps_their_results_keeps_those_of_words_alone_too(store: Store) -> None:
    await ask(store, 1, order(), account=BEN)
    await store.preferences.change(BOB, lambda own: replace(own, results=False, pictures=PictureWord.ANYONE))
    for source, repeats in ((result_of(1), None), (None, 1)):
        ownership = await store.ownership.of(GUILD, source, repeats)
        assert isinstance(may_work_on(ownership, "edit", ADA), Refused)
        assert may_work_on(ownership, "edit", BOB) == ()


async def test_a_job_that_nobody_knows_is_nobodys_to_give_away(store: Store) -> None:
    assert await of(store, result_of(404)) == [0]


async def test_a_result_that_is_posted_again_under_its_name_is_known_by_that(store: Store) -> None:
    await edited(store, 2, [ADA])
    saved = replace(picture(1, BOB), filename="2-1.png")
    assert await seen(store, saved) == [ADA, BOB]


# by who has posted it


async def test_the_earliest_poster_is_the_owner_whoever_is_known_first(store: Store) -> None:
    assert await seen(store, picture(1, BOB), NOW + DAY) == [BOB]
    assert await seen(store, picture(1, ADA, 600), NOW) == [ADA]
    assert await seen(store, picture(1, BOB), NOW + DAY) == [ADA]
    assert (await store.ownership.of(GUILD, picture(1, BOB), None)).stands[0] == MessageRef(500, 600)


@pytest.mark.parametrize("poster", [BOB, None], ids=["a member", "a webhook"])
async def test_a_copy_in_other_bytes_is_the_owners(store: Store, poster: int | None) -> None:
    await seen(store, picture(1, ADA, 600), NOW)
    for copy in (0, 1, 2):
        assert await seen(store, picture(1, poster, 601, copy=copy), NOW + 1) == [ADA]
    others = [] if poster is None else [poster]
    assert await seen(store, picture(2, poster), NOW + 1) == others
    assert await seen(store, replace(picture(1, poster, copy=3), fingerprint=None), NOW + 1) == others


async def test_it_is_recognised_on_its_server_alone_and_never_in_direct_messages(store: Store) -> None:
    for guild_id in (GUILD, 0):
        await seen(store, picture(1, ADA, 600), NOW, guild_id)
    assert await seen(store, picture(1, BOB), NOW + 1, GUILD + 1) == [BOB]
    assert await seen(store, picture(1, BOB), NOW + 1, 0) == [BOB]


# "Never mine", and a moderator's word


async def test_never_mine_holds_for_every_copy_until_it_is_taken_back(store: Store) -> None:
    await seen(store, picture(1, ADA, 600), NOW)
    await never(store, 77, picture(1, ADA, 600))

    async def refused(source: Source) -> bool:
        ownership = await store.ownership.recognise(GUILD, source, NOW + 1, NOW)
        return isinstance(may_work_on(ownership, "edit", BOB), Refused)

    assert [await refused(picture(1, BOB, copy=copy)) for copy in (0, 1, 2)] == [True] * 3
    assert not await refused(picture(2, BOB))
    assert await store.consents.take_back_never(77, BOB) is None
    assert await store.consents.take_back_never(77, ADA)
    assert not await refused(picture(1, BOB))


async def test_nobody_locks_an_artist_out_by_uploading_her_work(store: Store) -> None:
    await seen(store, picture(1, BOB), NOW + 1)
    await never(store, 77, picture(1, BOB), BOB)
    ownership = await store.ownership.recognise(GUILD, picture(1, ADA, 600), NOW, NOW)
    assert may_work_on(ownership, "edit", ADA) == ()


async def test_a_moderators_word_stands_above_the_earliest_poster_on_their_server(store: Store) -> None:
    await seen(store, picture(1, BOB), NOW)
    await seen(store, picture(1, ADA, copy=1), NOW + 1)
    remembered = await store.ownership.remembered(GUILD, picture(1).sha256)
    assert remembered is not None
    assert ([each.owner_id for each in remembered.posted], remembered.owner_ids) == ([BOB, ADA], {BOB})

    def said(owner_id: int, guild_id: int = GUILD) -> Action:
        return Action(guild_id, 99, ActionKind.SETTLE, About.MEMBER, owner_id, "said so", "it is hers", NOW)

    assert not await store.ownership.settle(remembered.id, ADA, said(ADA, GUILD + 1))
    assert await of(store, picture(1)) == [BOB]
    for owner_id in (ADA, CARL, ADA):
        assert await store.ownership.settle(remembered.id, owner_id, said(owner_id))
        assert await of(store, picture(1)) == await of(store, picture(1, copy=1)) == [owner_id]
    assert len(await store.moderation.actions_about(GUILD, ADA, 9)) == 2


# for how long


async def test_what_nobody_asks_for_is_forgotten_but_not_what_was_decided(store: Store) -> None:
    for number in (1, 2, 3):
        await seen(store, picture(number, ADA), NOW)
    await never(store, 77, picture(2, ADA))
    settled = await store.ownership.remembered(GUILD, picture(3).sha256)
    assert settled is not None
    action = Action(GUILD, 99, ActionKind.SETTLE, About.MEMBER, ADA, "said so", None, NOW)
    await store.ownership.settle(settled.id, ADA, action)
    assert await store.ownership.forget(NOW, 9) == 0
    assert await store.ownership.forget(NOW + 1, 9) == 1
    assert [await of(store, picture(number)) for number in (1, 2, 3)] == [[], [ADA], [ADA]]


async def test_whoever_posted_it_first_is_known_for_as_long_as_copies_come(store: Store) -> None:
    await store.ownership.recognise(GUILD, picture(1, ADA, 600), NOW, NOW)
    await store.ownership.recognise(GUILD, picture(1, BOB, 601, copy=1), NOW + DAY, NOW + DAY)
    assert await store.ownership.forget(NOW + DAY, 9) == 0
    assert await of(store, picture(1, copy=1)) == [ADA]
    assert await store.ownership.forget(NOW + DAY + 1, 9) == 2


async def test_erasing_takes_the_person_out_and_opens_nothing(store: Store) -> None:
    for number in (1, 2):
        await seen(store, picture(number, ADA, 600), NOW)
    await never(store, 77, picture(2, ADA, 600))
    await edited(store, 5, [ADA])
    await store.erasures.begin(ADA, -5, NOW)
    while await store.erasures.go_on(ADA, 9):
        pass

    assert await store.personal_data.pictures(ADA) == []
    assert await store.personal_data.consents(ADA) == []
    assert await of(store, picture(1)) == []
    kept = await store.ownership.of(GUILD, picture(2), None)
    assert named(kept) == [-5]
    assert isinstance(may_work_on(kept, "edit", BOB), Refused)
    assert kept.stands == ()
    assert isinstance(may_work_on(await store.ownership.of(GUILD, result_of(5), None), "edit", CARL), Refused)


# all of it together


# invariant I16
async def test_a_thousand_gestures_against_never_and_ask_and_none_passes(store: Store) -> None:
    """Plays strangers who bring pictures of others in every way, in the same bytes and in others."""
    rng, artists = random.Random(7), range(100, 110)
    kept: dict[int, bool] = {}
    for number, artist in enumerate(artists):
        await seen(store, picture(number, artist, 600 + number), NOW)
        if kept.setdefault(number, number % 2 == 0):
            await never(store, 77 + number, picture(number, artist), artist)
        await edited(store, 1000 + number, [artist], Account(GUILD, artist))

    async def tries(gesture: int) -> str | None:
        """Have a stranger try it in some way; tell it where that passes."""
        number, stranger = rng.randrange(len(artists)), rng.randrange(1, 6)
        job_id, copy = 1000 + number, rng.randrange(3)
        ways: dict[str, tuple[Source | None, int | None]] = {
            "attached": (picture(number, stranger, copy=copy), None),
            "posted or forwarded": (picture(number, stranger, 900 + gesture, copy=copy), None),
            "by a webhook": (picture(number, None, 900 + gesture, copy=copy), None),
            "as its owner has posted it": (picture(number, artists[number], 600 + number), None),
            "what its owner has made of it": (result_of(job_id), None),
            "the same, saved and posted": (
                replace(picture(50 + number, stranger), filename=f"{job_id}-1.png"),
                None,
            ),
            "once more": (None, job_id),
        }
        way = rng.choice(list(ways))
        source, repeats_id = ways[way]
        if source is not None and source.fingerprint is not None:
            ownership = await store.ownership.recognise(GUILD, source, NOW + gesture, NOW)
        else:
            ownership = await store.ownership.of(GUILD, source, repeats_id)
        answer = may_work_on(ownership, rng.choice(OF_PICTURES), stranger)
        by_looks = list(ways).index(way) < 4
        refused = isinstance(answer, Refused)
        return f"{gesture}: {way}" if answer == () or (kept[number] and by_looks and not refused) else None

    for first in range(0, GESTURES, 100):
        passed = await asyncio.gather(*map(tries, range(first, min(first + 100, GESTURES))))
        assert {*passed} == {None}
    assert await asks(store, 5000, picture(1, artists[1]), owners=(artists[1],)) is not None
