"""What Discord shows of each command before it is sent: what it does, and what its options take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.domain.moderation.decisions import USUAL_DAYS


@dataclass(frozen=True, slots=True)
class CommandWords:
    """A command's description, and that of each of its options."""

    description: str
    options: Mapping[str, str] = field(default_factory=dict)


_IMAGE: Final = "The picture; without one, the newest here, unless Discord hides newer messages from the bot."
_SEED_OF_PICTURE: Final = "The same seed, words and picture give the same result; random if you choose none."
_SPOILER: Final = "Hide the picture until it is clicked."

IMAGINE: Final = CommandWords(
    "Paint a picture from your words.",
    {
        "prompt": "What you want to see; up to 120 characters work best.",
        "aspect": "The picture's shape; 1:1 if you choose none.",
        "quality": "standard is about 1K, hd is about 2K and costs more.",
        "width": "In pixels, together with height; not with aspect or quality.",
        "height": "In pixels, together with width; not with aspect or quality.",
        "seed": "The same seed and words give the same picture; random if you choose none.",
        "enhance": "Let Spark expand your words; auto does so for short ones.",
        "count": "How many pictures; each one is charged.",
        "spoiler": _SPOILER,
    },
)
EDIT: Final = CommandWords(
    "Change a picture with your words.",
    {
        "prompt": "What to change, such as: make it night; up to 120 characters work best.",
        "image": _IMAGE,
        "model": "edit follows your words freely, structure keeps the picture's outlines.",
        "strength": "How much your words count against the picture, 0 to 1; 0.5 if you choose none.",
        "seed": _SEED_OF_PICTURE,
        "width": "Only with model: structure. In pixels, together with height; 600 to 1536 work best.",
        "height": "Only with model: structure. In pixels, together with width; 600 to 1536 work best.",
        "spoiler": _SPOILER,
    },
)
STYLIZE: Final = CommandWords(
    "Redraw a picture in one of 22 styles.",
    {
        "style": "What it shall look like.",
        "image": _IMAGE,
        "watermark": "Put a watermark on the picture; every watermark_ option does so too.",
        "watermark_text": "What the watermark says; Spark's own words if you choose none.",
        "watermark_position": "Which corner the watermark stands in; bottom right if you choose none.",
        "watermark_opacity": "How solid the watermark is, 0 (unseen) to 1 (solid); 1 if you choose none.",
        "watermark_language": "The language of Spark's own words; Chinese if you choose none.",
        "spoiler": _SPOILER,
    },
)
PORTRAIT: Final = CommandWords(
    "Make a new portrait of the person in a picture.",
    {
        "image": "A picture with one face; without one, the newest here, unless newer messages are hidden.",
        "prompt": "The portrait that you want; without words, it stays close to the picture.",
        "mode": "creative keeps little of the picture, reference person and background, character the person.",
        "face_clarity": "How clear the face becomes, 0 to 1; 0.4 if you choose none.",
        "beautify": "How much the face is beautified, 0 to 1; 0.3 if you choose none.",
        "even_skin": "How even the skin becomes, 0 to 1; 0 if you choose none.",
        "width": "In pixels; 1328 if you choose none.",
        "height": "In pixels; 1328 if you choose none.",
        "seed": _SEED_OF_PICTURE,
        "spoiler": _SPOILER,
    },
)
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
        "results": "Where pictures go that are asked for in a channel.",
        "allow": "A channel that the bot may be used in; with the first one, it may in no other.",
        "disallow": "One of the allowed channels, to be allowed no longer.",
        "clear": "Turn the log channel off, or allow the bot everywhere.",
    },
)
