"""Input pictures: fetched from Discord's own hosts alone, with a cap, and made what a model takes."""

import asyncio
from collections.abc import Collection
from dataclasses import replace
from http import HTTPStatus
from types import TracebackType
from typing import Final, Self

import aiohttp
import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, wait_exponential
from yarl import URL

import spark
from bot.domain.jobs import Order
from bot.domain.orders.picture_orders import PORTRAIT, PictureOrder
from bot.domain.pictures import not_taken
from bot.domain.pictures.hosts import Hosts
from bot.domain.pictures.sources import InputImage, Source
from spark.clock import Clock

_log = structlog.get_logger()
_AT_A_TIME: Final = 4
"""How many pictures are held in memory on their way in; more wait."""
_FITTED_AT_A_TIME: Final = 2
"""How many are decoded, each in a process that may take some hundred megabytes."""
_ATTEMPTS: Final = 3
_CHUNK: Final = 65_536
_TIMEOUT: Final = aiohttp.ClientTimeout(total=60, connect=10, sock_connect=10, sock_read=20)
_GONE: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class _InTrouble(Exception):
    """The file store gave nothing, and may give the file in a moment."""


class Inputs:
    """Fetches and fits pictures; an async context manager."""

    def __init__(self, hosts: Collection[str], clock: Clock) -> None:
        """Build with the only hosts that pictures are fetched from; see `Hosts` for how they are written."""
        self._hosts = Hosts.of(hosts)
        self._clock = clock
        self._on_the_way = asyncio.Semaphore(_AT_A_TIME)
        self._fitting = asyncio.Semaphore(_FITTED_AT_A_TIME)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            cookie_jar=aiohttp.DummyCookieJar(),
            # an encoded body could be small on the way and huge in memory
            headers={aiohttp.hdrs.ACCEPT_ENCODING: "identity"},
            auto_decompress=False,
            timeout=_TIMEOUT,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def order_of(self, order: PictureOrder, source: Source) -> Order:
        """Fetch a picture, fit it, and order what is asked of it; raises `Refusal` naming what is wrong."""
        async with self._on_the_way:
            data = await self._fetch(source)
            try:
                fitted = await spark.fit(data, order.request.name, slots=self._fitting)
            except spark.ImageRefused as refused:
                raise not_taken.unfit(refused) from refused
            image = await asyncio.to_thread(InputImage.of, fitted)
        # a portrait's file goes out as it is where it may: then nothing was done to it
        as_it_is = order.kind == PORTRAIT and fitted.original_fits
        changes = () if as_it_is else fitted.changes
        fit_source = replace(source, changes=changes, needs_copy=not fitted.original_fits)
        return order.of(image, fit_source)

    async def _fetch(self, source: Source) -> bytes:
        if not self._hosts.allow(source.url):
            raise not_taken.foreign_host(source.url)

        def tell(state: RetryCallState) -> None:
            error = state.outcome.exception() if state.outcome else None
            _log.info("input.retried", attempt=state.attempt_number, reason=str(error), cause=_cause(error))

        retrying = AsyncRetrying(
            sleep=self._clock.sleep,
            retry=retry_if_exception_type(_InTrouble),
            wait=wait_exponential(multiplier=0.5),
            stop=stop_after_attempt(_ATTEMPTS),
            before_sleep=tell,
            reraise=True,
        )
        try:
            return await retrying(self._fetch_once, source)
        except _InTrouble as trouble:
            _log.warning("input.not_fetched", reason=str(trouble), cause=_cause(trouble))
            raise not_taken.not_handed_out(source.filename, str(trouble)) from trouble

    async def _fetch_once(self, source: Source) -> bytes:
        try:
            async with self._session.get(
                # encoded already, and signed as it stands
                URL(source.url, encoded=True),
                allow_redirects=False,
            ) as response:
                _require_file(response, source)
                return await _body(response, source)
        except TimeoutError as late:
            raise _InTrouble("Discord did not answer in time") from late
        except (aiohttp.ClientError, OSError) as broken:
            raise _InTrouble("Discord cannot be reached") from broken


def _cause(error: BaseException | None) -> str | None:
    """Name what is behind trouble; its own text might hold the signed address."""
    return type(error.__cause__).__name__ if error is not None and error.__cause__ is not None else None


def _require_file(response: aiohttp.ClientResponse, source: Source) -> None:
    """Raise where the answer is no file, or says that it is too large a one."""
    if response.status in _GONE:
        raise not_taken.expired(source.filename)
    if 300 <= response.status < 400:
        raise not_taken.led_elsewhere(source.filename)
    if response.status != HTTPStatus.OK:
        raise _InTrouble(f"Discord is in trouble ({response.status})")
    if response.content_length is not None and response.content_length > spark.SOURCE_BYTES_MAX:
        raise not_taken.too_large(source.filename, response.content_length)


async def _body(response: aiohttp.ClientResponse, source: Source) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.content.iter_chunked(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > spark.SOURCE_BYTES_MAX:
            raise not_taken.too_large(source.filename, None)
    return b"".join(chunks)
