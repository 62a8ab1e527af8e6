"""Who is meant by a message's text, and whom it may ping."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.discord.model.conversation import Channel
from sandbox.discord.model.guilds import User
from sandbox.discord.rules.request_fields import Form

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")
_KINDS = ("roles", "users", "everyone")


@dataclass(frozen=True, slots=True)
class AllowedMentions:
    """Discord's allowed_mentions: without one, everything that the text mentions is allowed."""

    parse: frozenset[str] = frozenset(_KINDS)
    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    replied_user: bool = True

    def allows_user(self, user_id: int) -> bool:
        """Whether a mention of this user counts."""
        return "users" in self.parse or user_id in self.users

    def allows_role(self, role_id: int) -> bool:
        """Whether a mention of this role counts."""
        return "roles" in self.parse or role_id in self.roles


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a message's text means for people."""

    users: tuple[User, ...] = ()
    roles: tuple[int, ...] = ()
    everyone: bool = False


def read_allowed_mentions(form: Form, value: object) -> AllowedMentions | None:
    """Check the field `allowed_mentions` of a message; None where it is absent."""
    if value is None:
        return None
    path = ("allowed_mentions",)
    if not isinstance(value, Mapping):
        form.refuse(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return None
    parse = value.get("parse") or []
    for index, kind in enumerate(parse):
        form.choice((*path, "parse", index), kind, _KINDS)
    ids = {kind: _ids(form, kind, value) for kind in ("users", "roles")}
    for kind, listed in ids.items():
        if listed and kind in parse:
            form.refuse(
                path,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )
    return AllowedMentions(
        frozenset(parse), ids["users"], ids["roles"], replied_user=bool(value.get("replied_user", False))
    )


def read_mentions(
    text: str,
    channel: Channel,
    users: Mapping[int, User],
    allowed: AllowedMentions | None,
    *,
    may_mention_everyone: bool,
) -> Mentions:
    """Find whom the text mentions, as far as `allowed` lets it count."""
    allowed = allowed or AllowedMentions()
    user_ids = dict.fromkeys(int(found) for found in _USER.findall(text))
    role_ids = dict.fromkeys(int(found) for found in _ROLE.findall(text))
    roles = channel.guild.roles if channel.guild else {}
    open_to_all = {
        each for each in role_ids if each in roles and (roles[each].mentionable or may_mention_everyone)
    }
    everyone = bool(_EVERYONE.search(text)) and may_mention_everyone and "everyone" in allowed.parse
    return Mentions(
        tuple(users[each] for each in user_ids if each in users and allowed.allows_user(each)),
        tuple(each for each in role_ids if each in open_to_all and allowed.allows_role(each)),
        everyone=everyone,
    )


def pinged_by(mentions: Mentions, channel: Channel) -> frozenset[int]:
    """Tell the ids of all users whom these mentions notify: in a guild none that have left it."""
    pinged = {user.id for user in mentions.users}
    if channel.guild is not None:
        pinged |= channel.guild.holders(mentions.roles)
        members = set(channel.guild.members)
        pinged = members if mentions.everyone else pinged & members
    return frozenset(pinged)


def _ids(form: Form, kind: str, value: Mapping[str, Any]) -> frozenset[int]:
    listed = value.get(kind) or []
    form.length(("allowed_mentions", kind), listed, most=100)
    found = [form.snowflake(("allowed_mentions", kind, index), each) for index, each in enumerate(listed)]
    return frozenset(each for each in found if each is not None)
