import random
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

import spark
from bot.domain.refusals import Refusal
from bot.orders.edit import EditOptions, edit_order
from bot.orders.imagine import ImagineOptions, checked_options
from bot.orders.options import typed_number
from bot.orders.portrait import PortraitOptions, portrait_order
from bot.orders.stylize import StylizeOptions, stylize_order

CHECKED: dict[type[Any], Callable[[Any], object]] = {
    ImagineOptions: checked_options,
    EditOptions: lambda options: edit_order(options, spark.Edit.name, random.Random(1)),
    StylizeOptions: stylize_order,
    PortraitOptions: lambda options: portrait_order(options, random.Random(1)),
}
WORDS = {"prompt": "a fox", "style": "Pixel art"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("", None), ("  ", None)),
        *(("0", 0), ("1", 1), ("7", 7)),
        *(("0.4", 0.4), ("0,4", 0.4), (" .5 ", 0.5), ("0.123456", 0.123456)),
    ],
)
def test_a_number_is_read_as_people_type_it(text: str, number: float | None) -> None:
    assert typed_number("strength", text) == number


@pytest.mark.parametrize("text", ["much", "0.4.4", "-1", "1e-1", "nan", "inf", "٤", "50%", "0x1", ".", ","])
def test_what_is_no_number_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        typed_number("strength", text)
    assert "strength" in refused.value.so
    assert "from 0 to 1" in refused.value.text


@pytest.mark.parametrize(
    ("options", "name"), [(options, field.name) for options in CHECKED for field in fields(options)]
)
def test_an_option_of_a_wrong_type_is_refused_by_its_name(options: type[Any], name: str) -> None:
    said = {field.name: WORDS[field.name] for field in fields(options) if field.name in WORDS}
    with pytest.raises(Refusal) as refused:
        CHECKED[options](options(**said | {name: [7]}))
    assert name in refused.value.text
