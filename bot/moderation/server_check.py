"""What the bot knows by itself of how a server is set up, and whether Spark answers."""

import asyncio
from typing import Final

import spark
from bot.domain.budgets import Account
from bot.domain.moderation.server_check import KnownOfServer, SparkStanding
from bot.jobs.estimates import Estimates
from bot.jobs.service import JobService
from bot.moderation.service import Moderation

_NO_SUCH_TASK: Final = "spark-bot-check"
_PATIENCE: Final = 5.0
"""Real seconds for Spark to answer."""


class ServerCheck:
    """Looks at what `/spend check` tells beside what Discord shows."""

    def __init__(
        self, moderation: Moderation, jobs: JobService, estimates: Estimates, client: spark.Client
    ) -> None:
        self._moderation = moderation
        self._jobs = jobs
        self._estimates = estimates
        self._client = client

    async def known(self, guild_id: int) -> KnownOfServer:
        """Read a server's rules, its limits with those of anybody in it, a price, and how Spark answers."""
        return KnownOfServer(
            await self._moderation.rules(guild_id),
            await self._jobs.budgets(Account(guild_id, 0), frozenset()),
            self._estimates.price_of(spark.TextToImage.name, *spark.STANDARD_SIZES["1:1"]),
            await self._spark(),
        )

    async def _spark(self) -> SparkStanding:
        """Ask for a task that there is not, which costs nothing."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._client.look(_NO_SUCH_TASK)
        except spark.Unauthorized:
            return SparkStanding.LOCKED_OUT
        except (spark.TransportError, spark.ServerError, TimeoutError):
            return SparkStanding.AWAY
        except spark.SparkError:  # it knows the key, and not the task
            return SparkStanding.ANSWERS
        return SparkStanding.ANSWERS
