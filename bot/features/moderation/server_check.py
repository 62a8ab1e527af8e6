"""The page of /spend check: what Discord says of a server, beside what the bot knows of it."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import discord
import structlog

from bot.domain.moderation.actions import ActionKind
from bot.domain.moderation.server_check import AutoModRule, ChannelFacts, KnownOfServer, Room, ServerFacts, Sight
from bot.domain.moderation.server_rules import ResultPlace
from bot.domain.standing import Standing
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import in_place
from bot.interactions.items import Button, PersistentItem
from bot.interactions.origins import age_restricted_channels, is_age_restricted
from bot.interactions.pages import divided, page_of, row, show_page
from bot.interactions.permissions import own_permissions
from bot.interactions.responses import LOST
from bot.interactions.rights import Attempt, require_moderator
from bot.wording.permissions import channel_not_told
from bot.wording.server_check import CHECK_AGAIN, check_page

_log = structlog.get_logger()
CHECK: Final = Attempt("/spend check", ActionKind.LOOK)
_LOOKED_AT: Final = 10
"""How many of the channels that are allowed by name are looked at, each with a request."""


class CheckAgainButton(PersistentItem[Button], custom_id="spend-check"):
    """Looks again, once something was changed."""

    def _draw(self) -> Button:
        return Button(label=CHECK_AGAIN)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Show how it stands now in the place of how it stood."""
        by = await require_moderator(interaction, CHECK)
        await show_check(interaction, by.guild_id)


async def show_check(interaction: Interaction, guild_id: int) -> None:
    """Fill an interaction's answer with how its server and its place are set up."""
    known = await ModerationServices.of(interaction).server_check.known(guild_id)
    page = check_page(await _facts(interaction, known))
    standing = Standing.NEAR if page.missing else Standing.FINE
    await show_page(interaction, page_of(*divided(page.blocks), row(CheckAgainButton()), standing=standing))


async def _facts(interaction: Interaction, known: KnownOfServer) -> ServerFacts:
    channel, guild, rules = interaction.channel, interaction.guild, known.rules
    if guild is None or interaction.channel_id is None:
        raise channel_not_told()
    here = {interaction.channel_id}
    above: object = channel
    if isinstance(channel, discord.Thread):
        here.add(channel.parent_id)
        above = channel.parent
    others = sorted((rules.allowed_channels or frozenset()) - here)
    needed = _room_of(channel).to_post(rules.results)
    elsewhere, log_channel, automod, closed_commands = await asyncio.gather(
        asyncio.gather(*(_looked_at(interaction, each, rules.results) for each in others[:_LOOKED_AT])),
        _log_channel(interaction, rules.log_channel_id),
        _automod(guild, here | {getattr(above, "category_id", None)}),
        _closed_commands(interaction, guild.id),
    )
    return ServerFacts(
        known,
        ChannelFacts(interaction.channel_id, needed, _given(needed, interaction.app_permissions)),
        rules.names_one_of(here),
        is_age_restricted(channel),
        age_restricted_channels(channel, guild, interaction.user),
        elsewhere,
        log_channel,
        automod,
        closed_commands,
    )


async def _log_channel(interaction: Interaction, channel_id: int | None) -> ChannelFacts | None:
    return None if channel_id is None else await _looked_at(interaction, channel_id)


async def _looked_at(
    interaction: Interaction, channel_id: int, results: ResultPlace | None = None
) -> ChannelFacts:
    """Look at a channel, in which pictures are posted, or words alone where no place for `results` is given.

    Discord is asked: what is known of a channel may be from before the bot lost sight of it.
    """
    try:
        channel = await interaction.client.fetch_channel(channel_id)
    except discord.NotFound:
        return ChannelFacts(channel_id, sight=Sight.GONE)
    except discord.Forbidden:
        return ChannelFacts(channel_id, Room.OTHER.to_write)
    except (discord.HTTPException, *LOST) as error:
        _log.info("server_check.channel_not_shown", channel=channel_id, reason=repr(error))
        return ChannelFacts(channel_id, sight=Sight.UNTOLD)
    room = _room_of(channel)
    needed = room.to_write if results is None else room.to_post(results)
    return ChannelFacts(channel_id, needed, _given(needed, own_permissions(channel)))


async def _automod(guild: discord.Guild, here: Collection[int | None]) -> Sequence[AutoModRule] | None:
    """Read the rules that block messages and do not leave the bot alone; None where it may not look at them."""
    try:
        rules = await guild.fetch_automod_rules()
    except (discord.HTTPException, *LOST) as error:
        _log.info("server_check.automod_not_shown", server=guild.id, reason=repr(error))
        return None
    own = {role.id for role in guild.me.roles}
    return [
        AutoModRule(
            rule.name,
            rule.trigger.keyword_filter,
            rule.trigger.allow_list,
            has_patterns=bool(rule.trigger.regex_patterns),
        )
        for rule in rules
        if rule.enabled
        and rule.event_type is discord.AutoModRuleEventType.message_send
        and any(action.type is discord.AutoModRuleActionType.block_message for action in rule.actions)
        and own.isdisjoint(rule.exempt_role_ids)
        and rule.exempt_channel_ids.isdisjoint(here)
    ]


async def _closed_commands(interaction: Interaction, guild_id: int) -> Sequence[str] | None:
    """Name what the integration settings deny to everyone and allow nobody; None where they are not shown."""
    http, application_id = interaction.client.http, interaction.application_id
    try:
        commands = await http.get_global_commands(application_id)
        settings = await http.get_guild_application_command_permissions(application_id, guild_id)
    except (discord.HTTPException, *LOST) as error:
        _log.info("server_check.commands_not_shown", server=guild_id, reason=repr(error))
        return None
    of_whom = {each["id"]: {int(to["id"]): to["permission"] for to in each["permissions"]} for each in settings}
    of_all = of_whom.get(str(application_id), {})
    return [
        f"/{each['name']}" if each["type"] == discord.AppCommandType.chat_input.value else each["name"]
        for each in commands
        if (whose := of_whom.get(each["id"], of_all)).get(guild_id) is False and not any(whose.values())
    ]


def _room_of(channel: object) -> Room:
    match channel:
        case discord.Thread():
            return Room.THREAD
        case discord.TextChannel():
            return Room.TEXT
        case discord.ForumChannel():
            return Room.FORUM
        case _:
            return Room.OTHER


def _given(needed: Iterable[str], permissions: discord.Permissions) -> Collection[str]:
    return {name for name in needed if getattr(permissions, name)}
