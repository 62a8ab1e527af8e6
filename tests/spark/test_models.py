import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import spark
from spark import Edit, ImageToImage, InvalidRequest, LogoInfo, Portrait, StyleTemplate, TextToImage

URL = "https://example.com/image.png"
PIXELS = "AAAA"
GHIBLI = "img2img_ghibli_style_usage"
COMIC = "img2img_comic_style_usage"
LEAST: Mapping[type[spark.Request], dict[str, Any]] = {
    TextToImage: {"prompt": "x"},
    ImageToImage: {"prompt": "x"},
    Edit: {"prompt": "x"},
    StyleTemplate: {"req_key": GHIBLI},
    Portrait: {},
}


def refused(kind: type[spark.Request], **params: Any) -> InvalidRequest:
    with pytest.raises(InvalidRequest) as raised:
        kind(**params)
    return raised.value


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (TextToImage, "spark_t2i_3_0"),
        (ImageToImage, "spark_i2i_3_0"),
        (Edit, "spark_edit_3_0"),
        (StyleTemplate, "spark_style_template"),
        (Portrait, "spark_edit_portrait"),
    ],
)
def test_the_models_have_the_vendors_names(kind: type[spark.Request], name: str) -> None:
    assert kind.name == name
    assert spark.MODELS[name] is kind
    assert len(spark.MODELS) == 5


@pytest.mark.parametrize(
    ("kind", "defaults"),
    [
        (TextToImage, {"use_pre_llm": True, "seed": -1, "width": 1328, "height": 1328}),
        (ImageToImage, {"seed": -1, "scale": 0.5, "width": 1328, "height": 1328}),
        (Edit, {"seed": -1, "scale": 0.5}),
        (StyleTemplate, {"sub_req_key": None, "return_url": True, "logo_info": LogoInfo()}),
        (
            Portrait,
            {
                "prompt": None,
                "width": 1328,
                "height": 1328,
                "gpen": 0.4,
                "skin": 0.3,
                "skin_unifi": 0,
                "gen_mode": None,
                "seed": -1,
            },
        ),
    ],
)
def test_the_defaults_are_those_of_the_page(kind: type[spark.Request], defaults: dict[str, Any]) -> None:
    request = kind(**LEAST[kind])
    assert {name: getattr(request, name) for name in defaults} == defaults


def test_the_watermarks_defaults_are_those_of_the_page() -> None:
    expected = {"add_logo": False, "position": 0, "language": 0, "opacity": 1, "logo_text_content": None}
    assert LogoInfo().model_dump() == expected


RIGHT: list[tuple[type[spark.Request], dict[str, Any]]] = [
    (TextToImage, {"prompt": "x" * 800}),
    (TextToImage, {"use_pre_llm": False}),
    (TextToImage, {"seed": 1}),
    (TextToImage, {"seed": 2**53 - 1}),
    (TextToImage, {"width": 512, "height": 512}),
    (TextToImage, {"width": 512, "height": 1536}),
    (TextToImage, {"width": 2048, "height": 2048}),
    (TextToImage, {"width": 3024, "height": 1296}),
    (ImageToImage, {"prompt": "x" * 800, "seed": 1}),
    (ImageToImage, {"scale": 0.0}),
    (ImageToImage, {"scale": 1.0}),
    (ImageToImage, {"width": 512, "height": 2016}),
    (ImageToImage, {"image_urls": [URL]}),
    (ImageToImage, {"binary_data_base64": [PIXELS]}),
    (Edit, {"prompt": "x" * 800, "seed": 1}),
    (Edit, {"scale": 0.25}),
    (Edit, {"image_urls": [URL]}),
    (Edit, {"binary_data_base64": [PIXELS]}),
    (StyleTemplate, {"req_key": COMIC, "sub_req_key": "img2img_comic_style_monet"}),
    (StyleTemplate, {"return_url": False}),
    (StyleTemplate, {"image_urls": [URL]}),
    (StyleTemplate, {"binary_data_base64": [PIXELS]}),
    (StyleTemplate, {"logo_info": {"add_logo": True}}),
    (StyleTemplate, {"logo_info": {"position": 1}}),
    (StyleTemplate, {"logo_info": {"position": 2}}),
    (StyleTemplate, {"logo_info": {"position": 3}}),
    (StyleTemplate, {"logo_info": {"language": 1}}),
    (StyleTemplate, {"logo_info": {"opacity": 0.0}}),
    (StyleTemplate, {"logo_info": {"logo_text_content": "mine"}}),
    (Portrait, {"image_input": URL}),
    (Portrait, {"prompt": "as an astronaut"}),
    (Portrait, {"prompt": Portrait.default_prompt}),
    (Portrait, {"width": 512, "height": 2048}),
    *[
        (Portrait, {name: step / 10})
        for name, default in (("gpen", 4), ("skin", 3), ("skin_unifi", 0))
        for step in range(11)
        if step != default
    ],
    (Portrait, {"gen_mode": "creative"}),
    (Portrait, {"gen_mode": "reference"}),
    (Portrait, {"gen_mode": "reference_char"}),
]


