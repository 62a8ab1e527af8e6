"""/stylize: the style and the watermark that a person wants on a picture, checked."""

from dataclasses import dataclass, fields

import spark
from bot.domain.kinds import Kind
from bot.domain.styles import style_meant
from bot.orders.options import NUMBER, SWITCH, TEXT, checked_choice, checked_text, given, require_types
from bot.orders.picture_orders import PictureOrder
from bot.wording.options import not_offered, refused_by_model, watermark_refused_and_described

WATERMARK_POSITIONS = {"bottom right": 0, "bottom left": 1, "top left": 2, "top right": 3}
"""Where a watermark may stand, and Spark's numbers for it."""
WATERMARK_LANGUAGES = {"Chinese": 0, "English": 1}
"""What Spark's own watermark may be written in, and Spark's numbers for it."""
WATERMARK_MAX = 100
"""The most characters of a watermark; Spark names no limit, but more do not fit on a picture."""

_TAKES = {
    "style": TEXT,
    "watermark": SWITCH,
    "watermark_text": TEXT,
    "watermark_position": TEXT,
    "watermark_opacity": NUMBER,
    "watermark_language": TEXT,
    "spoiler": SWITCH,
}
_NAMES = {"logo_info.opacity": "watermark_opacity"}


@dataclass(frozen=True, slots=True)
class StylizeOptions:
    """The options as they arrived."""

    style: str
    """What names one of `spark.STYLES`, as `style_meant` reads it."""
    watermark: bool | None = None
    watermark_text: str | None = None
    watermark_position: str | None = None
    watermark_opacity: float | None = None
    watermark_language: str | None = None
    spoiler: bool = False


def stylize_order(options: StylizeOptions) -> PictureOrder:
    """Check every option; raises `Refusal` with the option, the value and the limit."""
    require_types(options, _TAKES)
    if (style := style_meant(options.style)) is None:
        raise not_offered("style", options.style, [known.label for known in spark.STYLES.values()])
    request = spark.StyleTemplate.of(style, logo_info=_watermark(options))
    return PictureOrder(Kind.STYLIZE, style.label, request, options.spoiler)


def _watermark(options: StylizeOptions) -> spark.LogoInfo:
    """Read the watermark: whoever says how one looks wants one."""
    described = [
        option.name
        for option in fields(options)
        if option.name.startswith("watermark_") and getattr(options, option.name) is not None
    ]
    if options.watermark is False and described:
        raise watermark_refused_and_described(described)
    if not options.watermark and not described:
        return spark.LogoInfo()
    text, position, language = options.watermark_text, options.watermark_position, options.watermark_language
    if text is not None:
        text = checked_text("watermark_text", text, WATERMARK_MAX)
    params = given(
        logo_text_content=text,
        position=None if position is None else checked_choice("watermark_position", position, WATERMARK_POSITIONS),
        opacity=options.watermark_opacity,
        language=None if language is None else checked_choice("watermark_language", language, WATERMARK_LANGUAGES),
    )
    try:
        return spark.LogoInfo(add_logo=True, **params)
    except spark.InvalidRequest as invalid:
        raise refused_by_model(invalid, _NAMES) from invalid
