"""Why a picture that somebody sent is not taken, and what its person can do."""

from collections.abc import Mapping
from typing import Final

import spark
from bot.domain.pictures.hosts import shown_host
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import plain

_SHOWN_MAX: Final = 80
_SMALLER: Final = "Send a smaller copy: an export as JPEG at half the size, or a screenshot of it, will do."
_AS_A_FILE: Final = "Save the picture and send it here as a file."
_WHOLE: Final = "Open it on your device; if it shows there, save it there as JPEG or PNG and send that."

_ADVICE: Final[Mapping[str, tuple[str, str]]] = {
    "empty": ("There is nothing in this file.", "Send the picture once more."),
    "too_large": ("This file is too large.", _SMALLER),
    "not_an_image": (
        "This file is no picture.",
        "Send a JPEG, PNG, WebP, GIF, HEIC or AVIF; what is inside counts, not the file's name.",
    ),
    "broken": ("This picture is damaged.", _WHOLE),
    "too_many_pixels": ("This picture has too many pixels.", _SMALLER),
    "too_heavy": ("This picture is too heavy to be opened.", _SMALLER),
    "too_small": ("This picture is too small.", "Send a larger one."),
    "too_long": ("This picture is too narrow.", "Cut it to the part that matters, and send that."),
}
"""What is so and what to do, by the reason of `spark.ImageRefused`."""


def unfit(refused: spark.ImageRefused) -> Refusal:
    """Say why no model can take a picture."""
    so, advice = _ADVICE[refused.reason]
    return Refusal(Refuser.BOT, so, f"{refused} {refused.advice or advice}")


def too_many_at_once() -> Refusal:
    """Say that a person's earlier pictures are still being looked at."""
    return Refusal(
        Refuser.BOT, "I am still looking at your other pictures.", "Send this one again in a few seconds."
    )


def too_large(filename: str, size: int | None) -> Refusal:
    """Say that a file has too many bytes; `size` is None where it is not known, since the rest was not fetched."""
    most = f"{spark.SOURCE_BYTES_MAX / 1e6:.0f} MB"
    has = f"has {size / 1e6:.0f} MB" if size is not None else f"has more than {most}"
    so, advice = _ADVICE["too_large"]
    return Refusal(Refuser.BOT, so, f"{_named(filename)} {has}, and {most} is the most. {advice}")


def expired(filename: str) -> Refusal:
    """Say that Discord no longer has a file at its address."""
    return Refusal(Refuser.DISCORD, f"{_named(filename)} is no longer in Discord.", "Send the picture again.")


def foreign_host(url: str) -> Refusal:
    """Say that pictures are not fetched from there."""
    host = plain(shown_host(url), _SHOWN_MAX)
    return Refusal(Refuser.BOT, f"I take pictures from Discord alone, not from “{host}”.", _AS_A_FILE)


def led_elsewhere(filename: str) -> Refusal:
    """Say that an address of Discord's only points to another one."""
    return Refusal(Refuser.BOT, f"The address of {_named(filename)} leads away from Discord.", _AS_A_FILE)


def not_handed_out(filename: str) -> Refusal:
    """Say that Discord's file store is in trouble."""
    return Refusal(Refuser.DISCORD, f"Discord does not hand out {_named(filename)} now.", "Try again in a minute.")


def _named(filename: str) -> str:
    return f"“{plain(filename, _SHOWN_MAX)}”"
