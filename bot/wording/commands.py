"""What Discord shows of each command before it is sent: what it does, and what its options take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.domain.moderation.grants import USUAL_DAYS


@dataclass(frozen=True, slots=True)
class CommandWords:
    """A command's description, and that of each of its options."""

    description: str
    options: Mapping[str, str] = field(default_factory=dict)


HELP: Final = CommandWords("See what this bot can do, and what it costs.")
HISTORY: Final = CommandWords("See what you have made here, and go on from it.")
PRIVACY: Final = CommandWords("See what is kept of you; export it, or erase it.")
USAGE: Final = CommandWords(
    "See what you spent, on what, and what you have left.",
    {"period": "Which time (UTC) the details are about; this month where you choose none."},
)

SPEND: Final = CommandWords("For moderators: see who spent what, and set limits.")
SPEND_USER: Final = CommandWords(
    "See what a member spent, on what, and what limits them.",
    {"member": "Whose spending.", "period": "Which time (UTC); this month where you choose none."},
)
SPEND_SERVER: Final = CommandWords(
    "See what this server spent, on what, and who the most.",
    {"period": "Which time (UTC); this month where you choose none."},
)
SPEND_LIMIT: Final = CommandWords(
    "Set, show or take away limits; of this server, or whom you name.",
    {
        "action": "set needs day or month; clear takes both away.",
        "member": "Whose limit; it goes before that of their roles.",
        "role": "Whose limit; a member has the highest of their roles'.",
        "day": "Dollars for each day, such as 2.50; 0 stops.",
        "month": "Dollars for each month, such as 20; 0 stops.",
    },
)
SPEND_GRANT: Final = CommandWords(
    "Give a member more for a while, on top of their limits.",
    {
        "member": "Who gets more.",
        "amount": "Dollars on top of the day's and the month's limit, such as 5; 0 ends their grants.",
        "reason": "Why; the record keeps it.",
        "days": f"For how many days; {USUAL_DAYS} where you choose none.",
    },
)
SPEND_BLOCK: Final = CommandWords(
    "Stop a member from making pictures here.",
    {
        "member": "Whom to stop.",
        "reason": "Why; moderators alone see it.",
        "tell": "What the member is told; without it, only that they are blocked.",
        "days": "For how many days; without it, until a moderator lifts it.",
    },
)
SPEND_UNBLOCK: Final = CommandWords(
    "Let a blocked member make pictures again.",
    {"member": "Whom to let go on.", "reason": "Why; the record keeps it."},
)
SPEND_EXPORT: Final = CommandWords(
    "Get every task and the ledger's entries as CSV.", {"period": "What was asked for in which time (UTC)."}
)
SPEND_SETTINGS: Final = CommandWords(
    "See and change where and how the bot is used here.",
    {
        "log_channel": "Where it posts what moderators do, and warnings about this server's limit.",
        "replies": "Whether a reply with words to a picture edits it.",
        "allow": "A channel that the bot may be used in; with the first one, it may in no other.",
        "disallow": "One of the allowed channels, to be allowed no longer.",
        "clear": "Turn the log channel off, or allow the bot everywhere.",
    },
)
