"""Channels, threads and guilds."""

from collections.abc import Iterable

from sandbox.discord.model.conversation import Channel, ThreadState
from sandbox.discord.model.guilds import Guild
from sandbox.discord.model.kinds import FORUMS, ChannelType
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.payloads import Json, iso
from sandbox.discord.payloads.people import member, role, user

_MESSAGE_SEND, _KEYWORD, _BLOCK_MESSAGE = 1, 1, 1
"""Of a rule of AutoMod: what it looks at, what for, and what it does then."""


def channel(of: Channel, *, reader_id: int, permissions: Permissions | None = None) -> Json:
    """Write a channel, DM or thread for a reader; inside an interaction with the person's permissions."""
    written: Json = {
        "id": str(of.id),
        "type": int(of.type),
        "flags": 0,
        "last_message_id": None if of.last_message_id is None else str(of.last_message_id),
    }
    if permissions is not None:
        written["permissions"] = str(int(permissions))
    if of.guild is None:
        return {**written, "recipients": [user(of.recipient)] if of.recipient else []}
    written |= {
        "name": of.name,
        "guild_id": str(of.guild.id),
        "parent_id": None if of.parent is None else str(of.parent.id),
        "rate_limit_per_user": 0,
        "nsfw": (of.parent or of).age_restricted,
    }
    if of.thread is not None:
        posted: Json = {"applied_tags": []} if of.parent and of.parent.type in FORUMS else {}
        return written | _thread(of, of.thread, reader_id) | posted
    if of.type in FORUMS:
        written |= {"available_tags": [], "default_reaction_emoji": None, "default_sort_order": None}
    if of.type in (ChannelType.VOICE, ChannelType.STAGE):
        written |= {"bitrate": 64_000, "user_limit": 0, "rtc_region": None}
    return written | {
        "position": of.position,
        "topic": None,
        "permission_overwrites": [
            {
                "id": str(target),
                "type": int(overwrite.is_member),
                "allow": str(int(overwrite.allow)),
                "deny": str(int(overwrite.deny)),
            }
            for target, overwrite in of.overwrites.items()
        ],
    }


def thread_member(of: Channel, user_id: int, joined_at: float) -> Json:
    """Write that somebody is in a thread."""
    return {"id": str(of.id), "user_id": str(user_id), "join_timestamp": iso(joined_at), "flags": 0}


def guild(of: Guild) -> Json:
    """Write a guild as GET /guilds/{guild} does."""
    return {
        "id": str(of.id),
        "name": of.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "description": None,
        "owner_id": str(of.owner_id),
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None if of.system_channel_id is None else str(of.system_channel_id),
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": of.premium_tier,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": of.locale,
        "vanity_url_code": None,
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [role(each) for each in of.roles.values()],
    }


def automod_rule(of: Guild) -> Json:
    """Write the rule of AutoMod that lets nobody say a guild's blocked words."""
    return {
        "id": str(of.id),
        "guild_id": str(of.id),
        "creator_id": str(of.owner_id),
        "name": "Blocked words",
        "event_type": _MESSAGE_SEND,
        "trigger_type": _KEYWORD,
        "trigger_metadata": {"keyword_filter": sorted(of.automod_words), "regex_patterns": [], "allow_list": []},
        "actions": [{"type": _BLOCK_MESSAGE, "metadata": {}}],
        "enabled": True,
        "exempt_roles": [],
        "exempt_channels": [],
    }


def joined_guild(of: Guild, *, channels: Iterable[Channel], threads: Iterable[Channel], reader_id: int) -> Json:
    """Write a guild as GUILD_CREATE does for a bot without the members intent: itself its only member."""
    reader = of.members[reader_id]
    return {
        **guild(of),
        "large": False,
        "member_count": len(of.members),
        "joined_at": iso(reader.joined_at),
        "members": [member(reader)],
        "channels": [channel(each, reader_id=reader_id) for each in channels],
        "threads": [channel(each, reader_id=reader_id) for each in threads],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def _thread(of: Channel, state: ThreadState, reader_id: int) -> Json:
    written: Json = {
        "owner_id": str(state.owner_id),
        "message_count": state.message_count,
        "total_message_sent": state.total_messages_sent,
        "member_count": min(len(state.members), 50),
        "thread_metadata": {
            "archived": state.archived,
            "archive_timestamp": iso(state.archive_changed_at),
            "auto_archive_duration": state.auto_archive_minutes,
            "locked": state.locked,
            "create_timestamp": iso(state.created_at),
        },
    }
    if reader_id in state.members:
        written["member"] = thread_member(of, reader_id, state.members[reader_id])
    return written
