"""The documented rules for the parameters of each model, with the documented codes.

Read from the vendor's pages alone. Where a page is silent the strict reading is taken: a parameter that the
page does not name is refused, and so is half a pair of sides. Codes name what their page calls the mistake; a
mistake without a code of its own gets the page's "Invalid parameter", or no code at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, Literal, TypeGuard

from sandbox.spark import catalogue
from sandbox.spark.refusal import Refusal

Params = Mapping[str, Any]

_MAX_PROMPT: Final = 800
_T2I_PIXELS: Final = (512 * 512, 2048 * 2048)


@dataclass(frozen=True, slots=True)
class ImageSource:
    """Where the input image of a valid request comes from."""

    kind: Literal["url", "base64"]
    value: str


def validate(model: str, params: Params) -> ImageSource | None:
    """Check the parameters of one request; tell where its input image is, for the models that take one.

    Raises `Refusal` where the page of the model calls this an error, or there is no such model.
    """
    if model not in _RULES:
        raise Refusal(None, f"unknown model: {model}")
    return _RULES[model](params)


def _is_integer(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _refuse_unknown(params: Params, known: set[str], code: str | None) -> None:
    if unknown := sorted(params.keys() - known):
        raise Refusal(code, f"unknown parameter {unknown[0]}")


def _check_prompt(params: Params, *, missing: str, length: str) -> None:
    prompt = params.get("prompt")
    if not isinstance(prompt, str):
        raise Refusal(missing, "prompt is required")
    if not prompt.strip() or len(prompt) > _MAX_PROMPT:
        raise Refusal(length, f"prompt has {len(prompt)} characters")


def _check_seed(params: Params, code: str) -> None:
    seed = params.get("seed", -1)
    if not _is_integer(seed) or (seed != -1 and seed <= 0):
        raise Refusal(code, f"seed is {seed!r}")


def _check_scale(params: Params, code: str) -> None:
    scale = params.get("scale", 0.5)
    if not _is_number(scale) or not 0 <= scale <= 1:
        raise Refusal(code, f"scale is {scale!r}, not from 0 to 1")


def _image_source(
    params: Params, *, missing: str, conflict: str, array: str, count: str, element: str
) -> ImageSource:
    given = [name for name in ("image_urls", "binary_data_base64") if params.get(name) is not None]
    if not given:
        raise Refusal(missing, "image_urls or binary_data_base64 must be provided")
    if len(given) > 1:
        raise Refusal(conflict, "only one of image_urls and binary_data_base64 may be provided")
    images = params[given[0]]
    if not isinstance(images, list):
        raise Refusal(array, f"{given[0]} is not an array")
    if len(images) != 1:
        raise Refusal(count, f"{given[0]} holds {len(images)} images, not 1")
    value = images[0]
    if not isinstance(value, str) or not value:
        raise Refusal(element, f"{given[0]} holds no string")
    if given[0] == "binary_data_base64":
        return ImageSource("base64", value)
    if not value.startswith(("http://", "https://")):
        raise Refusal(element, "image_urls holds no http address")
    return ImageSource("url", value)


def _text_to_image(params: Params) -> None:
    _check_prompt(params, missing="003001001", length="003001002")
    if not isinstance(params.get("use_pre_llm", True), bool):
        raise Refusal("003001003", f"use_pre_llm is {params['use_pre_llm']!r}")
    _check_seed(params, "003001004")
    width, height = params.get("width"), params.get("height")
    if (width is None) != (height is None):
        raise Refusal("003001007", f"width is {width!r}, height is {height!r}")
    if width is not None and height is not None:
        _check_t2i_size(width, height)
    _refuse_unknown(params, {"prompt", "use_pre_llm", "seed", "width", "height"}, None)


def _check_t2i_size(width: object, height: object) -> None:
    # The page's own list recommends 3024×1296, so "512-2048" (003001009) is read as the pixels of 512×512 to
    # 2048×2048 in all, with 512 as the least side.
    if not _is_integer(width) or not _is_integer(height):
        raise Refusal("003001008", f"width is {width!r}, height is {height!r}")
    size = f"{width}×{height}"
    if min(width, height) <= 0:
        raise Refusal("003001005", size)
    if max(width, height) > 3 * min(width, height):
        raise Refusal("003001006", size)
    least, most = _T2I_PIXELS
    if min(width, height) < 512 or not least <= width * height <= most:
        raise Refusal("003001009", size)


def _image_to_image(params: Params) -> ImageSource:
    _check_prompt(params, missing="003003001", length="003003002")
    source = _image_source(
        params,
        missing="003003003",
        conflict="003003008",
        array="003003009",
        count="003003004",
        element="003003009",
    )
    _check_seed(params, "003003005")
    _check_scale(params, "003003006")
    width, height = params.get("width"), params.get("height")
    if (width, height) != (None, None):
        for side in (width, height):
            if not _is_integer(side) or not 512 <= side <= 2016:
                raise Refusal("003003007", f"width is {width!r}, height is {height!r}, not both 512 to 2016")
    known = {"prompt", "image_urls", "binary_data_base64", "seed", "scale", "width", "height"}
    _refuse_unknown(params, known, None)
    return source


def _edit(params: Params) -> ImageSource:
    _check_prompt(params, missing="003007001", length="003007004")
    source = _image_source(
        params,
        missing="003007002",
        conflict="003007006",
        array="003007008",
        count="003007008",
        element="003007009",
    )
    _check_seed(params, "003007006")
    _check_scale(params, "003007006")
    _refuse_unknown(params, {"prompt", "image_urls", "binary_data_base64", "seed", "scale"}, "003007006")
    return source


def _style_template(params: Params) -> ImageSource:
    key, sub_key = params.get("req_key"), params.get("sub_req_key")
    if key is None or key == "":
        raise Refusal("003008001", "req_key is required")
    if not isinstance(key, str) or key not in catalogue.STYLES:
        raise Refusal("003008002", f"req_key is {key!r}")
    sub_keys = catalogue.STYLES[key]
    if sub_key not in (sub_keys or (None,)):
        raise Refusal("003008003", f"sub_req_key is {sub_key!r}, req_key is {key!r}")
    source = _image_source(
        params,
        missing="003008004",
        conflict="003008005",
        array="003008005",
        count="003008005",
        element="003008005",
    )
    if not isinstance(params.get("return_url", True), bool):
        raise Refusal(None, "return_url is no boolean")
    _check_logo(params.get("logo_info", {}))
    known = {"req_key", "sub_req_key", "image_urls", "binary_data_base64", "return_url", "logo_info"}
    _refuse_unknown(params, known, None)
    return source


def _check_logo(logo: object) -> None:
    if not isinstance(logo, dict):
        raise Refusal(None, "logo_info is no object")
    opacity = logo.get("opacity", 1)
    for wrong, name in (
        (not isinstance(logo.get("add_logo", False), bool), "add_logo"),
        (not _is_integer(logo.get("position", 0)) or logo.get("position", 0) not in range(4), "position"),
        (not _is_integer(logo.get("language", 0)) or logo.get("language", 0) not in range(2), "language"),
        (not _is_number(opacity) or not 0 <= opacity <= 1, "opacity"),
        (not isinstance(logo.get("logo_text_content", ""), str), "logo_text_content"),
    ):
        if wrong:
            raise Refusal(None, f"logo_info.{name} is {logo[name]!r}")
    _refuse_unknown(logo, {"add_logo", "position", "language", "opacity", "logo_text_content"}, None)


def _portrait(params: Params) -> ImageSource:
    url = params.get("image_input")
    if url is None or url == "":
        raise Refusal("003010001", "image_input is required")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise Refusal("003010002", "image_input is no http address")
    if not isinstance(params.get("prompt", ""), str):
        raise Refusal("003010002", "prompt is no string")
    for name in ("width", "height"):
        side = params.get(name, 1328)
        if not _is_integer(side) or not 512 <= side <= 2048:
            raise Refusal("003010002", f"{name} is {side!r}, not an integer from 512 to 2048")
    for name in ("gpen", "skin", "skin_unifi"):
        value = params.get(name, 0)
        if not _is_number(value) or not 0 <= value <= 1 or Decimal(str(value)) % Decimal("0.1"):
            raise Refusal("003010002", f"{name} is {value!r}, not one of 0, 0.1, … 1")
    if params.get("gen_mode", "creative") not in ("creative", "reference", "reference_char"):
        raise Refusal("003010002", f"gen_mode is {params['gen_mode']!r}")
    _check_text_seed(params.get("seed", "-1"))
    known = {"image_input", "prompt", "width", "height", "gpen", "skin", "skin_unifi", "gen_mode", "seed"}
    _refuse_unknown(params, known, "003010002")
    return ImageSource("url", url)


def _check_text_seed(seed: object) -> None:
    if not isinstance(seed, str):
        raise Refusal("003010002", f"seed is {seed!r}, not a string")
    positive = seed.isascii() and seed.isdigit() and int(seed) > 0
    if seed != "-1" and not positive:
        raise Refusal("003010002", f"seed is {seed!r}, not -1 or a positive integer")


_RULES: Final[Mapping[str, Callable[[Params], ImageSource | None]]] = MappingProxyType(
    {
        catalogue.T2I: _text_to_image,
        catalogue.I2I: _image_to_image,
        catalogue.EDIT: _edit,
        catalogue.STYLE: _style_template,
        catalogue.PORTRAIT: _portrait,
    }
)
