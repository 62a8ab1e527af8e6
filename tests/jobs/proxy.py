import asyncio
from contextlib import AsyncExitStack
from typing import Self

import sqlalchemy as sa

_EXECUTE = b"E\x00\x00\x00\x09\x00\x00\x00\x00\x00"
"""The message that has a statement run that was told before, all of its rows."""


class Proxy:
    """A way to PostgreSQL over TCP that can be cut, fall silent, or lose what the server answers."""

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url)
        self._open: set[asyncio.StreamWriter] = set()
        self._pumps: set[asyncio.Task[None]] = set()
        self._cut = False
        self._unheard: bytes | None = None
        self._silent_after: bytes | None = None
        self._flows = asyncio.Event()
        self._flows.set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cut()
        self._flows.set()
        self._server.close()
        await asyncio.gather(*self._pumps, return_exceptions=True)

    @property
    def url(self) -> str:
        port = self._server.sockets[0].getsockname()[1]
        through = self._url.set(host="127.0.0.1", port=port).difference_update_query(["host"])
        return through.render_as_string(hide_password=False)

    def cut(self) -> None:
        """Tear every connection and let no new one through."""
        self._cut = True
        for writer in self._open:
            writer.transport.abort()

    def fall_silent(self) -> None:
        """Hold back what both sides say; neither hears that anything is wrong."""
        self._flows.clear()

    def fall_silent_after(self, statement: bytes) -> None:
        """Bring the next such statement to the server, and then hold everything back."""
        self._silent_after = statement

    def mend(self) -> None:
        """Let connections through again, and what was held back."""
        self._cut = False
        self._flows.set()

    def lose_answer_to(self, statement: bytes) -> None:
        """Bring the next such statement to the server, and cut everything when its answer comes."""
        self._unheard = statement

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._cut:
            writer.transport.abort()
            return
        async with AsyncExitStack() as stack:
            stack.callback(writer.transport.abort)
            host = self._url.query["host"]
            try:
                server_reader, server_writer = await asyncio.open_unix_connection(f"{host}/.s.PGSQL.5432")
            except OSError:  # the server is down
                return
            for each in (writer, server_writer):
                self._open.add(each)
                stack.callback(self._open.discard, each)
                stack.callback(each.transport.abort)
            asked = asyncio.Event()
            pumps = [
                asyncio.create_task(self._ask(reader, server_writer, asked)),
                asyncio.create_task(self._answer(server_reader, writer, asked)),
            ]
            self._pumps.update(pumps)
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)

    async def _ask(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, asked: asyncio.Event) -> None:
        while data := await source.read(65536):
            if self._unheard is not None and _runs(self._unheard, data):
                self._unheard = None
                asked.set()
            await self._flows.wait()
            sink.write(data)
            if self._silent_after is not None and _runs(self._silent_after, data):
                self._silent_after = None
                self.fall_silent()
            await sink.drain()

    async def _answer(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, asked: asyncio.Event
    ) -> None:
        while data := await source.read(65536):
            if asked.is_set():
                self.cut()
                return
            await self._flows.wait()
            sink.write(data)
            await sink.drain()


def _runs(statement: bytes, data: bytes) -> bool:
    """Whether a statement is run by what is sent, and not prepared alone; its name begins with its words."""
    return statement in data and (data.startswith(b"Q") or _EXECUTE in data)
