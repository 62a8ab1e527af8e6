"""What an operator has to hear of, by kind: each is said when it begins and when it is over."""

from enum import StrEnum
from typing import Final


class Trouble(StrEnum):
    """What may be wrong for a while; its value is its event in the log."""

    SPARK_AWAY = "spark.away"
    """Spark cannot be reached, or answers 5xx."""
    SPARK_REFUSES_KEY = "spark.refuses_key"
    SPARK_OUT_OF_CREDIT = "spark.out_of_credit"
    SPARK_REFUSES_MODEL = "spark.refuses_model"
    DATABASE_AWAY = "database.away"
    DATABASE_FULL = "database.full"
    DISCORD_AWAY = "discord.away"
    """Discord does not let the bot log in or connect."""
    DISCORD_NOT_REGISTERED = "discord.not_registered"
    """Discord does not take the commands; the bot works with those that it has."""


DATABASE: Final = frozenset({Trouble.DATABASE_AWAY, Trouble.DATABASE_FULL})
"""Nothing can be accepted or written down."""
SPARK: Final = frozenset({Trouble.SPARK_AWAY, Trouble.SPARK_REFUSES_KEY, Trouble.SPARK_OUT_OF_CREDIT})
"""No picture can be made."""
