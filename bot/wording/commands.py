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


_IMAGE: Final = "The picture to work on. Leave it out, and I take the newest one here, or ask which."
_SEED: Final = "A number of your choice. The same one, with the same words, gives the same picture."
_SEED_OF_PICTURE: Final = "A number of your choice. The same one, words and picture give the same result."
_SPOILER: Final = "Hide the picture until somebody clicks it."

IMAGINE: Final = CommandWords(
    "Make pictures from your words.",
    {
        "prompt": "What you want to see. Up to 120 characters work best.",
        "size": "A shape, hd or both, or pixels such as 1500x900. Without it, a square.",
        "count": "How many pictures, each at its price. Without it, one.",
        "seed": _SEED,
        "enhance": "Let Spark add detail to your words. auto does so for short ones.",
        "spoiler": _SPOILER,
    },
)
EDIT: Final = CommandWords(
    "Change a picture with your words.",
    {
        "prompt": "What to change, such as: make it night. Up to 120 characters work best.",
        "image": _IMAGE,
        "model": "edit follows your words freely; structure keeps the picture's outlines.",
        "strength": "How much your words count against the picture, 0 to 1. Without it, 0.5.",
        "size": "Only with model: structure. Without it, the picture keeps its shape.",
        "seed": _SEED_OF_PICTURE,
        "spoiler": _SPOILER,
    },
)
STYLIZE: Final = CommandWords(
    "Redraw a picture in one of 22 styles.",
    {
        "style": "What it is to look like: type a name, or a word such as wool. Leave it out to see them all.",
        "image": _IMAGE,
        "watermark": "Put a watermark on the picture. Every watermark_ option does so too.",
        "watermark_text": "What the watermark says. Without it, Spark's own words.",
        "watermark_position": "Which corner the watermark stands in. Without it, bottom right.",
        "watermark_opacity": "How solid the watermark is, 0 (unseen) to 1 (solid). Without it, 1.",
        "watermark_language": "The language of Spark's own words. Without it, Chinese.",
        "spoiler": _SPOILER,
    },
)
PORTRAIT: Final = CommandWords(
    "Make a new portrait of the person in a picture.",
    {
        "image": "A picture with one face. Leave it out, and I take the newest one here, or ask which.",
        "prompt": "The portrait you want. Without words it stays close to the picture.",
        "mode": "What to keep: creative little, reference person and background, character the person.",
        "face_clarity": "How clear the face becomes, 0 to 1. Without it, 0.4.",
        "beautify": "How much the face is beautified, 0 to 1. Without it, 0.3.",
        "even_skin": "How even the skin becomes, 0 to 1. Without it, 0.",
        "size": "A shape, hd or both, or pixels such as 1024x1536. Without it, a square.",
        "seed": _SEED_OF_PICTURE,
        "spoiler": _SPOILER,
    },
)
HELP: Final = CommandWords("See what you can do here, and what it costs.")
HISTORY: Final = CommandWords(
    "Find what you have made here, and go on from it.",
    {
        "search": "Words that it was made from. Without them, all of it.",
        "favourites": "Only what you have marked with ⭐, by whomever it was made.",
    },
)
SETTINGS: Final = CommandWords("Choose how your pictures are made, what replies mean, and who may use them.")
PRIVACY: Final = CommandWords("See what I keep of you; take it with you, or have it erased.")
USAGE: Final = CommandWords(
    "See what you have left, and what you spent on what.",
    {"period": "Which time (UTC). Without it, this month."},
)

SPEND: Final = CommandWords("For moderators: see who spent what, and set limits.")
SPEND_USER: Final = CommandWords(
    "See what a member spent on what, and what they may still spend.",
    {"member": "Whose spending.", "period": "Which time (UTC). Without it, this month."},
)
SPEND_SERVER: Final = CommandWords(
    "See what this server spent, on what, and who the most.",
    {"period": "Which time (UTC). Without it, this month."},
)
SPEND_LIMIT: Final = CommandWords(
    "Show, set or clear the limits of this server, a member or a role.",
    {
        "action": "set takes a day, a month or both; clear takes both away.",
        "member": "Whose limit. It goes before that of their roles.",
        "role": "Whose limit. A member has the highest of their roles'.",
        "day": "Dollars for each day, such as 2.50. 0 is none at all.",
        "month": "Dollars for each month, such as 20. 0 is none at all.",
    },
)
SPEND_GRANT: Final = CommandWords(
    "Give a member more for a while, on top of their limits.",
    {
        "member": "Who gets more.",
        "amount": "Dollars more for the day and the month, such as 5. 0 ends what they were given.",
        "reason": "Why. It stands in the record.",
        "days": f"For how many days. Without it, {USUAL_DAYS}.",
    },
)
SPEND_BLOCK: Final = CommandWords(
    "Stop a member from making pictures here.",
    {
        "member": "Whom to stop.",
        "reason": "Why. Moderators alone see it.",
        "tell": "What the member is told. Without it, only that they are blocked.",
        "days": "For how many days. Without it, until a moderator lifts it.",
    },
)
SPEND_UNBLOCK: Final = CommandWords(
    "Let a blocked member make pictures again.",
    {"member": "Who may go on.", "reason": "Why. It stands in the record."},
)
SPEND_EXPORT: Final = CommandWords(
    "Get everything that was asked for and charged, as a table (CSV).",
    {"period": "What was asked for in which time (UTC)."},
)
SPEND_SETTINGS: Final = CommandWords(
    "See and change where and how I may be used here.",
    {
        "log_channel": "Where I post what moderators do, and when this server's limit is nearly used.",
        "replies": "Whether a reply with words to a picture edits it.",
        "results": "Where pictures go that are asked for in a channel.",
        "age_restricted": "Whether I may be used in age-restricted channels only.",
        "pictures": "Who may work on pictures of others: own (nobody), ask (their owners are asked), anyone.",
        "allow": "A channel that I may be used in. From the first one on, I may be used in no other.",
        "disallow": "An allowed channel that is to be one no longer.",
        "clear": "Turn the log channel off, or let me be used everywhere.",
    },
)
SPEND_CHECK: Final = CommandWords("See whether I am set up right here, and what to press where not.")
