"""What becomes of 300 replies, as people write them: talk is never charged, an order is never lost."""

from pathlib import Path

from bot.domain.replies.meaning import Meaning, meaning_of
from bot.domain.replies.picture_numbers import named_picture

OF = 4
AT_ONCE = 0.85
"""The share of the orders that go without a question."""
RIGHT = 0.9
"""The share of the numbers that nobody has to be asked about, where they tell a picture."""


def section(name: str) -> list[str]:
    text = Path(__file__).with_name("replies.txt").read_text(encoding="utf-8")
    _, _, following = text.partition(f"[{name}]\n")
    return [line for line in following.partition("\n[")[0].splitlines() if line]


def numbered() -> list[tuple[str, str]]:
    return [(number, words) for number, _, words in (line.partition(" ") for line in section("numbers"))]


def test_there_are_a_hundred_of_each() -> None:
    assert [len(section(name)) for name in ("talk", "edits", "numbers")] == [100, 100, 100]


def test_no_talk_is_charged_and_hardly_any_is_asked_about() -> None:
    meanings = {words: meaning_of(words) for words in section("talk")}
    assert [words for words, meaning in meanings.items() if meaning is Meaning.ORDER] == []
    asked = [words for words, meaning in meanings.items() if meaning is Meaning.UNCLEAR]
    assert len(asked) <= 10, asked


def test_most_orders_go_at_once_and_no_other_is_lost() -> None:
    meanings = {words: meaning_of(words) for words in section("edits")}
    assert [words for words, meaning in meanings.items() if meaning is Meaning.TALK] == []
    at_once = [words for words, meaning in meanings.items() if meaning is Meaning.ORDER]
    assert len(at_once) >= AT_ONCE * len(meanings), meanings.keys() - {*at_once}


def test_every_number_is_right_or_asked_about() -> None:
    named = {words: (number, named_picture(words, OF)) for number, words in numbered()}
    told = {words: (number, found) for words, (number, found) in named.items() if found is not None}
    wrong = [words for words, (number, found) in told.items() if number != str(found.number)]
    assert [words for words in wrong if told[words][1].number <= OF] == []
    meant = [words for words, (number, _) in named.items() if number != "?"]
    assert len(told.keys() & {*meant}) >= RIGHT * len(meant), {*meant} - told.keys()


def test_hardly_any_order_with_a_number_is_lost() -> None:
    assert [words for _, words in numbered() if meaning_of(words) is Meaning.TALK] == []
