"""Options that were typed into a form, where everything arrives as text."""

import re
from typing import Final

from bot.wording.options import not_a_share

_NUMBER: Final = re.compile(r"[0-9]*[.,]?[0-9]+", re.ASCII)


def typed_number(name: str, text: str) -> float | None:
    """Read a number, with a point or a comma; None where nothing was typed. Raises `Refusal`."""
    text = text.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise not_a_share(name, text)
    return float(text.replace(",", "."))
