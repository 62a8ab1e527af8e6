"""Addresses of input pictures, for what Spark fetches by itself: kept fresh, or those of a copy."""

import discord

from bot.domain.jobs import Job
from bot.domain.pictures import InputImage
from bot.store import Store
from spark.clock import Clock


class InputLinks:
    """Implements `bot.jobs.ports.InputAddresses`."""

    def __init__(self, client: discord.Client, store: Store, clock: Clock, assets_channel_id: int | None) -> None:
        """Build with the channel for copies, where the operator has named one."""
        self._client = client
        self._store = store
        self._clock = clock
        self._assets_channel_id = assets_channel_id

    async def of(self, job: Job, image: InputImage) -> str:
        """Give an address that works now; see the protocol."""
        raise NotImplementedError
