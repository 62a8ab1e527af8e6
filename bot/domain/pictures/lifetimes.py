"""How long the addresses of Discord's files work, and what that means for those who fetch them later."""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

from bot.domain.pictures.sources import Source

RESULT_LIFE = 24 * 60 * 60.0
"""Seconds for which Spark gives out a result."""

MARGIN: Final = 20 * 60_000
"""Milliseconds for which an address must still work: its task may wait, and Spark fetches when it likes."""
ATTACHED_LIFE: Final = 15 * 60_000
"""Milliseconds after which Discord forgets a file that was attached to a command or a form."""
_ATTACHED_MARGIN: Final = 5 * 60_000
_FILE: Final = re.compile(r"/(?:ephemeral-)?attachments/[0-9]+/([0-9]+)/")
_DISCORD_EPOCH: Final = 1_420_070_400_000


def expires_at(url: str) -> int | None:
    """Tell when a signed address expires, in Unix milliseconds; None where it does not."""
    told = parse_qs(urlsplit(url).query).get("ex")
    if told is None:
        return None
    try:
        return int(told[0], 16) * 1000
    except ValueError:
        return 0  # nobody knows; a new one is better


def works_at(url: str, now: int) -> bool:
    """Whether a message's file can be fetched from an address now, and for some minutes more."""
    until = expires_at(url)
    return until is None or now < until - MARGIN


def is_at_hand(source: Source, now: int) -> bool:
    """Whether the file itself may still be had from Discord, though perhaps by a new address.

    A file in a message stays for as long as the message, of which nothing is known here. One that was attached to
    a command or a form is in no message; it vanishes soon, and no address is given out for it any more.
    """
    if source.message_id is not None:
        return True
    if (file := _FILE.search(urlsplit(source.url).path)) is None:
        return works_at(source.url, now)
    attached = (int(file[1]) >> 22) + _DISCORD_EPOCH
    return now < attached + ATTACHED_LIFE - _ATTACHED_MARGIN


def same_file(url: str, other: str) -> bool:
    """Whether two addresses lead to one file, whichever of Discord's hosts they name and however signed."""
    return urlsplit(url).path == urlsplit(other).path
