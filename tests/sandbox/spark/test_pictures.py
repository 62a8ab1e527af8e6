import base64
import struct
import zlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from aiohttp import web

from sandbox.spark.catalogue import EDIT, I2I, PORTRAIT, STYLE
from sandbox.spark.server import SparkSandbox

Call = Callable[..., Coroutine[Any, Any, tuple[int, Any]]]
Make = Callable[..., bytes]

WORDS: dict[str, dict[str, Any]] = {
    I2I: {"prompt": "a fox"},
    EDIT: {"prompt": "a fox"},
    STYLE: {"req_key": "img2img_ghibli_style_usage"},
    PORTRAIT: {},
}


@pytest.fixture
async def address() -> AsyncIterator[Callable[..., str]]:
    served: dict[str, bytes] = {}

    async def serve(request: web.Request) -> web.Response:
        return web.Response(body=served[request.match_info["name"]])

    app = web.Application()
    app.router.add_get("/{name}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()

    def publish(data: bytes) -> str:
        served["picture"] = data
        return f"http://127.0.0.1:{runner.addresses[0][1]}/picture"

    yield publish
    await runner.cleanup()


def header_only(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds no pixels."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


def padded(data: bytes, length: int) -> bytes:
    return data + bytes(length - len(data))


@pytest.mark.parametrize("model", [I2I, EDIT, STYLE, PORTRAIT])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
async def test_pngs_and_jpegs_are_taken(
    model: str, kind: str, spark: SparkSandbox, post: Call, picture: Make, address: Callable[..., str]
) -> None:
    data = picture(800, 600, kind)
    url = address(data)
    image = {"image_input": url} if model == PORTRAIT else {"image_urls": [url]}
    status, _ = await post(model, **WORDS[model], **image)
    assert status == 200
    assert next(iter(spark.tasks.values())).order.source == data


async def test_a_picture_comes_as_base64_as_well(spark: SparkSandbox, post: Call, picture: Make) -> None:
    data = picture()
    encoded = base64.b64encode(data).decode()
    assert (await post(EDIT, prompt="a fox", binary_data_base64=[encoded]))[0] == 200
    assert next(iter(spark.tasks.values())).order.source == data


@pytest.mark.parametrize(
    ("model", "width", "height", "answer"),
    [
        (I2I, 4096, 1366, 200),
        (I2I, 4097, 2000, None),
        (I2I, 1801, 600, None),
        (EDIT, 600, 1800, 200),
        (EDIT, 600, 1801, "3007005"),
        (EDIT, 2000, 4097, "3007005"),
        (STYLE, 600, 800, 200),
        (STYLE, 800, 600, 200),
        (STYLE, 599, 4000, None),
        (STYLE, 799, 799, None),
        (STYLE, 4096, 600, 200),
        (STYLE, 4097, 4096, None),
        (PORTRAIT, 4096, 100, 200),
        (PORTRAIT, 4097, 100, "003010002"),
    ],
)
async def test_sides_and_ratios_are_checked(
    model: str,
    width: int,
    height: int,
    answer: int | str | None,
    post: Call,
    picture: Make,
    address: Callable[..., str],
) -> None:
    url = address(picture(width, height, mode="L"))
    image = {"image_input": url} if model == PORTRAIT else {"image_urls": [url]}
    status, body = await post(model, **WORDS[model], **image)
    assert status == (200 if answer == 200 else 400)
    if answer is None:
        assert set(body) == {"message"}
    elif isinstance(answer, str):
        assert body["error"]["code"] == answer


@pytest.mark.parametrize(
    ("model", "length", "taken"),
    [
        (I2I, 4_700_000, True),
        (I2I, 4_700_001, False),
        (EDIT, 5_000_000, True),
        (EDIT, 5_000_001, False),
        (STYLE, 5_000_000, True),
        (STYLE, 5_000_001, False),
    ],
)
@pytest.mark.parametrize("way", ["url", "base64"])
async def test_bytes_are_counted(
    model: str,
    length: int,
    taken: bool,
    way: str,
    post: Call,
    picture: Make,
    address: Callable[..., str],
) -> None:
    data = padded(picture(800, 600, "JPEG"), length)
    image = (
        {"image_urls": [address(data)]}
        if way == "url"
        else {"binary_data_base64": [base64.b64encode(data).decode()]}
    )
    assert (await post(model, **WORDS[model], **image))[0] == (200 if taken else 400)


@pytest.mark.parametrize(
    ("model", "code"), [(I2I, None), (EDIT, "3007003"), (STYLE, None), (PORTRAIT, "003010003")]
)
@pytest.mark.parametrize("kind", ["WEBP", "GIF", "text", "cut short", "no pixels"])
async def test_what_is_no_jpeg_or_png_is_refused(
    model: str, code: str | None, kind: str, post: Call, picture: Make, address: Callable[..., str]
) -> None:
    data = {
        "WEBP": picture(kind="WEBP"),
        "GIF": picture(kind="GIF"),
        "text": b"no picture",
        "cut short": picture(kind="JPEG")[:-700],
        "no pixels": header_only(640, 800),
    }[kind]
    url = address(data)
    image = {"image_input": url} if model == PORTRAIT else {"image_urls": [url]}
    status, body = await post(model, **WORDS[model], **image)
    assert status == 400
    assert (body["error"]["code"] if code else set(body)) == (code or {"message"})


async def test_a_bomb_is_refused_by_its_header(post: Call, address: Callable[..., str]) -> None:
    status, body = await post(EDIT, prompt="a fox", image_urls=[address(header_only(60_000, 60_000))])
    assert (status, body["error"]["code"]) == (400, "3007005")


@pytest.mark.parametrize(("model", "code"), [(I2I, "003003009"), (EDIT, "3007009")])
@pytest.mark.parametrize("text", ["not base64!", "AA!AA", "data:image/png;base64,AAAA", "AAA"])
async def test_what_is_not_base64_is_refused(model: str, code: str, text: str, post: Call) -> None:
    status, body = await post(model, prompt="a fox", binary_data_base64=[text])
    assert (status, body["error"]["code"]) == (400, code)


async def test_an_address_that_does_not_answer_is_refused(spark: SparkSandbox, post: Call) -> None:
    for url in (f"{spark.base_url}/files/none.png", "http://127.0.0.1:1/none.png"):
        status, body = await post(PORTRAIT, image_input=url)
        assert (status, body["error"]["code"]) == (400, "003010002")
