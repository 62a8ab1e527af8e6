import pytest

from bot.domain.refusals import PastRefusal, Refusal, Refuser

TOO_LONG = Refusal(
    Refuser.SPARK, "Your words are too long.", "Shorten them.", in_public=("Too long.", "Try /help.")
)


def test_a_refusal_is_what_is_so_and_the_way_on() -> None:
    assert TOO_LONG.text == "**Your words are too long.**\nShorten them."
    assert TOO_LONG.text_in_public == "**Too long.**\nTry /help."
    assert Refusal(Refuser.BOT, "No.", "Wait.").text_in_public == "**No.**\nWait."


def test_a_refusal_can_be_raised_and_read_in_a_log() -> None:
    with pytest.raises(Refusal, match=r"^Spark: Your words are too long\.$"):
        raise TOO_LONG


@pytest.mark.parametrize(
    ("what", "stands_alone"), [("Which picture?", True), ("Already on it.", True), ("this: it is too long", False)]
)
def test_what_was_kept_of_an_older_refusal_goes_on_from_who_refused(what: str, *, stands_alone: bool) -> None:
    assert PastRefusal("Spark", what, 0).is_sentence is stands_alone
