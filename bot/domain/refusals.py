"""The one error class that is for people; everything else is a bug."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.money import usd_text


class Refuser(StrEnum):
    """Who says no."""

    BOT = "This bot"
    SERVER = "This server"
    LIMIT = "The spending limit"
    SPARK = "Spark"
    DISCORD = "Discord"


@dataclass(eq=False)  # not frozen: Python itself sets an exception's traceback
class Refusal(Exception):
    """A clear "no": who refused what, why, what to do, and what it cost."""

    refuser: Refuser
    what: str
    """Completes "… refused": one short clause, without a full stop."""
    why: str
    """One or two whole sentences."""
    advice: str = ""
    """What the person can do now; empty where `what` is a sentence of its own and `why` the way on."""
    charged_nano: int = 0
    in_public: str | None = None
    """What stands for why and advice where others read along; None where these are for everybody."""

    @property
    def text_in_public(self) -> str:
        """Write the refusal for a message that others see too."""
        return self.text if self.in_public is None else self._written(self.in_public)

    @property
    def text(self) -> str:
        """Write the refusal for a Discord message."""
        if not self.advice:
            return f"**{self.what}**\n{self.why}"
        return self._written(f"{self.why}\n{self.advice}")

    def _written(self, reason: str) -> str:
        charged = "Nothing was charged." if self.charged_nano == 0 else f"Charged: {usd_text(self.charged_nano)}."
        return f"**{self.refuser} refused {self.what}.**\n{reason}\n-# {charged}"

    def __str__(self) -> str:
        return f"{self.refuser} refused {self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class PastRefusal:
    """One thing that somebody was refused."""

    refuser: str
    what: str
    at: int
    """Unix milliseconds."""
