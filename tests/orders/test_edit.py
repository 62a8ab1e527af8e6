import random
from typing import Any

import pytest

import spark
from bot.domain.kinds import Kind
from bot.orders.edit import EditOptions, edit_order
from bot.orders.options import SEED_MAX
from bot.orders.picture_orders import PictureOrder
from tests.domain.refusing import assert_refused

FREE, STRUCTURE = "spark_edit_3_0", "spark_i2i_3_0"


def order(prompt: str = "make it night", usual: str = FREE, **options: Any) -> PictureOrder:
    return edit_order(EditOptions(prompt, **options), usual, random.Random(1))


def settings(**options: Any) -> dict[str, Any]:
    return order(**{"seed": 7, **options}).request.settings()


@pytest.mark.parametrize(
    ("usual", "chosen", "model"),
    [
        (FREE, None, FREE),
        (STRUCTURE, None, STRUCTURE),
        (STRUCTURE, "edit", FREE),
        (FREE, "structure", STRUCTURE),
    ],
)
def test_the_option_chooses_the_model_and_else_the_setting_does(usual: str, chosen: str, model: str) -> None:
    assert order(usual=usual, model=chosen).request.name == model


@pytest.mark.parametrize("model", ["edit", "structure"])
@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({}, {"seed": 7}),
        ({"seed": 1}, {"seed": 1}),
        ({"seed": SEED_MAX}, {"seed": SEED_MAX}),
        ({"strength": 0}, {"seed": 7, "scale": 0}),
        ({"strength": 0.75}, {"seed": 7, "scale": 0.75}),
        ({"strength": 1}, {"seed": 7, "scale": 1}),
        ({"strength": 0.5}, {"seed": 7}),  # what Spark takes anyway
    ],
)
def test_each_option_goes_to_spark_under_its_own_name(
    model: str, options: dict[str, Any], sent: dict[str, Any]
) -> None:
    assert settings(model=model, **options) == {"prompt": "make it night"} | sent


@pytest.mark.parametrize("size", [(512, 2016), (2016, 512), (1000, 1000)])
def test_the_structure_model_takes_a_size(size: tuple[int, int]) -> None:
    sent = settings(model="structure", size=f"{size[0]}x{size[1]}")
    assert (sent["width"], sent["height"]) == size
    assert settings(usual=STRUCTURE, size=f"{size[0]} × {size[1]}") == sent


def test_where_no_seed_is_given_one_is_drawn_and_sent() -> None:
    drawn = {edit_order(EditOptions("x"), FREE, random.Random(n)).request.settings()["seed"] for n in range(50)}
    assert len(drawn) > 45
    assert all(isinstance(seed, int) and 1 <= seed <= SEED_MAX for seed in drawn)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("  make it night \n", "make it night"),
        ("make it\nnight", "make it\nnight"),
        ("make it \x00\x07night\ud83d", "make it night"),
        ("x" * 800, "x" * 800),
    ],
)
def test_the_words_are_sent_as_they_can_be_seen_and_name_the_thread(typed: str, sent: str) -> None:
    ordered = order(typed)
    assert (ordered.kind, ordered.title) == (Kind.EDIT, sent)
    assert ordered.request.settings()["prompt"] == sent


def test_an_order_says_whether_its_picture_is_hidden() -> None:
    assert [order(spoiler=hidden).spoiler for hidden in (False, True)] == [False, True]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"prompt": ""}, ["the prompt", "0 characters", "1 to 800"]),
        ({"prompt": " \n\x00 "}, ["the prompt", "0 characters", "1 to 800"]),
        ({"prompt": "x" * 801}, ["the prompt", "801 characters", "1 to 800"]),
        ({"model": "free"}, ["the model", "“free”", "edit or structure"]),
        ({"model": ""}, ["the model", "“”", "edit or structure"]),
        ({"strength": -0.01}, ["the strength", "-0.01", "from 0 to 1"]),
        ({"strength": 1.01}, ["the strength", "1.01", "from 0 to 1"]),
        ({"strength": float("nan")}, ["the strength", "nan", "from 0 to 1"]),
        ({"strength": 10**400}, ["the strength", "1000000", "from 0 to 1"]),
        ({"seed": 0}, ["the seed", "0", "15 digits"]),
        ({"seed": -1}, ["the seed", "-1", "15 digits"]),
        ({"seed": SEED_MAX + 1}, ["the seed", "9007199254740992", "15 digits"]),
        ({"seed": 10**3000}, ["the seed", "1000000", "15 digits"]),
        ({"size": "1024x1024"}, ["takes a size", "model: structure"]),
        ({"model": "edit", "usual": STRUCTURE, "size": "16:9"}, ["takes a size", "model: structure"]),
        ({"model": "structure", "size": "1024"}, ["“1024”", "1500x900"]),
        ({"model": "structure", "size": "16:9 hd"}, ["“16:9 hd”", "9:21"]),
        ({"model": "structure", "size": "511x600"}, ["the width", "511", "512 to 2016"]),
        ({"model": "structure", "size": "600x2017"}, ["the height", "2017", "512 to 2016"]),
        ({"model": "structure", "size": "0x9000"}, ["the width", "it is 0", "the height", "9000", "512 to 2016"]),
        ({"prompt": 5}, ["the prompt", "5", "text"]),
        ({"prompt": ["x"]}, ["the prompt", "x", "text"]),
        ({"model": 1}, ["the model", "1", "text"]),
        ({"strength": "much"}, ["the strength", "“much”", "a number"]),
        ({"strength": True}, ["the strength", "True", "a number"]),
        ({"seed": 1.5}, ["the seed", "1.5", "a whole number"]),
        ({"seed": "7"}, ["the seed", "“7”", "a whole number"]),
        ({"seed": True}, ["the seed", "True", "a whole number"]),
        ({"model": "structure", "size": 600}, ["the size", "600", "text"]),
        ({"spoiler": "yes"}, ["the spoiler", "“yes”", "true or false"]),
    ],
    ids=lambda value: str(value)[:50],
)
def test_what_cannot_be_is_refused_with_its_name_value_and_limit(options: dict[str, Any], told: list[str]) -> None:
    assert_refused(lambda: order(**options), told)


@pytest.mark.parametrize(("option", "kind"), [("edit", spark.Edit), ("structure", spark.ImageToImage)])
def test_every_parameter_of_the_vendors_page_can_be_reached(
    option: str, kind: type[spark.Edit | spark.ImageToImage]
) -> None:
    size = {} if option == "edit" else {"size": "600x700"}
    reached = settings(model=option, strength=0.1, **size)
    assert reached.keys() == kind.model_fields.keys() - set(kind.image_fields)
