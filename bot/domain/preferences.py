"""What a person has chosen for themselves: how /imagine paints, what replies mean, who may use pictures."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.pictures.ownership import PictureWord
from bot.domain.sizes import USUAL_SIZE, Quality, Shape, UsualSize

ENHANCE: Final = ("auto", "on", "off")


class Replies(StrEnum):
    """What becomes of a person's reply that may be an order or not; plain talk is left alone in any case."""

    EDIT = "edit"
    """It edits the picture."""
    ASK = "ask"
    """They are asked."""
    NEVER = "never"
    """Nothing: none of their replies edits, unless the bot's name stands in it."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """One person's choices, the same on every server; None is the bot's own default."""

    shape: Shape | None = None
    quality: Quality | None = None
    enhance: str | None = None
    replies: Replies = Replies.ASK
    pictures: PictureWord | None = None
    """Who may work on their pictures; where they have said nothing, the server's rule holds."""
    results: bool = True
    """Whether others may work on what they make, as far as the pictures in it allow that."""

    @property
    def usual_size(self) -> UsualSize:
        """Tell what their pictures are like where they ask for nothing else."""
        return UsualSize(self.shape or USUAL_SIZE.shape, self.quality or USUAL_SIZE.quality)
