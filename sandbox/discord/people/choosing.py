"""What there is to choose from in a menu or a group, and what a person means by a word."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.discord.model.components import ComponentType, same_words
from sandbox.discord.model.conversation import Channel
from sandbox.discord.model.guilds import Person
from sandbox.discord.model.world import World
from sandbox.discord.rules.sight import is_open_to

_MENTION = re.compile(r"<(?:@[!&]?|#)(\d+)>")
_PEOPLE = frozenset({ComponentType.USER_SELECT, ComponentType.MENTIONABLE_SELECT})
_ROLES = frozenset({ComponentType.ROLE_SELECT, ComponentType.MENTIONABLE_SELECT})


def offered(world: World, person: Person, channel: Channel, component: Mapping[str, Any]) -> dict[str, str]:
    """List what somebody may choose in a place: labels by values, or names by ids."""
    if "options" in component:
        return {option["value"]: option["label"] for option in component["options"]}
    return {str(each): name for each, name in _filled_by_the_client(world, person, channel, component)}


def find(choices: Mapping[str, str], wanted: object) -> str | None:
    """Find a choice by its value, its label or its mention."""
    if not isinstance(wanted, str):
        return None
    if wanted in choices:
        return wanted
    if (mention := _MENTION.fullmatch(wanted)) and mention[1] in choices:
        return mention[1]
    return next((value for value, label in choices.items() if same_words(label, wanted.lstrip("@#"))), None)


def chosen_at_first(component: Mapping[str, Any]) -> list[str]:
    """List what is chosen before a person chooses."""
    options = [option["value"] for option in component.get("options") or () if option.get("default")]
    return options + [str(each["id"]) for each in component.get("default_values") or ()]


def _filled_by_the_client(
    world: World, person: Person, channel: Channel, menu: Mapping[str, Any]
) -> Iterator[tuple[int, str]]:
    guild = channel.guild
    if menu["type"] in _PEOPLE:
        people = [member.user for member in guild.members.values()] if guild else [world.bot, channel.recipient]
        yield from ((user.id, user.name) for user in people if user is not None)
    if menu["type"] in _ROLES and guild is not None:
        yield from ((role.id, role.name) for role in guild.roles.values())
    if menu["type"] == ComponentType.CHANNEL_SELECT:
        kinds = menu.get("channel_types")
        for each in world.channels.values():
            if each.guild is guild and is_open_to(person, each) and (not kinds or each.type in kinds):
                yield each.id, each.name