@pytest.mark.parametrize(("kind", "params"), RIGHT)
def test_what_the_page_allows_is_sent_as_it_is_and_read_back(
    kind: type[spark.Request], params: dict[str, Any]
) -> None:
    request = kind(**LEAST[kind] | params)
    sent = json.loads(json.dumps(request.params()))
    always = {"return_url": True} if kind is StyleTemplate else {}
    assert sent == always | LEAST[kind] | params
    assert spark.parse(kind.name, sent) == request


@pytest.mark.parametrize("kind", LEAST)
def test_what_equals_the_vendors_default_is_not_sent(kind: type[spark.Request]) -> None:
    plain = kind(**LEAST[kind])
    explicit = kind(**plain.model_dump())
    always = {"return_url": True} if kind is StyleTemplate else {}
    assert plain.params() == explicit.params() == LEAST[kind] | always


@pytest.mark.parametrize("kind", [TextToImage, ImageToImage, Portrait])
def test_width_and_height_are_sent_together_where_one_is_the_default(kind: Any) -> None:
    request = kind(**LEAST[kind], width=1328, height=1024)
    assert request.params() == LEAST[kind] | {"width": 1328, "height": 1024}


def test_a_portrait_may_have_one_side_of_its_own() -> None:
    assert Portrait(width=600).params() == {"width": 600, "height": 1328}


def test_a_portraits_seed_is_a_string_on_the_wire() -> None:
    assert Portrait(seed=7).params() == {"seed": "7"}
    assert spark.parse("spark_edit_portrait", {"seed": "7"}) == Portrait(seed=7)
    assert spark.parse("spark_edit_portrait", {"seed": "-1"}) == Portrait()


def test_a_portraits_blank_prompt_is_none() -> None:
    assert Portrait(prompt=" \n").params() == {}


@pytest.mark.parametrize(("given_value", "sent"), [(0.1 + 0.2, None), (0.7 + 0.1, 0.8), (1, 1.0)])
def test_tenths_lose_the_dust_of_binary_fractions(given_value: float, sent: float | None) -> None:
    assert Portrait(skin=given_value).params().get("skin") == sent


