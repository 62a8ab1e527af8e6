"""The bot logged in to Discord with a store, and pictures that portraits are made from."""

from dataclasses import dataclass
from typing import Any

import aiohttp
import discord

from bot.delivery.links import InputLinks
from bot.domain.budgets import Account
from bot.domain.jobs import Job, Order, Origin, Place, TaskOrder
from bot.domain.pictures.sources import InputImage, Source
from bot.interactions.finder import PictureFinder
from bot.store import Store
from sandbox.clock import MovableClock
from sandbox.discord import Channel, DiscordSandbox, Guild, Member, Message, Upload
from tests.spark.images.pictures import encoded, scene
from tests.store.scenes import CENT, NO_LIMITS

PICTURE = encoded(scene(90, 80), "JPEG")
IMAGE = InputImage("5ha", PICTURE, "JPEG", 90, 80)


@dataclass
class Stage:
    """Discord with the bot logged in and a store; jobs are written down as they are asked for."""

    clock: MovableClock
    sandbox: DiscordSandbox
    client: discord.Client
    store: Store
    guild: Guild
    general: Channel
    assets: Channel
    alice: Member

    def links(self, assets: Channel | None = None) -> InputLinks:
        finder = PictureFinder(self.client, self.store, [self.sandbox.cdn_host, self.sandbox.media_host])
        return InputLinks(self.client, self.store, self.clock, finder.in_message, assets.id if assets else None)

    async def said(self, channel: Channel | None = None) -> Message:
        uploads = [Upload(0, "me.jpg", PICTURE)]
        return await self.sandbox.say(self.alice, channel or self.general, "me", files=uploads)

    def shown(self, message: Message, **told: Any) -> Source:
        """Point to a message's picture, as the bot saw it when it was asked."""
        url = self.sandbox.link(message.attachments[0])
        return Source(url, "me.jpg", message.channel.id, message.id, **told)

    async def job(self, source: Source, channel: Channel | None = None, *, spoiler: bool = False) -> Job:
        place = channel or self.general
        now = self.clock.now_ms()
        origin = Origin(
            id=self.sandbox.world.ids.new(),
            account=Account(place.guild.id if place.guild else 0, self.alice.id),
            role_ids=frozenset(),
            channel_id=place.id,
            parent_channel_id=None,
            place=Place.CHANNEL if place.guild else Place.DM,
            upload_limit=10_000_000,
            application_id=9,
            interaction_token=None,
            asked_at=now,
        )
        task = TaskOrder("spark_edit_portrait", {"prompt": "x"}, 1328, 1328, IMAGE.sha256)
        order = Order("portrait", "x", (task,), spoiler=spoiler, image=IMAGE, source=source)
        accepted = await self.store.jobs.accept(origin, order, [CENT], NO_LIMITS)
        assert accepted is not None
        return accepted.job

    async def known(self, job: Job) -> Job:
        known = await self.store.jobs.get(job.id)
        assert known is not None
        return known

    async def fetched(self, url: str) -> bytes | None:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return await answer.read() if answer.status == 200 else None

    def posts(self, channel: Channel) -> list[Message]:
        return [m for m in channel.messages.values() if m.author is self.sandbox.world.bot]
