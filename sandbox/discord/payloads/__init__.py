"""How Discord writes its objects as JSON: ids and permissions as strings, times in ISO 8601."""

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


def iso(moment: float) -> str:
    """Write a time (seconds since the Unix epoch) as Discord does."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="microseconds")
