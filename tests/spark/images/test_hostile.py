"""Files that are made to exhaust whoever reads them."""

import asyncio
import os
import random
import struct
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

import spark
from spark import ImageRefused
from spark.images import workshop
from spark.images.containers import PARTS_MAX, anatomy_of, without_metadata
from spark.images.headers import Header, read_header
from tests.spark.images import pictures
from tests.spark.images.pictures import encoded, noise, scene

EDIT = "spark_edit_3_0"
PLAIN = encoded(scene(900, 800), "JPEG")
EMPTY_CHUNK = pictures.chunk(b"tEXt", b"")


def markers(count: int) -> bytes:
    return PLAIN[:2] + b"\xff\xd0" * count + PLAIN[2:]


def padded(count: int) -> bytes:
    return PLAIN[:2] + b"\xff" * count + PLAIN[2:]


def chunks(count: int) -> bytes:
    plain = encoded(scene(900, 800), "PNG")
    return plain[:33] + EMPTY_CHUNK * count + plain[33:]


async def _refused(data: bytes) -> ImageRefused:
    with pytest.raises(ImageRefused) as raised:
        await spark.fit(data, EDIT)
    return raised.value


@pytest.mark.parametrize(
    "made",
    [lambda: markers(5_000_000), lambda: padded(10_000_000), lambda: chunks(900_000)],
    ids=["markers", "padding", "chunks"],
)
async def test_millions_of_parts_are_refused_and_cost_this_process_nothing(
    made: Callable[[], bytes],
) -> None:
    hostile = made()
    tracemalloc.start()
    try:
        refused = await _refused(hostile)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (refused.reason, str(refused)) == (
        "broken",
        "The file is in more than 100,000 pieces, as no picture is.",
    )
    assert most < 1_000_000


@pytest.mark.parametrize("many", [markers(PARTS_MAX - 100), chunks(PARTS_MAX - 100)], ids=["markers", "chunks"])
def test_what_adjoins_is_one_range_and_no_part_gets_an_object(many: bytes) -> None:
    image_format = "JPEG" if many[:2] == b"\xff\xd8" else "PNG"
    tracemalloc.start()
    try:
        anatomy = anatomy_of(many, image_format)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(anatomy.kept) <= 2
    assert most < 100_000
    clean = without_metadata(many, anatomy)
    assert len(clean) == len(many) - (0 if image_format == "JPEG" else len(EMPTY_CHUNK) * (PARTS_MAX - 100))


# invariant I13
def test_this_process_can_open_no_picture() -> None:
    """A parser that is not here cannot be attacked here."""
    asked = "import sys, bot.cli; print(sorted({'PIL', 'pillow_heif'} & {m.split('.')[0] for m in sys.modules}))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert told.stdout == "[]\n"


def webp_bomb(width: int, height: int) -> bytes:
    data = bytearray(encoded(scene(16, 16).quantize(1).convert("RGB"), "WEBP", lossless=True))
    data[21:25] = struct.pack("<I", (width - 1) | (height - 1) << 14)
    return bytes(data)


def gif_bomb(width: int, height: int) -> bytes:
    data = bytearray(pictures.gif(16, 16))
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


@pytest.mark.parametrize(
    "bomb", [webp_bomb(11_300, 11_300), gif_bomb(11_300, 11_300), pictures.bomb(8_100, 8_000)]
)
async def test_what_is_too_large_to_be_decoded_is_refused_from_its_first_bytes(
    bomb: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def started(*_: object, **__: object) -> None:
        raise AssertionError("somebody opens it")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", started)
    refused = await _refused(bomb)
    assert refused.reason == "too_many_pixels"
    assert str(refused).endswith("; the most is 64 megapixels.")


# invariant I13
async def test_no_more_than_the_first_kilobyte_is_looked_at_here(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def noted(first: bytes, length: int) -> Header:
        seen.append(len(first))
        return read_header(first, length)

    monkeypatch.setattr(workshop, "read_header", noted)
    async with spark.scratch_file() as file:
        file.write(encoded(noise(900, 800), "PNG"))
        await spark.fit(file, EDIT)
    assert seen == [1024]


@pytest.mark.parametrize(
    "image_format", ["JPEG", "PNG", "GIF", "WEBP", "lossless WEBP", "animated WEBP", "AVIF", "HEIF"]
)
async def test_a_size_is_measured_whether_or_not_the_first_kilobyte_tells_it(image_format: str) -> None:
    picture = scene(900, 700)
    animated = {"save_all": True, "append_images": [noise(900, 700)]}
    made = {
        "lossless WEBP": lambda: encoded(picture, "WEBP", lossless=True),
        "animated WEBP": lambda: encoded(picture, "WEBP", **animated),
        "HEIF": lambda: pictures.heic(900, 700),
    }
    data = made[image_format]() if image_format in made else encoded(picture, image_format)
    assert await spark.measure(data) == (900, 700)
    if image_format == "JPEG":
        behind_a_comment = data[:2] + b"\xff\xfe\xff\xff" + b"x" * 65_533 + data[2:]
        assert await spark.measure(behind_a_comment) == (900, 700)


async def test_a_decoder_that_computes_too_long_is_ended_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "_SECONDS", 1)
    rows = zlib.compress(b"\0" * (1 + 7_990 * 6) * 8_000, 1)
    header = pictures.chunk(b"IHDR", struct.pack(">IIBBBBB", 7_990, 8_000, 16, 2, 0, 0, 0))
    refused = await _refused(pictures.png(header, rows))
    assert (refused.reason, str(refused)) == ("too_heavy", "The picture takes too long to decode.")


@pytest.mark.parametrize("seed", range(8))
async def test_noise_with_a_pictures_beginning_is_refused_in_words(seed: int) -> None:
    junk = random.Random(seed).randbytes(5_000)
    for beginning in (PLAIN[:200], encoded(scene(9, 9), "PNG")[:40], b"GIF89a", pictures.heic(64, 64)[:100]):
        assert (await _refused(beginning + junk)).reason in {"broken", "too_small", "too_long", "too_many_pixels"}


async def test_a_picture_may_come_as_an_open_file() -> None:
    async with spark.scratch_file() as file:
        file.write(PLAIN)
        assert (await spark.fit(file, EDIT)).data == PLAIN
        assert os.fstat(file.fileno()).st_size == len(PLAIN)
