"""Whose a picture is, and whose leave it takes to work on it: every rule beside every word."""

import pytest

from bot.domain.kinds import OF_PICTURES, Kind
from bot.domain.pictures.ownership import (
    Known,
    Objection,
    Ownership,
    PictureOwner,
    PictureRule,
    PictureWord,
    Refused,
    may_work_on,
    never_by,
    owners_of_known,
)

ADA, BOB, CARL, ERASED = 1, 2, 3, -7
ASKED, FREE = (ADA,), ()
OWN, ASK, ANYONE = PictureRule
RULE, WORD = Refused(Objection.RULE, ADA), Refused(Objection.WORD, ADA)
TABLE = {
    (OWN, None): RULE,
    (OWN, PictureWord.ASK): RULE,
    (OWN, PictureWord.ANYONE): RULE,
    (OWN, PictureWord.NEVER): WORD,
    (ASK, None): ASKED,
    (ASK, PictureWord.ASK): ASKED,
    (ASK, PictureWord.ANYONE): FREE,
    (ASK, PictureWord.NEVER): WORD,
    (ANYONE, None): FREE,
    (ANYONE, PictureWord.ASK): ASKED,
    (ANYONE, PictureWord.ANYONE): FREE,
    (ANYONE, PictureWord.NEVER): WORD,
}


def asked(rule: PictureRule, *owners: PictureOwner, kind: Kind = Kind.EDIT) -> Refused | tuple[int, ...]:
    """Tell what comes of it that Bob wants to work on a picture."""
    return may_work_on(Ownership(rule, owners), kind, BOB)


@pytest.mark.parametrize(("rule", "word"), list(TABLE))
@pytest.mark.parametrize("kind", OF_PICTURES)
def test_the_servers_rule_and_the_owners_word(rule: PictureRule, word: PictureWord | None, kind: Kind) -> None:
    expected = TABLE[rule, word]
    if kind is Kind.PORTRAIT and expected == FREE:
        expected = ASKED  # about a portrait its owner is always asked
    assert asked(rule, PictureOwner(ADA, word), kind=kind) == expected


@pytest.mark.parametrize("rule", PictureRule)
@pytest.mark.parametrize("kind", OF_PICTURES)
def test_ones_own_picture_and_nobodys_are_free_whatever_the_rule(rule: PictureRule, kind: Kind) -> None:
    assert asked(rule, kind=kind) == FREE
    keeps_all = PictureOwner(BOB, PictureWord.NEVER, never=True, keeps_results=True)
    assert asked(rule, keeps_all, kind=kind) == FREE


# invariant I16
@pytest.mark.parametrize("rule", PictureRule)
@pytest.mark.parametrize("word", [None, *PictureWord])
def test_never_mine_holds_under_every_rule_and_word(rule: PictureRule, word: PictureWord | None) -> None:
    assert asked(rule, PictureOwner(ADA, word, never=True)) == Refused(Objection.THIS_ONE, ADA)
    assert asked(rule, PictureOwner(ERASED, never=True)) == Refused(Objection.THIS_ONE, ERASED)


def test_all_of_several_owners_are_asked_and_one_no_is_a_no() -> None:
    ada, carl = PictureOwner(ADA), PictureOwner(CARL)
    assert asked(ASK, ada, PictureOwner(BOB), carl) == (ADA, CARL)
    assert asked(ASK, PictureOwner(ADA, PictureWord.ANYONE), carl) == (CARL,)
    assert asked(ASK, ada, PictureOwner(CARL, keeps_results=True)) == Refused(Objection.RESULTS, CARL)


def test_who_has_erased_their_data_cannot_be_asked() -> None:
    assert asked(ASK, PictureOwner(ADA), PictureOwner(ERASED)) == Refused(Objection.OWNER_UNKNOWN, ERASED)
    assert asked(ANYONE, PictureOwner(ERASED)) == FREE


EARLY, LATE = Known(ADA, 100), Known(BOB, 200)


@pytest.mark.parametrize(
    ("known", "owners"),
    [
        ([], set()),
        ([LATE], {BOB}),
        ([LATE, EARLY], {ADA}),
        ([EARLY, Known(CARL, 100)], {ADA, CARL}),
        ([EARLY, Known(BOB, 200, settled_at=5)], {BOB}),
        ([Known(ADA, 100, settled_at=9), Known(BOB, 200, settled_at=5)], {ADA}),
    ],
)
def test_a_picture_is_the_earliest_posters_unless_a_moderator_says_otherwise(
    known: list[Known], owners: set[int]
) -> None:
    assert owners_of_known(known) == owners


def test_only_an_owners_never_counts() -> None:
    locked = [EARLY, Known(BOB, 200, never=True)]
    assert never_by(locked, owners_of_known(locked)) == set()
    assert never_by([Known(ADA, 100, never=True), LATE], {ADA}) == {ADA}
