"""The Discord client: lean, with the bot's commands and buttons."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeVar

import aiohttp
import discord
import structlog
from discord import app_commands
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_exponential

from bot.domain.incidents import incident_id
from bot.domain.shards import Shards
from bot.domain.troubles import Trouble
from bot.features.generation.attaching import is_picture_form, picture_form_sent
from bot.features.generation.forms.opening import form_sent
from bot.features.generation.replies.hearing import MessageHearing
from bot.features.moderation.asking import grant_form_sent, is_grant_form
from bot.features.moderation.case_forms import case_form_sent, is_case_form
from bot.features.moderation.complaints import is_report_form, report_form_sent
from bot.features.moderation.picture_case import is_picture_case_form, picture_case_form_sent
from bot.features.moderation.welcome import Welcoming
from bot.features.moderation.words import is_words_form, words_form_sent
from bot.gateway.answers import telling
from bot.gateway.catalogue import BUTTONS, commands
from bot.gateway.discord_internals import (
    Connections,
    ask_through,
    forget_limits_seldom,
    hear_no_bots,
    hear_no_edits,
    keep_pace,
    refuse_pages,
)
from bot.gateway.pace import Pace
from bot.gateway.refusals import TOKEN_REFUSED, DiscordRefuses, refusal_of
from bot.gateway.registering import Registering, described
from bot.gateway.tree import Tree
from bot.health.troubles import Troubles
from bot.interactions import Interaction
from bot.interactions.guard import Guard
from bot.interactions.responses import LOST
from bot.metrics import DiscordMetrics
from bot.store import Store
from spark.clock import Clock, SystemClock

_log = structlog.get_logger()
_LONGEST_PAUSE = 60.0
_RESTING = 200.0
"""Seconds for which a connection without a request is kept, so that the next answer need not wait for a new one.

