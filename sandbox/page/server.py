"""The page's web server: its files, one live socket per open page, and what people do."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import BodyPartReader, WSMsgType, hdrs, web

from sandbox.discord import Channel, ClientRefusal, DiscordSandbox, Member, Upload
from sandbox.page.gestures import Doing, PageGestures, read_id
from sandbox.page.guard import own_site_only
from sandbox.page.panel import Panel
from sandbox.page.pictures import PICTURES, Album
from sandbox.page.views import SHOWN, Views
from sandbox.spark.server import SparkSandbox

_STATIC: Final = Path(__file__).with_name("static")
_MAX_BODY: Final = 64 * 2**20
_PICTURE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
"""What a member's file may be shown as; anything else would be theirs to script the page with."""
_AT_LEAST_EVERY: Final = 1.0
"""Seconds; what changes at Spark alone rings no bell."""


class PortTaken(Exception):
    """Something else listens on the page's port; the text says what to do."""


class Page:
    """Serves the page to this machine's browsers; an async context manager."""

    def __init__(
        self,
        discord: DiscordSandbox,
        spark: SparkSandbox,
        people: Sequence[Member],
        first: Channel,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        """Build with who can be played, and the channel that is open at first; port 0 takes any free one."""
        dismissed: set[int] = set()
        self._discord = discord
        self._people = {person.id: person for person in people}
        self._first = first
        self._views = Views(discord, dismissed)
        self._gestures = PageGestures(discord, dismissed)
        self._panel = Panel(discord, spark)
        self._album = Album()
        self._host = host
        self._port = port
        self._sockets: set[web.WebSocketResponse] = set()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_MAX_BODY, middlewares=[own_site_only])
        app.router.add_get("/", self._index)
        app.router.add_static("/static", _STATIC)
        app.router.add_get("/live", self._live)
        app.router.add_get("/files/{id}/{name}", self._file)
        app.router.add_get("/pictures/{name}", self._picture)
        app.router.add_post("/do/{gesture}", self._do)
        app.router.add_post("/panel", self._change_panel)
        app.on_shutdown.append(self._hang_up)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise PortTaken(
                f"The page cannot have port {self._port} ({error.strerror}). "
                "Something else uses it; choose another with --port, or 0 for any free one."
            ) from None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return f"http://{self._host}:{self._runner.addresses[0][1]}/"

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(_STATIC / "index.html")

    async def _live(self, request: web.Request) -> web.StreamResponse:
        """Send a person's view of a channel whenever it changes; the page says which by `member` and `channel`."""
        person, channel = self._whose(request.query)
        shown = read_id(request.query.get("shown", "")) or SHOWN
        socket = web.WebSocketResponse(heartbeat=20.0)
        await socket.prepare(request)
        self._sockets.add(socket)
        telling = asyncio.create_task(self._tell(socket, person, channel, shown))
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            self._sockets.discard(socket)
            telling.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await telling
        return socket

    async def _tell(self, socket: web.WebSocketResponse, person: Member, channel: Channel, shown: int) -> None:
        told = ""
        while True:
            view = self._view(person, channel, shown)
            if view != told:
                await socket.send_str(view)
                told = view
            with suppress(TimeoutError):
                await self._discord.wait_for(self._differs(person, channel, shown, told), _AT_LEAST_EVERY)

    def _differs(self, person: Member, channel: Channel, shown: int, told: str) -> Any:
        return lambda: self._view(person, channel, shown) != told

    def _view(self, person: Member, channel: Channel, shown: int) -> str:
        open_now = self._views.channel(channel.id, person) or self._first
        return json.dumps(
            {
                **self._views.of(person, open_now, shown),
                "commands": self._views.commands(person, open_now),
                "panel": self._panel.of(),
                "pictures": [picture.name for picture in PICTURES],
            }
        )

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """Give a file of a message; any of the people's, as the page shows one person's messages only."""
        wanted = read_id(request.match_info["id"])
        found = (self._views.attachment(wanted, person) for person in self._people.values())
        attachment = next((each for each in found if each is not None), None)
        if attachment is None:
            raise web.HTTPNotFound(text="There is no such file.")
        headers = {"Content-Security-Policy": "default-src 'none'; sandbox"}
        if attachment.content_type in _PICTURE_TYPES:
            return web.Response(body=attachment.content, content_type=attachment.content_type, headers=headers)
        headers[hdrs.CONTENT_DISPOSITION] = "attachment"
        return web.Response(body=attachment.content, content_type="application/octet-stream", headers=headers)

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        content = await self._album.get(request.match_info["name"])
        if content is None:
            raise web.HTTPNotFound(text="There is no such picture.")
        return web.Response(body=content, content_type="image/jpeg")

    async def _do(self, request: web.Request) -> web.StreamResponse:
        gesture = self._gestures.named.get(request.match_info["gesture"])
        if gesture is None:
            raise web.HTTPNotFound(text="There is no such gesture.")
        said, files = await _read(request)
        try:
            person, channel = self._whose(said)
            told = await gesture(Doing(person, channel, said, files))
        except ClientRefusal as refusal:
            return web.json_response({"refused": str(refusal)}, status=422)
        return web.json_response(told or {})

    async def _change_panel(self, request: web.Request) -> web.StreamResponse:
        said, _ = await _read(request)
        try:
            person, _ = self._whose(said)
            await self._panel.change(person, {k: v for k, v in said.items() if k not in ("member", "channel")})
        except ClientRefusal as refusal:
            return web.json_response({"refused": str(refusal)}, status=422)
        return web.json_response({})

    def _whose(self, said: Mapping[str, Any]) -> tuple[Member, Channel]:
        """Tell as whom the page speaks, and where; the first of both where it does not say."""
        member, channel = str(said.get("member", "")), str(said.get("channel", ""))
        person = self._people.get(read_id(member)) or next(iter(self._people.values()))
        return person, self._views.channel(read_id(channel), person) or self._first

    async def _hang_up(self, _app: web.Application) -> None:
        for socket in list(self._sockets):
            await socket.close(code=1001, message=b"the demo ends")


async def _read(request: web.Request) -> tuple[Mapping[str, Any], Mapping[str, list[Upload]]]:
    """Read what the page sent: JSON, alone or as the part `said` beside files by the name of their field."""
    if request.content_type != "multipart/form-data":
        return _object(await request.read()), {}
    said: Mapping[str, Any] = {}
    files: dict[str, list[Upload]] = {}
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                continue
            content = bytes(await part.read())
            if part.name == "said":
                said = _object(content)
            else:
                number = sum(map(len, files.values()))
                files.setdefault(part.name or "", []).append(Upload(number, part.filename or "file", content))
    except (ValueError, AssertionError):  # aiohttp asserts that a form has its boundary
        raise web.HTTPBadRequest(text="That is no form.") from None
    return said, files


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest(text="That is no JSON.") from None
    if not isinstance(read, dict):
        raise web.HTTPBadRequest(text="That is no JSON object.")
    return read
