"""Input pictures: what each model takes, what a file is, and how to make the one from the other."""

from spark.images.changes import HIDDEN_DATA, PLACE_REMOVED
from spark.images.fingerprints import Fingerprint, alike
from spark.images.fitting import Fitted, Shrunk, fingerprint, fit, measure, shrink
from spark.images.limits import LIMITS, SOURCE_BYTES_MAX, Limits
from spark.images.previews import Previewer
from spark.images.provenance import Provenance
from spark.images.stamps import Stamper
from spark.images.workshop import scratch_file

__all__ = [
    "HIDDEN_DATA",
    "LIMITS",
    "PLACE_REMOVED",
    "SOURCE_BYTES_MAX",
    "Fingerprint",
    "Fitted",
    "Limits",
    "Previewer",
    "Provenance",
    "Shrunk",
    "Stamper",
    "alike",
    "fingerprint",
    "fit",
    "measure",
    "scratch_file",
    "shrink",
]
