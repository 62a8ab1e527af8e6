"""How small a picture is made where Discord takes less than it has said."""

from typing import Final

TAKEN_ANYWHERE: Final = 8_000_000
"""Bytes per file that Discord takes where its own word on its limit overstates it."""
_LEAST: Final = 500_000
"""Bytes below which nothing is worth sending."""


def next_goal(refused: int) -> int | None:
    """Tell how many bytes to try after a file of so many was refused for them; None where there is no point."""
    if refused <= _LEAST:
        return None
    return TAKEN_ANYWHERE if refused > TAKEN_ANYWHERE else max(_LEAST, refused // 2)
