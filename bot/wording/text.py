"""How anything is written: what a person typed as text and never as markup, names, lists, times, counts."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.domain.budgets import Scope
from bot.domain.visible_text import visible_text

UNNAMED: Final = "picture"
"""Names a picture, or its thread, of which no name is left."""
MESSAGE_MAX: Final = 2000
"""The most characters of a message."""
THREAD_WITHOUT_WORDS: Final = "Your picture"
"""Names a thread where AutoMod blocks the words that it would be named after."""
_MARKUP = re.compile(r"([\\*_~`|>#\[\]()<:@\-])")
_NUMBERED = re.compile(r"^(\d+)\.")
_NUMBERS = ("none", "one", "two", "three", "four")
_THREAD_NAME_MAX = 80
_ALT_MAX = 1024


def plain(text: str, longest: int | None = None) -> str:
    """Write a person's words so that Discord shows them as they are: no markup, no mentions, no links.

    What is written has at most `longest` characters; what it takes to hide markup counts too.
    """
    escaped = _NUMBERED.sub(r"\1\\.", _MARKUP.sub(r"\\\1", " ".join(text.split())))
    written = escaped.replace("@", "@\u200b").replace("://", ":\u200b//")
    if longest is None or len(written) <= longest:
        return written
    fitting = (plain(shortened(text, length)) for length in range(longest, 0, -1))
    return next(cut for cut in fitting if len(cut) <= longest)


def code_block(text: str) -> str:
    """Write a text so that it can be copied as it is."""
    # three marks in a row would end the block
    safe = text.replace("```", "`\u200b`\u200b`")
    return f"```\n{safe}\n```"


def listed(items: Sequence[str], word: str = "and") -> str:
    """Write a list: `A`, `A and B`, `A, B and C`."""
    *others, last = items
    return f"{', '.join(others)} {word} {last}" if others else last


def over_all_servers(scope: Scope) -> str:
    """Say of a person's limit that it counts wherever they are; nothing of any other, which says whose it is."""
    return " over all servers" if scope is Scope.EVERYWHERE else ""


def shortened(text: str, longest: int) -> str:
    """Cut at a word's end and mark the cut."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return f"{at_word if len(at_word) > longest // 2 else cut}…"


def thread_name(title: str) -> str:
    """Name a thread after the prompt, without what Discord would not show in a name."""
    return shortened(visible_text(title), _THREAD_NAME_MAX) or UNNAMED


def day_thread_name(name: str, day: date) -> str:
    """Name the thread for a member's pictures of one day."""
    return shortened(f"{visible_text(name) or 'Pictures'} · {day.day} {day:%B}", _THREAD_NAME_MAX)


def alt_text(about: str, note: str = "") -> str:
    """Describe a picture to those who do not see it: what was asked for, and what else is to be known of it."""
    noted = f" ({note})" if note else ""
    return shortened(about, _ALT_MAX - len(noted)) + noted


def seconds_text(seconds: float) -> str:
    """Write a duration: `8 s`, `2 min 5 s`, `1 h 20 min`."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def pictures_text(count: int) -> str:
    """Count pictures in words."""
    return "1 picture" if count == 1 else f"{count:,} pictures"


def counted(count: int) -> str:
    """Write a small number as a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def jump_url(guild_id: int, channel_id: int, message_id: int) -> str:
    """Write the address of a message; in direct messages the server is 0."""
    return f"https://discord.com/channels/{guild_id or '@me'}/{channel_id}/{message_id}"
