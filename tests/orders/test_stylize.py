from typing import Any

import pytest

import spark
from bot.domain.kinds import Kind
from bot.orders.picture_orders import PictureOrder
from bot.orders.stylize import StylizeOptions, stylize_order
from tests.domain.refusing import assert_refused


def order(style: str = "watercolor", **options: Any) -> PictureOrder:
    return stylize_order(StylizeOptions(style, **options))


def watermark(**options: Any) -> dict[str, Any] | None:
    mark: dict[str, Any] | None = order(**options).request.settings().get("logo_info")
    return mark


@pytest.mark.parametrize("slug", spark.STYLES)
def test_a_style_is_asked_for_by_its_keys_and_names_the_thread(slug: str) -> None:
    style, ordered = spark.STYLES[slug], order(slug)
    assert (ordered.kind, ordered.title) == (Kind.STYLIZE, style.label)
    keys = {"req_key": style.req_key, "return_url": True}
    if style.sub_req_key is not None:
        keys["sub_req_key"] = style.sub_req_key
    assert ordered.request.settings() == keys


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({}, None),
        ({"watermark": False}, None),
        ({"watermark": True}, {}),
        ({"watermark_text": " by alice "}, {"logo_text_content": "by alice"}),
        ({"watermark_text": "x" * 100}, {"logo_text_content": "x" * 100}),
        ({"watermark_position": "bottom right"}, {}),  # where Spark puts it anyway
        ({"watermark_position": "bottom left"}, {"position": 1}),
        ({"watermark_position": "top left"}, {"position": 2}),
        ({"watermark_position": "top right"}, {"position": 3}),
        ({"watermark_opacity": 0}, {"opacity": 0}),
        ({"watermark_opacity": 0.35}, {"opacity": 0.35}),
        ({"watermark_opacity": 1}, {}),
        ({"watermark_language": "Chinese"}, {}),
        ({"watermark_language": "English"}, {"language": 1}),
    ],
    ids=str,
)
def test_whoever_says_how_a_watermark_looks_wants_one(
    options: dict[str, Any], sent: dict[str, Any] | None
) -> None:
    expected = None if sent is None else {"add_logo": True} | sent
    assert watermark(**options) == expected
    if options and sent is not None:
        assert watermark(**options | {"watermark": True}) == expected


def test_an_order_says_whether_its_picture_is_hidden() -> None:
    assert [order(spoiler=hidden).spoiler for hidden in (False, True)] == [False, True]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"style": "cubist"}, ["the style", "“cubist”", "Ink Wash Style", "3D Game Z-Era", "or Doll"]),
        ({"style": ""}, ["the style", "“”", "Ink Wash Style"]),
        ({"style": "x" * 6000}, ["the style", "xxxx", "Ink Wash Style"]),
        ({"style": "img2img_clay_style_usage"}, ["the style", "Cute Clay"]),
        (
            {"watermark": False, "watermark_text": "me"},
            ["the watermark", "the watermark is false", "watermark_text came with it", "watermark: true"],
        ),
        (
            {"watermark": False, "watermark_opacity": 0.5, "watermark_language": "English"},
            ["the watermark is false", "watermark_opacity and watermark_language came with it", "leave"],
        ),
        ({"watermark": False, "watermark_position": "top left"}, ["watermark_position"]),
        ({"watermark_text": " \n"}, ["the watermark_text", "0 characters", "1 to 100"]),
        ({"watermark_text": "x" * 101}, ["the watermark_text", "101 characters", "1 to 100"]),
        (
            {"watermark_position": "middle"},
            ["the watermark_position", "“middle”", "bottom right, bottom left, top left or top right"],
        ),
        ({"watermark_opacity": -0.1}, ["the watermark_opacity", "-0.1", "from 0 to 1"]),
        ({"watermark_opacity": 1.1}, ["the watermark_opacity", "1.1", "from 0 to 1"]),
        ({"watermark_language": "Latin"}, ["the watermark_language", "“Latin”", "Chinese or English"]),
        ({"style": 3}, ["the style", "3", "text"]),
        ({"watermark": "yes"}, ["the watermark", "“yes”", "true or false"]),
        ({"watermark": 1}, ["the watermark", "1", "true or false"]),
        ({"watermark_text": 5}, ["the watermark_text", "5", "text"]),
        ({"watermark_position": 2}, ["the watermark_position", "2", "text"]),
        ({"watermark_opacity": "half"}, ["the watermark_opacity", "“half”", "a number"]),
        ({"watermark_opacity": True}, ["the watermark_opacity", "True", "a number"]),
        ({"watermark_language": 1}, ["the watermark_language", "1", "text"]),
        ({"spoiler": 0}, ["the spoiler", "0", "true or false"]),
    ],
    ids=lambda value: str(value)[:50],
)
def test_what_cannot_be_is_refused_with_its_name_value_and_limit(options: dict[str, Any], told: list[str]) -> None:
    assert_refused(lambda: order(**options), told)


def test_every_parameter_of_the_vendors_page_can_be_reached() -> None:
    reached = order(
        "doll",
        watermark_text="me",
        watermark_position="top left",
        watermark_opacity=0.5,
        watermark_language="English",
    ).request.settings()
    assert reached.keys() == spark.StyleTemplate.model_fields.keys() - set(spark.StyleTemplate.image_fields)
    assert reached["logo_info"].keys() == spark.LogoInfo.model_fields.keys()
