"""What the bot may not do and where, and who may not moderate; permissions are called as Discord calls them."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import listed

_NAMES: Final[Mapping[str, str]] = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}


def permission_names(permissions: Iterable[str]) -> str:
    """List permissions as Discord's own settings call them."""
    return listed([_NAMES[name] for name in permissions])


def permissions_missing(permissions: Iterable[str]) -> Refusal:
    """Say which permissions the bot lacks where its result would be posted."""
    named = permission_names(permissions)
    return Refusal(
        Refuser.DISCORD,
        "this bot a permission that it needs here",
        f"Without {named} it could not post your picture in this channel.",
        f"Ask a moderator to give the bot {named} here.",
    )


def channel_not_told() -> Refusal:
    """Say that nobody knows where a command was typed."""
    return Refusal(
        Refuser.DISCORD,
        "to say where this was asked",
        "Discord did not tell the bot which channel this is.",
        "Use the command in a text channel, a thread or a direct message.",
    )


def not_allowed_by_operator(*, in_guild: bool) -> Refusal:
    """Say that the operator does not let the bot work on a server, or in direct messages."""
    where = "this server" if in_guild else "direct messages"
    return Refusal(
        Refuser.BOT,
        f"to work in {where}",
        f"Whoever runs this bot has not allowed {where}.",
        "Ask them, or use the bot on a server where it is allowed.",
    )


def for_servers_only(command: str) -> Refusal:
    """Say that a moderators' command is about a server, and was used in direct messages."""
    return Refusal(
        Refuser.BOT,
        f"{command} here",
        "It is about a server, and this is none.",
        "Use it on the server that you moderate; /usage shows what you spent here.",
    )


def for_moderators_only(command: str) -> Refusal:
    """Say that a command is not for whoever used it, and that moderators see that they tried."""
    return Refusal(
        Refuser.SERVER,
        f"{command}: it is for its moderators",
        "It takes the permission Manage Server, or an allowance in Server Settings → Integrations. "
        "The moderators can see that you tried.",
        "/usage shows what you spent yourself; for anything else ask a moderator.",
    )


def tried_to_use(command: str) -> str:
    """Record for moderators that somebody without the right to a command has used it; goes on from their name."""
    return f"tried to use {command}"


def right_not_told(command: str) -> Refusal:
    """Say that Discord cannot be asked whether somebody may use a moderators' command."""
    return Refusal(
        Refuser.DISCORD,
        f"to say whether you may use {command}",
        "You have no Manage Server here, and Discord cannot be asked for the integration settings now.",
        "Try again in a minute.",
    )
