import asyncio
import json
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Heard:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    data: bytes = b""
    then: str = "close"
    """close, hang or reset"""
    hears: bool = True
    """False resets the connection before a byte is read."""


HANG = Reply(then="hang")
RESET = Reply(then="reset")
RESET_UNHEARD = Reply(then="reset", hears=False)


def answer(
    status: int, body: object = b"", headers: Mapping[str, str] | None = None, *, then: str = "close"
) -> Reply:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"Content-Length": str(len(data)), "Connection": "close"} | dict(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return Reply(f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + data, then=then)


@dataclass
class ScriptedServer:
    """Plays its replies in order, the last one again and again, and keeps what it heard."""

    replies: list[Reply] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    connections: int = 0

    async def __aenter__(self) -> Self:
        self._writers: set[asyncio.StreamWriter] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def posts(self) -> int:
        return sum(1 for heard in self.heard if heard.method == "POST")

    def _next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        try:
            if not self.replies[0].hears:
                self._next()
                _reset(writer)
                return
            self.heard.append(await _hear(reader))
            reply = self._next()
            writer.write(reply.data)
            await writer.drain()
            if reply.then == "reset":
                _reset(writer)
            elif reply.then == "hang":
                await reader.read()  # until the client gives up
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client went away, as some of these tests make it
        finally:
            self._writers.discard(writer)
            writer.close()


async def _hear(reader: asyncio.StreamReader) -> Heard:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    method, path, _ = head[0].split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    return Heard(method, path, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


def _reset(writer: asyncio.StreamWriter) -> None:
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
