"""A stage for the bot: both sandboxes, a server with a member and a moderator, and lines that they play."""

import asyncio
import random
import re
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from sandbox.acting import Actor, StageError
from sandbox.discord import (
    Channel,
    DiscordSandbox,
    Interaction,
    InteractionState,
    Member,
    Message,
    Permissions,
)
from sandbox.outcome import Outcome
from sandbox.scene import Scene
from sandbox.spark.latency import Latency
from sandbox.spark.order import Paint
from sandbox.spark.painter import paint as painted
from sandbox.spark.server import SparkSandbox
from spark.clock import Clock

__all__ = ["Scene", "Stage", "StageError"]

SPARK_KEY = "sandbox-key"
DISCORD_TOKEN = "sandbox-token"  # noqa: S105 - opens nothing but the sandbox

_AS_MODERATOR = re.compile(r"\s*as moderator:\s*", re.IGNORECASE)
_QUIET = 5.0
"""Seconds without a request after which a bot that may have more to say has none."""


class Stage:
    """Both sandboxes with somebody in them; an async context manager. Bots connect by `environment` alone."""

    def __init__(
        self,
        clock: Clock,
        rng: random.Random,
        *,
        latency: Latency,
        patience: float,
        discord_port: int = 0,
        spark_port: int = 0,
        paint: Paint = painted,
    ) -> None:
        """Build with how long Spark takes, and for how many real seconds a line's outcome is waited for.

        `paint` makes Spark's pictures.
        """
        self.discord = DiscordSandbox(clock=clock, token=DISCORD_TOKEN, port=discord_port)
        self.spark = SparkSandbox(
            clock=clock, rng=rng, api_key=SPARK_KEY, latency=latency, paint=paint, port=spark_port
        )
        self._clock = clock
        self._patience = patience
        self._resources = AsyncExitStack()
        guild = self.discord.add_guild("Sandbox")
        self.general = self.discord.add_channel(guild, "general")
        self.member: Member = self.discord.add_member(guild, "Ada")
        role = self.discord.add_role(guild, "moderators", Permissions.MANAGE_GUILD | Permissions.MANAGE_MESSAGES)
        self.moderator: Member = self.discord.add_member(guild, "Mona", roles=[role])
        self.people = (self.member, self.discord.add_member(guild, "Ben"), self.moderator)
        self._actors = [Actor(self.discord, person) for person in (self.member, self.moderator)]

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opened:
            await opened.enter_async_context(self.discord)
            await opened.enter_async_context(self.spark)
            self._resources = opened.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._resources.aclose()

    @property
    def environment(self) -> Mapping[str, str]:
        """The settings that bring a bot here, under their names in the environment."""
        return {
            "DISCORD_TOKEN": DISCORD_TOKEN,
            "DISCORD_API_URL": self.discord.api_url,
            "DISCORD_GATEWAY_URL": self.discord.gateway_url,
            "DISCORD_CDN_HOSTS": f"{self.discord.cdn_host},{self.discord.media_host}",
            "SPARK_API_KEY": SPARK_KEY,
            "SPARK_BASE_URL": self.spark.base_url,
        }

    async def bot_ready(self) -> None:
        """Wait until a bot is connected and has registered its commands."""
        try:
            await self.discord.wait_for(
                lambda: self.discord.world.application.commands and self.discord.gateway.connected, self._patience
            )
        except TimeoutError:
            raise StageError(f"No bot came to {self.discord.gateway_url} in {self._patience:.0f} s.") from None

    async def play(self, line: str, place: Channel) -> Scene:
        """Play a line as the member, or the moderator, and wait for all that comes of it; raises `StageError`.

        Args:
            line: as `sandbox.discord.people.lines` reads it; after `as moderator:` it is the moderator's.
            place: where a command is typed; the other gestures go to what earlier scenes showed.

        """
        actor, line = self._cast(line)
        read = actor.read(line, place)
        cause = await actor.act(line, read, place)
        form = None
        try:
            async with asyncio.timeout(self._patience):
                if isinstance(cause, Interaction):
                    await self._until_answered(cause)
                    if cause.modal is not None:
                        form, cause = cause, await actor.submit(line, read, cause)
                outcome = Outcome(self.discord, actor.member, cause)
                await self._until_over(outcome)
        except TimeoutError:
            raise StageError(f"Nothing came of {line!r} in {self._patience:.0f} s.") from None
        if outcome.failed:
            raise StageError(f"{line!r}: the application did not respond.")
        if isinstance(cause, Message) and not outcome.messages:
            raise StageError(f"{line!r}: the bot did not answer.")
        interaction = cause if isinstance(cause, Interaction) else None
        scene = Scene(line, actor.member, cause.channel, interaction, outcome.messages, form)
        for each in self._actors:
            each.remember(message for message in scene.messages if each is actor or not message.ephemeral)
        return scene

    def _cast(self, line: str) -> tuple[Actor, str]:
        """Tell whose line it is."""
        member, moderator = self._actors
        if spoken := _AS_MODERATOR.match(line):
            return moderator, line[spoken.end() :]
        return member, line

    async def _until_answered(self, interaction: Interaction) -> None:
        """Wait for the first answer, which may be a form, or until there can be none any more."""
        failed = InteractionState.FAILED
        await self._wait_for(lambda: interaction.callback is not None or interaction.state is failed)

    async def _until_over(self, outcome: Outcome) -> None:
        over = asyncio.ensure_future(self._wait_for(lambda: outcome.over))
        quiet = asyncio.ensure_future(self._until_quiet(outcome))
        try:
            await asyncio.wait({over, quiet}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            over.cancel()
            quiet.cancel()
            await asyncio.gather(over, quiet, return_exceptions=True)

    async def _until_quiet(self, outcome: Outcome) -> None:
        """Wait until only silence can tell, and then for a while there is no request and no task of Spark's."""
        before = None
        while before != self._bustle or not all(task.finished for task in self.spark.tasks.values()):
            await self._wait_for(lambda: outcome.open_ended)
            before = self._bustle
            await self._clock.sleep(_QUIET)

    async def _wait_for(self, predicate: Callable[[], bool]) -> None:
        await self.discord.wait_for(predicate, 2 * self._patience)  # whoever calls this is less patient

    @property
    def _bustle(self) -> int:
        """How many requests there were so far."""
        return len(self.discord.requests) + len(self.discord.downloads) + len(self.spark.requests)
