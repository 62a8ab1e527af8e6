"""The welcome: what a server reads once when the bot has come to it."""

from typing import Final

import discord
import structlog

from bot.domain.access import Access
from bot.interactions.permissions import lacking
from bot.interactions.responses import LOST
from bot.interactions.services import Services
from bot.store import DatabaseAway, WelcomeStore
from bot.wording.welcome import WELCOME
from spark.clock import Clock

_log = structlog.get_logger()
_JUST_NOW: Final = 3600_000
"""Milliseconds. A server that the bot joined longer ago has only come back."""


class Welcoming(Services):
    """Greets each server that the bot joins, where it may write; once, whichever processes hear of it."""

    def __init__(self, welcomes: WelcomeStore, access: Access, clock: Clock) -> None:
        """Build with the servers that may use the bot."""
        self._welcomes = welcomes
        self._access = access
        self._clock = clock

    async def joined(self, guild: discord.Guild) -> None:
        """Post the welcome, unless the server is none that may use the bot, or the bot was there before."""
        if not self._access.is_open(guild.id):
            _log.info("server.joined", server=guild.id, welcomed=False, reason="not in discord.allowed_guilds")
            return
        joined_at = guild.me.joined_at
        if joined_at is None:
            return
        at = int(joined_at.timestamp() * 1000)
        try:
            if at < self._clock.now_ms() - _JUST_NOW or not await self._welcomes.take(guild.id, at):
                return
        except DatabaseAway as away:
            _log.warning("server.joined", server=guild.id, welcomed=False, reason=str(away))
            return
        await _greet(guild, nonce=f"welcome-{at}")


async def _greet(guild: discord.Guild, nonce: str) -> None:
    channel = _place(guild)
    if channel is None:
        _log.info("server.joined", server=guild.id, welcomed=False, reason="there is no channel to write in")
        return
    try:
        await channel.send(WELCOME, nonce=nonce)
    except (discord.HTTPException, *LOST) as error:
        _log.warning("server.joined", server=guild.id, welcomed=False, reason=repr(error))
        return
    _log.info("server.joined", server=guild.id, welcomed=True)


def _place(guild: discord.Guild) -> discord.TextChannel | None:
    """Give the system channel, else the first text channel, of those that the bot can see and write in."""
    places = [guild.system_channel, *guild.text_channels]
    writable = (each for each in places if each and not lacking(each.permissions_for(guild.me), in_thread=False))
    return next(writable, None)
