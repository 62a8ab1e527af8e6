"""Input pictures: what each model takes, what a file is, and how to make the one from the other."""

from spark.images.fitting import PLACE_REMOVED, Fitted, fit
from spark.images.inspection import ImageInfo, inspect
from spark.images.limits import LIMITS, SOURCE_BYTES_MAX, Limits

__all__ = ["LIMITS", "PLACE_REMOVED", "SOURCE_BYTES_MAX", "Fitted", "ImageInfo", "Limits", "fit", "inspect"]
