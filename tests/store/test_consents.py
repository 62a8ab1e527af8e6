"""Questions to owners: one for a picture, three of a person, answered once, carried to their end once."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.budgets import Account
from bot.domain.confirmation import Agreed
from bot.domain.pictures.consents import ANSWERED_WITHIN, Question, Verdict
from bot.domain.pictures.sources import MessageRef
from bot.domain.refusals import Refusal
from bot.store import Database, Store
from bot.store.schema import consents
from tests.databases import rows
from tests.examples import PICTURE
from tests.store.asking import STANDS, asks
from tests.store.picture_scenes import picture
from tests.store.scenes import ANNA, BEN, DAY, NOW, edit

ADA, BOB, CARL = ANNA.user_id, BEN.user_id, 9
HERS = picture(1, ADA, 600)


@pytest.fixture(autouse=True)
async def _remembered(store: Store) -> None:
    for number in range(1, 6):
        await store.ownership.recognise(ANNA.guild_id, picture(number, ADA, 600), NOW, NOW)


async def answered(store: Store, verdict: Verdict, by: int = ADA, question_id: int = 7, at: int = NOW) -> Question:
    return await store.consents.answer(question_id, by, verdict, at)


async def test_a_question_comes_back_as_it_was_asked_with_what_it_becomes(store: Store) -> None:
    question = await asks(store, 7, HERS)
    assert question == await store.consents.get(7)
    assert question is not None
    assert (question.owner_ids, question.asker_id, question.title) == ((ADA,), BOB, "make it night")
    assert (question.message, question.posted, question.until) == (STANDS, False, NOW + ANSWERED_WITHIN)
    asked = await store.consents.asked(7)
    assert asked is not None
    assert asked.agreed == Agreed(replace(edit(), source=HERS))
    assert asked.agreed.order.image == PICTURE
    assert (asked.origin.id, asked.origin.by_message, asked.origin.interaction_token) == (7, True, None)
    posted = await store.consents.record_posted(7, MessageRef(500, 601))
    assert (posted.message, posted.posted) == (MessageRef(500, 601), True)


async def test_a_replayed_event_asks_nothing_more(store: Store) -> None:
    assert await asks(store, 7, HERS)
    assert await asks(store, 7, HERS) is None


async def test_there_is_one_open_question_for_a_picture_whatever_its_bytes(store: Store) -> None:
    await asks(store, 7, HERS)
    await store.ownership.recognise(ANNA.guild_id, picture(1, BOB, copy=1), NOW, NOW)
    for source in (HERS, picture(1, BOB, copy=1)):
        with pytest.raises(Refusal, match="being asked"):
            await asks(store, 8, source, by=Account(ANNA.guild_id, CARL))
    assert await asks(store, 8, picture(2, ADA))


async def test_there_are_three_open_questions_of_a_person(store: Store) -> None:
    for number in (1, 2, 3):
        assert await asks(store, number, picture(number, ADA))
    with pytest.raises(Refusal, match="asked about 3"):
        await asks(store, 4, picture(4, ADA))
    assert await asks(store, 4, picture(4, ADA), by=Account(ANNA.guild_id, CARL))
    await answered(store, Verdict.ALLOWED, question_id=1)
    assert await asks(store, 5, picture(5, ADA))


async def test_twenty_who_ask_at_once_ask_once(store: Store) -> None:
    outcomes = await asyncio.gather(
        *(asks(store, number, HERS, by=Account(ANNA.guild_id, number)) for number in range(100, 120)),
        return_exceptions=True,
    )
    assert len([each for each in outcomes if isinstance(each, Question)]) == 1
    assert len([each for each in outcomes if isinstance(each, Refusal)]) == 19


@pytest.mark.parametrize("verdict", list(Verdict)[:3])
async def test_an_answer_counts_once_and_its_owners_alone(store: Store, verdict: Verdict) -> None:
    await asks(store, 7, HERS)
    for stranger in (BOB, CARL):
        with pytest.raises(Refusal, match="This question is for"):
            await answered(store, verdict, stranger)
    decided = await answered(store, verdict)
    assert (decided.verdict, decided.decided_by, decided.decided_at) == (verdict, ADA, NOW)
    for again in list(Verdict)[:3]:
        with pytest.raises(Refusal, match="over"):
            await answered(store, again)


# invariant I16
async def test_of_twenty_presses_at_once_one_counts(store: Store) -> None:
    await asks(store, 7, HERS)
    presses = [answered(store, verdict) for verdict in (Verdict.ALLOWED, Verdict.NO) * 10]
    outcomes = await asyncio.gather(*presses, return_exceptions=True)
    assert len([each for each in outcomes if isinstance(each, Question)]) == 1


async def test_every_owner_has_to_allow_it_and_one_no_ends_it(store: Store) -> None:
    await asks(store, 7, HERS, owners=(ADA, CARL))
    half = await answered(store, Verdict.ALLOWED)
    assert (half.verdict, half.open_to) == (None, (CARL,))
    with pytest.raises(Refusal, match="yes before"):
        await answered(store, Verdict.ALLOWED)
    assert (await answered(store, Verdict.ALLOWED, CARL)).verdict is Verdict.ALLOWED
    await asks(store, 8, picture(2, ADA), owners=(ADA, CARL))
    assert (await answered(store, Verdict.NO, CARL, question_id=8)).verdict is Verdict.NO


async def test_a_days_silence_is_a_no_for_whoever_looks_first(store: Store) -> None:
    await asks(store, 7, HERS)
    over = NOW + ANSWERED_WITHIN
    assert await store.consents.end_silent(over - 1) == []
    with pytest.raises(Refusal, match="over"):
        await answered(store, Verdict.ALLOWED, at=over)
    ended = await asyncio.gather(*(store.consents.end_silent(over) for _ in range(5)))
    assert sorted(map(list, ended)) == [[], [], [], [], [7]]


async def test_after_a_no_nobody_asks_again_for_a_day_but_others_may(store: Store) -> None:
    await asks(store, 7, HERS)
    await answered(store, Verdict.NO)
    with pytest.raises(Refusal, match="it was a no"):
        await asks(store, 8, HERS, at=NOW + 1)
    assert await asks(store, 9, HERS, by=Account(ANNA.guild_id, CARL), at=NOW + 1)
    await answered(store, Verdict.ALLOWED, question_id=9)
    assert await asks(store, 10, HERS, at=NOW + ANSWERED_WITHIN + 1)


async def test_what_was_left_unfinished_is_found_and_closed_once(database: Database, store: Store) -> None:
    await asks(store, 1, picture(1, ADA))
    await asks(store, 2, picture(2, ADA))
    await store.consents.record_posted(2, MessageRef(500, 602))
    assert await store.consents.unfinished(NOW + 1) == [1]  # its message may not stand
    await answered(store, Verdict.ALLOWED, question_id=2)
    assert await store.consents.unfinished(NOW) == []
    assert await store.consents.unfinished(NOW + 1) == [1, 2]
    await store.consents.close(2, NOW + 5)
    assert await store.consents.unfinished(NOW + 9) == [1]
    assert await store.consents.asked(2) is None
    [_, closed] = await rows(database, consents.select().order_by(consents.c.id))
    assert (closed.value, closed.picture, closed.title) == (None, None, "make it night")


async def test_a_question_that_could_not_be_asked_leaves_nothing(store: Store) -> None:
    await asks(store, 7, HERS)
    await store.consents.withdraw(7)
    assert await store.consents.get(7) is None
    assert await asks(store, 8, HERS)


async def test_it_is_forgotten_when_its_time_is_over(store: Store) -> None:
    await asks(store, 7, HERS)
    await answered(store, Verdict.NO)
    await store.consents.close(7, NOW)
    assert await store.consents.forget(NOW, 9) == 0
    assert await store.consents.forget(NOW + DAY, 9) == 1
    assert await store.consents.get(7) is None


@pytest.mark.parametrize("erased", [ADA, BOB])
async def test_erasing_ends_what_is_open_and_leaves_no_name(database: Database, store: Store, erased: int) -> None:
    await asks(store, 7, HERS)
    await store.erasures.begin(erased, -5, NOW)
    while await store.erasures.go_on(erased, 9):
        pass
    assert await store.consents.end_silent(NOW) == [7]
    question = await store.consents.get(7)
    assert question is not None
    assert erased not in {question.asker_id, *question.owner_ids}
    [row] = await rows(database, consents.select())
    assert ("night" in row.title) == (erased == ADA)
    assert (row.value is None, row.picture is None) == (erased == BOB, erased == BOB)
