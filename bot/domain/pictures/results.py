"""Pictures that Spark has made, as they are and as Discord gets them."""

from dataclasses import dataclass, field

import spark


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as Spark made it, in a file that tells how it was made."""

    data: bytes = field(repr=False)
    width: int
    height: int
    provenance: spark.Provenance


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as Discord gets it."""

    full: Picture
    """As Spark made it."""
    data: bytes = field(repr=False)
    width: int
    height: int

    @property
    def smaller(self) -> bool:
        """Whether the full picture had too many bytes, so that this one is a JPEG of it."""
        return self.data is not self.full.data
