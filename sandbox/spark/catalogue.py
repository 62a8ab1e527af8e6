"""What the vendor's five pages document: models, error codes, styles and the limits of input images."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

T2I: Final = "spark_t2i_3_0"
I2I: Final = "spark_i2i_3_0"
EDIT: Final = "spark_edit_3_0"
STYLE: Final = "spark_style_template"
PORTRAIT: Final = "spark_edit_portrait"

MEGABYTE: Final = 1_000_000  # the pages say "MB"; the smaller reading refuses what the larger might let pass

CODES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        T2I: {
            "003001001": "Missing prompt",
            "003001002": "Invalid prompt length (1-800 characters)",
            "003001003": "Invalid use_pre_llm parameter",
            "003001004": "Invalid seed parameter (must be -1 or positive integer)",
            "003001005": "Invalid size parameter",
            "003001006": "Invalid aspect ratio (must be between 1:3 and 3:1)",
            "003001007": "Width and height must both be provided",
            "003001008": "Width and height must be integers",
            "003001009": "Width and height must be in 512-2048 range",
            "003001095": "Internal generation error",
            "003001096": "Result parsing error",
            "003001097": "HTTP error response",
            "003001098": "Status check error",
            "003001099": "Task creation error",
        },
        I2I: {
            "003003001": "Prompt missing",
            "003003002": "Invalid prompt length",
            "003003003": "Image missing",
            "003003004": "Invalid image count",
            "003003005": "Invalid seed",
            "003003006": "Invalid scale factor",
            "003003007": "Invalid dimensions",
            "003003008": "Image source conflict",
            "003003009": "Invalid image array",
            "003003095": "Internal generation error",
            "003003096": "Result parsing error",
            "003003097": "HTTP error response",
            "003003098": "Status check error",
            "003003099": "Task creation error",
        },
        EDIT: {
            "003007001": "Missing prompt",
            "003007002": "Missing image",
            "003007003": "Invalid image format",
            "003007004": "Invalid prompt length",
            "003007005": "Invalid image size",
            "003007006": "Invalid parameter",
            "003007007": "Authentication failed",
            "003007008": "Invalid image array",
            "003007009": "Invalid image element",
            "003007095": "Internal generation error",
            "003007096": "Result parsing error",
            "003007097": "HTTP error response",
            "003007098": "Status check error",
            "003007099": "Service unavailable",
        },
        STYLE: {
            "003008001": "Missing req_key",
            "003008002": "Invalid req_key",
            "003008003": "Invalid sub_req_key",
            "003008004": "Missing image",
            "003008005": "Invalid image count",
            "003008095": "Internal generation error",
            "003008096": "Result parsing error",
            "003008097": "HTTP error response",
            "003008098": "Status check error",
            "003008099": "Task creation error / Service unavailable",
        },
        PORTRAIT: {
            "003010001": "Missing image input",
            "003010002": "Invalid parameter",
            "003010003": "Invalid image format, only JPG/JPEG/PNG supported",
            "003010095": "Internal generation error",
            "003010096": "Result parsing error",
            "003010097": "HTTP error response",
            "003010098": "Status check error",
            "003010099": "Task creation error",
        },
    }
)

STYLES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "img2img_ghibli_style_usage": (),
        "img2img_real_mix_style_usage": (),
        "img2img_makoto_style_usage": (),
        "img2img_cartoon_style_usage": (),
        "img2img_rev_animated_style_usage": (),
        "img2img_blueline_style_usage": (),
        "img2img_water_ink_style_usage": (),
        "i2i_ai_create_monet_usage": (),
        "img2img_water_paint_style_usage": (),
        "img2img_comic_style_usage": (
            "img2img_comic_style_monet",
            "img2img_comic_style_marvel",
            "img2img_comic_style_future",
        ),
        "img2img_exquisite_style_usage": (),
        "img2img_pretty_style_usage": ("img2img_pretty_style_ink", "img2img_pretty_style_light"),
        "img2img_ceramics_style_usage": (),
        "img2img_chinese_style_usage": (),
        "img2img_clay_style_usage": ("img2img_clay_style_3d", "img2img_clay_style_bubble"),
        "img2img_3d_style_usage": (
            "img2img_3d_style_era",
            "img2img_3d_style_movie",
            "img2img_3d_style_doll",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """What one model takes as its input image; sides in pixels."""

    max_bytes: int
    max_side: int = 4096
    max_ratio: int | None = None
    min_short: int = 1
    min_long: int = 1


IMAGE_LIMITS: Final[Mapping[str, ImageLimits]] = MappingProxyType(
    {
        I2I: ImageLimits(max_bytes=4_700_000, max_ratio=3),
        EDIT: ImageLimits(max_bytes=5 * MEGABYTE, max_ratio=3),
        STYLE: ImageLimits(max_bytes=5 * MEGABYTE, min_short=600, min_long=800),
        PORTRAIT: ImageLimits(max_bytes=5 * MEGABYTE),
    }
)

IMAGE_CODES: Final[Mapping[str, Mapping[str, str | None]]] = MappingProxyType(
    {
        # What each page says to an image that cannot be read, is no JPEG or PNG, or has the wrong size.
        # None where no code of the page fits: such a refusal carries a message alone.
        I2I: {"element": "003003009", "format": None, "size": None},
        EDIT: {"element": "003007009", "format": "003007003", "size": "003007005"},
        STYLE: {"element": None, "format": None, "size": None},
        PORTRAIT: {"element": "003010002", "format": "003010003", "size": "003010002"},
    }
)


def nine_digits(code: str | int) -> str:
    """Write a code as the nine digits by which codes are compared."""
    return str(code).zfill(9)


def printed(code: str) -> str | int:
    """Write a nine-digit code as its page does: t2i sends integers, edit strings without leading zeros."""
    if code.startswith("003001"):
        return int(code)
    if code.startswith("003007"):
        return code.lstrip("0")
    return code


def describe(code: str) -> str:
    """Tell the documented description of a nine-digit code of any model; KeyError where no page has it."""
    for codes in CODES.values():
        if code in codes:
            return codes[code]
    raise KeyError(code)
