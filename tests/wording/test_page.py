"""The page of all texts: nothing of `bot.wording` is left out of it, and what cannot be written is named."""

import inspect
import sys
from pathlib import Path

import pytest

import bot.wording
from bot.domain.budgets import Budget
from bot.domain.moderation.decisions import Block
from bot.wording import amounts, failures, pictures_not_found, text
from tests.texts.cases import HELPERS
from tests.texts.examples import BY_NAME, BY_TYPE
from tests.texts.page import Unwritten, modules, page, texts

ZOO = '''"""What is said of animals."""

from typing import Final, Literal

from bot.domain.refusals import Refusal, Refuser
from bot.wording.commands import CommandWords

FEED: Final = "Feed it"
"""The button."""
FOX: Final = CommandWords("A fox", {"colour": "Its colour"})
LEGS: Final = 4
_HIDDEN: Final = "hidden"


def seen(channel_id: int, where: Literal["forest"] | None) -> str | None:
    """Say that an animal was seen."""
    return f"on <#{channel_id}>{'' if where is None else f' in the {where}'}"


def fled() -> Refusal:
    """Say that an animal is gone."""
    return Refusal(Refuser.BOT, "It has fled.", "Wait.", in_public=("It was a fox.", "Ask."))


def parts(*names: str) -> tuple[str, ...]:
    """Give the lines of one text."""
    return names
'''


def shown() -> set[tuple[str, str]]:
    return {(each.module.__name__, each.name) for each in texts()}


def test_every_public_function_says_something_on_it() -> None:
    functions = {
        (module.__name__, name)
        for module in modules()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_") and function not in HELPERS
    }
    assert len(functions) > 50
    assert functions <= shown()


def test_labels_stand_on_it_and_helpers_do_not() -> None:
    assert (failures.__name__, "NEVER_FINISHED") in shown()
    assert (amounts.__name__, "fitted") not in shown()
    assert text not in modules()


def test_it_is_the_same_each_time_and_says_nothing_twice() -> None:
    assert page() == page()
    said = [(each.module, each.name, each.words) for each in texts()]
    assert len(said) == len(set(said))
    assert all(each.words for each in texts())


def test_all_that_have_no_example_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(BY_TYPE, Block)
    monkeypatch.delitem(BY_TYPE, Budget)
    monkeypatch.delitem(BY_NAME, "price")

    with pytest.raises(Unwritten) as unwritten:
        page()

    wanted = "give examples in tests/texts/examples.py"
    assert {
        f"bot.wording.amounts.budget_lines takes budget: Budget; {wanted}",
        f"bot.wording.blocks.blocked_text takes block: Block; {wanted}",
        f"bot.wording.budgets.unsent_text takes budget: Budget, price: int; {wanted}",
    } <= {*str(unwritten.value).splitlines()}


def test_what_does_not_fit_together_is_named_with_its_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BY_NAME, "kind", ("edit", "imagine"))

    with pytest.raises(Unwritten, match=r"by_menu cannot be called \(kind: imagine\): KeyError"):
        page()


def test_a_function_that_says_nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def result_gone() -> None:
        """Say nothing."""

    monkeypatch.setattr(pictures_not_found, "result_gone", result_gone)

    with pytest.raises(Unwritten, match="result_gone says nothing in any case"):
        page()


def test_new_modules_and_what_is_in_them_appear_by_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zoo.py").write_text(ZOO, encoding="utf-8")
    monkeypatch.setattr(bot.wording, "__path__", [*bot.wording.__path__, str(tmp_path)])

    written = page()
    del sys.modules["bot.wording.zoo"]
    delattr(bot.wording, "zoo")

    assert "> **It was a fox.**  \n> Ask.\n" in written  # so that lines stay lines
    assert written.replace("  \n", "\n").endswith(
        """## What is said of animals.

`bot.wording.zoo`

### FEED — The button.

> Feed it

### FOX

*description*

> A fox

*options · colour*

> Its colour

### seen — Say that an animal was seen.

> on <#1102938475610293248> in the forest

*where: none*

> on <#1102938475610293248>

### fled — Say that an animal is gone.

> **It has fled.**
> Wait.

*in public*

> **It was a fox.**
> Ask.

### parts — Give the lines of one text.

> The server today
"""
    )
