"""The only place that talks HTTP: sends a request, and says of each failure whether it may have been written."""

import io
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final, Self, TypeAlias

import aiohttp
from yarl import URL

from spark.addresses import PrivateAddress, is_public, leads_inside, web_address
from spark.errors import (
    ConnectionFailed,
    ConnectionLost,
    DownloadFailed,
    RequestTimeout,
    SparkError,
    UnreadableAnswer,
)
from spark.wire import Answer, HttpRequest
from spark.words import one_line

_ANSWER_MAX: Final = 4_000_000
"""The most bytes of an answer that are read; a task takes about a thousand."""
_CHUNK: Final = 65_536
_MOVES_MAX: Final = 5
"""How often a result's address may send elsewhere."""
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_TEXT_MAX: Final = 300
_AddrInfo: TypeAlias = tuple[Any, ...]
"""What `socket.getaddrinfo` gives: family, type, protocol, name, and the address to connect to."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """The most seconds that each thing may take."""

    connect: float = 10.0
    submit: float = 60.0
    read: float = 20.0
    download: float = 120.0


@dataclass(slots=True)
class _Flight:
    """One request under way. Before its connection stands, nothing of it can have been written."""

    connected: bool = False


async def _note_connection(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
    context.trace_request_ctx.connected = True


@dataclass(frozen=True, slots=True)
class _Sessions:
    reads: aiohttp.ClientSession
    submits: aiohttp.ClientSession
    results: aiohttp.ClientSession


class Transport:
    """Three pools of connections: for reads, for submits, which never use one twice, and for results.

    A server may close an idle connection at the very moment a request goes out on it. A read is then repeated;
    a submit's fate would be unknown, so each has a connection of its own. Results stand where Spark says, which
    is looked at (`spark.addresses`) for each connection, at the address that it is made to.
    """

    def __init__(self, base_url: str, api_key: str, timeouts: Timeouts) -> None:
        self._base_url = base_url
        self._api_key = api_key
        self._timeouts = timeouts
        self._opened: _Sessions | None = None
        self._base_is_inside: bool | None = None

    async def __aenter__(self) -> Self:
        self._opened = _Sessions(
            reads=_session(force_close=False),
            submits=_session(force_close=True),
            results=_session(force_close=False, socket_factory=self._socket),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        sessions, self._opened = self._sessions, None
        for session in (sessions.submits, sessions.reads, sessions.results):
            await session.close()

    @property
    def _sessions(self) -> _Sessions:
        if self._opened is None:
            raise RuntimeError("This client is not open: use it inside of `async with spark.Client(…) as client`.")
        return self._opened

    async def send(self, request: HttpRequest) -> Answer:
        """Send a request with the key and read the whole answer; raise `TransportError` or `UnreadableAnswer`."""
        total = self._timeouts.submit if request.paid else self._timeouts.read
        headers = {"Authorization": f"Bearer {self._api_key}", "Accept": "application/json"}
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        with _Translated(paid=request.paid) as flight:
            async with (self._sessions.submits if request.paid else self._sessions.reads).request(
                request.method,
                URL(self._base_url + request.path, encoded=True),
                data=io.BytesIO(request.body) if request.body is not None else None,
                headers=headers,
                allow_redirects=False,  # a redirected submit would be a second submit
                timeout=self._timeout(total),
                trace_request_ctx=flight,
            ) as response:
                body = await self._body(response, paid=request.paid)
                return Answer(response.status, response.headers, self._without_key(body))

    @asynccontextmanager
    async def open(self, url: URL) -> AsyncIterator[aiohttp.ClientResponse]:
        """Open a result's address for reading, without the key, wherever it leads on to.

        Raises `DownloadFailed` where that is nowhere that results are fetched from.
        """
        results, base = self._sessions.results, URL(self._base_url)
        if self._base_is_inside is None:
            self._base_is_inside = await leads_inside(base)
        for _ in range(_MOVES_MAX + 1):
            if url.scheme == "http" and base.scheme != "http":
                raise DownloadFailed("The result's address leads to http, where nobody is who they say")
            with _Translated(paid=False) as flight:
                async with results.get(
                    url,
                    timeout=self._timeout(self._timeouts.download),
                    allow_redirects=False,  # each address that it leads to is looked at first
                    trace_request_ctx=flight,
                ) as response:
                    moved_to = response.headers.get(aiohttp.hdrs.LOCATION)
                    if response.status not in _MOVED or moved_to is None:
                        yield response
                        return
            url = _joined(url, moved_to)
        raise DownloadFailed(f"The result's address led elsewhere more than {_MOVES_MAX} times")

    def _socket(self, info: _AddrInfo) -> socket.socket:
        """Make the socket of a connection to a result's address; what its name said before does not count."""
        family, kind, protocol, _, address = info
        if not self._base_is_inside and not is_public(address[0]):
            raise PrivateAddress
        return socket.socket(family, kind, protocol)

    def _timeout(self, total: float) -> aiohttp.ClientTimeout:
        connect = self._timeouts.connect
        return aiohttp.ClientTimeout(total=total, connect=connect, sock_connect=connect)

    async def _body(self, response: aiohttp.ClientResponse, *, paid: bool) -> bytes:
        body = bytearray()
        try:
            async for chunk in response.content.iter_chunked(_CHUNK):
                body += chunk
                if len(body) > _ANSWER_MAX:
                    shown = f"more than {_ANSWER_MAX} bytes"
                    raise UnreadableAnswer(response.status, shown, may_have_been_accepted=paid)
        except (aiohttp.ClientError, OSError):
            if response.ok:
                raise
            # the status alone already says what became of the request
        return bytes(body)

    def _without_key(self, body: bytes) -> bytes:
        """Blot out the key where an answer repeats it, since bodies end up in messages and logs."""
        return body.replace(self._api_key.encode(), b"****")


