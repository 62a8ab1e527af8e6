import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.moderation.words import ENTRY_MAX, Fault, FaultyLine, ReadList, WordList, texts_in, word_list

LIST = WordList(["bad", "two words", "gor*", "big ter*", "Straße", "裸体", "ก็*", "x y z", "ok"])


@pytest.mark.parametrize(
    "text",
    [
        "bad",
        "a BAD fox",
        "a (bad) fox",
        "**bad**",
        "bad_fox",
        "\uff42\uff41\uff44 fox",  # full width
        "ⓑⓐⓓ",
        "b\u200bad",
        "b\u00adad",
        "b̶a̶d̶",
        "b a d",
        "B.A.D.",
        "b-a-d fox",
        "so b a d it is",
        "a b a d fox",  # the article stands alone too
        "two words",
        "Two\nWORDS!",
        "two, words",
        "gore",
        "gor",
        "g o r e",
        "a big terror",
        "STRASSE",
        "strasse",
        "画裸体的人",
        "ก็คือ",
        "x y z",
        "xyz",
        "o k",
    ],
)
def test_a_listed_word_is_found_however_it_is_written(text: str) -> None:
    assert LIST.is_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a badge",
        "forbad",
        "two other words",
        "words two",
        "agor",
        "a big cat",
        "a b c d",
        "I a m h e r e",
        "裸的身体",
        "okay",
        "b o k",  # two letters are found where they are all that stands apart
        "ba d",
        "🅱️ fox",
    ],
)
def test_other_words_are_not(text: str) -> None:
    assert not LIST.is_in(text)


def test_nothing_is_in_an_empty_list() -> None:
    assert not WordList([])
    assert not WordList([]).is_in("anything")
    assert word_list(("bad",)) is word_list(("bad",))


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["bad", "two words", "gore", "裸体"]))
def test_what_stands_around_a_word_does_not_hide_it(before: str, after: str, word: str) -> None:
    assert LIST.is_in(f"{before} {word} {after}")


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through_and_listed(text: str) -> None:
    LIST.is_in(text)
    read = ReadList.of(text)
    for entry in read.entries:
        assert WordList([entry]).is_in(entry.removesuffix("*"))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("*", Fault.NO_WORD),
        ("!?", Fault.NO_WORD),
        ("a*", Fault.TOO_SHORT_A_BEGINNING),
        ("bad a*", Fault.TOO_SHORT_A_BEGINNING),
        ("*bad", Fault.STAR_WITHIN),
        ("b*d", Fault.STAR_WITHIN),
        ("bad *", Fault.STAR_WITHIN),
        ("bad**", Fault.STAR_WITHIN),
        ("b" * (ENTRY_MAX + 1), Fault.TOO_LONG),
    ],
)
def test_an_entry_that_cannot_be_used_is_named_by_its_line(line: str, fault: Fault) -> None:
    read = ReadList.of(f"good\n\n# a comment\n{line}\nbetter")
    assert read.entries == ("good", "better")
    assert read.faulty == (FaultyLine(4, fault),)


def test_each_entry_is_kept_once_and_as_it_was_written() -> None:
    assert ReadList.of("Bad\n  two   words \n\nBad\ngor*").entries == ("Bad", "two words", "gor*")


def test_the_texts_of_an_order_are_its_prompt_and_what_stands_on_the_picture() -> None:
    params = {"prompt": "a fox", "seed": 7, "logo_info": {"add_logo": True, "logo_text_content": "© me"}}
    assert list(texts_in(params)) == ["a fox", "© me"]
    assert list(texts_in({"seed": 7, "logo_info": {"position": 1}})) == []
