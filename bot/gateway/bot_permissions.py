"""How the bot stands with Discord: whether its token is good, and what it may do on each server."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import aiohttp
import discord

from bot.interactions.permissions import NEEDED_EVERYWHERE
from bot.wording.permissions import permission_names


class NoStanding(Exception):
    """Discord refuses the bot, or cannot be reached; the text says which."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who the bot is, and for each of its servers the permissions that it lacks there, in words."""

    name: str
    public: bool
    """Whether anybody may invite it."""
    lacking: Sequence[tuple[str, str]]
    """Server and permissions; an empty text where nothing is missing."""


async def standing(token: str) -> Standing:
    """Ask Discord over REST, without a gateway; raises `NoStanding`."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(token)
            public = client.application is None or client.application.bot_public
            return Standing(str(client.user), public, [found async for found in _lacking(client)])
        except discord.LoginFailure:
            raise NoStanding("discord.token is not accepted") from None
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise NoStanding(f"{discord.http.Route.BASE}: {error}") from error


async def _lacking(client: discord.Client) -> AsyncIterator[tuple[str, str]]:
    async for listed in client.fetch_guilds(with_counts=False):
        guild = await client.fetch_guild(listed.id, with_counts=False)
        member = await guild.fetch_member(client.user.id if client.user else 0)
        missing = [name for name in NEEDED_EVERYWHERE if not getattr(member.guild_permissions, name)]
        yield guild.name, permission_names(missing) if missing else ""
