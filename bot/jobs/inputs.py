"""Input pictures: fetched from Discord's own hosts alone, with a cap, and made what a model takes."""

import asyncio
from collections.abc import Collection
from dataclasses import replace
from types import TracebackType
from typing import Self

import spark
from bot.domain.jobs import Order
from bot.domain.picture_orders import PictureOrder
from bot.domain.pictures import InputImage, Source


class Inputs:
    """Fetches and fits pictures; an async context manager."""

    def __init__(self, hosts: Collection[str]) -> None:
        """Build with the only hosts that pictures are fetched from."""
        self._hosts = frozenset(hosts)
        self._slots = asyncio.Semaphore(1)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    async def order_of(self, order: PictureOrder, source: Source) -> Order:
        """Fetch a picture, fit it, and order what is asked of it; raises `Refusal` naming what is wrong with it."""
        data = await self._fetch(source)
        fitted = await spark.fit(data, order.request.name, slots=self._slots)
        image = await asyncio.to_thread(InputImage.of, fitted)
        fit_source = replace(source, changes=fitted.changes, needs_copy=not fitted.original_fits)
        return order.of(image, fit_source)

    async def _fetch(self, source: Source) -> bytes:
        raise NotImplementedError
