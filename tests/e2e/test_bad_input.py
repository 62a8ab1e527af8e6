import re
from typing import Any

import pytest

from tests.e2e.harness import Harness
from tests.e2e.markup import as_shown, markup_in

WRONG: list[tuple[dict[str, Any], list[str]]] = [
    ({"prompt": ""}, ["prompt", "0 characters", "1 to 800"]),
    ({"prompt": " \n\t "}, ["prompt", "0 characters", "1 to 800"]),
    ({"prompt": "x" * 801}, ["prompt", "801 characters", "1 to 800"]),
    ({"width": 1024}, ["width came without height", "both"]),
    ({"height": 1024}, ["height came without width", "both"]),
    ({"width": 1541, "height": 512}, ["1541×512", "between 1:3 and 3:1"]),
    ({"width": 512, "height": 1541}, ["512×1541", "between 1:3 and 3:1"]),
    ({"width": 2049, "height": 2048}, ["2049×2048", "2048×2048"]),
    ({"width": 511, "height": 600}, ["width", "511", "512"]),
    ({"width": 1024, "height": 1024, "aspect": "1:1"}, ["width and height", "aspect", "either"]),
    ({"width": 1024, "height": 1024, "quality": "hd"}, ["width and height", "quality", "either"]),
    ({"seed": 0}, ["seed", "it is 0", "1 to 2147483647"]),
    ({"seed": -2}, ["seed", "it is -2", "1 to 2147483647"]),
    ({"seed": 2**31}, ["seed", "2147483648", "1 to 2147483647"]),
    ({"seed": 2**31 - 1, "count": 2}, ["seed", "2147483647", "1 to 2147483646"]),
    ({"count": 0}, ["count", "it is 0", "1 to 4"]),
    ({"count": 5}, ["count", "it is 5", "1 to 4"]),
    ({"aspect": "5:4"}, ["aspect", "“5:4”", "9:21"]),
    ({"quality": "ultra"}, ["quality", "“ultra”", "standard or hd"]),
    ({"enhance": "maybe"}, ["enhance", "“maybe”", "auto, on, off"]),
    ({"prompt": 5}, ["prompt", "5", "text"]),
    ({"aspect": 7}, ["aspect", "7", "text"]),
    ({"enhance": False}, ["enhance", "False", "text"]),
    ({"width": "wide", "height": 600}, ["width", "wide", "whole number"]),
    ({"seed": 1.5}, ["seed", "1.5", "whole number"]),
    ({"seed": True}, ["seed", "True", "whole number"]),
    ({"count": "3"}, ["count", "3", "whole number"]),
    ({"spoiler": "yes"}, ["spoiler", "yes", "true or false"]),
]


@pytest.mark.parametrize(("options", "told"), WRONG, ids=lambda value: str(value)[:40])
async def test_a_hand_made_command_is_refused_before_anything_is_charged(
    bot: Harness, options: dict[str, Any], told: list[str]
) -> None:
    asked = await bot.imagine(strict=False, **options)
    text = as_shown(await bot.refused(asked))
    assert [fragment for fragment in told if fragment.lower() not in text.lower()] == []
    assert text.endswith("\n-# Nothing was charged.")
    assert asked.response is not None  # refused at once: there was no deferral to delete
    assert asked.followups == []
    assert bot.submits == []
    assert await bot.books.jobs() == []
    assert bot.pinged() == set()


async def test_a_refusal_shows_what_was_typed_as_text(bot: Harness) -> None:
    typed = f"{bot.bob.mention} `**x**`"
    text = await bot.refused(await bot.imagine(strict=False, aspect=typed))
    (shown,) = re.findall("“(.*)”", text)
    assert as_shown(shown) == typed
    assert markup_in(shown) == []


async def test_a_command_that_is_not_the_registered_one_is_refused(bot: Harness) -> None:
    text = await bot.refused(await bot.command("/imagine", strict=False, words="a red fox"))
    assert "Reload Discord" in text
    assert bot.submits == []
