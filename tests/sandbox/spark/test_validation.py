import math
from typing import Any

import pytest

from sandbox.spark.catalogue import EDIT, I2I, PORTRAIT, STYLE, STYLES, T2I
from sandbox.spark.refusal import Refusal
from sandbox.spark.validation import ImageSource, validate

IMAGE = {"binary_data_base64": ["AAAA"]}
URL = "https://example.com/a.png"
FOX = {"prompt": "a fox"}
GHIBLI = {"req_key": "img2img_ghibli_style_usage"}


@pytest.mark.parametrize(
    ("model", "params", "code"),
    [
        (T2I, {}, "003001001"),
        (T2I, {"prompt": None}, "003001001"),
        (T2I, {"prompt": 5}, "003001001"),
        (T2I, {"prompt": ""}, "003001002"),
        (T2I, {"prompt": " \n"}, "003001002"),
        (T2I, {"prompt": "x" * 801}, "003001002"),
        (T2I, FOX | {"use_pre_llm": "yes"}, "003001003"),
        (T2I, FOX | {"use_pre_llm": 1}, "003001003"),
        (T2I, FOX | {"seed": 0}, "003001004"),
        (T2I, FOX | {"seed": -2}, "003001004"),
        (T2I, FOX | {"seed": "7"}, "003001004"),
        (T2I, FOX | {"seed": True}, "003001004"),
        (T2I, FOX | {"seed": 1.5}, "003001004"),
        (T2I, FOX | {"width": 0, "height": 512}, "003001005"),
        (T2I, FOX | {"width": -600, "height": 600}, "003001005"),
        (T2I, FOX | {"width": 3000, "height": 999}, "003001006"),
        (T2I, FOX | {"width": 600, "height": 1801}, "003001006"),
        (T2I, FOX | {"width": 1024}, "003001007"),
        (T2I, FOX | {"height": 1024}, "003001007"),
        (T2I, FOX | {"width": 1024.0, "height": 1024}, "003001008"),
        (T2I, FOX | {"width": 1024, "height": "1024"}, "003001008"),
        (T2I, FOX | {"width": True, "height": 1024}, "003001008"),
        (T2I, FOX | {"width": 511, "height": 1024}, "003001009"),
        (T2I, FOX | {"width": 2049, "height": 2048}, "003001009"),
        (T2I, FOX | {"width": 3552, "height": 1184}, "003001009"),
        (T2I, FOX | {"colour": "red"}, None),
        (I2I, IMAGE, "003003001"),
        (I2I, IMAGE | {"prompt": ""}, "003003002"),
        (I2I, IMAGE | {"prompt": "x" * 801}, "003003002"),
        (I2I, FOX, "003003003"),
        (I2I, FOX | {"image_urls": []}, "003003004"),
        (I2I, FOX | {"image_urls": [URL, URL]}, "003003004"),
        (I2I, FOX | IMAGE | {"seed": 0}, "003003005"),
        (I2I, FOX | IMAGE | {"seed": "1"}, "003003005"),
        (I2I, FOX | IMAGE | {"scale": 1.01}, "003003006"),
        (I2I, FOX | IMAGE | {"scale": -0.1}, "003003006"),
        (I2I, FOX | IMAGE | {"scale": "0.5"}, "003003006"),
        (I2I, FOX | IMAGE | {"scale": math.nan}, "003003006"),
        (I2I, FOX | IMAGE | {"width": 1024}, "003003007"),
        (I2I, FOX | IMAGE | {"width": 511, "height": 1024}, "003003007"),
        (I2I, FOX | IMAGE | {"width": 1024, "height": 2017}, "003003007"),
        (I2I, FOX | IMAGE | {"width": 1024.5, "height": 1024}, "003003007"),
        (I2I, FOX | IMAGE | {"image_urls": [URL]}, "003003008"),
        (I2I, FOX | {"image_urls": URL}, "003003009"),
        (I2I, FOX | {"image_urls": [5]}, "003003009"),
        (I2I, FOX | {"image_urls": ["ftp://example.com/a.png"]}, "003003009"),
        (I2I, FOX | IMAGE | {"colour": "red"}, None),
        (EDIT, IMAGE, "003007001"),
        (EDIT, FOX, "003007002"),
        (EDIT, IMAGE | {"prompt": ""}, "003007004"),
        (EDIT, IMAGE | {"prompt": "x" * 801}, "003007004"),
        (EDIT, FOX | IMAGE | {"image_urls": [URL]}, "003007006"),
        (EDIT, FOX | IMAGE | {"seed": 0}, "003007006"),
        (EDIT, FOX | IMAGE | {"scale": 2}, "003007006"),
        (EDIT, FOX | IMAGE | {"width": 1024, "height": 1024}, "003007006"),
        (EDIT, FOX | {"image_urls": URL}, "003007008"),
        (EDIT, FOX | {"image_urls": []}, "003007008"),
        (EDIT, FOX | {"image_urls": [URL, URL]}, "003007008"),
        (EDIT, FOX | {"image_urls": [""]}, "003007009"),
        (EDIT, FOX | {"image_urls": ["no address"]}, "003007009"),
        (STYLE, IMAGE, "003008001"),
        (STYLE, IMAGE | {"req_key": ""}, "003008001"),
        (STYLE, IMAGE | {"req_key": "img2img_ghibli"}, "003008002"),
        (STYLE, IMAGE | {"req_key": 5}, "003008002"),
        (STYLE, IMAGE | {"req_key": "img2img_clay_style_usage"}, "003008003"),
        (
            STYLE,
            IMAGE | {"req_key": "img2img_clay_style_usage", "sub_req_key": "img2img_3d_style_doll"},
            "003008003",
        ),
        (STYLE, IMAGE | GHIBLI | {"sub_req_key": "img2img_3d_style_doll"}, "003008003"),
        (STYLE, GHIBLI, "003008004"),
        (STYLE, GHIBLI | {"image_urls": []}, "003008005"),
        (STYLE, GHIBLI | {"image_urls": [URL, URL]}, "003008005"),
        (STYLE, GHIBLI | IMAGE | {"image_urls": [URL]}, "003008005"),
        (STYLE, GHIBLI | IMAGE | {"return_url": "yes"}, None),
        (STYLE, GHIBLI | IMAGE | {"logo_info": []}, None),
        (STYLE, GHIBLI | IMAGE | {"logo_info": {"add_logo": 1}}, None),
        (STYLE, GHIBLI | IMAGE | {"logo_info": {"position": 4}}, None),
        (STYLE, GHIBLI | IMAGE | {"logo_info": {"language": 2}}, None),
        (STYLE, GHIBLI | IMAGE | {"logo_info": {"opacity": 1.1}}, None),
        (STYLE, GHIBLI | IMAGE | {"logo_info": {"logo_text_content": 5}}, None),
        (STYLE, GHIBLI | IMAGE | {"logo_info": {"text": "x"}}, None),
        (STYLE, GHIBLI | IMAGE | FOX, None),
        (PORTRAIT, {}, "003010001"),
        (PORTRAIT, {"image_input": ""}, "003010001"),
        (PORTRAIT, {"image_input": "AAAA"}, "003010002"),
        (PORTRAIT, {"image_input": [URL]}, "003010002"),
        (PORTRAIT, {"image_input": URL, "prompt": 5}, "003010002"),
        (PORTRAIT, {"image_input": URL, "width": 511}, "003010002"),
        (PORTRAIT, {"image_input": URL, "height": 2049}, "003010002"),
        (PORTRAIT, {"image_input": URL, "height": 1024.0}, "003010002"),
        (PORTRAIT, {"image_input": URL, "gpen": 0.45}, "003010002"),
        (PORTRAIT, {"image_input": URL, "skin": 1.1}, "003010002"),
        (PORTRAIT, {"image_input": URL, "skin_unifi": "0.1"}, "003010002"),
        (PORTRAIT, {"image_input": URL, "gen_mode": "character"}, "003010002"),
        (PORTRAIT, {"image_input": URL, "seed": 7}, "003010002"),
        (PORTRAIT, {"image_input": URL, "seed": "0"}, "003010002"),
        (PORTRAIT, {"image_input": URL, "seed": "-7"}, "003010002"),
        (PORTRAIT, {"image_input": URL, "scale": 0.5}, "003010002"),
        ("spark_t2i_2_0", FOX, None),
    ],
)
def test_a_mistake_has_the_code_of_its_page(model: str, params: dict[str, Any], code: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        validate(model, params)
    assert refused.value.code == code
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "params",
    [
        FOX,
        {"prompt": "x" * 800},
        {"prompt": "雪中的红狐"},
        FOX | {"use_pre_llm": False, "seed": -1},
        FOX | {"seed": 2**31 - 1},
        *(
            FOX | {"width": width, "height": height}
            for width, height in [
                (1328, 1328),
                (1472, 1104),
                (1584, 1056),
                (1664, 936),
                (2016, 864),
                (2048, 2048),
                (2304, 1728),
                (2496, 1664),
                (2560, 1440),
                (3024, 1296),
                (512, 512),
                (512, 1536),
                (1536, 512),
            ]
        ),
    ],
)
def test_a_documented_text_to_image_request_passes(params: dict[str, Any]) -> None:
    assert validate(T2I, params) is None