Some networks forget it after 240, Discord's side ends it after 400.
"""
_FAREWELL = 2.0
"""Real seconds for Discord to answer that the bot leaves the gateway; nothing is heard meanwhile."""
_AWAY = (discord.HTTPException, *LOST)
"""At the start even a refusal is a proxy's, or passes: Discord's own of the token is `discord.LoginFailure`."""


T = TypeVar("T")


class BotClient(discord.AutoShardedClient):
    """Hears commands, clicks and replies; keeps nothing of Discord in memory but servers and channels."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        shard_count: int | None,
        shard_ids: Sequence[int] | None,
        metrics: DiscordMetrics,
        troubles: Troubles,
        *,
        message_content: bool,
    ) -> None:
        sharding: dict[str, Any] = {} if shard_ids is None else {"shard_ids": list(shard_ids)}
        super().__init__(
            intents=discord.Intents(
                guilds=True, guild_messages=True, dm_messages=True, message_content=message_content
            ),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            shard_count=shard_count,
            **sharding,
        )
        self._telling = telling(metrics)
        ask_through(self.http, self._telling)
        in_discords_time = SystemClock()
        keep_pace(self, Pace(in_discords_time))
        forget_limits_seldom(self, in_discords_time)
        refuse_pages(self)
        hear_no_edits(self)
        hear_no_bots(self)
        self._store = store
        self._clock = clock
        self._troubles = troubles
        self._services: dict[type, object] = {}
        self._tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )

        for command in commands():
            self._tree.add_command(command)
        self.add_dynamic_items(*BUTTONS)

    def _get_state(self, **options: Any) -> Connections:
        return Connections(
            dispatch=self.dispatch, handlers=self._handlers, hooks=self._hooks, http=self.http, **options
        )

    def services(self, kind: type[T]) -> T:
        """Give handlers the group of services of a kind."""
        group = self._services[kind]
        if not isinstance(group, kind):
            raise TypeError(f"{group!r} is no {kind}")
        return group

    async def log_in(self, token: str) -> None:
        """Log in, waiting for Discord where it is away; raises `DiscordRefuses` for a wrong token."""

        async def attempt() -> None:
            # each attempt opens a session of its own, with which its connections are closed
            self.http.connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_RESTING)
            try:
                await self.login(token)
            except _AWAY:
                await self.http.close()
                raise

        try:
            await self._while_away(attempt)
        except discord.LoginFailure:
            raise DiscordRefuses(TOKEN_REFUSED) from None
        self._troubles.over(Trouble.DISCORD_AWAY)

    async def hear(
        self, services: Iterable[object], messages: MessageHearing, serve: Callable[[Shards], None]
    ) -> None:
        """Stay connected to the gateway, with what handlers need, until it is closed or `DiscordRefuses` it.

        `serve` is told which shards are served, each time that there is one more.
        """
        self._services = {type(group): group for group in services}
        self._messages = messages
        self._serve = serve
        try:
            await self._while_away(self.connect)
        except discord.DiscordException as error:
            raise refusal_of(error) from error

    async def stop_hearing(self) -> None:
        """Leave the gateway at once; what is under way still reaches Discord, until the client is closed."""
        leaving = [asyncio.create_task(shard.disconnect()) for shard in self.shards.values()]
        if leaving:
            await asyncio.wait(leaving, timeout=_FAREWELL)

    @property
    def hears(self) -> bool:
        """Whether every shard is connected now."""
        shards = self.shards.values()
        return self.is_ready() and bool(shards) and not any(shard.is_closed() for shard in shards)

    @property
    def connections(self) -> Sequence[float | None]:
        """Give for each shard the seconds that its gateway took to answer last; None where it is not connected.

        Not a number where it has not been asked yet.
        """
        return [None if shard.is_closed() else shard.latency for shard in self.shards.values()]

    async def _while_away(self, attempt: Callable[[], Awaitable[None]]) -> None:
        def tell(state: RetryCallState) -> None:
            error = state.outcome.exception() if state.outcome else None
            self._troubles.met(Trouble.DISCORD_AWAY, reason=str(error))

        retrying = AsyncRetrying(
            sleep=self._clock.sleep,
            retry=retry_if_exception_type((*_AWAY, discord.GatewayNotFound)),
            wait=wait_exponential(max=_LONGEST_PAUSE),
            before_sleep=tell,
        )
        await retrying(attempt)

    async def register(self) -> None:
        """Bring Discord the commands where they are not what it has, however long it takes."""
        if self.application_id is None or self.http.token is None:
            raise AssertionError("commands are registered once the bot is logged in")
        registering = Registering(
            self._store.commands,
            self._troubles,
            self._clock,
            self.application_id,
            self.http.token,
            self._telling,
        )
        await registering.complete(described(self._tree.get_commands(), self._tree))

    async def on_interaction(self, interaction: Interaction) -> None:
        """Hear of sent forms, of which discord.py itself knows only those that this process has opened."""
        if interaction.type is discord.InteractionType.modal_submit:
            if is_case_form(interaction):
                await case_form_sent(interaction)
            elif is_report_form(interaction):
                await report_form_sent(interaction)
            elif is_picture_case_form(interaction):
                await picture_case_form_sent(interaction)
            elif is_grant_form(interaction):
                await grant_form_sent(interaction)
            elif is_words_form(interaction):
                await words_form_sent(interaction)
            elif is_picture_form(interaction):
                await picture_form_sent(interaction)
            else:
                await form_sent(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Hear what people write."""
        await self._messages.hear(message)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a server that the bot was added to."""
        await self.services(Welcoming).joined(guild)

    async def on_error(self, event_method: str, /, *args: Any, **_: Any) -> None:
        """Log what broke while an event was heard as an incident, and answer where there is somebody to answer."""
        error = sys.exc_info()[1]
        if error is None:
            raise AssertionError("discord.py calls it where it has caught an error")
        if args and isinstance(args[0], discord.Interaction):
            await Guard.of(args[0]).broke(args[0], error)
        else:
            _log.error("event.failed", heard=event_method, incident=incident_id(error), exc_info=error)

    async def on_shard_connect(self, _shard_id: int) -> None:
        """Tell which shards are served by now: Discord lets them connect one after the other."""
        if self.shard_count is None:
            raise AssertionError("a shard connects once it is known how many there are")
        self._serve(Shards(self.shard_count, tuple(sorted(self.shards))))

    async def on_ready(self) -> None:
        """Log that the gateway is up."""
        self._troubles.over(Trouble.DISCORD_AWAY)
        _log.info("discord.ready", user=str(self.user), servers=len(self.guilds))