LONG = "x" * 801
WRONG: list[tuple[type[spark.Request], dict[str, Any], str, str | None, str]] = [
    # Text to image: parameters, field, code, what the message says
    (TextToImage, {"prompt": ""}, "prompt", "003001001", "prompt is missing"),
    (TextToImage, {"prompt": " \t\n "}, "prompt", "003001001", "prompt is missing"),
    (TextToImage, {"prompt": LONG}, "prompt", "003001002", "1 to 800 characters, but is 801 characters long"),
    (TextToImage, {"prompt": 5}, "prompt", "003001002", "but is 5"),
    (TextToImage, {"prompt": None}, "prompt", "003001002", "but is None"),
    (TextToImage, {"prompt": "\ud800"}, "prompt", "003001002", "must be text"),
    (TextToImage, {"use_pre_llm": "true"}, "use_pre_llm", "003001003", "true or false, but is 'true'"),
    (TextToImage, {"use_pre_llm": 1}, "use_pre_llm", "003001003", "true or false, but is 1"),
    (TextToImage, {"seed": 0}, "seed", "003001004", "-1 (random) or a positive whole number up to"),
    (TextToImage, {"seed": 2**53}, "seed", "003001004", "up to 9007199254740991, but is 9007199254740992"),
    (
        TextToImage,
        {"seed": 10**5000},
        "seed",
        "003001004",
        "up to 9007199254740991, but is a number of 16610 bits",
    ),
    (TextToImage, {"seed": -2}, "seed", "003001004", "but is -2"),
    (TextToImage, {"seed": "5"}, "seed", "003001004", "but is '5'"),
    (TextToImage, {"seed": True}, "seed", "003001004", "but is True"),
    (TextToImage, {"seed": 1.0}, "seed", "003001004", "but is 1.0"),
    (TextToImage, {"width": 2049, "height": 2048}, "size", "003001005", "4,194,304 pixels in all"),
    (TextToImage, {"width": 512, "height": 1537}, "size", "003001006", "between 1:3 and 3:1, but is '512×1537'"),
    (TextToImage, {"width": 1537, "height": 512}, "size", "003001006", "between 1:3 and 3:1"),
    (TextToImage, {"width": 1024}, "height", "003001007", "height is missing"),
    (TextToImage, {"height": 1024}, "width", "003001007", "width is missing"),
    (TextToImage, {"width": 1024.5, "height": 1024}, "width", "003001008", "whole number"),
    (TextToImage, {"width": 1024, "height": "1024"}, "height", "003001008", "but is '1024'"),
    (TextToImage, {"width": True, "height": 1024}, "width", "003001008", "but is True"),
    (TextToImage, {"width": 511, "height": 1024}, "width", "003001009", "at least 512, but is 511"),
    (TextToImage, {"width": 1024, "height": 511}, "height", "003001009", "at least 512, but is 511"),
    (TextToImage, {"style": "oil"}, "style", None, "no such parameter"),
    # Image to image
    (ImageToImage, {"prompt": "  "}, "prompt", "003003001", "prompt is missing"),
    (ImageToImage, {"prompt": LONG}, "prompt", "003003002", "1 to 800 characters"),
    (ImageToImage, {"image_urls": [URL, URL]}, "image", "003003004", "exactly one picture, but is '2 pictures'"),
    (ImageToImage, {"binary_data_base64": [PIXELS] * 3}, "image", "003003004", "exactly one picture"),
    (ImageToImage, {"seed": 0}, "seed", "003003005", "9007199254740991, but is 0"),
    (ImageToImage, {"scale": 1.01}, "scale", "003003006", "a number from 0 to 1, but is 1.01"),
    (ImageToImage, {"scale": -0.01}, "scale", "003003006", "a number from 0 to 1"),
    (ImageToImage, {"scale": "0.5"}, "scale", "003003006", "a number from 0 to 1"),
    (ImageToImage, {"scale": True}, "scale", "003003006", "a number from 0 to 1"),
    (ImageToImage, {"scale": float("nan")}, "scale", "003003006", "a number from 0 to 1"),
    (ImageToImage, {"width": 511, "height": 1024}, "width", "003003007", "512 to 2016, but is 511"),
    (ImageToImage, {"width": 1024, "height": 2017}, "height", "003003007", "512 to 2016, but is 2017"),
    (ImageToImage, {"width": 1024}, "height", "003003007", "height is missing"),
    (ImageToImage, {"image_urls": [URL], "binary_data_base64": [PIXELS]}, "image", "003003008", "given once"),
    (ImageToImage, {"image_urls": URL}, "image_urls", "003003009", "a list of one"),
    (ImageToImage, {"image_urls": [5]}, "image_urls", "003003009", "http or https"),
    (ImageToImage, {"image_urls": ["ftp://example.com/a"]}, "image_urls", "003003009", "http or https"),
    (ImageToImage, {"binary_data_base64": ["A#=="]}, "binary_data_base64", "003003009", "base64"),
    (ImageToImage, {"binary_data_base64": ["A" * 6_266_672]}, "image", None, "at most 4700000 bytes"),
    # Edit
    (Edit, {"prompt": "\n"}, "prompt", "003007001", "prompt is missing"),
    (Edit, {"prompt": LONG}, "prompt", "003007004", "1 to 800 characters"),
    (Edit, {"binary_data_base64": ["A" * 6_666_672]}, "image", "003007005", "at most 5000000 bytes"),
    (Edit, {"seed": 0}, "seed", "003007006", "positive whole number"),
    (Edit, {"seed": 2**53}, "seed", "003007006", "up to 9007199254740991"),
    (Edit, {"scale": 1.5}, "scale", "003007006", "a number from 0 to 1"),
    (Edit, {"width": 1024}, "width", "003007006", "no such parameter"),
    (Edit, {"image_urls": [URL], "binary_data_base64": [PIXELS]}, "image", "003007006", "given once"),
    (Edit, {"image_urls": URL}, "image_urls", "003007008", "a list of one"),
    (Edit, {"image_urls": [URL, URL]}, "image", "003007008", "exactly one picture"),
    (Edit, {"image_urls": ["example.com/a.png"]}, "image_urls", "003007009", "http or https"),
    (Edit, {"binary_data_base64": ["AAA"]}, "binary_data_base64", "003007009", "base64"),
    (Edit, {"binary_data_base64": [""]}, "binary_data_base64", "003007009", "base64"),
    # Style template
    (StyleTemplate, {"req_key": " "}, "req_key", "003008001", "req_key is missing"),
    (StyleTemplate, {"req_key": "oil"}, "req_key", "003008002", "one of the 16 style keys"),
    (StyleTemplate, {"req_key": COMIC}, "sub_req_key", "003008003", "img2img_comic_style_marvel"),
    (
        StyleTemplate,
        {"req_key": COMIC, "sub_req_key": "img2img_clay_style_3d"},
        "sub_req_key",
        "003008003",
        "img2img_comic_style_monet",
    ),
    (StyleTemplate, {"sub_req_key": "img2img_clay_style_3d"}, "sub_req_key", "003008003", "left out"),
    (StyleTemplate, {"image_urls": [URL] * 2}, "image", "003008005", "exactly one picture"),
    (StyleTemplate, {"image_urls": [URL], "binary_data_base64": [PIXELS]}, "image", "003008005", "given once"),
    (StyleTemplate, {"return_url": 1}, "return_url", None, "true or false"),
    (StyleTemplate, {"logo_info": 5}, "logo_info", None, "a set of parameters, but is 5"),
    (StyleTemplate, {"logo_info": {"add_logo": 1}}, "logo_info.add_logo", None, "true or false"),
    (StyleTemplate, {"logo_info": {"position": 4}}, "logo_info.position", None, "but is 4"),
    (StyleTemplate, {"logo_info": {"position": -1}}, "logo_info.position", None, "but is -1"),
    (StyleTemplate, {"logo_info": {"position": True}}, "logo_info.position", None, "but is True"),
    (StyleTemplate, {"logo_info": {"language": 2}}, "logo_info.language", None, "but is 2"),
    (StyleTemplate, {"logo_info": {"opacity": 1.1}}, "logo_info.opacity", None, "a number from 0 to 1"),
    (StyleTemplate, {"logo_info": {"logo_text_content": 5}}, "logo_info.logo_text_content", None, "text"),
    (StyleTemplate, {"logo_info": {"size": 5}}, "logo_info.size", None, "no such parameter"),
    # Portrait
    (Portrait, {"image_input": "example.com/a.png"}, "image_input", "003010002", "http or https"),
    (Portrait, {"image_input": "https:///a.png"}, "image_input", "003010002", "http or https"),
    (Portrait, {"prompt": 5}, "prompt", "003010002", "text"),
    (Portrait, {"width": 511}, "width", "003010002", "512 to 2048, but is 511"),
    (Portrait, {"height": 2049}, "height", "003010002", "512 to 2048, but is 2049"),
    (Portrait, {"gpen": 0.45}, "gpen", "003010002", "steps of 0.1, but is 0.45"),
    (Portrait, {"gpen": 1.1}, "gpen", "003010002", "steps of 0.1, but is 1.1"),
    (Portrait, {"skin": -0.1}, "skin", "003010002", "steps of 0.1, but is -0.1"),
    (Portrait, {"skin_unifi": True}, "skin_unifi", "003010002", "steps of 0.1, but is True"),
    (Portrait, {"gen_mode": "magic"}, "gen_mode", "003010002", "creative, reference or reference_char"),
    (Portrait, {"seed": 0}, "seed", "003010002", "positive whole number"),
    (Portrait, {"seed": 2**53}, "seed", "003010002", "up to 9007199254740991"),
    (Portrait, {"seed": str(2**53)}, "seed", "003010002", "up to 9007199254740991"),
    (Portrait, {"seed": "9" * 5000}, "seed", "003010002", "up to 9007199254740991"),
    (Portrait, {"seed": "007"}, "seed", "003010002", "positive whole number"),
    (Portrait, {"seed": True}, "seed", "003010002", "positive whole number"),
    (Portrait, {"binary_data_base64": [PIXELS]}, "binary_data_base64", "003010002", "no such parameter"),
]


