"""What the buttons say that turn the pages of a list."""

from typing import Final

NEWER: Final = "◀ Newer"
OLDER: Final = "Older ▶"
BACK: Final = "◀ Back"
NEXT: Final = "Next ▶"
BEFORE: Final = "◀ Before"
AFTER: Final = "After ▶"
