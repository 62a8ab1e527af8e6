"""How Spark answers: heard from every request, and asked where nobody else has asked for a while."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import spark
from bot.domain.troubles import Trouble
from bot.health.troubles import Troubles
from bot.jobs.background import Background
from spark.clock import Clock

_EVERY: Final = 60.0
"""Seconds without a request after which one is made: a key that is refused is known before anybody needs it."""
_AWAY_AFTER: Final = 2.0
"""Seconds of nothing but failures after which Spark is away: one alone is a task's own trouble."""
_NO_SUCH_TASK: Final = "spark-bot-probe"


class SparkProbe:
    """Tells that Spark is away, refuses the key or a model, or wants money, and that this is over.

    A look shows neither that there is credit nor which models there are: these end with a submit that goes well.
    """

    def __init__(self, troubles: Troubles, clock: Clock) -> None:
        self._troubles = troubles
        self._clock = clock
        self._background = Background()
        self._heard_at = -math.inf
        self._answered_at: float | None = None
        self._failing_since: float | None = None
        self._failures = 0
        self._refused_models: set[str] = set()

    @asynccontextmanager
    async def watching(self, client: spark.Client) -> AsyncIterator[None]:
        """Look at Spark now and then, where nobody else does, while the block runs."""
        self._background.spawn(self._now_and_then(client), "probes of Spark")
        try:
            yield
        finally:
            await self._background.cancel()

    @property
    def answered_ago(self) -> float | None:
        """Tell how many seconds ago Spark answered as it should; None where it never has."""
        return None if self._answered_at is None else self._clock.monotonic() - self._answered_at

    def heard(self, outcome: spark.Outcome) -> None:
        """Hear of a submit or a look."""
        if outcome.model is None:
            self.looked(outcome.error)
        else:
            self.submitted(outcome.model, outcome.error)

    def looked(self, error: spark.SparkError | None) -> None:
        """Hear of a look, and of why it failed."""
        self._note(error)
        match error:
            case spark.Unauthorized() | spark.Forbidden():
                self._refuses_key(error)
            case None:
                self._answered()
            case spark.NotFound(message=said) if said:  # without it, it is a proxy's page
                self._answered()

    def submitted(self, model: str, error: spark.SparkError | None) -> None:
        """Hear of a submit to a model, and of why it failed."""
        self._note(error)
        match error:
            case spark.Unauthorized():
                self._refuses_key(error)
            case spark.PaymentRequired():
                self._met(Trouble.SPARK_OUT_OF_CREDIT, error, "top up the account at Spark")
            case spark.Forbidden():
                remedy = "top up the account at Spark, or give its key the permission that it lacks"
                self._met(Trouble.SPARK_OUT_OF_CREDIT, error, remedy)
            case spark.NotFound():
                self._refused_models.add(model)
                self._met(Trouble.SPARK_REFUSES_MODEL, error, _for_model(model))
            case None:
                self._answered()
                self._troubles.over(Trouble.SPARK_OUT_OF_CREDIT)
                self._refused_models.discard(model)
                if not self._refused_models:
                    self._troubles.over(Trouble.SPARK_REFUSES_MODEL)

    def _note(self, error: spark.SparkError | None) -> None:
        self._heard_at = self._clock.monotonic()
        if not isinstance(error, spark.TransportError | spark.ServerError):
            self._failing_since = None
            self._troubles.over(Trouble.SPARK_AWAY)
            return
        if self._failing_since is None:
            self._failing_since, self._failures = self._heard_at, 0
        self._failures += 1
        if self._heard_at - self._failing_since >= _AWAY_AFTER:
            self._troubles.met(Trouble.SPARK_AWAY, affected=self._failures, reason=error.summary)
            self._failures = 0

    def _answered(self) -> None:
        self._answered_at = self._heard_at
        self._troubles.over(Trouble.SPARK_REFUSES_KEY)

    def _refuses_key(self, error: spark.SparkError) -> None:
        self._met(Trouble.SPARK_REFUSES_KEY, error, "give spark.api_key a key that Spark accepts")

    def _met(self, kind: Trouble, error: spark.SparkError, remedy: str) -> None:
        self._troubles.met(kind, reason=error.summary, remedy=remedy)

    async def _now_and_then(self, client: spark.Client) -> None:
        while True:
            if self._clock.monotonic() - self._heard_at >= _EVERY:
                with suppress(spark.SparkError):  # it was heard of
                    await client.look(_NO_SUCH_TASK)
            await self._clock.sleep(_EVERY)


def _for_model(model: str) -> str:
    known = f"Spark has no model {model} for this key: it is retired, misspelt or not allowed"
    may_be_another = model in {spark.Edit.name, spark.ImageToImage.name}
    return known + "; spark.edit_model can name another one" * may_be_another
