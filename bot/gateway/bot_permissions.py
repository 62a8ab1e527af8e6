"""How the bot stands with Discord: whether its token is good, and what it may do on each server."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import aiohttp
import discord

from bot.gateway.discord_internals import Gateway, refuse_pages
from bot.gateway.refusals import TOKEN_REFUSED
from bot.interactions.permissions import NEEDED_EVERYWHERE
from bot.interactions.responses import LOST
from bot.wording.permissions import permission_names

_HELLO = 10
_PATIENCE = 10.0
"""Seconds for a gateway to greet."""


class NoStanding(Exception):
    """Discord refuses the bot, or cannot be reached; the text says which."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Who the bot is, and for each of its servers the permissions that it lacks there, in words."""

    name: str
    public: bool
    """Whether anybody may invite it."""
    message_content: bool
    """Whether the privileged intent is switched on."""
    gateway: str
    """The address of the gateway."""
    gateway_fault: str
    """Why that does not answer as Discord's; empty where it does."""
    advised_shards: int
    starts_left: int
    """How many more shards Discord lets connect today."""
    assets_fault: str
    """Why the channel of copies cannot be used; empty where it can, or where there is none."""
    lacking: Sequence[tuple[str, str]]
    """Server and permissions; an empty text where nothing is missing."""


async def standing(token: str, assets_channel_id: int | None) -> Standing:
    """Ask Discord over REST, and the gateway for its greeting, without identifying; raises `NoStanding`."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        refuse_pages(client)
        try:
            await client.login(token)
            shards, told, limits = await client.http.get_bot_gateway()
            gateway = str(Gateway.address or told)
            return Standing(
                str(client.user),
                client.application is None or client.application.bot_public,
                _hears_content(client.application_flags),
                gateway,
                await _fault_of(gateway),
                shards,
                limits["remaining"],
                await _assets_fault(client, assets_channel_id),
                [found async for found in _lacking(client)],
            )
        except discord.LoginFailure:
            raise NoStanding(TOKEN_REFUSED) from None
        except (discord.HTTPException, discord.GatewayNotFound, *LOST) as error:
            raise NoStanding(f"discord.api_url: {discord.http.Route.BASE}: {_said(error)}") from error


async def _assets_fault(client: discord.Client, channel_id: int | None) -> str:
    try:
        if channel_id is not None:
            await client.fetch_channel(channel_id)
    except (discord.NotFound, discord.Forbidden) as error:
        return str(error)
    return ""


def _hears_content(flags: discord.ApplicationFlags) -> bool:
    return flags.gateway_message_content or flags.gateway_message_content_limited


def _said(error: BaseException) -> str:
    error = error.__cause__ or error if isinstance(error, discord.GatewayNotFound) else error
    remedy = (
        "" if isinstance(error, discord.HTTPException) and error.status >= 500 else "; mend it, or the network"
    )
    return f"{error or type(error).__name__}{remedy}"


async def _fault_of(gateway: str) -> str:
    """Tell what is wrong with a gateway's address; empty where it greets as Discord's does."""
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(gateway, params={"v": "10", "encoding": "json"}) as connection,
        ):
            greeting = await connection.receive_json(timeout=_PATIENCE)
    except LOST as error:
        return str(error) or type(error).__name__
    except (TypeError, ValueError):
        return "it does not greet as Discord does"
    return (
        "" if isinstance(greeting, dict) and greeting.get("op") == _HELLO else "it does not greet as Discord does"
    )


async def _lacking(client: discord.Client) -> AsyncIterator[tuple[str, str]]:
    async for listed in client.fetch_guilds(with_counts=False):
        guild = await client.fetch_guild(listed.id, with_counts=False)
        member = await guild.fetch_member(client.user.id if client.user else 0)
        missing = [name for name in NEEDED_EVERYWHERE if not getattr(member.guild_permissions, name)]
        yield guild.name, permission_names(missing) if missing else ""
