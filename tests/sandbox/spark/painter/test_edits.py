from collections.abc import Callable

import pytest
from PIL import Image, ImageStat

from sandbox.spark.catalogue import EDIT, I2I
from sandbox.spark.order import Order
from sandbox.spark.painter import paint

Open = Callable[[bytes], Image.Image]
Difference = Callable[[Image.Image, Image.Image], float]

EDITS = [
    "make it night",
    "make it snowy",
    "add a rainbow",
    "at sunset",
    "change to dawn",
    "make it rain",
    "foggy",
    "aurora in the sky",
    "bright day",
    "black and white",
    "sepia",
    "change to comic style",
    "anime",
    "watercolor",
    "pencil sketch",
    "oil painting",
    "pixel art",
    "autumn",
    "spring",
    "neon",
    "clay",
    "make it pink",
    "change it to green",
    "add a cat",
    "add a hot air balloon",
    "make him smile",
]


def edited(source: bytes, prompt: str, scale: float = 0.5, seed: int = 7, model: str = EDIT) -> bytes:
    return paint(Order(model, {"prompt": prompt, "scale": scale}, seed, (300, 300), source))


def test_each_edit_differs_from_the_picture_and_from_each_other(
    fox: bytes, opened: Open, difference: Difference
) -> None:
    images = [opened(fox), *(opened(edited(fox, prompt)) for prompt in EDITS)]
    for i, one in enumerate(images):
        for j, other in enumerate(images[:i]):
            # a rainbow or a cat changes only a part of the picture, and that part wholly
            assert difference(one, other) > 1.2, (EDITS[i - 1], EDITS[j - 1] if j else "the picture")


@pytest.mark.parametrize("prompt", ["make it night", "make it pink", "add a cat", "make him smile"])
def test_a_higher_scale_changes_more(prompt: str, fox: bytes, opened: Open, difference: Difference) -> None:
    low, high = (difference(opened(fox), opened(edited(fox, prompt, scale))) for scale in (0.0, 0.5))
    assert low < high


def test_night_is_darker_and_bluer(fox: bytes, opened: Open) -> None:
    day, night = (ImageStat.Stat(image).mean for image in (opened(fox), opened(edited(fox, "make it night"))))
    assert sum(night) < sum(day) * 0.6
    assert night[2] / night[0] > day[2] / day[0]


def test_black_and_white_has_no_colour(fox: bytes, opened: Open) -> None:
    red, green, blue = opened(edited(fox, "make it black and white")).split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_an_edit_keeps_the_picture_that_it_was_given(fox: bytes, opened: Open) -> None:
    image = opened(edited(fox, "add a rainbow"))
    half = (0, 190, 300, 300)
    assert image.crop(half).tobytes() == opened(fox).crop(half).tobytes()


def test_the_structure_model_edits_in_the_size_asked_for(fox: bytes, opened: Open) -> None:
    order = Order(I2I, {"prompt": "make it night"}, 7, (512, 384), fox)
    assert opened(paint(order)).size == (512, 384)
