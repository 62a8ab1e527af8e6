"""Input pictures: fetched from Discord's own hosts alone, with a cap, and made what a model takes."""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from types import TracebackType
from typing import IO, Final, Self

import aiohttp
import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, wait_exponential
from yarl import URL

import spark
from bot.domain.jobs import Order
from bot.domain.kinds import Kind
from bot.domain.pictures.hosts import Hosts
from bot.domain.pictures.sources import InputImage, Source
from bot.jobs.fair_slots import FairSlots
from bot.orders.picture_orders import PictureOrder
from bot.wording import pictures_not_taken as not_taken
from bot.wording.hindrances import discord_in_trouble, discord_too_slow, discord_unreachable
from spark.clock import Clock

_log = structlog.get_logger()
_AT_A_TIME: Final = 4
"""How many pictures are held on the disk on their way in; more wait."""
_OF_A_PERSON: Final = 2
"""How many of them one person may have there, or waiting; more are refused."""
_ATTEMPTS: Final = 3
_CHUNK: Final = 262_144
_TIMEOUT: Final = aiohttp.ClientTimeout(total=60, connect=10, sock_connect=10, sock_read=20)
_GONE: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class _InTrouble(Exception):
    """The file store gave nothing, and may give the file in a moment; the text says why, for its person."""


class Inputs:
    """Fetches and fits pictures; an async context manager."""

    def __init__(self, hosts: Collection[str], decoders: FairSlots, clock: Clock) -> None:
        """Build with the only hosts that pictures are fetched from; see `Hosts` for how they are written."""
        self._hosts = Hosts.of(hosts)
        self._decoders = decoders
        self._clock = clock
        self._coming = FairSlots(_AT_A_TIME)
        self._of_person: Counter[int] = Counter()

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

    async def order_of(self, order: PictureOrder, source: Source, person: int) -> Order:
        """Fetch a person's picture, fit it, and order what is asked of it; raises `Refusal`."""
        with self._one_of(person):
            async with self._coming.turn_of(person), spark.scratch_file() as file:
                await self._fetch(source, file)
                fitted = await self._fitted(file, order.request.name, person)
            image = await asyncio.to_thread(InputImage.of, fitted)
        # a portrait's file goes out as it is where it may: then nothing was done to it
        as_it_is = order.kind == Kind.PORTRAIT and fitted.original_fits
        # what was hidden in one of the bot's own is its provenance
        own = source.result is not None and fitted.changes == (spark.HIDDEN_DATA,)
        changes = () if as_it_is or own else fitted.changes
        fit_source = replace(
            source,
            changes=changes,
            needs_copy=not fitted.original_fits,
            sha256=fitted.original_sha256,
            fingerprint=str(fitted.fingerprint),
        )
        return order.of(image, fit_source)

    @contextmanager
    def _one_of(self, person: int) -> Iterator[None]:
        """Count a picture among a person's on the way; raises `Refusal` where it is one too many."""
        if self._of_person[person] >= _OF_A_PERSON:
            raise not_taken.too_many_at_once()
        self._of_person[person] += 1
        try:
            yield
        finally:
            self._of_person[person] -= 1
            if not self._of_person[person]:
                del self._of_person[person]

    async def _fitted(self, file: IO[bytes], model: str, person: int) -> spark.Fitted:
        try:
            async with self._decoders.turn_of(person):
                return await spark.fit(file, model)
        except spark.ImageRefused as refused:
            raise not_taken.unfit(refused) from refused

    async def _fetch(self, source: Source, file: IO[bytes]) -> None:
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
            await retrying(self._fetch_once, source, file)
        except _InTrouble as trouble:
            _log.warning("input.not_fetched", reason=str(trouble), cause=_cause(trouble))
            raise not_taken.not_handed_out(source.filename) from trouble

    async def _fetch_once(self, source: Source, file: IO[bytes]) -> None:
        try:
            async with self._session.get(
                # encoded already, and signed as it stands
                URL(source.url, encoded=True),
                allow_redirects=False,
            ) as response:
                _require_file(response, source)
                await _keep_body(response, source, file)
        except TimeoutError as late:
            raise _InTrouble(discord_too_slow()) from late
        except (aiohttp.ClientError, OSError) as broken:
            raise _InTrouble(discord_unreachable()) from broken


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
        raise _InTrouble(discord_in_trouble(response.status))
    if response.content_length is not None and response.content_length > spark.SOURCE_BYTES_MAX:
        raise not_taken.too_large(source.filename, response.content_length)


async def _keep_body(response: aiohttp.ClientResponse, source: Source, file: IO[bytes]) -> None:
    """Write what comes to a file, in place of what may stand there of an earlier try."""
    size = 0
    await asyncio.to_thread(_clear, file)
    async for chunk in response.content.iter_chunked(_CHUNK):
        size += len(chunk)
        if size > spark.SOURCE_BYTES_MAX:
            raise not_taken.too_large(source.filename, None)
        await asyncio.to_thread(_write, file, chunk)


def _clear(file: IO[bytes]) -> None:
    file.seek(0)
    file.truncate()


def _write(file: IO[bytes], chunk: bytes) -> None:
    try:
        file.write(chunk)
    except OSError as error:  # the disk's, which must not be taken for Discord's
        raise RuntimeError("a picture cannot be kept on the disk on its way in") from error
