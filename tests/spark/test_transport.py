import asyncio
import inspect
import ssl
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from aiohttp import client_exceptions
from aiohttp.client_reqrep import ConnectionKey
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

import spark
from spark.transport import Timeouts, Transport
from spark.wire import HttpRequest

HOST = ConnectionKey("127.0.0.1", 1, is_ssl=False, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None)
ARGUMENTS: dict[type[BaseException], tuple[Any, ...]] = {
    aiohttp.ClientConnectorCertificateError: (HOST, ssl.SSLCertVerificationError()),
    aiohttp.ServerFingerprintMismatch: (b"", b"", "127.0.0.1", 1),
    client_exceptions.UnixClientConnectorError: ("/socket", HOST, OSError()),
}


def errors_of_aiohttp() -> Iterator[Exception]:
    for kind in vars(client_exceptions).values():
        if not inspect.isclass(kind) or not issubclass(kind, aiohttp.ClientError):
            continue
        if kind in ARGUMENTS:
            yield kind(*ARGUMENTS[kind])
        elif issubclass(kind, aiohttp.ClientConnectorError):
            yield kind(HOST, OSError())
        elif issubclass(kind, aiohttp.ClientResponseError):
            request = aiohttp.RequestInfo(URL("http://127.0.0.1"), "GET", CIMultiDictProxy(CIMultiDict()))
            yield kind(request, (), status=0)
        elif issubclass(kind, aiohttp.InvalidURL):
            yield kind("http://127.0.0.1")
        else:
            yield kind()
    yield from (TimeoutError(), ConnectionResetError(), BrokenPipeError(), ssl.SSLError(), OSError())


def names(error: Exception) -> str:
    return type(error).__name__


@pytest.mark.parametrize("error", list(errors_of_aiohttp()), ids=names)
@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_every_error_of_the_transport_is_translated(
    monkeypatch: pytest.MonkeyPatch, error: Exception, written: bool, method: str
) -> None:
    async def broken(*_: object, trace_request_ctx: Any, **__: object) -> None:
        trace_request_ctx.connected = written
        raise error

    monkeypatch.setattr(aiohttp.ClientSession, "_request", broken)
    async with Transport("http://127.0.0.1:1", "key", Timeouts()) as transport:
        with pytest.raises(spark.SparkError) as raised:
            await transport.send(HttpRequest(method, "/"))
    assert raised.value.__cause__ is error
    assert raised.value.may_have_been_accepted is (written and method == "POST")
    assert isinstance(raised.value, spark.RequestTimeout) is isinstance(error, asyncio.TimeoutError)
    assert isinstance(raised.value, spark.ConnectionFailed) is not (written or isinstance(error, TimeoutError))


async def test_a_bug_is_not_taken_for_an_error_of_the_transport(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr(aiohttp.ClientSession, "_request", broken)
    async with Transport("http://127.0.0.1:1", "key", Timeouts()) as transport:
        with pytest.raises(LookupError):
            await transport.send(HttpRequest("GET", "/"))


async def test_a_cancelled_request_stays_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(aiohttp.ClientSession, "_request", broken)
    async with Transport("http://127.0.0.1:1", "key", Timeouts()) as transport:
        with pytest.raises(asyncio.CancelledError):
            await transport.send(HttpRequest("GET", "/"))
