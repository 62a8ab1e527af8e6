"""Accepting work: the price, the reservation and the job, in one transaction."""

import random

import structlog

from bot.domain.budgets import Account, Budget
from bot.domain.jobs import Job, Order, Origin
from bot.domain.refusals import Refusal, Refuser
from bot.domain.repeats import again_order, require_owner, try_again_order
from bot.jobs.estimates import Estimates
from bot.jobs.worker import Worker
from bot.store import DatabaseAway, Store, Terms
from spark.clock import Clock

_log = structlog.get_logger()
_PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds for which an accept waits for the database to come back."""


class JobService:
    """What commands and clicks ask for; whoever calls it has already acknowledged, or does so meanwhile."""

    def __init__(
        self, store: Store, worker: Worker, estimates: Estimates, terms: Terms, clock: Clock, rng: random.Random
    ) -> None:
        self._store = store
        self._worker = worker
        self._estimates = estimates
        self._terms = terms
        self._clock = clock
        self._rng = rng

    async def accept(self, origin: Origin, order: Order) -> Job | None:
        """Write the job down and reserve its price; None for a replayed event. Raises `Refusal`."""
        prices = [self._estimates.price(task) for task in order.tasks]
        try:
            job = await self._store.jobs.accept(origin, order, prices, self._terms)
        except DatabaseAway:
            job = await self._accepted_unheard(origin.id)
        if job is not None:
            account = origin.account
            _log.info(
                "job.accepted",
                job=job.id,
                kind=job.kind,
                user=account.user_id,
                server=account.guild_id,
                channel=job.channel_id,
                tasks=len(job.tasks),
                reserved_nano=sum(prices),
            )
        return job

    async def begin(self, job: Job, head_id: int | None) -> None:
        """Let the worker have an accepted job whose acknowledgement has been sent."""
        try:
            if head_id is not None:
                await self._store.jobs.record_head(job.id, head_id)
        except DatabaseAway as error:
            _log.warning("head.not_recorded", job=job.id, error=str(error))  # Discord can be asked for it
        finally:
            self._worker.take(job.id)

    async def _accepted_unheard(self, job_id: int) -> Job:
        """Find a job whose commit may have been made although the database went away; raises `DatabaseAway`."""
        for pause in _PAUSES:
            await self._clock.sleep(pause)
            try:
                job = await self._store.jobs.get(job_id)
            except DatabaseAway:
                continue
            if job is not None:
                return job
            break
        raise DatabaseAway("nothing was accepted, as far as is known")

    async def withdraw(self, job: Job) -> bool:
        """Take back a job whose acknowledgement Discord did not take; False where Spark has it already."""
        return await self._store.jobs.cancel(job.id, int(self._clock.time() * 1000))

    async def try_again(self, job_id: int, asked_by: int, click_key: str) -> Order:
        """Order anew what came to nothing in an earlier job: the same words and seeds, paid for anew."""
        job = await self.known(job_id)
        require_owner(job, asked_by, "to try again")
        if await self._store.jobs.was_repeated(job_id):
            raise Refusal(
                Refuser.BOT,
                "to try again: that has been done",
                "An earlier click on this button has brought the picture.",
                f"Look below for it, or ask for another with /{job.kind}.",
            )
        return try_again_order(job, click_key)

    async def again(self, job_id: int, asked_by: int, click_key: str) -> Order:
        """Order an earlier job once more with new seeds, paid for anew."""
        job = await self.known(job_id)
        require_owner(job, asked_by, "to paint this again")
        return again_order(job, self._rng, click_key)

    async def known(self, job_id: int) -> Job:
        """Read a job that a button names; raises `Refusal` where its record is gone."""
        job = await self._store.jobs.get(job_id)
        if job is None:
            raise Refusal(
                Refuser.BOT,
                "this click: the job is no longer known",
                "Its record has been erased.",
                "Ask for it anew with a command; /help shows them.",
            )
        return job

    async def budgets(self, account: Account, role_ids: frozenset[int]) -> list[Budget]:
        """Tell what an account has spent, reserved and left."""
        now = int(self._clock.time() * 1000)
        return await self._store.ledger.budgets(account, role_ids, self._terms.ceilings, now)
