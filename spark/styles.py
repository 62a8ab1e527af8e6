"""The 22 styles of the style template, as its page lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Style:
    """One style: what people call it, and the keys that make it."""

    slug: str
    """Short and stable: fit for a database and a command's choice."""
    label: str
    req_key: str
    sub_req_key: str | None = None


_STYLES = (
    Style("influencer-anime", "Influencer Anime Style", "img2img_ghibli_style_usage"),
    Style("realistic", "Realistic Style", "img2img_real_mix_style_usage"),
    Style("angel", "Angel Style", "img2img_makoto_style_usage"),
    Style("anime", "Anime Style", "img2img_cartoon_style_usage"),
    Style("princess", "Princess Style", "img2img_rev_animated_style_usage"),
    Style("dreamy", "Dreamy Style", "img2img_blueline_style_usage"),
    Style("ink-wash", "Ink Wash Style", "img2img_water_ink_style_usage"),
    Style("new-monet-garden", "New Monet Garden", "i2i_ai_create_monet_usage"),
    Style("watercolor", "Watercolor Style", "img2img_water_paint_style_usage"),
    Style("monet-garden", "Monet Garden", "img2img_comic_style_usage", "img2img_comic_style_monet"),
    Style("exquisite-marvel", "Exquisite Marvel", "img2img_comic_style_usage", "img2img_comic_style_marvel"),
    Style("cyber-mechanical", "Cyber Mechanical", "img2img_comic_style_usage", "img2img_comic_style_future"),
    Style("exquisite-korean-comic", "Exquisite Korean Comic", "img2img_exquisite_style_usage"),
    Style("chinese-ink", "Chinese Ink Style", "img2img_pretty_style_usage", "img2img_pretty_style_ink"),
    Style("romantic-light", "Romantic Light", "img2img_pretty_style_usage", "img2img_pretty_style_light"),
    Style("ceramic-doll", "Ceramic Doll", "img2img_ceramics_style_usage"),
    Style("chinese-red", "Chinese Red", "img2img_chinese_style_usage"),
    Style("cute-clay", "Cute Clay", "img2img_clay_style_usage", "img2img_clay_style_3d"),
    Style("cute-doll", "Cute Doll", "img2img_clay_style_usage", "img2img_clay_style_bubble"),
    Style("3d-game-z-era", "3D Game Z-Era", "img2img_3d_style_usage", "img2img_3d_style_era"),
    Style("animation-movie", "Animation Movie", "img2img_3d_style_usage", "img2img_3d_style_movie"),
    Style("doll", "Doll", "img2img_3d_style_usage", "img2img_3d_style_doll"),
)

STYLES: Final[Mapping[str, Style]] = MappingProxyType({style.slug: style for style in _STYLES})
"""Every style by its slug, in the page's order."""

SUB_KEYS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        key: frozenset(style.sub_req_key for style in _STYLES if style.req_key == key and style.sub_req_key)
        for key in dict.fromkeys(style.req_key for style in _STYLES)
    }
)
"""The sub-style keys that belong to each style key; an empty set where there are none."""


def style_of(req_key: str, sub_req_key: str | None) -> Style:
    """Find the style that a pair of keys makes, or raise `KeyError`."""
    for style in _STYLES:
        if (style.req_key, style.sub_req_key) == (req_key, sub_req_key):
            return style
    raise KeyError(req_key, sub_req_key)
