"""Files: as they are sent in, and as Discord keeps them."""

import io
import mimetypes
import re
from dataclasses import dataclass, field

from PIL import Image, UnidentifiedImageError

MEBIBYTE = 1024 * 1024
EPHEMERAL_FILE_LIFETIME = 15 * 60.0
"""Seconds for which a file given to a command or a modal is kept: Discord says "a set period" and not which."""

_FILENAME_LEFTOVERS = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent; `index` is the n of its part `files[n]`."""

    index: int
    filename: str
    content: bytes
    description: str | None = None
    measured: bool = True
    """False where Discord tells neither the file's type nor the picture's size, as happens."""
    explicit: bool = False
    """Whether Discord, which looks at every picture, takes this one for explicit."""


@dataclass(slots=True, eq=False)
class Attachment:
    """A file, its bytes kept."""

    id: int
    channel_id: int
    filename: str
    content: bytes = field(repr=False)
    content_type: str | None = None
    description: str | None = None
    size: tuple[int, int] | None = None
    """Width and height of a picture, in pixels."""
    ephemeral: bool = False
    vanishes_at: float | None = None
    """When Discord forgets it by itself (seconds since the Unix epoch); None for as long as its message stands."""
    gone: bool = False
    hidden: bool = False
    """Whether it was made a spoiler by an edit, which leaves its name alone."""
    explicit: bool = False
    """Whether Discord takes it for explicit."""

    @property
    def spoiler(self) -> bool:
        """Whether clients hide the picture until it is clicked."""
        return self.hidden or self.filename.startswith("SPOILER_")

    def available(self, now: float) -> bool:
        """Whether it can still be fetched."""
        return not self.gone and (self.vanishes_at is None or now < self.vanishes_at)


def stored_name(filename: str) -> str:
    """Name a file as Discord stores it: letters, digits, dots, dashes and underscores."""
    return _FILENAME_LEFTOVERS.sub("_", filename.replace(" ", "_")).strip("_") or "unknown"


def content_type_of(filename: str) -> str | None:
    """Tell a file's type from its name; what the uploader claims does not count."""
    return mimetypes.guess_type(filename)[0]


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Tell a picture's width and height in pixels; None for what is no picture, or an outsized one."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return picture.size
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
