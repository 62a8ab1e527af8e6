import os
import random
from collections.abc import Callable, Mapping
from hashlib import sha256
from itertools import combinations, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

import spark
from benchmarks.lookalikes import CHANGES, FAMILIES, PLAIN, SIDE, cropped, drawing, icon, page, scenes
from sandbox.spark.painter.scene import paint_scene
from spark import Fingerprint, ImageRefused, alike
from spark.images.fingerprints import CELLS, COLOURS, LENGTH, VIEWS, distance
from spark.images.looks import fingerprint
from tests.spark.images.pictures import encoded, exif

TIMES = int(os.environ.get("PROPERTY_TESTS_TIMES", "1"))
PAINTED: Mapping[str, Callable[[], Image.Image]] = {
    "a scene": lambda: next(scenes("a fox in the snow", 1)),
    "a bright scene": lambda: paint_scene("a boat at sunset", (SIDE, SIDE), 7),
    "a page": lambda: page(1)(random.Random(1)),
    "a drawing": lambda: drawing(random.Random(1)),
    "a thing on one colour": lambda: icon(random.Random(6)),
}
Pictures = Mapping[str, Image.Image]
Known = Mapping[str, Fingerprint]
SHADES = {"blue": 160, "yellow": 96, "bluer": 168, "grey": 128}


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    return {name: paint() for name, paint in PAINTED.items()}


@pytest.fixture(scope="module")
def known(pictures: Pictures) -> Known:
    return {name: fingerprint(picture) for name, picture in pictures.items()}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", PAINTED)
def test_a_picture_is_recognised_when_it_comes_again(
    pictures: Pictures, known: Known, name: str, change: str
) -> None:
    again = fingerprint(CHANGES[change](pictures[name]))
    assert alike(known[name], again)
    assert alike(again, known[name])


@pytest.mark.parametrize("family", FAMILIES)
def test_no_two_pictures_of_a_family_are_taken_for_each_other(family: str) -> None:
    group = FAMILIES[family][0]
    taken = [fingerprint(picture) for picture in islice(group(), 3 * TIMES)]
    assert not [pair for pair in combinations(taken, 2) if alike(*pair)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(15, 27, id="other bubbles"),
        pytest.param(3, 9, id="other skin"),
        pytest.param(24, 32, id="mirrored, other light"),
    ],
)
def test_two_faces_of_one_drawing_are_not_taken_for_each_other(one: int, other: int) -> None:
    taken = [fingerprint(paint_scene("portrait of a woman", (SIDE, SIDE), seed)) for seed in (one, other)]
    assert not alike(*taken)
    assert not alike(*reversed(taken))


@pytest.mark.parametrize("family", PLAIN)
def test_what_shows_nothing_is_alike_to_nothing(family: str) -> None:
    for group in FAMILIES[family]:
        for picture in islice(group(), 10 * TIMES):
            shown = fingerprint(picture)
            assert shown.is_flat
            assert not alike(shown, shown)


def test_few_traits_are_recognised_among_enough_alone() -> None:
    grey = (bytes([128]) * (2 * COLOURS**2),) * len(VIEWS)
    few, enough = (Fingerprint(0, grey, (2**traits - 1,) * len(VIEWS)) for traits in (59, 60))
    assert few.is_flat
    assert not alike(few, few)
    assert alike(few, enough)
    assert alike(enough, enough)


def test_the_same_in_other_colours_is_another_picture_and_in_grey_the_same() -> None:
    coloured = {name: bytes([level]) * COLOURS**2 + bytes([128]) * COLOURS**2 for name, level in SHADES.items()}
    views = (2**100 - 1,) * len(VIEWS)
    blue, yellow, bluer, grey = (Fingerprint(0, (coloured[name],) * len(VIEWS), views) for name in SHADES)
    assert not alike(blue, yellow)
    assert alike(blue, bluer)
    assert alike(blue, grey)


def test_a_part_of_a_picture_is_another_picture(pictures: Pictures, known: Known) -> None:
    for name, picture in pictures.items():
        assert not alike(known[name], fingerprint(cropped(picture, 0.12, 0.12, 0, 0)))


def test_the_proportions_count(pictures: Pictures, known: Known) -> None:
    for name, picture in pictures.items():
        assert not alike(known[name], fingerprint(picture.resize((picture.width, picture.height * 9 // 10))))


def test_a_mirrored_fingerprint_is_the_fingerprint_of_the_mirrored_picture(
    pictures: Pictures, known: Known
) -> None:
    for name, picture in pictures.items():
        assert distance(known[name].mirrored, fingerprint(ImageOps.mirror(picture))) < 0.01
        assert known[name].mirrored.mirrored == known[name]


TRAITS = st.integers(0, 2 ** (2 * CELLS * CELLS) - 1)

COLOURED = st.tuples(*[st.binary(min_size=2 * COLOURS**2, max_size=2 * COLOURS**2)] * len(VIEWS))


@given(shape=st.integers(-13_000, 13_000), colours=COLOURED, views=st.tuples(*[TRAITS] * len(VIEWS)))
def test_a_fingerprint_is_read_as_it_was_written(
    shape: int, colours: tuple[bytes, ...], views: tuple[int, ...]
) -> None:
    written = str(Fingerprint(shape, colours, views))
    assert len(written) == LENGTH
    assert Fingerprint.read(written) == Fingerprint(shape, colours, views)


@pytest.mark.parametrize("text", ["", "A" * (LENGTH - 4), "?" * LENGTH, "A" * (LENGTH - 1)])
def test_what_is_no_fingerprint_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"characters|base64|padding"):
        Fingerprint.read(text)


async def test_what_is_fitted_tells_the_fingerprint_of_what_was_sent(pictures: Pictures, known: Known) -> None:
    picture = pictures["a scene"]
    lying = encoded(picture.transpose(Image.Transpose.ROTATE_90), "PNG", exif=exif(orientation=6))
    fitted = await spark.fit(lying, spark.Edit.name)
    assert fitted.changes
    assert fitted.original_sha256 == sha256(lying).hexdigest()
    assert fitted.fingerprint == known["a scene"] == await spark.fingerprint(lying)


async def test_a_large_jpeg_is_recognised_though_it_is_decoded_small(pictures: Pictures, known: Known) -> None:
    large = pictures["a page"].resize((2400, 3200))
    assert alike(known["a page"], await spark.fingerprint(encoded(large, "JPEG")))


async def test_what_is_no_picture_has_no_fingerprint(pictures: Pictures) -> None:
    with pytest.raises(ImageRefused):
        await spark.fingerprint(encoded(pictures["a page"], "PNG")[:-100])
