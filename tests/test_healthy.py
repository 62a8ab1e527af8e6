import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.settings import ENVIRONMENT, WebSettings, forget_secrets
from bot.web.healthy import answer, asked_of, main


@asynccontextmanager
async def answering(host: str, status: int) -> AsyncIterator[int]:
    """Serve a `/healthz` on a free port of `host`."""

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"ok": status == 200}, status=status)

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, host, 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file of settings that is read where the process stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "config.toml"


@pytest.mark.parametrize(
    ("listens", "asked"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("0.0.0.0", "127.0.0.1"),  # noqa: S104
        ("::", "::1"),
        ("::1", "::1"),
        ("localhost", "localhost"),
        ("10.0.0.7", "10.0.0.7"),
    ],
)
def test_it_asks_where_the_bot_listens(listens: str, asked: str) -> None:
    assert asked_of(listens) == asked


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])  # noqa: S104
@pytest.mark.parametrize(("status", "well"), [(200, True), (503, False)])
async def test_it_says_what_healthz_says(host: str, status: int, well: bool) -> None:
    async with answering(host, status) as port:
        told = await asyncio.to_thread(answer, WebSettings(host=host, port=port))
    assert told == (well, f'{{"ok": {str(well).lower()}}}')


async def test_no_proxy_is_asked_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    async with answering("127.0.0.1", 200) as port:
        assert (await asyncio.to_thread(answer, WebSettings(port=port)))[0]


def test_nobody_there_is_not_well_and_says_where() -> None:
    port = unused_port()
    well, said = answer(WebSettings(port=port))
    assert not well
    assert f"127.0.0.1:{port} does not answer" in said


async def test_another_program_there_is_not_well_and_told_in_a_line() -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail\r\n")
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        told = await asyncio.to_thread(answer, WebSettings(port=port))
    assert told == (False, f"127.0.0.1:{port} does not answer as a spark-bot does")


def test_a_port_that_nobody_knows_is_not_well() -> None:
    assert answer(WebSettings(port=0)) == (
        False,
        "web.port is 0: nobody knows where to ask; choose one (WEB_PORT)",
    )


@pytest.mark.parametrize(
    ("file", "environment"),
    [("[web]\nport = {port}", ""), ("[web]\nport = 1", "{port}")],
    ids=["file", "environment"],
)
async def test_it_reads_the_settings_that_the_bot_runs_with(
    file: str, environment: str, beside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with answering("127.0.0.1", 200) as port:
        await asyncio.to_thread(beside.write_text, file.format(port=port))
        monkeypatch.setenv("WEB_PORT", environment.format(port=port))
        assert await asyncio.to_thread(main) == 0
    assert capsys.readouterr().out == '{"ok": true}\n'


def test_the_image_asks_this_way_without_the_secrets() -> None:
    dockerfile = (Path(__file__).parents[1] / "Dockerfile").read_text(encoding="utf-8")
    [check] = re.findall(r"^HEALTHCHECK .* CMD (\[.*\])$", dockerfile, re.MULTILINE)
    program, *options, python, module, name = json.loads(check)
    assert (program, python, module, name) == ("env", "python", "-m", "bot.web.healthy")
    named = {f"{section}_{key}".upper() for section, keys in ENVIRONMENT.items() for key in keys}
    kept = dict.fromkeys(named, "")
    forget_secrets(kept)
    assert set(options) - {"-u"} == named - kept.keys()


def test_settings_that_cannot_be_used_are_not_well(beside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    beside.write_text("[web]\nport = 70000")
    assert main() == 1
    assert "web.port" in capsys.readouterr().out