@pytest.mark.parametrize(("kind", "params", "field", "code", "says"), WRONG)
def test_what_the_page_calls_an_error_is_refused_by_name_value_and_limit(
    kind: type[spark.Request], params: dict[str, Any], field: str, code: str | None, says: str
) -> None:
    error = refused(kind, **LEAST[kind] | params)
    assert error.field == field
    assert error.code == code
    assert says in str(error)
    assert field in str(error)
    assert error.model == kind.name
    assert error.may_have_been_accepted is False


@pytest.mark.parametrize(
    ("kind", "field", "code"),
    [
        (TextToImage, "prompt", "003001001"),
        (ImageToImage, "prompt", "003003001"),
        (Edit, "prompt", "003007001"),
        (StyleTemplate, "req_key", "003008001"),
    ],
)
def test_what_is_required_is_missed(kind: type[spark.Request], field: str, code: str) -> None:
    error = refused(kind)
    assert (error.field, error.code, error.value) == (field, code, None)


@pytest.mark.parametrize(
    ("kind", "code"),
    [(ImageToImage, "003003003"), (Edit, "003007002"), (StyleTemplate, "003008004"), (Portrait, "003010001")],
)
def test_a_request_without_its_picture_is_kept_but_not_complete(kind: type[spark.Request], code: str) -> None:
    request = kind(**LEAST[kind])
    assert not request.has_image
    with pytest.raises(InvalidRequest, match="missing") as raised:
        request.require_complete()
    assert raised.value.code == code


