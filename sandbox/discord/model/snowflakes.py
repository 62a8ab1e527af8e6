"""Discord's ids: 64 bits whose upper part is the time of their making."""

from spark.clock import Clock

EPOCH_MS = 1_420_070_400_000
"""The first second of 2015 (UTC), from which snowflakes count."""


class Snowflakes:
    """Makes ids that carry the clock's time and never repeat, however still the clock stands."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def new(self) -> int:
        """Make the next id."""
        self._last = max(snowflake_at(self._clock.time()), self._last + 1)
        return self._last


def snowflake_at(moment: float) -> int:
    """Give the lowest id of `moment` (seconds since the Unix epoch)."""
    return (int(moment * 1000) - EPOCH_MS) << 22


def moment_of(snowflake: int) -> float:
    """Tell when `snowflake` was made (seconds since the Unix epoch)."""
    return ((snowflake >> 22) + EPOCH_MS) / 1000


def shard_of(guild_id: int, shard_count: int) -> int:
    """Tell which of `shard_count` shards gets a guild's events."""
    return (guild_id >> 22) % shard_count
