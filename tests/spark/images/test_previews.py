import asyncio
import io
import subprocess
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from PIL import Image

from spark import ImageRefused, Previewer, Provenance
from tests.spark.images.pictures import encoded, scene

WORDS = Provenance.of("spark_t2i_3_0", "7")


@pytest.fixture
async def previewer() -> AsyncIterator[Previewer]:
    async with Previewer() as previewer:
        yield previewer


def noise(side: int) -> bytes:
    return encoded(Image.effect_noise((side, side), 90).convert("RGB"), "PNG")


async def _made(previewer: Previewer, *files: bytes) -> Image.Image:
    made = await previewer.preview(files, WORDS)
    assert len(made) <= 80_000
    return Image.open(io.BytesIO(made))


async def test_pictures_are_laid_out_in_rows_as_they_are_in_a_message(previewer: Previewer) -> None:
    wide = encoded(scene(1600, 900), "PNG")
    assert (await _made(previewer, wide)).size == (720, 405)
    two, four, five = [await _made(previewer, *[wide] * count) for count in (2, 4, 5)]
    assert (two.size, four.size, five.size) == ((720, 201), (720, 408), (720, 272))
    corner = five.convert("RGBA").getpixel((719, 271))
    assert isinstance(corner, tuple)
    assert corner[3] == 0  # a place that is left is nothing at all


async def test_what_has_too_many_bytes_is_made_smaller(previewer: Previewer) -> None:
    made = await _made(previewer, noise(1328))
    assert max(made.size) < 720


async def test_one_process_makes_them_all_and_outlives_a_broken_picture(previewer: Previewer) -> None:
    await _made(previewer, noise(64))
    worker = previewer._worker
    with pytest.raises(ImageRefused):
        await previewer.preview([b"<html>no picture</html>"], WORDS)
    await _made(previewer, noise(64))
    assert previewer._worker is worker


async def test_the_next_one_has_a_process_again_where_it_has_died(previewer: Previewer) -> None:
    await _made(previewer, noise(64))
    assert previewer._worker is not None
    assert previewer._worker._process is not None
    previewer._worker._process.kill()
    with pytest.raises(ImageRefused):
        await previewer.preview([noise(64)], WORDS)
    await _made(previewer, noise(64))


async def test_it_ends_when_nobody_wants_one(monkeypatch: pytest.MonkeyPatch, previewer: Previewer) -> None:
    monkeypatch.setattr("spark.images.standing._IDLE", 0.0)
    await _made(previewer, noise(64))
    ending = previewer._ending
    assert ending is not None
    ending._run()
    assert previewer._worker is None


async def test_nothing_is_left_of_one_that_was_cancelled_while_its_process_began(
    monkeypatch: pytest.MonkeyPatch, previewer: Previewer
) -> None:
    begun, go_on, started = threading.Event(), threading.Event(), []

    def slowly(*args: Any, **kwargs: Any) -> subprocess.Popen[bytes]:
        begun.set()
        go_on.wait()
        started.append(process := real(*args, **kwargs))
        return process

    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", slowly)
    making = asyncio.create_task(previewer.preview([noise(64)], WORDS))
    await asyncio.to_thread(begun.wait)
    threading.Timer(0.0, go_on.set).start()
    making.cancel()
    await asyncio.wait([making])
    assert [process.poll() is not None for process in started] == [True]
