"""What the page's server gives out, and how it takes what no page of its own would send."""

import json
from typing import Any

import aiohttp
import pytest

from sandbox.discord import Upload
from sandbox.page import Page
from sandbox.stage import Stage
from tests.e2e.photos import photo

pytestmark = pytest.mark.asyncio(loop_scope="session")
SCRIPT = b"<script>fetch('/do/say')</script>"


def own(page: Page) -> str:
    return page.address.rstrip("/")


@pytest.mark.parametrize(
    "name", ["a.html", "a.svg", "a.xhtml", "a.js", "a.css", "a.pdf", "a.xml", "page", "a.mp4", "a.svgz", "a.shtml"]
)
async def test_a_members_file_is_never_a_page_of_its_own(stage: Stage, page: Page, name: str) -> None:
    said = await stage.discord.say(stage.people[0], stage.general, "look", files=[Upload(0, name, SCRIPT)])
    [file] = said.attachments
    address = f"{own(page)}/files/{file.id}/{name}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert await answer.read() == SCRIPT


async def test_a_members_picture_is_shown_and_scripts_nothing(stage: Stage, page: Page) -> None:
    said = await stage.discord.say(stage.people[0], stage.general, "look", files=[photo()])
    [file] = said.attachments
    address = f"{own(page)}/files/{file.id}/{file.filename}"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


DEEP = "[" * 100_000
SHAPES: list[Any] = [
    None,
    7,
    [],
    "text",
    {"member": [], "channel": {}},
    {"text": 7},
    {"text": "x", "reply_to": 7},
    {"text": "x", "reply_to": "²"},
    {"name": "imagine", "options": []},
    {"name": "imagine", "options": [1, 2]},
    {"name": "imagine", "options": "prompt"},
    {"name": "imagine", "options": {"prompt": {"a": []}}},
    {"name": "imagine", "options": {"prompt": "x", "seed": "9" * 5000}},
    {"name": "imagine", "options": {"prompt": "x", "seed": None}},
    {"name": "spend limit", "options": {"member": []}},
    {"name": "imagine", "focused": "size", "typed": 7},
    {"message": "1", "custom_id": "x", "values": 7},
    {"message": "9" * 5000, "custom_id": "x"},
    {"interaction": "1", "fields": 7},
    {"interaction": {}, "fields": []},
    {"seconds": 1e400},
    {"seconds": True},
    {"spark": ["well"]},
    {"discord": {}},
]


@pytest.mark.parametrize("path", ["say", "command", "complete", "menu", "click", "select", "submit", "dismiss"])
async def test_a_gesture_of_a_wrong_shape_is_refused_in_words(page: Page, path: str) -> None:
    await _is_refused(f"{own(page)}/do/{path}", page)


async def test_a_switch_of_a_wrong_shape_is_refused_in_words(page: Page) -> None:
    await _is_refused(f"{own(page)}/panel", page)


async def _is_refused(url: str, page: Page) -> None:
    bodies = [
        b"",
        b"{",
        b"\xff\xfe",
        b"\x00",
        DEEP.encode(),
        b"NaN",
        *(json.dumps(each).encode() for each in SHAPES),
    ]
    kinds = [
        "application/json",
        "text/plain; charset=nonsense",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
    ]
    said = 'Content-Disposition: form-data; name="said"'
    async with aiohttp.ClientSession(headers={"Origin": own(page)}) as session:
        for body in bodies:
            for kind in kinds:
                sent = b"--x\r\n" + said.encode() + b"\r\n\r\n" + body + b"\r\n--x--\r\n" if "=x" in kind else body
                async with session.post(url, data=sent, headers={"Content-Type": kind}) as answer:
                    told = await answer.text()
                    assert answer.status in (200, 400, 422), (body[:60], kind, answer.status, told)
                    assert answer.status == 200 or told


async def test_a_strange_address_of_the_live_view_and_of_files_is_no_fault(page: Page) -> None:
    async with aiohttp.ClientSession() as session:
        for path in (
            "/files/²/a",
            f"/files/{'9' * 5000}/a",
            "/files/-1/a",
            "/pictures/..%2fserver.py",
            "/do/nothing",
        ):
            async with session.get(f"{own(page)}{path}") as answer:
                assert answer.status in (404, 405), path
        for query in ("member=²", f"member={'9' * 5000}", "channel=²", "channel=-1"):
            async with session.ws_connect(f"{own(page)}/live?{query}", headers={"Origin": own(page)}) as live:
                assert (await live.receive_json())["me"]
