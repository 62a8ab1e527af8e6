"""What is said among the changes of a picture whose metadata was left out."""

from typing import Final

HIDDEN_DATA: Final = "removed its hidden data"
PLACE_REMOVED: Final = "removed its hidden data, with the place where it was taken"
"""Of a picture that told where it was taken."""
