"""Why a picture that somebody sent is not taken, and what its person can do."""

from collections.abc import Mapping
from typing import Final

import spark
from bot.domain.pictures.hosts import shown_host
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import plain

_SHOWN_MAX: Final = 80
_SMALLER: Final = "Send a smaller copy: an export as JPEG at half the size, or a screenshot of it, will do."
_WHOLE: Final = "Open it on your device; if it shows there, save it anew as JPEG or PNG and send that."

_ADVICE: Final[Mapping[str, tuple[str, str]]] = {
    "empty": ("this file: there is nothing in it", "Send the picture once more."),
    "too_large": ("this file: it is too large", _SMALLER),
    "not_an_image": (
        "this file: it is no picture",
        "Send a JPEG, PNG, WebP, GIF, HEIC or AVIF; what is inside counts, not the file's name.",
    ),
    "broken": ("this picture: it is damaged", _WHOLE),
    "too_many_pixels": ("this picture: it has too many pixels", _SMALLER),
    "too_heavy": ("this picture: it is too heavy to be opened", _SMALLER),
    "too_small": ("this picture: it is too small", "Send a larger one."),
    "too_long": ("this picture: it is too narrow", "Cut it to the part that matters, and send that."),
}
"""What is refused and what to do, by the reason of `spark.ImageRefused`."""


def unfit(refused: spark.ImageRefused) -> Refusal:
    """Say why no model can take a picture."""
    what, advice = _ADVICE[refused.reason]
    return Refusal(Refuser.BOT, what, str(refused), refused.advice or advice)


def too_many_at_once(most: int) -> Refusal:
    """Say that a person's earlier pictures are still being looked at."""
    return Refusal(
        Refuser.BOT,
        "this picture: your others are not done yet",
        f"At most {most} pictures of one person are fetched and opened at a time, and {most} of yours are.",
        "Send it again in a few seconds.",
    )


def too_large(filename: str, size: int | None) -> Refusal:
    """Say that a file has too many bytes; `size` is None where it is not known, since the rest was not fetched."""
    most = f"{spark.SOURCE_BYTES_MAX / 1e6:.0f} MB"
    has = f"has {size / 1e6:.0f} MB" if size is not None else f"has more than {most}"
    what, advice = _ADVICE["too_large"]
    return Refusal(Refuser.BOT, what, f"{_named(filename)} {has}; the most is {most}.", advice)


def expired(filename: str) -> Refusal:
    """Say that Discord no longer has a file at its address."""
    return Refusal(
        Refuser.DISCORD,
        "to hand out this picture: its link has expired",
        f"{_named(filename)} is no longer where it was, or its message has been deleted.",
        "Send the picture again.",
    )


def foreign_host(url: str) -> Refusal:
    """Say that pictures are not fetched from there."""
    host = plain(shown_host(url), _SHOWN_MAX)
    return Refusal(
        Refuser.BOT,
        "this picture: it is not Discord's",
        f"Its address leads to “{host}”; pictures are fetched from Discord's own hosts alone.",
        "Save the picture and send it here as a file.",
    )


def led_elsewhere(filename: str) -> Refusal:
    """Say that an address of Discord's only points to another one."""
    return Refusal(
        Refuser.BOT,
        "this picture: its address leads elsewhere",
        f"Where {_named(filename)} should be, there is only a pointer to another address, and none is followed.",
        "Save the picture and send it here as a file.",
    )


def not_handed_out(filename: str, why: str) -> Refusal:
    """Say that Discord's file store is in trouble."""
    return Refusal(
        Refuser.DISCORD,
        "to hand out this picture",
        f"{_named(filename)} could not be fetched: {why}.",
        "Try again in a minute.",
    )


def _named(filename: str) -> str:
    return f"“{plain(filename, _SHOWN_MAX)}”"
