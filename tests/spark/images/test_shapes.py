import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spark import LIMITS, ImageRefused
from spark.images.shapes import target_size

I2I, EDIT, STYLE, PORTRAIT = "spark_i2i_3_0", "spark_edit_3_0", "spark_style_template", "spark_edit_portrait"


@given(
    width=st.integers(16, 13_000),
    height=st.integers(16, 13_000),
    model=st.sampled_from([I2I, EDIT, STYLE, PORTRAIT]),
)
def test_a_size_that_is_chosen_is_one_that_the_model_takes(width: int, height: int, model: str) -> None:
    limits = LIMITS[model]
    try:
        chosen = target_size(width, height, limits)
    except ImageRefused:
        return
    long, short = max(chosen), min(chosen)
    assert long <= limits.max_side
    assert short >= limits.min_short
    assert long >= limits.min_long
    assert limits.max_ratio is None or long <= limits.max_ratio * short
    assert max(chosen) <= 2 * max(width, height)
    assert (width > height) <= (chosen[0] >= chosen[1])
    assert abs(chosen[0] * height - chosen[1] * width) <= max(width, height)


def test_a_ratio_of_3_does_not_grow_by_rounding() -> None:
    assert target_size(12_288, 4096, LIMITS[EDIT]) == (4096, 1366)
    assert target_size(3000, 9000, LIMITS[EDIT]) == (1366, 4096)


SIZES_REFUSED = {
    "too long for edit": (
        (100, 4000),
        EDIT,
        "The picture is 100×4000: its width of 100 pixels must be at least 1334 beside a height of 4000.",
        "Cut its height to at most 300 pixels, and send that; or send one that is less narrow.",
    ),
    "too long for style, on its side": (
        (4000, 310),
        STYLE,
        "The picture is 4000×310: its height of 310 pixels must be at least 585 beside a width of 4000.",
        "Cut its width to at most 2119 pixels, and send that; or send one that is less narrow.",
    ),
    "too narrow for style": (
        (100, 4000),
        STYLE,
        "The picture is 100×4000: its width of 100 pixels must be at least 585 beside a height of 4000.",
        "Send a larger one; the original is better than a thumbnail.",
    ),
    "too small for style": (
        (300, 399),
        STYLE,
        "The picture is 300×399: its shorter side needs at least 300 pixels, its longer one 400.",
        "Send a larger one; the original is better than a thumbnail.",
    ),
    "too small for anything": (
        (10, 10),
        PORTRAIT,
        "The picture is 10×10: its shorter side needs at least 16 pixels, its longer one 16.",
        "Send a larger one; the original is better than a thumbnail.",
    ),
    "too narrow for anything": (
        (10, 5000),
        PORTRAIT,
        "The picture is 10×5000: its width of 10 pixels must be at least 16 beside a height of 5000.",
        "Send a larger one; the original is better than a thumbnail.",
    ),
}


@pytest.mark.parametrize("name", SIZES_REFUSED)
def test_a_refused_size_tells_the_narrow_side_and_the_nearest_numbers(name: str) -> None:
    size, model, why, advice = SIZES_REFUSED[name]
    with pytest.raises(ImageRefused) as raised:
        target_size(*size, LIMITS[model])
    assert (str(raised.value), raised.value.advice) == (why, advice)


@given(
    long=st.integers(1, 13_000),
    share=st.floats(0, 1),
    upright=st.booleans(),
    model=st.sampled_from([I2I, EDIT, STYLE, PORTRAIT]),
)
def test_the_numbers_of_a_refused_size_are_exact(long: int, share: float, upright: bool, model: str) -> None:
    def taken(long: int, short: int) -> bool:
        size = (short, long) if upright else (long, short)
        try:
            target_size(*size, LIMITS[model])
        except ImageRefused:
            return False
        return True

    short = max(1, int(long * share))
    if taken(long, short):
        return
    with pytest.raises(ImageRefused) as refused:
        target_size(*((short, long) if upright else (long, short)), LIMITS[model])
    told, advice = str(refused.value), refused.value.advice
    if least := re.search(r"at least (\d+) beside", told):
        assert taken(long, int(least[1]))
        assert not taken(long, int(least[1]) - 1)
    if most := re.search(r"at most (\d+) pixels", advice):
        assert taken(int(most[1]), short)
        assert not taken(int(most[1]) + 1, short)
    assert least or "shorter side needs at least" in told