@pytest.mark.parametrize("kind", [ImageToImage, Edit, StyleTemplate, Portrait])
def test_the_settings_leave_the_picture_out_and_it_can_be_put_in_again(kind: Any) -> None:
    request = kind(**LEAST[kind]).with_image_url(URL)
    request.require_complete()
    row = request.settings()
    assert URL not in json.dumps(row)
    rebuilt: Any = spark.parse(kind.name, row)
    assert not rebuilt.has_image
    assert rebuilt.with_image_url(URL) == request


def test_text_to_image_needs_no_picture() -> None:
    request = TextToImage(prompt="x")
    request.require_complete()
    assert not request.has_image  # which would be sent through a thread
    assert request.settings() == request.params()


def test_a_second_picture_replaces_the_first() -> None:
    request = Edit(prompt="x", binary_data_base64=(PIXELS,)).with_image_url(URL)
    assert request.params() == {"prompt": "x", "image_urls": [URL]}


def test_several_problems_are_told_at_once() -> None:
    error = refused(TextToImage, prompt="", seed=0, use_pre_llm="no")
    assert [problem.code for problem in error.problems] == ["003001001", "003001003", "003001004"]
    assert str(error).count(".") == 3


def test_requests_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        TextToImage(prompt="x").seed = 5  # type: ignore[misc] # what is shown not to work


def test_a_picture_is_not_printed() -> None:
    assert PIXELS not in repr(Edit(prompt="x", binary_data_base64=(PIXELS,)))


