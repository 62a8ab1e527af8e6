"""A stage for the bot: both sandboxes, a server with a channel and a member, and lines that the member plays."""

import random
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from sandbox.discord import Channel, DiscordSandbox, Interaction, InteractionState, Member, Message
from sandbox.discord.lines import CommandLine, LineError, parse
from sandbox.discord.option_values import ClientRefusal
from sandbox.spark.latency import Latency
from sandbox.spark.server import SparkSandbox
from spark.clock import Clock

SPARK_KEY = "sandbox-key"
DISCORD_TOKEN = "sandbox-token"  # noqa: S105 - opens nothing but the sandbox


class StageError(Exception):
    """A line could not be played, or nothing came of it; the text says which, in a sentence."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What one line brought about."""

    line: str
    interaction: Interaction
    messages: tuple[Message, ...]
    """The bot's new messages that the member sees, oldest first; its head first."""

    @property
    def place(self) -> Channel:
        """Where the last result stands, or where the line was played."""
        shown = [message for message in self.messages if message.attachments]
        return shown[-1].channel if shown else self.interaction.channel

    @property
    def refused(self) -> bool:
        """Whether the answer was for the member alone: a refusal, or a report."""
        return any(message.ephemeral for message in self.messages)


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
    ) -> None:
        """Build with how long Spark takes, and for how many real seconds a line's outcome is waited for."""
        self.discord = DiscordSandbox(clock=clock, token=DISCORD_TOKEN, port=discord_port)
        self.spark = SparkSandbox(clock=clock, rng=rng, api_key=SPARK_KEY, latency=latency, port=spark_port)
        self._patience = patience
        self._resources = AsyncExitStack()
        guild = self.discord.add_guild("Sandbox")
        self.general = self.discord.add_channel(guild, "general")
        self.member: Member = self.discord.add_member(guild, "Ada")

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
            "DISCORD_CDN_HOSTS": self.discord.cdn_host,
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
        """Play a line as the member and wait for all that comes of it; raises `StageError`."""
        interaction = await self._command(line, place)
        before = self.discord.world.ids.new()  # ids grow: what is newer came after
        try:
            await self.discord.wait_for(lambda: self._over(interaction), self._patience)
        except TimeoutError:
            raise StageError(f"Nothing came of {line!r} in {self._patience:.0f} s.") from None
        if interaction.state is InteractionState.FAILED:
            raise StageError(f"{line!r}: the application did not respond.")
        head = interaction.response
        messages = ([head] if head else []) + [m for m in self._said(before) if m is not head]
        return Scene(line, interaction, tuple(messages))

    async def _command(self, line: str, place: Channel) -> Interaction:
        application = self.discord.world.application
        guild = place.guild
        try:
            read = parse(line, application.commands_in(guild.id if guild else None))
            if not isinstance(read, CommandLine):
                raise StageError(f"{line!r}: this bot does not answer replies yet.")
            return await self.discord.command(self.member, place, read.command, read.options)
        except (LineError, ClientRefusal) as refusal:
            raise StageError(f"{line!r}: {refusal}") from None

    def _over(self, interaction: Interaction) -> bool:
        """Whether the bot has said all: a private answer, or a delivery and the head edited after it."""
        if interaction.state is InteractionState.FAILED or interaction.ephemeral or interaction.followups:
            return True
        head = interaction.response
        if head is None or head.loading or head.edited_at is None:
            return False
        edited = head.edited_at
        return any(
            self.member.id in message.pinged and message is not head and message.created_at <= edited
            for message in self._said(head.id)
        )

    def _said(self, after: int) -> list[Message]:
        """List what the bot has said since the id `after`, where the member sees it."""
        channels = list(self.discord.world.channels.values())
        seen = (message for channel in channels for message in self.discord.visible(channel, self.member))
        bot = self.discord.world.bot
        return sorted((m for m in seen if m.author is bot and m.id > after), key=lambda m: m.id)
