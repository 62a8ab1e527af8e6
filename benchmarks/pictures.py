"""What strangers' pictures cost the bot's process, and how long one person's keep another waiting; on Linux alone.

The pictures come over HTTP from a process of their own, as from Discord, and they are taken in by a fresh process,
whose memory nothing else has used.
"""

import asyncio
import io
import multiprocessing
import struct
import time
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Final

from PIL import Image

import spark
from benchmarks.rows import Row, Scale
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import Source
from bot.domain.refusals import Refusal
from bot.jobs.fair_slots import FairSlots
from bot.jobs.inputs import Inputs
from bot.orders.picture_orders import PictureOrder
from spark.clock import SystemClock

LATE_GOAL: Final = 20
"""Milliseconds by which the event loop may be late."""
MEMORY_GOAL: Final = 64
"""Megabytes that the bot's process may grow by."""
MARKERS: Final = 5_000_000
BOMBS: Final = 12
LOOK: Final = 0.005
"""Seconds between two looks at how late the loop is."""


def _encoded(image: Image.Image, image_format: str) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, image_format)
    return buffer.getvalue()


def noise(width: int, height: int) -> Image.Image:
    """Paint what no encoder makes small."""
    return Image.effect_noise((width, height), 50).convert("RGB")


def markers() -> bytes:
    """Build a JPEG of 10 MB, nearly all of it markers that say nothing."""
    plain = _encoded(noise(900, 800), "JPEG")
    return plain[:2] + b"\xff\xd0" * MARKERS + plain[2:]


def webp_bomb(width: int = 11_300, height: int = 11_300) -> bytes:
    """Build a WebP of a few bytes that is a huge black picture."""
    forged = io.BytesIO()
    Image.new("RGB", (16, 16)).save(forged, "WEBP", lossless=True)
    data = bytearray(forged.getvalue())
    sides = (width - 1) | (height - 1) << 14
    data[21:25] = struct.pack("<I", sides | int.from_bytes(data[21:25], "little") & 0xF0000000)
    return bytes(data)


def png_bomb() -> bytes:
    """Build a PNG of a few kilobytes that is as large a picture as is decoded."""
    return _encoded(Image.new("1", (8_000, 7_990)), "PNG")


FILES: Final[Mapping[str, Callable[[], bytes]]] = {
    "markers": markers,
    "webp-bomb": webp_bomb,
    "png-bomb": png_bomb,
    "ordinary": lambda: _encoded(noise(1600, 1200), "JPEG"),
    "large": lambda: _encoded(noise(4096, 4096), "PNG"),
}


def serve(port: "Queue[int]") -> None:
    """Give the files out on localhost until the process is ended."""
    files = {f"/{name}": make() for name, make in FILES.items()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Give one out."""
            self.send_response(200)
            self.send_header("Content-Length", str(len(files[self.path])))
            self.end_headers()
            self.wfile.write(files[self.path])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port.put(server.server_port)
    server.serve_forever()


class Bench:
    """Orders edits of the served pictures."""

    def __init__(self, inputs: Inputs, port: int) -> None:
        self._inputs = inputs
        self._port = port

    async def order(self, name: str, person: int) -> float:
        """Have a person order an edit of a picture; give the seconds until it is there, or refused."""
        order = PictureOrder(Kind.EDIT, "make it night", spark.Edit(prompt="make it night"))
        began = time.perf_counter()
        try:
            await self._inputs.order_of(order, Source(f"http://127.0.0.1:{self._port}/{name}", name), person)
        except Refusal as refusal:
            if name == "ordinary":
                raise AssertionError(str(refusal)) from refusal
        return time.perf_counter() - began

    async def alone(self, what: str, name: str, people: int) -> list[Row]:
        """Measure what pictures that come at once cost the process."""
        late: list[float] = []
        async with _watched(late):
            _forget_peak()
            before = _megabytes("VmRSS")
            seconds = max(await asyncio.gather(*(self.order(name, person) for person in range(people))))
            grown = _megabytes("VmHWM") - before
        done = f"done after {seconds:.1f} s"
        return [
            Row(f"{what}: worst stall of the loop", max(late) * 1000, LATE_GOAL, "ms", done),
            Row(f"{what}: memory", grown, MEMORY_GOAL, "MB", f"more than the {before:.0f} MB before"),
        ]

    async def behind(self, name: str) -> float:
        """Give the seconds that an ordinary picture waits behind many of another person's."""
        bombs = [asyncio.create_task(self.order(name, 1)) for _ in range(BOMBS)]
        await asyncio.sleep(0.3)
        seconds = await self.order("ordinary", 2)
        await asyncio.gather(*bombs)
        return seconds


@asynccontextmanager
async def _watched(late: list[float]) -> AsyncIterator[None]:
    async def watch() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(LOOK)
            late.append(time.perf_counter() - began - LOOK)

    watching = asyncio.create_task(watch())
    try:
        yield
    finally:
        watching.cancel()


def _megabytes(what: str) -> float:
    """Read a figure of this process's memory."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{what}:"))


def _forget_peak() -> None:
    """Have the system count the most memory from now on; proc(5), clear_refs."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


async def _measured(port: int) -> list[Row]:
    async with Inputs([f"127.0.0.1:{port}"], FairSlots(2), SystemClock()) as inputs:
        bench = Bench(inputs, port)
        alone = await bench.order("ordinary", 1)
        rows = await bench.alone("four JPEGs of 10 MB and 5 million markers", "markers", 4)
        rows += await bench.alone("a PNG of 4096×4096", "large", 1)
        for what, name in (("WebPs of 11300×11300", "webp-bomb"), ("PNGs of 8000×7990", "png-bomb")):
            seconds = await bench.behind(name)
            behind = f"a picture behind {BOMBS} tiny {what} of another person"
            rows.append(Row(behind, seconds, None, "s", f"alone {alone:.1f} s"))
        return rows


def _measured_apart() -> list[Row]:
    port: Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(port,), daemon=True)
    server.start()
    try:
        return asyncio.run(_measured(port.get()))
    finally:
        server.kill()


async def rows(_scale: Scale) -> AsyncIterator[Row]:
    """Measure in a fresh process."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        for row in await asyncio.get_running_loop().run_in_executor(pool, _measured_apart):
            yield row
