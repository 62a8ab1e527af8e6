"""The only place that talks HTTP: sends a request, and says of each failure whether it may have been written."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Final, Self

import aiohttp
from yarl import URL

from spark.errors import ConnectionFailed, ConnectionLost, RequestTimeout, TransportError, UnreadableAnswer
from spark.wire import Answer, HttpRequest

_ANSWER_MAX: Final = 4_000_000
"""The most bytes of an answer that are read; a task takes about a thousand."""
_CHUNK: Final = 65_536


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


class Transport:
    """Two pools of connections to one server: one for reads, and one that never uses a connection twice.

    A server may close an idle connection at the very moment a request goes out on it. A read is then repeated;
    a submit's fate would be unknown, so each has a connection of its own.
    """

    def __init__(self, base_url: str, api_key: str, timeouts: Timeouts) -> None:
        self._base_url = base_url
        self._api_key = api_key
        self._timeouts = timeouts

    async def __aenter__(self) -> Self:
        self._reads = self._session(force_close=False)
        self._submits = self._session(force_close=True)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._submits.close()
        await self._reads.close()

    def _session(self, *, force_close: bool) -> aiohttp.ClientSession:
        tracing = aiohttp.TraceConfig()
        tracing.on_connection_create_end.append(_note_connection)
        tracing.on_connection_reuseconn.append(_note_connection)
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=force_close),
            cookie_jar=aiohttp.DummyCookieJar(),
            trace_configs=[tracing],
        )

    async def send(self, request: HttpRequest) -> Answer:
        """Send a request with the key and read the whole answer; raise `TransportError` or `UnreadableAnswer`."""
        total = self._timeouts.submit if request.paid else self._timeouts.read
        headers = {"Authorization": f"Bearer {self._api_key}", "Accept": "application/json"}
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        with _Translated(paid=request.paid) as flight:
            async with (self._submits if request.paid else self._reads).request(
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
        """Open any address for reading, without the key."""
        with _Translated(paid=False) as flight:
            async with self._reads.get(
                url, timeout=self._timeout(self._timeouts.download), trace_request_ctx=flight
            ) as response:
                yield response

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


class _Translated:
    """Turns whatever aiohttp raises inside into a `TransportError`."""

    def __init__(self, *, paid: bool) -> None:
        self._paid = paid
        self._flight = _Flight()

    def __enter__(self) -> _Flight:
        return self._flight

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, TimeoutError | aiohttp.ClientError | OSError):
            raise self._translation(error) from error

    def _translation(self, error: Exception) -> TransportError | UnreadableAnswer:
        text = str(error) or type(error).__name__
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
