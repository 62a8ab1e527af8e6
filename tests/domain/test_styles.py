import pytest

import spark
from bot.domain.styles import StyleGroup, group_of, style_meant, styles_found


def test_every_style_is_in_one_group_and_fits_its_sheet() -> None:
    grouped = [style.slug for group in StyleGroup for style in group.styles]
    assert sorted(grouped) == sorted(spark.STYLES)
    assert all(group_of(style.slug) is group for group in StyleGroup for style in group.styles)
    assert max(len(group.styles) for group in StyleGroup) <= 6


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wool", ["cute-clay", "cute-doll"]),
        ("aquarell", ["watercolor"]),
        ("水彩", ["watercolor"]),
        ("赛博", ["cyber-mechanical"]),
        ("LÁPIZ", ["dreamy"]),
        ("lapiz", ["dreamy"]),
        ("doll cer", ["ceramic-doll"]),
        ("ink", ["ink-wash", "chinese-ink"]),
        ("qqq", []),
    ],
)
def test_a_style_is_found_by_words_for_it(typed: str, found: list[str]) -> None:
    assert [style.slug for style in styles_found(typed)] == found


@pytest.mark.parametrize("style", spark.STYLES.values(), ids=spark.STYLES)
def test_a_style_is_meant_by_its_slug_and_its_label(style: spark.Style) -> None:
    assert style_meant(style.slug) == style_meant(style.label) == style_meant(style.label.upper()) == style


@pytest.mark.parametrize("typed", ["", " ", "style", "monet", "wool", "qqq", "!?"])
def test_what_may_be_several_or_none_is_none(typed: str) -> None:
    assert style_meant(typed) is None
