"""The channels that moderators choose: as Discord names them in a command, and what the bot may do there."""

from typing import Any, Final

import discord
from discord import AppCommandOptionType, ChannelType, app_commands

from bot.components.acknowledging import LOST
from bot.components.origins import own_permissions, permission_names
from bot.domain.refusals import Refusal, Refuser

Chosen = app_commands.AppCommandChannel | app_commands.AppCommandThread
_WRITABLE: Final = (
    ChannelType.text,
    ChannelType.news,
    ChannelType.voice,
    ChannelType.news_thread,
    ChannelType.public_thread,
    ChannelType.private_thread,
)


class LogPlace(app_commands.Transformer):
    """A channel or thread in which the bot can write."""

    @property
    def type(self) -> AppCommandOptionType:
        """Give the option's type."""
        return AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[ChannelType]:
        """List what Discord's client offers."""
        return list(_WRITABLE)

    async def transform(self, _interaction: discord.Interaction[Any], value: Any, /) -> Chosen:
        """Take the channel as Discord names it."""
        return _named(value, self.channel_types)


class WorkPlace(LogPlace):
    """A channel that the bot can be used in; a forum's posts belong to the forum."""

    @property
    def channel_types(self) -> list[ChannelType]:
        """List what Discord's client offers."""
        return [*_WRITABLE, ChannelType.forum, ChannelType.stage_voice]


async def require_writable(chosen: Chosen) -> None:
    """Raise `Refusal`, with the permissions' names, where the bot cannot write in a channel."""
    try:
        channel = await chosen.fetch()  # what is known of a channel may be from before the bot lost sight of it
    except (discord.Forbidden, discord.NotFound):
        raise _missing(chosen, ["view_channel"]) from None
    except (discord.HTTPException, *LOST) as error:
        raise Refusal(
            Refuser.DISCORD,
            "to show the bot this channel now",
            "It is in trouble, or cannot be reached.",
            "Try again in a minute.",
        ) from error
    given = own_permissions(channel)
    needed = (
        "view_channel",
        "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages",
    )
    if missing := [name for name in needed if not getattr(given, name)]:
        raise _missing(chosen, missing)


def _named(value: object, kinds: list[ChannelType]) -> Chosen:
    if not isinstance(value, app_commands.AppCommandChannel | app_commands.AppCommandThread) or (
        value.type not in kinds
    ):
        raise ValueError("not a channel that this option takes")  # discord.py knows it as a `TransformerError`
    return value


def _missing(chosen: Chosen, permissions: list[str]) -> Refusal:
    named = permission_names(permissions)
    return Refusal(
        Refuser.DISCORD,
        f"this bot a permission that it needs in {chosen.mention}",
        f"Without {named} it could not post there what moderators do.",
        f"Give the bot {named} there, or choose another channel.",
    )