@pytest.mark.parametrize(
    ("model", "params"),
    [
        (I2I, FOX | IMAGE | {"seed": 7, "scale": 0, "width": 512, "height": 2016}),
        (EDIT, FOX | IMAGE | {"seed": -1, "scale": 1}),
        (STYLE, GHIBLI | IMAGE | {"return_url": True, "sub_req_key": None}),
        (
            STYLE,
            GHIBLI
            | IMAGE
            | {
                "logo_info": {
                    "add_logo": True,
                    "position": 3,
                    "language": 1,
                    "opacity": 0.5,
                    "logo_text_content": "mine",
                }
            },
        ),
    ],
)
def test_a_documented_request_with_an_image_passes(model: str, params: dict[str, Any]) -> None:
    assert validate(model, params) == ImageSource("base64", "AAAA")


@pytest.mark.parametrize("mode", ["creative", "reference", "reference_char"])
def test_a_documented_portrait_passes(mode: str) -> None:
    params = {"image_input": URL, "gen_mode": mode, "gpen": 0.3, "skin": 1, "skin_unifi": 0.7, "seed": "7"}
    assert validate(PORTRAIT, params) == ImageSource("url", URL)


def test_there_are_twenty_two_styles_and_each_passes() -> None:
    pairs = [(key, sub) for key, subs in STYLES.items() for sub in subs or (None,)]
    assert len(pairs) == 22
    for key, sub in pairs:
        assert validate(STYLE, IMAGE | {"req_key": key, "sub_req_key": sub}) is not None
