"""Input pictures: what each model takes, what a file is, and how to make the one from the other."""

from spark.images.changes import PLACE_REMOVED
from spark.images.fitting import Fitted, Shrunk, fit, measure, shrink
from spark.images.limits import LIMITS, SOURCE_BYTES_MAX, Limits
from spark.images.previews import Previewer
from spark.images.workshop import scratch_file

__all__ = [
    "LIMITS",
    "PLACE_REMOVED",
    "SOURCE_BYTES_MAX",
    "Fitted",
    "Limits",
    "Previewer",
    "Shrunk",
    "fit",
    "measure",
    "scratch_file",
    "shrink",
]
