import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

import bot
from bot.usage.charts import Series
from bot.usage.drawing import Drawing, NotDrawn
from sandbox.clock import MovableClock
from tests.examples import CENT, CHART
from tests.ordinary_user import as_ordinary_user

BLUE = (0x31, 0x88, 0xFA)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def drawing(clock: MovableClock) -> AsyncIterator[Drawing]:
    async with Drawing(clock) as drawing:
        yield drawing


def process_of(drawing: Drawing) -> int:
    assert drawing._process is not None
    return drawing._process.pid


def _environment_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except PermissionError:
        pytest.skip("only root can look into it")


async def test_columns_are_as_high_as_the_scale_says_on_an_opaque_card(drawing: Drawing) -> None:
    with Image.open(BytesIO(await drawing.png(CHART))) as image:
        assert image.size == (1000, 560)
        assert image.convert("RGBA").getchannel("A").getextrema() == (255, 255)
        picture = image.convert("RGB")
    left, middle, right = 120, 540, 960  # each column takes half of what lies between
    column = [picture.getpixel(((middle + right) // 2, y)) for y in range(230, 510)]
    assert [picture.getpixel(((left + middle) // 2, y)) for y in range(230, 510)].count(BLUE) == 0
    assert abs(column.count(BLUE) - (498 - 244) * 3 // 4) <= 4
    assert "matplotlib" not in sys.modules


async def test_one_process_draws_them_all_and_ends_when_none_is_wanted(
    drawing: Drawing, clock: MovableClock
) -> None:
    first = await drawing.png(CHART)
    pid = process_of(drawing)
    for _ in range(2):
        await asyncio.sleep(0)
        await clock.advance(59)
        assert await drawing.png(CHART) == first
    assert process_of(drawing) == pid
    await asyncio.sleep(0)
    await clock.advance(61)
    end = time.monotonic() + 10
    while drawing.running:
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert await drawing.png(CHART) == first
    assert process_of(drawing) != pid


async def test_a_process_that_dies_is_replaced_for_the_next_chart(drawing: Drawing) -> None:
    await drawing.png(CHART)
    os.kill(process_of(drawing), signal.SIGKILL)
    with pytest.raises(NotDrawn):
        await drawing.png(CHART)
    assert await drawing.png(CHART)


async def test_what_cannot_be_drawn_is_told_and_the_next_chart_is_drawn(drawing: Drawing) -> None:
    await drawing.png(CHART)
    pid = process_of(drawing)
    with pytest.raises(NotDrawn, match="colour"):
        await drawing.png(replace(CHART, series=[Series("imagine", "$1", "colour", [0, CENT])]))
    assert await drawing.png(CHART)
    assert process_of(drawing) == pid


async def test_who_waits_no_longer_leaves_nothing_for_the_next(drawing: Drawing) -> None:
    asked = asyncio.create_task(drawing.png(replace(CHART, headline="$1.00")))
    await asyncio.sleep(0)
    while not drawing.running:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.01)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    async with Drawing(MovableClock()) as other:
        assert await drawing.png(CHART) == await other.png(CHART)


async def test_its_process_is_told_nothing_of_the_environment(
    drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_API_KEY", "sk-secret")
    await drawing.png(CHART)
    names = {entry.split(b"=")[0] for entry in _environment_of(process_of(drawing)).split(b"\0") if entry}
    assert names == {b"MPLCONFIGDIR", b"OPENBLAS_NUM_THREADS"}


async def test_an_ordinary_user_draws_too() -> None:
    """Who is not root can start no further thread, which a library for numbers might want to."""
    program = (
        "import asyncio\n"
        "from bot.usage.drawing import Drawing\n"
        "from spark.clock import SystemClock\n"
        "from tests.examples import CHART\n"
        "async def main():\n"
        "    async with Drawing(SystemClock()) as drawing:\n"
        "        print((await drawing.png(CHART))[:4])\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(
        *as_ordinary_user(sys.executable, "-B", "-c", program),
        env={"PYTHONPATH": str(Path(bot.__file__).parents[1])},
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    assert told == b"b'\\x89PNG'\n"
