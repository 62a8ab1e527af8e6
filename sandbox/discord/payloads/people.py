"""Users, members, roles and the application."""

from sandbox.discord.model.guilds import Member, Role, User
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.model.world import Application
from sandbox.discord.payloads import Json, iso

_MESSAGE_CONTENT_LIMITED = 1 << 19
"""Application flag: the privileged intent is switched on for an app in fewer than 100 servers."""


def user(of: User) -> Json:
    """Write a user."""
    return {
        "id": str(of.id),
        "username": of.name,
        "discriminator": "0000" if of.bot else "0",
        "global_name": None if of.bot else of.name,
        "avatar": None,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
        "bot": of.bot,
    }


def own_user(of: User) -> Json:
    """Write the bot's own user."""
    return {**user(of), "verified": True, "mfa_enabled": True, "email": None, "locale": "en-US"}


def member(of: Member, *, permissions: Permissions | None = None, with_user: bool = True) -> Json:
    """Write a member; inside an interaction with their permissions in its channel."""
    written: Json = {
        "roles": [str(role.id) for role in of.roles],
        "joined_at": iso(of.joined_at),
        "nick": None,
        "avatar": None,
        "banner": None,
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    if with_user:
        written["user"] = user(of.user)
    if permissions is not None:
        written["permissions"] = str(int(permissions))
    return written


def role(of: Role) -> Json:
    """Write a role."""
    return {
        "id": str(of.id),
        "name": of.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": of.position,
        "permissions": str(int(of.permissions)),
        "managed": False,
        "mentionable": of.mentionable,
        "flags": 0,
    }


def application_flags(of: Application) -> int:
    """Tell the application's flags."""
    return _MESSAGE_CONTENT_LIMITED if of.message_content else 0


def application(of: Application, *, guild_count: int) -> Json:
    """Write the application, as its bot may read it."""
    return {
        "id": str(of.id),
        "name": of.bot.name,
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot": user(of.bot),
        "bot_public": of.public,
        "bot_require_code_grant": False,
        "owner": user(of.owner),
        "team": None,
        "verify_key": f"{of.id:064x}",
        "flags": application_flags(of),
        "flags_new": str(application_flags(of)),
        "explicit_content_filter": 0,
        "hook": True,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "eligible_oauth2_scopes": [],
        "approximate_guild_count": guild_count,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "integration_types_config": {"0": {}},
    }
