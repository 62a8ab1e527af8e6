import pytest

from bot.domain.sizes import (
    IMAGINE_SIZES,
    PORTRAIT_SIZES,
    STRUCTURE_SIZES,
    ModelSizes,
    Pixels,
    Quality,
    Shape,
    UsualSize,
    read_size,
)

WIDE_HD = UsualSize(Shape.WIDE_16_9, Quality.HD)


@pytest.mark.parametrize(
    ("text", "pixels"),
    [
        ("16:9", (1664, 936)),
        (" 9:16 ", (936, 1664)),
        ("16：9", (1664, 936)),
        ("16/9", (1664, 936)),
        ("16x9", (1664, 936)),
        ("32:18", (1664, 936)),
        ("21:9 standard", (2016, 864)),
        ("hd", (2048, 2048)),
        ("HD", (2048, 2048)),
        ("2K", (2048, 2048)),
        ("1k", (1328, 1328)),
        ("16:9 hd", (2560, 1440)),
        ("16:9HD", (2560, 1440)),
        ("hd 16:9", (2560, 1440)),
        ("16:9 HD · 2560×1440 · $0.013", (2560, 1440)),
        ("1500x900", (1500, 900)),
        ("1500 × 900", (1500, 900)),
        ("1500*900px", (1500, 900)),
        ("1500X900 px", (1500, 900)),
        ("5:4", (1480, 1184)),
        ("5:4 hd", (2280, 1824)),
        ("3:1", (2280, 760)),
    ],
)
def test_a_size_is_read_as_people_write_it(text: str, pixels: Pixels) -> None:
    written = read_size(text)
    assert written is not None
    assert IMAGINE_SIZES.pixels(written) == pixels


@pytest.mark.parametrize(
    "text",
    ["", " ", "large", "16", "16:", "16:9 4:3", "1500x900 hd", "hd hd", "0:0", "16:9 ultra", "12345678x900"],
)
def test_what_is_no_size_is_none(text: str) -> None:
    assert read_size(text) is None


@pytest.mark.parametrize(
    ("text", "pixels"),
    [("hd", (2560, 1440)), ("standard", (1664, 936)), ("1:1", (1328, 1328)), ("1:1 hd", (2048, 2048))],
)
def test_a_usual_shape_goes_with_a_quality_and_a_usual_quality_with_no_shape_that_is_written(
    text: str, pixels: Pixels
) -> None:
    written = read_size(text)
    assert written is not None
    assert IMAGINE_SIZES.pixels(written, WIDE_HD) == pixels


@pytest.mark.parametrize("sizes", [IMAGINE_SIZES, STRUCTURE_SIZES, PORTRAIT_SIZES])
def test_a_name_is_read_as_the_size_that_it_names(sizes: ModelSizes) -> None:
    for name, pixels in sizes.named().items():
        written = read_size(name)
        assert written is not None
        assert sizes.pixels(written) == pixels
        assert sizes.name_of(pixels) == name
    assert sizes.name_of((700, 900)) == "700x900"


def test_structure_makes_every_shape_as_large_as_it_comes_back_and_none_in_hd() -> None:
    assert STRUCTURE_SIZES.of_shape(Shape.WIDE_16_9.ratio, Quality.STANDARD) == (1536, 864)
    assert STRUCTURE_SIZES.of_shape(Shape.WIDE_16_9.ratio, Quality.HD) is None


def test_no_portrait_is_larger_than_the_model_makes_them() -> None:
    assert PORTRAIT_SIZES.of_shape(Shape.WIDE_4_3.ratio, Quality.HD) == (2048, 1536)
    assert max(max(pixels) for pixels in PORTRAIT_SIZES.named().values()) == 2048
