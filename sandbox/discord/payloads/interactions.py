"""Interactions, as the gateway delivers them and the callback's answer describes them."""

from sandbox.discord.model.conversation import Interaction
from sandbox.discord.model.kinds import CallbackType
from sandbox.discord.model.world import Application
from sandbox.discord.payloads import Json
from sandbox.discord.payloads.people import member, user
from sandbox.discord.payloads.places import channel
from sandbox.discord.rules.access import channel_permissions

_IN_GUILD, _IN_BOT_DM = 0, 1
_RESOURCES = {
    CallbackType.CHANNEL_MESSAGE: CallbackType.CHANNEL_MESSAGE,
    CallbackType.DEFERRED_CHANNEL_MESSAGE: CallbackType.CHANNEL_MESSAGE,
    CallbackType.MESSAGE_UPDATE: CallbackType.MESSAGE_UPDATE,
}
"""How a callback's answer names the message that was made or changed: the official description has two words."""


def interaction(of: Interaction, application: Application, *, message: Json | None) -> Json:
    """Write an interaction; `message` is the one whose component was used."""
    permissions = channel_permissions(of.user.id, of.channel)
    written: Json = {
        "id": str(of.id),
        "application_id": str(application.id),
        "type": int(of.type),
        "token": of.token,
        "version": 1,
        "data": of.data,
        "channel_id": str(of.channel.id),
        "channel": channel(of.channel, reader_id=application.bot.id, permissions=permissions),
        "app_permissions": str(int(channel_permissions(application.bot.id, of.channel))),
        "locale": "en-US",
        "entitlements": [],
        "entitlement_sku_ids": [],
        "attachment_size_limit": of.attachment_size_limit,
    }
    if message is not None:
        written["message"] = message
    guild = of.channel.guild
    if guild is None or of.member is None:
        return written | {
            "user": user(of.user),
            "context": _IN_BOT_DM,
            "authorizing_integration_owners": {"0": "0"},
        }
    return written | {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": member(of.member, permissions=permissions),
        "context": _IN_GUILD,
        "authorizing_integration_owners": {"0": str(guild.id)},
    }


def callback(of: Interaction, *, message: Json | None) -> Json:
    """Write the answer to a callback that asked for one; `message` is what it made or changed."""
    about: Json = {"id": str(of.id), "type": int(of.type)}
    if message is None or of.callback is None:
        return {"interaction": about}
    about |= {
        "response_message_id": message["id"],
        "response_message_loading": of.callback is CallbackType.DEFERRED_CHANNEL_MESSAGE,
        "response_message_ephemeral": of.ephemeral,
    }
    kind = _RESOURCES.get(of.callback)
    return {"interaction": about, **({"resource": {"type": int(kind), "message": message}} if kind else {})}
