import random
from typing import Any

import pytest

import spark
from bot.domain.kinds import Kind
from bot.orders.options import SEED_MAX
from bot.orders.picture_orders import PictureOrder
from bot.orders.portrait import PortraitOptions, portrait_order
from tests.domain.refusing import assert_refused

SLIDERS = {"face_clarity": "gpen", "beautify": "skin", "even_skin": "skin_unifi"}
USUAL = {"face_clarity": 4, "beautify": 3, "even_skin": 0}


def order(**options: Any) -> PictureOrder:
    return portrait_order(PortraitOptions(**options), random.Random(1))


def settings(**options: Any) -> dict[str, Any]:
    return order(**{"seed": 7, **options}).request.settings()


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({}, {}),
        ({"prompt": " in a garden "}, {"prompt": "in a garden"}),
        ({"prompt": "x" * 800}, {"prompt": "x" * 800}),
        ({"mode": "creative"}, {"gen_mode": "creative"}),
        ({"mode": "reference"}, {"gen_mode": "reference"}),
        ({"mode": "character"}, {"gen_mode": "reference_char"}),
        ({"prompt": "a king", "mode": "character"}, {"prompt": "a king", "gen_mode": "reference_char"}),
        ({"size": "512x2048"}, {"width": 512, "height": 2048}),
        ({"size": "16:9"}, {"width": 1664, "height": 936}),
        ({"size": "9:16 hd"}, {"width": 1152, "height": 2048}),
        ({"size": "1:1"}, {}),
        ({"seed": 1}, {"seed": "1"}),
        ({"seed": SEED_MAX}, {"seed": str(SEED_MAX)}),
    ],
    ids=str,
)
def test_each_option_goes_to_spark_under_its_own_name(options: dict[str, Any], sent: dict[str, Any]) -> None:
    assert settings(**options) == {"seed": "7"} | sent


@pytest.mark.parametrize("option", SLIDERS)
@pytest.mark.parametrize("tenths", range(11))
def test_a_slider_has_eleven_steps(option: str, tenths: int) -> None:
    usual = tenths == USUAL[option]  # which is not sent
    assert settings(**{option: tenths / 10}).get(SLIDERS[option]) == (None if usual else tenths / 10)


def test_what_a_computer_makes_of_a_tenth_is_one() -> None:
    assert settings(beautify=0.1 * 7)["skin"] == 0.7
    assert settings(even_skin=1)["skin_unifi"] == 1


def test_where_no_seed_is_given_one_is_drawn_and_sent_as_text() -> None:
    drawn = {portrait_order(PortraitOptions(), random.Random(n)).request.settings()["seed"] for n in range(50)}
    assert len(drawn) > 45
    assert all(isinstance(seed, str) and 1 <= int(seed) <= SEED_MAX for seed in drawn)


@pytest.mark.parametrize("prompt", [None, "", "  ", "\x00"])
def test_without_words_spark_keeps_to_the_picture(prompt: str | None) -> None:
    ordered = order(prompt=prompt)
    assert "prompt" not in ordered.request.settings()
    assert (ordered.kind, ordered.title) == (Kind.PORTRAIT, "A new portrait")


def test_the_words_name_the_thread() -> None:
    assert order(prompt="as a pirate").title == "as a pirate"


def test_an_order_says_whether_its_picture_is_hidden() -> None:
    assert [order(spoiler=hidden).spoiler for hidden in (False, True)] == [False, True]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"prompt": "x" * 801}, ["the prompt", "801 characters", "1 to 800"]),
        ({"mode": "reference_char"}, ["the mode", "“reference_char”", "creative, reference or character"]),
        ({"mode": ""}, ["the mode", "“”", "creative, reference or character"]),
        ({"face_clarity": 0.25}, ["the face_clarity", "0.25", "from 0 to 1 in steps of 0.1"]),
        ({"face_clarity": -0.1}, ["the face_clarity", "-0.1", "from 0 to 1 in steps of 0.1"]),
        ({"face_clarity": 1.1}, ["the face_clarity", "1.1", "from 0 to 1 in steps of 0.1"]),
        ({"beautify": 0.99}, ["the beautify", "0.99", "from 0 to 1 in steps of 0.1"]),
        ({"beautify": 2}, ["the beautify", "2", "from 0 to 1 in steps of 0.1"]),
        ({"even_skin": 0.01}, ["the even_skin", "0.01", "from 0 to 1 in steps of 0.1"]),
        ({"even_skin": float("inf")}, ["the even_skin", "inf", "from 0 to 1 in steps of 0.1"]),
        ({"even_skin": 10**400}, ["the even_skin", "1000", "from 0 to 1 in steps of 0.1"]),
        ({"face_clarity": 0.25, "beautify": 3}, ["The face_clarity", "0.25", "The beautify", "it is 3"]),
        ({"size": "511x600"}, ["the width", "511", "512 to 2048"]),
        ({"size": "600x2049"}, ["the height", "2049", "512 to 2048"]),
        ({"size": "large"}, ["“large”", "16:9 hd"]),
        ({"seed": 0}, ["the seed", "0", "15 digits"]),
        ({"seed": -1}, ["the seed", "-1", "15 digits"]),
        ({"seed": SEED_MAX + 1}, ["the seed", "9007199254740992", "15 digits"]),
        ({"prompt": 5}, ["the prompt", "5", "text"]),
        ({"mode": 1}, ["the mode", "1", "text"]),
        ({"face_clarity": "0.4"}, ["the face_clarity", "“0.4”", "a number"]),
        ({"beautify": True}, ["the beautify", "True", "a number"]),
        ({"even_skin": []}, ["the even_skin", "[]", "a number"]),
        ({"size": 600}, ["the size", "600", "text"]),
        ({"seed": "7"}, ["the seed", "“7”", "a whole number"]),
        ({"spoiler": "yes"}, ["the spoiler", "“yes”", "true or false"]),
    ],
    ids=lambda value: str(value)[:50],
)
def test_what_cannot_be_is_refused_with_its_name_value_and_limit(options: dict[str, Any], told: list[str]) -> None:
    assert_refused(lambda: order(**options), told)


def test_every_parameter_of_the_vendors_page_can_be_reached() -> None:
    reached = settings(prompt="x", mode="creative", face_clarity=0.1, beautify=0.1, even_skin=0.1, size="600x600")
    assert reached.keys() == spark.Portrait.model_fields.keys() - set(spark.Portrait.image_fields)