def _session(
    *, force_close: bool, socket_factory: Callable[[_AddrInfo], socket.socket] | None = None
) -> aiohttp.ClientSession:
    tracing = aiohttp.TraceConfig()
    tracing.on_connection_create_end.append(_note_connection)
    tracing.on_connection_reuseconn.append(_note_connection)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(force_close=force_close, socket_factory=socket_factory),
        cookie_jar=aiohttp.DummyCookieJar(),
        trace_configs=[tracing],
    )


def _joined(url: URL, moved_to: str) -> URL:
    try:
        return web_address(str(url.join(URL(moved_to, encoded=True))))
    except ValueError as unreadable:
        raise DownloadFailed("The result's address leads to something that is no address") from unreadable


class _Translated:
    """Turns whatever aiohttp raises inside into one of this package's errors."""

    def __init__(self, *, paid: bool) -> None:
        self._paid = paid
        self._flight = _Flight()

    def __enter__(self) -> _Flight:
        return self._flight

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, TimeoutError | aiohttp.ClientError | OSError):
            raise self._translation(error) from error

    def _translation(self, error: Exception) -> SparkError:
        if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, PrivateAddress):
            return DownloadFailed("The result's address leads to a private address")
        text = one_line(str(error), _TEXT_MAX) or type(error).__name__
        written = self._flight.connected
        maybe = self._paid and written
        if isinstance(error, TimeoutError):
            when = "no answer in time" if written else "no connection in time"
            return RequestTimeout(f"Spark gave {when} ({text})", may_have_been_accepted=maybe)
        if not written:
            return ConnectionFailed(f"No connection to Spark came about ({text})")
        if isinstance(error, aiohttp.ClientResponseError):  # the answer was no HTTP
            return UnreadableAnswer(error.status, "an answer that is no HTTP", may_have_been_accepted=maybe)
        return ConnectionLost(f"The connection to Spark broke ({text})", may_have_been_accepted=maybe)
