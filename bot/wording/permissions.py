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
    so = f"I could not post your picture here: I lack {named}."
    return Refusal(Refuser.DISCORD, so, "Ask a moderator to allow me that in this channel.")


def channel_not_told() -> Refusal:
    """Say that nobody knows where a command was typed."""
    return Refusal(
        Refuser.DISCORD,
        "Discord does not say which channel this is.",
        "Use the command in a text channel, a thread or a direct message.",
    )


def not_allowed_by_operator(*, in_guild: bool) -> Refusal:
    """Say that the operator does not let the bot work on a server, or in direct messages."""
    where = "for this server" if in_guild else "for direct messages"
    return Refusal(Refuser.BOT, f"I am not switched on {where}.", "Whoever runs this bot can change that.")


def blocked_by_operator() -> Refusal:
    """Say to somebody that the operator lets them use nothing of the bot, on any server."""
    return Refusal(
        Refuser.BOT,
        "You cannot use me, on any server.",
        "Whoever runs this bot has decided that, and gives you or erases what I keep about you.",
        in_public=("I do nothing for you here.", "Any command of mine, such as /usage, tells you why."),
    )


def for_servers_only(command: str) -> Refusal:
    """Say that a moderators' command is about a server, and was used in direct messages."""
    return Refusal(
        Refuser.BOT,
        f"{command} is about a server, and this is none.",
        "Use it on the server that you moderate; /usage shows what you spent here.",
    )


def for_moderators_only(command: str) -> Refusal:
    """Say that a command is not for whoever used it, and that moderators see that they tried."""
    return Refusal(
        Refuser.SERVER,
        f"{command} is for moderators, who see that you tried.",
        "It takes Manage Server, or an allowance in Server Settings → Integrations. /usage shows your own.",
    )


def tried_to_use(command: str) -> str:
    """Record for moderators that somebody without the right to a command has used it; goes on from their name."""
    return f"tried to use {command}"


def right_not_told(command: str) -> Refusal:
    """Say that Discord cannot be asked whether somebody may use a moderators' command."""
    return Refusal(
        Refuser.DISCORD, f"Discord does not say now whether you may use {command}.", "Try again in a minute."
    )
