import re
from dataclasses import FrozenInstanceError

import pytest

from spark import STYLES, StyleTemplate

PAGE = {
    ("img2img_ghibli_style_usage", None): "Influencer Anime Style",
    ("img2img_real_mix_style_usage", None): "Realistic Style",
    ("img2img_makoto_style_usage", None): "Angel Style",
    ("img2img_cartoon_style_usage", None): "Anime Style",
    ("img2img_rev_animated_style_usage", None): "Princess Style",
    ("img2img_blueline_style_usage", None): "Dreamy Style",
    ("img2img_water_ink_style_usage", None): "Ink Wash Style",
    ("i2i_ai_create_monet_usage", None): "New Monet Garden",
    ("img2img_water_paint_style_usage", None): "Watercolor Style",
    ("img2img_comic_style_usage", "img2img_comic_style_monet"): "Monet Garden",
    ("img2img_comic_style_usage", "img2img_comic_style_marvel"): "Exquisite Marvel",
    ("img2img_comic_style_usage", "img2img_comic_style_future"): "Cyber Mechanical",
    ("img2img_exquisite_style_usage", None): "Exquisite Korean Comic",
    ("img2img_pretty_style_usage", "img2img_pretty_style_ink"): "Chinese Ink Style",
    ("img2img_pretty_style_usage", "img2img_pretty_style_light"): "Romantic Light",
    ("img2img_ceramics_style_usage", None): "Ceramic Doll",
    ("img2img_chinese_style_usage", None): "Chinese Red",
    ("img2img_clay_style_usage", "img2img_clay_style_3d"): "Cute Clay",
    ("img2img_clay_style_usage", "img2img_clay_style_bubble"): "Cute Doll",
    ("img2img_3d_style_usage", "img2img_3d_style_era"): "3D Game Z-Era",
    ("img2img_3d_style_usage", "img2img_3d_style_movie"): "Animation Movie",
    ("img2img_3d_style_usage", "img2img_3d_style_doll"): "Doll",
}


def test_the_22_styles_are_those_of_the_page() -> None:
    assert {(style.req_key, style.sub_req_key): style.label for style in STYLES.values()} == PAGE
    assert len(STYLES) == 22


def test_a_slug_is_short_and_leads_to_its_style() -> None:
    for slug, style in STYLES.items():
        assert style.slug == slug
        assert re.fullmatch(r"[a-z0-9-]{4,25}", slug)


@pytest.mark.parametrize("slug", STYLES)
def test_each_style_makes_a_request_that_knows_its_style(slug: str) -> None:
    request = StyleTemplate.of(STYLES[slug])
    assert request.style is STYLES[slug]
    assert request.params().get("sub_req_key") == STYLES[slug].sub_req_key


def test_the_catalogue_is_frozen() -> None:
    with pytest.raises(TypeError):
        STYLES["doll"] = STYLES["angel"]  # type: ignore[index] # what is shown not to work
    with pytest.raises(FrozenInstanceError):
        STYLES["doll"].label = "x"  # type: ignore[misc] # what is shown not to work
