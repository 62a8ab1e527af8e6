import pytest

from bot.domain.budgets import Account
from bot.domain.refusals import Refusal
from bot.interactions.pending import Pending
from sandbox.clock import MovableClock

ANNA, BEN = Account(7, 1), Account(7, 2)


@pytest.fixture
def pending() -> Pending:
    return Pending(MovableClock())


def test_a_draft_is_taken_once_and_by_nobody_else(pending: Pending) -> None:
    key = pending.keep("words", ANNA)

    with pytest.raises(Refusal):
        pending.take(key, BEN, str, by=7)
    assert pending.peek(key, ANNA, str) == "words"
    assert pending.take(key, ANNA, str, by=8) == "words"
    with pytest.raises(Refusal):
        pending.take(key, ANNA, str, by=9)
    with pytest.raises(Refusal):
        pending.peek(key, ANNA, str)


def test_a_draft_is_finished_on_the_server_where_it_was_begun(pending: Pending) -> None:
    key = pending.keep("words", ANNA)
    for elsewhere in (Account(8, ANNA.user_id), Account(0, ANNA.user_id)):
        with pytest.raises(Refusal):
            pending.take(key, elsewhere, str, by=7)
        with pytest.raises(Refusal):
            pending.peek(key, elsewhere, str)
    assert pending.take(key, ANNA, str, by=8) == "words"


def test_a_repeated_event_gets_what_it_has_taken_again(pending: Pending) -> None:
    key = pending.keep("words", ANNA)
    assert [pending.take(key, ANNA, str, by=8) for _ in range(2)] == ["words", "words"]


def test_what_somebody_has_begun_is_forgotten_and_nobody_elses(pending: Pending) -> None:
    own, others = pending.keep("words", ANNA), pending.keep("others", BEN)
    pending.forget(ANNA.user_id)
    assert pending.peek(others, BEN, str) == "others"
    with pytest.raises(Refusal):
        pending.peek(own, ANNA, str)


def test_a_draft_of_another_kind_is_not_taken_for_what_it_is_not(pending: Pending) -> None:
    with pytest.raises(Refusal):
        pending.take(pending.keep("words", ANNA), ANNA, int, by=8)


async def test_a_draft_lives_for_fifteen_minutes() -> None:
    clock = MovableClock()
    pending = Pending(clock)
    key = pending.keep("words", ANNA)

    await clock.advance(899)
    assert pending.peek(key, ANNA, str) == "words"
    await clock.advance(1)
    with pytest.raises(Refusal, match="waited too long"):
        pending.peek(key, ANNA, str)


def test_whoever_begins_much_pushes_out_only_what_is_their_own(pending: Pending) -> None:
    others = pending.keep("of another", BEN)

    own = [pending.keep(str(number), ANNA) for number in range(200)]

    assert pending.peek(others, BEN, str) == "of another"
    assert [pending.peek(key, ANNA, str) for key in own[-4:]] == ["196", "197", "198", "199"]
    with pytest.raises(Refusal):
        pending.peek(own[-5], ANNA, str)


def test_of_too_many_peoples_drafts_the_oldest_go(pending: Pending) -> None:
    keys = [pending.keep(str(person), Account(7, person)) for person in range(51)]

    with pytest.raises(Refusal):
        pending.peek(keys[0], Account(7, 0), str)
    assert pending.peek(keys[1], Account(7, 1), str) == "1"
