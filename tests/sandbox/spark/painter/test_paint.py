import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from functools import cache

import pytest
from PIL import Image, ImageStat

from sandbox.spark.catalogue import EDIT, T2I
from sandbox.spark.order import Order
from sandbox.spark.painter import paint, swatch

Open = Callable[[bytes], Image.Image]
Difference = Callable[[Image.Image, Image.Image], float]

SIZE = (200, 200)

SUBJECTS = [
    "fox",
    "wolf",
    "cat",
    "owl",
    "deer",
    "gull",
    "lighthouse",
    "castle",
    "cabin",
    "sailboat",
    "robot",
    "rocket",
    "balloon",
    "poppies and a flower",
    "old tree",
    "woman",
    "man",
]
PLACES = ["mountains", "forest", "meadow", "sea", "desert", "city", "galaxy"]
TIMES = ["dawn", "noon", "sunset", "dusk", "night", "storm", "winter", "autumn", "neon"]


def words(prompt: str, seed: int = 7, size: tuple[int, int] = SIZE) -> Order:
    return Order(T2I, {"prompt": prompt}, seed, size)


@cache
def painted(prompt: str) -> bytes:
    return paint(words(prompt))


def test_the_same_order_gives_the_same_bytes() -> None:
    assert paint(words("a castle at night")) == paint(words("a castle at night"))


def test_the_same_order_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from sandbox.spark.order import Order; from sandbox.spark.painter import paint;"
        "print(hashlib.sha256(paint(Order('spark_t2i_3_0', {'prompt': 'neon city'}, 7, (200, 200)))).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert done.stdout.strip() == hashlib.sha256(paint(words("neon city"))).hexdigest()


@pytest.mark.parametrize("prompt", ["a red fox in snow", "a castle at night", "portrait of a person", "hello"])
def test_another_seed_gives_a_visibly_different_picture(prompt: str, opened: Open, difference: Difference) -> None:
    one, other = opened(paint(words(prompt))), opened(paint(words(prompt, seed=8)))
    assert difference(one, other) > 8


@pytest.mark.parametrize("size", [(416, 234), (504, 216), (256, 768), (768, 256), (389, 307), (756, 324)])
def test_a_picture_has_exactly_the_size_asked_for(size: tuple[int, int], opened: Open) -> None:
    assert opened(paint(words("a lighthouse at dawn", size=size))).size == size


@pytest.mark.parametrize("prompt", [*SUBJECTS, *PLACES, *TIMES, "", "雪中的红狐", "Grüße!", "x" * 800])
def test_every_prompt_gives_a_picture_with_light_and_shade(prompt: str, opened: Open) -> None:
    image = opened(painted(prompt))
    assert ImageStat.Stat(image.convert("L")).stddev[0] > 12


@pytest.mark.parametrize("kinds", [SUBJECTS, PLACES, TIMES])
def test_each_word_paints_something_of_its_own(kinds: list[str], opened: Open, difference: Difference) -> None:
    images = [opened(painted(kind)) for kind in kinds]
    for i, one in enumerate(images):
        for other in images[i + 1 :]:
            assert difference(one, other) > 3


def test_night_is_darker_than_noon(opened: Open) -> None:
    night, noon = (
        ImageStat.Stat(opened(paint(words(f"mountains at {time}"))).convert("L")).mean[0]
        for time in ("night", "noon")
    )
    assert night + 60 < noon


def test_a_colour_before_the_subject_is_the_subjects(opened: Open) -> None:
    def reds(prompt: str) -> float:
        image = opened(paint(words(prompt)))
        return sum(ImageStat.Stat(image.crop((50, 80, 150, 190))).mean[:1])

    assert reds("an orange cat in a meadow at noon") > reds("a black cat in a meadow at noon") + 15


def test_a_picture_of_the_default_size_is_at_most_three_megabytes(opened: Open) -> None:
    for prompt in ("neon city", "a wolf under the aurora in winter"):  # which are the largest
        picture = paint(words(prompt, size=(1328, 1328)))
        assert opened(picture).size == (1328, 1328)
        assert len(picture) < 3_000_000


def test_a_swatch_has_the_size_asked_for_and_a_colour_of_its_own() -> None:
    one = Image.open(io.BytesIO(swatch(words("a fox", size=(777, 613)))))
    assert one.size == (777, 613)
    assert swatch(words("a fox")) == swatch(words("a fox"))
    assert len({swatch(words("a fox")), swatch(words("a fox", seed=8)), swatch(words("a cat"))}) == 3


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16", "CMYK"])
def test_pictures_of_every_kind_can_be_worked_on(mode: str, opened: Open) -> None:
    file = io.BytesIO()
    Image.new(mode, (300, 400)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    order = Order(EDIT, {"prompt": "add a rainbow"}, 7, (512, 688), file.getvalue())
    assert opened(paint(order)).size == (512, 688)
