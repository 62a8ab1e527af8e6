"""How well a process is: what a restart would mend, and whether it does now what people ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.troubles import SPARK, Trouble

_CLAIMS_STUCK: Final = 180.0
"""Seconds without a claim that has gone well; there is one each minute at least."""


@dataclass(frozen=True, slots=True)
class Health:
    """The parts of a process at one moment."""

    rounds_go_on: bool
    """Whether the worker's rounds are still made, or have not begun yet."""
    rounds_go_well: bool
    """Whether they have begun, and none fails again and again."""
    claimed_ago: float | None
    """Seconds since a claim went well, or the first was to be made; None before."""
    database: bool
    """Whether it takes what is written now."""
    database_well_for: float
    """For how many seconds every probe of it has gone well."""
    discord: bool
    """Whether all shards are connected."""
    written_ago: float | None
    """Seconds since a write was last seen to go well; None where none has yet."""
    answered_ago: float | None
    """The same of an answer of Spark's."""
    troubles: Mapping[Trouble, float]
    """What is wrong now, and for how many seconds it has been."""

    @property
    def worker(self) -> bool:
        """Whether what waits is claimed."""
        return self.rounds_go_well and self._unclaimed_for < _CLAIMS_STUCK

    @property
    def spark(self) -> bool:
        """Whether Spark makes pictures, as far as is known."""
        return SPARK.isdisjoint(self.troubles)

    @property
    def is_alive(self) -> bool:
        """Whether a restart would mend nothing.

        It would where rounds have ended, or where no claim has gone well for minutes in which the database took
        every probe: that is a bug, or steps that stand still, and a new process may get past both. It would not
        where the database itself is away, full or silent, nor for Spark and Discord: the bot waits for those by
        itself, and a restart only makes people wait longer. The minutes count from when the database was back, so
        that the first claim after an outage has the time that it needs.
        """
        return self.rounds_go_on and min(self._unclaimed_for, self.database_well_for) < _CLAIMS_STUCK

    @property
    def is_ready(self) -> bool:
        """Whether a picture that is asked for now would be made and posted."""
        return self.worker and self.database and self.discord and self.spark

    @property
    def _unclaimed_for(self) -> float:
        return self.claimed_ago or 0.0
