"""Short ids for what nobody foresaw: shown to the person, carried by the log."""

import hashlib
import traceback


def incident_id(error: BaseException) -> str:
    """Name an error by where it arose and what it said: six characters, the same for the same fault."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return hashlib.sha256(f"{place}:{type(error).__name__}:{error}".encode()).hexdigest()[:6]
