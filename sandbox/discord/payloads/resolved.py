"""The objects that an interaction brings along for the ids it names."""

from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.discord.model.commands import OptionType
from sandbox.discord.model.conversation import Channel
from sandbox.discord.model.world import World
from sandbox.discord.payloads import Json, people, places
from sandbox.discord.payloads.messages import attachment as written_attachment
from sandbox.discord.rules.access import channel_permissions
from sandbox.discord.rules.links import Cdn


def resolve_options(
    world: World, cdn: Cdn, user_id: int, channel: Channel, options: Iterable[dict[str, Any]]
) -> dict[str, Json]:
    """Write what the options of somebody's command name, by kind and id."""
    return resolve(world, cdn, user_id, channel, _named(options))


def resolve(world: World, cdn: Cdn, user_id: int, channel: Channel, ids: Iterable[str]) -> dict[str, Json]:
    """Write what somebody's choices name, by kind and id; what is no id of anything is left out."""
    found: dict[str, Json] = {}
    for each in ids:
        if each.isdecimal():
            for kind, written in _resolve(world, cdn, user_id, channel, int(each)).items():
                found.setdefault(kind, {})[each] = written
    return found


def _named(options: Iterable[dict[str, Any]]) -> Iterator[str]:
    for option in options:
        if "options" in option:
            yield from _named(option["options"])
        elif option["type"] >= OptionType.USER and option["type"] != OptionType.NUMBER:
            yield str(option["value"])


def _resolve(world: World, cdn: Cdn, user_id: int, channel: Channel, wanted: int) -> Json:
    guild = channel.guild
    if wanted in world.attachments:
        return {"attachments": written_attachment(world.attachments[wanted], cdn)}
    if wanted in world.users:
        resolved: Json = {"users": people.user(world.users[wanted])}
        if guild is not None and (member := guild.members.get(wanted)):
            permissions = channel_permissions(wanted, channel)
            resolved["members"] = people.member(member, permissions=permissions, with_user=False)
        return resolved
    if guild is not None and wanted in guild.roles:
        return {"roles": people.role(guild.roles[wanted])}
    if wanted in world.channels:
        place = world.channels[wanted]
        permissions = channel_permissions(user_id, place)
        return {"channels": places.channel(place, reader_id=world.bot.id, permissions=permissions)}
    return {}
