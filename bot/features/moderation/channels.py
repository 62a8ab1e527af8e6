"""The channels that moderators choose: as Discord names them in a command, and what the bot may do there."""

from typing import Any, Final

import discord
from discord import AppCommandOptionType, ChannelType, app_commands

from bot.interactions import Interaction
from bot.interactions.permissions import lacking, own_permissions
from bot.interactions.responses import LOST
from bot.wording.permissions import permission_names
from bot.wording.server_rules import log_channel_closed, log_channel_not_shown, log_channel_not_theirs

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

    async def transform(self, _interaction: Interaction, value: Any, /) -> Chosen:
        """Take the channel as Discord names it."""
        return _named(value, self.channel_types)


class WorkPlace(LogPlace):
    """A channel that the bot can be used in; a forum's posts belong to the forum."""

    @property
    def channel_types(self) -> list[ChannelType]:
        """List what Discord's client offers."""
        return [*_WRITABLE, ChannelType.forum, ChannelType.stage_voice]


async def require_log_place(chosen: Chosen, moderator: discord.User | discord.Member) -> None:
    """Raise `Refusal` where a moderator, or the bot, cannot see a channel of this server and write in it."""
    # Discord itself tells in a command what its sender may do in a channel that it names
    if lacking(chosen.permissions, in_thread=isinstance(chosen, app_commands.AppCommandThread)):
        raise log_channel_not_theirs(chosen.id)
    try:
        channel = await chosen.fetch()  # what is known of a channel may be from before the bot lost sight of it
        theirs = channel.guild.id == chosen.guild_id and await _is_open_to(channel, moderator, chosen.permissions)
    except (discord.Forbidden, discord.NotFound):
        raise log_channel_closed(chosen.id, permission_names(["view_channel"])) from None
    except (discord.HTTPException, *LOST) as error:
        raise log_channel_not_shown() from error
    if not theirs:
        raise log_channel_not_theirs(chosen.id)
    if missing := lacking(own_permissions(channel), in_thread=isinstance(channel, discord.Thread)):
        raise log_channel_closed(chosen.id, permission_names(missing))


async def _is_open_to(channel: object, person: discord.User | discord.Member, given: discord.Permissions) -> bool:
    """Whether a channel is no private thread that somebody is not in."""
    if not isinstance(channel, discord.Thread) or not channel.is_private() or given.manage_threads:
        return True
    try:
        await channel.fetch_member(person.id)
    except discord.NotFound:
        return False
    return True


def _named(value: object, kinds: list[ChannelType]) -> Chosen:
    if not isinstance(value, app_commands.AppCommandChannel | app_commands.AppCommandThread) or (
        value.type not in kinds
    ):
        raise ValueError("not a channel that this option takes")  # discord.py knows it as a `TransformerError`
    return value
