"""The rules of docs/voice.md, held over every text of the page of texts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_type_hints

import pytest

from bot.domain.refusals import Refusal
from bot.wording.amounts import LINES_MAX
from tests.texts.page import Text, texts

ROOT: Final = Path(__file__).parents[2]
BUTTON_MAX: Final = 25
MACHINE_NAMES: Final = frozenset({"details", "case", "exports"})
"""The modules that may name what Spark and the ledger are made of."""


def module_of(text: Text) -> str:
    return text.module.__name__.rpartition(".")[2]


ALL: Final = list(texts())


def wrong(found: Iterator[Text]) -> list[str]:
    return [f"{module_of(text)}.{text.name}: {text.words}" for text in found]


def not_to_be_said() -> list[str]:
    """Read the words that are for nobody; those with a note in brackets depend on who reads."""
    voice = (ROOT / "docs" / "voice.md").read_text(encoding="utf-8")
    listed = voice.partition("## Not to be said\n")[2].partition("\n## ")[0]
    return [each.strip() for each in listed.split("·") if "(" not in each]


def is_refusal(text: Text) -> bool:
    named = getattr(text.module, text.name)
    if not callable(named):
        return False
    said = get_type_hints(named).get("return")
    return isinstance(said, type) and issubclass(said, Refusal)


def names_on_buttons() -> set[str]:
    """Find the constants and functions of `bot.wording` that buttons are built with."""
    named = set()
    for path in (ROOT / "bot" / "features").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith("Button"):
                continue
            for given in (*node.args, *(keyword.value for keyword in node.keywords)):
                called = given.func if isinstance(given, ast.Call) else given
                named.add(ast.unparse(called).rpartition(".")[2])
    return named


def says_one_thing(text: Text) -> bool:
    named = getattr(text.module, text.name)
    return callable(named) or isinstance(named, str)


def test_a_refusal_is_one_bold_line_and_the_way_on() -> None:
    assert not wrong(
        text for text in ALL if is_refusal(text) and not re.fullmatch(r"\*\*[^*\n]+[.?!]\*\*\n[^\n]+", text.words)
    )


def test_no_text_is_longer_than_a_page() -> None:
    assert not wrong(text for text in ALL if text.words.count("\n") >= LINES_MAX)


def test_what_stands_on_a_button_fits_there() -> None:
    on_buttons = names_on_buttons()
    named = [text for text in ALL if text.name in on_buttons and says_one_thing(text)]
    named += [text for text in ALL if text.about.startswith("Name the button")]
    assert len(named) > 15
    assert not wrong(text for text in named if len(text.words) > BUTTON_MAX)


@pytest.mark.parametrize("word", not_to_be_said())
def test_words_that_are_not_to_be_said_are_not(word: str) -> None:
    said = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    assert not wrong(
        text
        for text in ALL
        if said.search(text.words) and not (word == "task" and module_of(text) in MACHINE_NAMES)
    )
