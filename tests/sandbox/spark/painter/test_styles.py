import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageChops

from sandbox.spark.catalogue import STYLE, STYLES
from sandbox.spark.order import Order
from sandbox.spark.painter import paint

Open = Callable[[bytes], Image.Image]
Difference = Callable[[Image.Image, Image.Image], float]

PAIRS = [(key, sub) for key, subs in STYLES.items() for sub in subs or (None,)]
KEY = "img2img_chinese_style_usage"


def styled(source: bytes, key: str, sub: str | None = None, **logo: Any) -> bytes:
    params = {"req_key": key, "sub_req_key": sub, "logo_info": logo}
    return paint(Order(STYLE, params, 7, (300, 300), source))


@pytest.fixture(scope="module")
def plain(fox: bytes) -> Image.Image:
    """The fox in one style, without a watermark."""
    return Image.open(io.BytesIO(styled(fox, KEY)))


def test_each_style_differs_from_the_picture_and_from_each_other(
    fox: bytes, opened: Open, difference: Difference
) -> None:
    images = [opened(fox), *(opened(styled(fox, *pair)) for pair in PAIRS)]
    assert len(images) == 23
    for i, one in enumerate(images):
        for other in images[:i]:
            assert difference(one, other) > 5, PAIRS[i - 1]


@pytest.mark.parametrize("text", ["", "made for you"])
@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize(("position", "corner"), [(0, (1, 1)), (1, (0, 1)), (2, (0, 0)), (3, (1, 0))])
def test_a_watermark_stands_in_its_corner(
    position: int, corner: tuple[int, int], language: int, text: str, fox: bytes, plain: Image.Image, opened: Open
) -> None:
    marked = opened(styled(fox, KEY, add_logo=True, position=position, language=language, logo_text_content=text))
    box = ImageChops.difference(plain, marked).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert ((left + right) / 2 > 150) == bool(corner[0])
    assert ((top + bottom) / 2 > 150) == bool(corner[1])


def test_a_long_watermark_stays_inside_the_picture(fox: bytes, plain: Image.Image, opened: Open) -> None:
    marked = opened(styled(fox, KEY, add_logo=True, logo_text_content="w" * 200))
    box = ImageChops.difference(plain, marked).getbbox()
    assert box is not None
    assert 0 < box[0] < box[2] < 300


def test_languages_and_texts_differ(fox: bytes) -> None:
    marks: list[dict[str, Any]] = [{"language": 0}, {"language": 1}, {"logo_text_content": "mine"}]
    assert len({styled(fox, KEY, add_logo=True, **mark) for mark in marks}) == 3


def test_opacity_makes_a_watermark_fainter(
    fox: bytes, plain: Image.Image, opened: Open, difference: Difference
) -> None:
    faint, strong = (
        difference(plain, opened(styled(fox, KEY, add_logo=True, opacity=opacity))) for opacity in (0.3, 1)
    )
    assert 0 < faint < strong * 0.6
    assert styled(fox, KEY, add_logo=True, opacity=0) == styled(fox, KEY)


def test_no_watermark_is_set_unasked(fox: bytes) -> None:
    assert styled(fox, KEY, add_logo=False, logo_text_content="mine") == styled(fox, KEY)
