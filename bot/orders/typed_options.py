"""Options that were typed into a form, where everything arrives as text."""

import re
from typing import Final

from bot.wording.options import shown, wrong

_NUMBER: Final = re.compile(r"[0-9]*[.,]?[0-9]+", re.ASCII)


def typed_number(name: str, text: str) -> float | None:
    """Read a number, with a point or a comma; None where nothing was typed. Raises `Refusal`."""
    text = text.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise wrong(name, f"it is {shown(text)}", "Write a number from 0 to 1, such as 0.5, or leave it empty.")
    return float(text.replace(",", "."))
