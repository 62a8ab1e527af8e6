from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageFilter, ImageStat

from sandbox.spark.catalogue import PORTRAIT
from sandbox.spark.order import Order
from sandbox.spark.painter import paint

Open = Callable[[bytes], Image.Image]
Difference = Callable[[Image.Image, Image.Image], float]


def portrayed(source: bytes, size: tuple[int, int] = (300, 300), **params: Any) -> bytes:
    return paint(Order(PORTRAIT, {"image_input": "http://example.com"} | params, 7, size, source))


def test_the_three_modes_differ(fox: bytes, opened: Open, difference: Difference) -> None:
    modes = [opened(portrayed(fox, gen_mode=mode)) for mode in ("creative", "reference", "reference_char")]
    for i, one in enumerate([opened(fox), *modes]):
        for other in modes[: max(i - 1, 0)]:
            assert difference(one, other) > 5


def test_a_prompt_means_creative_and_none_means_reference(fox: bytes) -> None:
    assert portrayed(fox, prompt="on stage") == portrayed(fox, prompt="on stage", gen_mode="creative")
    assert portrayed(fox) == portrayed(fox, gen_mode="reference")


def test_reference_keeps_the_picture_and_character_its_middle(
    fox: bytes, opened: Open, difference: Difference
) -> None:
    image, reference = opened(fox), opened(portrayed(fox))
    character = opened(portrayed(fox, gen_mode="reference_char", prompt="night"))
    middle, corner = (112, 112, 188, 188), (0, 0, 45, 45)
    assert difference(image.crop(middle), character.crop(middle)) < 40
    assert difference(image.crop(corner), character.crop(corner)) > difference(
        image.crop(corner), reference.crop(corner)
    )


@pytest.mark.parametrize("name", ["gpen", "skin", "skin_unifi"])
def test_each_retouch_grows_with_its_value(name: str, fox: bytes, opened: Open, difference: Difference) -> None:
    none: dict[str, Any] = {"gpen": 0, "skin": 0, "skin_unifi": 0}
    plain, some, all_of_it = (opened(portrayed(fox, **(none | {name: value}))) for value in (0, 0.3, 1))
    assert 0 < difference(plain, some) < difference(plain, all_of_it)


def test_clarity_sharpens(fox: bytes, opened: Open) -> None:
    def detail(**params: Any) -> float:
        image = opened(portrayed(fox, skin=0, **params)).convert("L")
        return ImageStat.Stat(image.filter(ImageFilter.FIND_EDGES)).mean[0]

    assert detail(gpen=1) > detail(gpen=0) * 1.1


@pytest.mark.parametrize("size", [(128, 512), (512, 128), (332, 332)])
@pytest.mark.parametrize("mode", ["creative", "reference", "reference_char"])
def test_a_portrait_has_the_size_asked_for(size: tuple[int, int], mode: str, fox: bytes, opened: Open) -> None:
    assert opened(portrayed(fox, size, gen_mode=mode, prompt="a queen")).size == size