def test_an_unknown_model_is_refused_with_those_that_exist() -> None:
    with pytest.raises(InvalidRequest, match="spark_t2i_3_0") as raised:
        spark.parse("spark_t2i_4_0", {"prompt": "x"})
    assert (raised.value.field, raised.value.value) == ("model", "spark_t2i_4_0")


@pytest.mark.parametrize("kind", [TextToImage, ImageToImage, Edit])
def test_warns_of_a_prompt_that_is_longer_than_recommended(kind: Any) -> None:
    assert kind(prompt="x" * 120).warnings == ()
    (warning,) = kind(prompt="x" * 121).warnings
    assert "120" in warning.text
    assert not warning.in_vain


@pytest.mark.parametrize(("side", "warned"), [(599, True), (600, False)])
def test_warns_of_sides_that_come_out_black(side: int, warned: bool) -> None:
    warnings = ImageToImage(prompt="x", width=side, height=side).warnings
    assert [("black" in warning.text, warning.in_vain) for warning in warnings] == [(True, True)] * warned


@pytest.mark.parametrize(
    ("size", "says", "in_vain"),
    [
        ((2016, 864), "comes back as 1536×864, which is another shape. 1536×656 would keep it.", True),
        ((936, 1664), "comes back as 928×1536, which is another shape. 864×1536 would keep it.", True),
        ((2016, 2016), "comes back as 1536×1536, since no side", False),
        ((1584, 1056), "comes back as 1536×1056, since no side", False),
        ((1540, 1024), "comes back as 1536×1024, since no side", False),
    ],
)
def test_warns_of_sides_that_come_back_shorter(size: tuple[int, int], says: str, in_vain: bool) -> None:
    request = ImageToImage(prompt="x", width=size[0], height=size[1])
    [warning] = request.warnings
    assert says in warning.text
    assert warning.in_vain is in_vain


@pytest.mark.parametrize("size", spark.IMAGE_TO_IMAGE_SIZES.values())
def test_the_sizes_for_image_to_image_come_back_as_they_were_asked_for(size: tuple[int, int]) -> None:
    request = ImageToImage(prompt="x", width=size[0], height=size[1])
    assert request.result_size == size
    assert request.warnings == ()


@given(width=st.integers(1, 5000), height=st.integers(1, 5000))
def test_a_size_is_taken_just_where_the_page_allows_it(width: int, height: int) -> None:
    allowed = (
        min(width, height) >= 512
        and max(width, height) / min(width, height) <= 3
        and 512 * 512 <= width * height <= 2048 * 2048
    )
    try:
        request = TextToImage(prompt="x", width=width, height=height)
    except InvalidRequest:
        assert not allowed
    else:
        assert allowed
        assert (request.width, request.height) == (width, height)


@pytest.mark.parametrize("sizes", [spark.STANDARD_SIZES, spark.HD_SIZES])
def test_every_recommended_size_is_taken(sizes: Mapping[str, tuple[int, int]]) -> None:
    for ratio, (width, height) in sizes.items():
        TextToImage(prompt="x", width=width, height=height)
        across, down = map(int, ratio.split(":"))
        assert width / height == pytest.approx(across / down, rel=0.01)


def test_the_recommended_sizes_are_those_of_the_page() -> None:
    assert dict(spark.STANDARD_SIZES) == {
        "1:1": (1328, 1328),
        "4:3": (1472, 1104),
        "3:2": (1584, 1056),
        "16:9": (1664, 936),
        "21:9": (2016, 864),
        "3:4": (1104, 1472),
        "2:3": (1056, 1584),
        "9:16": (936, 1664),
        "9:21": (864, 2016),
    }
    assert dict(spark.HD_SIZES) == {
        "1:1": (2048, 2048),
        "4:3": (2304, 1728),
        "3:2": (2496, 1664),
        "16:9": (2560, 1440),
        "21:9": (3024, 1296),
        "3:4": (1728, 2304),
        "2:3": (1664, 2496),
        "9:16": (1440, 2560),
        "9:21": (1296, 3024),
    }
