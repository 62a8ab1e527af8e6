"""What a picture was made from, step by step back, in as much room as a message leaves."""

from collections.abc import Iterable, Sequence

from bot.wording.amounts import LINES_MAX
from bot.wording.text import MESSAGE_MAX

_TITLE = "**Made from**"
_FURTHER_BACK = "-# … and further back"


def with_origins(head: Sequence[str], origins: Iterable[str], foot: Sequence[str]) -> str:
    """Write a message of its lines before, as many of a picture's origins as fit, and its lines after.

    The nearest origin comes first. Gives 2,000 characters at most, and no long page.
    """
    return "\n".join([*head, *origins_between(head, origins, foot), *foot])


def origins_between(head: Sequence[str], origins: Iterable[str], foot: Sequence[str]) -> list[str]:
    """Write as many of a picture's origins as fit between a page's lines before and after; none has no heading."""
    room = MESSAGE_MAX - len("\n".join([*head, _FURTHER_BACK, *foot])) - 1
    lines = LINES_MAX - len(head) - len(foot) - 2
    written: list[str] = []
    for number, origin in enumerate(origins, start=1):
        entry = f"{number}. {origin}"
        room -= len(entry) + 1
        lines -= 1 + entry.count("\n")
        if (lines < 0 and number > 1) or room < len(f"{_TITLE}\n"):
            written.append(_FURTHER_BACK)
            break
        written += [_TITLE, entry] if number == 1 else [entry]
    return written
