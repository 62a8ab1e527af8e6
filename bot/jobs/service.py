"""Accepting work: the price, the reservation and the job, in one transaction."""

import random
from collections.abc import Sequence

import structlog

from bot.domain.budgets import Account, Budget, BudgetRefusal, first_exceeded, fitting
from bot.domain.confirmation import Agreed, PriceNotAgreed
from bot.domain.jobs import Job, Order, Origin
from bot.domain.pictures.sources import Copy, InputImage
from bot.domain.prices import NOTHING, Price
from bot.domain.refusals import ListedWords, Refusal
from bot.domain.remedies import make_fewer
from bot.domain.warnings import BudgetWarning
from bot.jobs.estimates import Estimates
from bot.jobs.worker import Worker
from bot.orders.listed_words import texts_of
from bot.orders.picture_orders import PictureOrder
from bot.orders.repeats import (
    again_order,
    hd_order,
    require_id,
    require_may_repeat,
    require_owner,
    require_words,
    try_again_order,
)
from bot.store import Accepted, DatabaseAway, Store, Terms
from bot.wording.budgets import budget_refusal, nothing_left
from bot.wording.jobs import tried_again_before, unknown_job
from spark.clock import Clock

_log = structlog.get_logger()
_LINEAGE_MAX = 12
"""How many pictures back somebody is shown where one comes from."""
_QUIET = 10 * 60_000
"""Milliseconds for which moderators are told of one person's listed words once."""
_PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds for which an accept waits for the database to come back."""


class JobService:
    """What commands and clicks ask for; whoever calls it has already acknowledged, or does so meanwhile."""

    def __init__(
        self,
        store: Store,
        worker: Worker,
        estimates: Estimates,
        terms: Terms,
        clock: Clock,
        rng: random.Random,
        confirm_above: int | None,
    ) -> None:
        """Build with the nano-dollars above which an order's person has to agree to its price; None never asks."""
        self._store = store
        self._worker = worker
        self._estimates = estimates
        self._terms = terms
        self._clock = clock
        self._rng = rng
        self._confirm_above = confirm_above

    async def accept(self, origin: Origin, order: Order) -> Accepted | None:
        """Write the job down and reserve its price; None for a replayed event. Raises `Refusal`."""
        prices = [self._estimates.price(task) for task in order.tasks]
        estimates, learnt = [price.nano for price in prices], all(price.learnt for price in prices)
        try:
            accepted = await self._store.jobs.accept(origin, order, estimates, self._terms, learnt=learnt)
        except Refusal as refusal:
            await self._remember(origin, refusal, order.kind)
            raise
        except DatabaseAway:
            # where it was to be warned is not known; asking once too often does no harm
            accepted = Accepted(await self._accepted_unheard(origin.id), warned=True)
        if accepted is not None:
            job, account = accepted.job, origin.account
            _log.info(
                "job.accepted",
                job=job.id,
                kind=job.kind,
                user=account.user_id,
                server=account.guild_id,
                channel=job.channel_id,
                tasks=len(job.tasks),
                reserved_nano=sum(estimates),
            )
        return accepted

    async def require_agreed(self, origin: Origin, agreed: Agreed) -> None:
        """Raise `PriceNotAgreed` where an order costs more than its person has agreed to or is never asked about.

        Raises `Refusal` instead where a budget would be passed, or the server does not want it, all the same.
        """
        above, order = self._confirm_above, agreed.order
        price = self.price(order)
        if above is None or not self.asks_about(price, agreed.price):
            return
        await self.require_welcome(origin, order)
        budgets = await self.budgets(origin.account, origin.role_ids)
        if exceeded := first_exceeded(budgets, price.nano):
            fits = fitting([self._estimates.price(task).nano for task in order.tasks], budgets)
            refusal = budget_refusal(exceeded, price, len(order.tasks), make_fewer(order, fits))
            await self._remember(origin, refusal, order.kind)
            raise refusal
        raise PriceNotAgreed(order, price, above, budgets)

    def asks_about(self, price: Price, agreed: int = 0) -> bool:
        """Whether a person is asked before so much is spent, who has agreed to so many nano-dollars."""
        return self._confirm_above is not None and price.nano > max(self._confirm_above, agreed)

    def price(self, order: Order) -> Price:
        """Expect what an order costs."""
        return sum((self._estimates.price(task) for task in order.tasks), NOTHING)

    def price_of_picture(self, order: PictureOrder) -> Price:
        """Expect what is made of a picture to cost, which is alike whatever its size."""
        return self._estimates.price_of(order.request.name)

    async def warnings(self, account: Account) -> Sequence[BudgetWarning]:
        """Take the warnings that a person was not told yet; they are given once."""
        return await self._store.warnings.take(account, self._clock.now_ms())

    async def _remember(self, origin: Origin, refusal: Refusal, kind: str) -> None:
        """Keep a refusal for moderators; the person is told of it whether or not that works."""
        account = origin.account
        try:
            if isinstance(refusal, ListedWords):
                now = self._clock.now_ms()
                await self._store.refusals.record_words(origin, kind, refusal, _QUIET, now)
                return
            if isinstance(refusal, BudgetRefusal):
                told = refusal.budget.scope.is_own
                await self._store.warnings.used_up(account, refusal.budget, self._clock.now_ms(), told=told)
            await self._store.refusals.record(account, refusal, self._clock.now_ms())
        except DatabaseAway as error:
            _log.warning("refusal.not_recorded", user=account.user_id, error=str(error))

    def begin(self, job: Job, status_message_id: int | None) -> None:
        """Let the worker have an accepted job whose acknowledgement has been sent."""
        self._worker.take(job.id, status_message_id)

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

    def deliver(self, job: Job) -> None:
        """Post in the background what was withheld of a job, on a moderator's word."""
        self._worker.deliver(job.id)

    def show_end(self, job: Job) -> None:
        """Show on a job's status message what has become of it since."""
        self._worker.show_end(job.id)

    async def withdraw(self, job: Job) -> bool:
        """Take back a job whose acknowledgement Discord did not take; False where Spark has it already."""
        return await self._store.jobs.cancel(job.id, self._clock.now_ms())

    async def cancel(self, job: Job, asked_by: int) -> tuple[bool, Job]:
        """Take back a waiting job on its owner's word; tell whether that was done now, and how the job stands.

        Raises `Refusal` where somebody else asks.
        """
        require_words(job)
        require_owner(job, asked_by)
        cancelled = await self._store.jobs.cancel(job.id, self._clock.now_ms(), has_status_message=True)
        if cancelled:
            _log.info("job.cancelled", job=job.id)
            self._worker.show_end(job.id)
        return cancelled, await self.known(job.id)

    async def try_again(self, job: Job, asked_by: int, click_key: str) -> Order:
        """Order anew what came to nothing in an earlier job: the same words and seeds, paid for anew."""
        require_words(job)
        require_owner(job, asked_by)
        if await self._store.jobs.was_repeated(job.id):
            raise tried_again_before(job.kind)
        return try_again_order(job, click_key)

    def again(self, job: Job, asked_by: int, click_key: str) -> Order:
        """Order an earlier job once more with new seeds, paid by whoever asks."""
        require_words(job)
        require_may_repeat(job, asked_by)
        return again_order(job, self._rng, click_key)

    def in_hd(self, job: Job, position: int, asked_by: int, click_key: str) -> Order:
        """Order one of an earlier job's pictures once more in HD, paid by whoever asks."""
        require_words(job)
        require_may_repeat(job, asked_by)
        return hd_order(job, position, click_key)

    async def known(self, job_id: int) -> Job:
        """Read a job that a button names; raises `Refusal` where its record is gone."""
        job = await self._store.jobs.get(require_id(job_id))
        if job is None:
            raise unknown_job()
        return job

    async def with_status_message(self, message_id: int) -> Job | None:
        """Read the job whose status message a message is; None for any other message."""
        return await self._store.jobs.with_status_message(message_id)

    async def lineage(self, job_id: int) -> Sequence[Job]:
        """Read a job that a button names, and the jobs whose pictures it goes back to, the job itself first."""
        line = await self._store.lineage.of(require_id(job_id), _LINEAGE_MAX)
        if not line:
            raise unknown_job()
        return line

    async def removed(self, job: Job, removed_by: int) -> None:
        """Record on whose word a job's pictures were deleted, and have its status message say so."""
        await self._store.jobs.record_removed(job.id, removed_by, self._clock.now_ms())
        self._worker.show_end(job.id)

    async def hidden(self, job: Job) -> bool:
        """Record that a job's pictures are hidden from now on, and take them off its status message.

        False where they were hidden before.
        """
        first = await self._store.jobs.record_hidden(job.id)
        self._worker.show_end(job.id)
        return first

    async def input_of(self, job: Job) -> InputImage | None:
        """Read the picture that a job works on; None where there is none, or it is no longer kept."""
        sha256 = job.tasks[0].image_sha256
        return None if sha256 is None else await self._store.images.get(sha256)

    async def require_welcome(self, origin: Origin, order: Order | None = None) -> None:
        """Raise `Refusal` where a server's moderators have stopped a person, or do not want the bot in a place.

        So it does where an order that is known already holds listed words. `accept` checks it again; this comes
        before anything is fetched or filled in for nothing.
        """
        texts = frozenset() if order is None else texts_of(order)
        try:
            await self._store.jobs.require_welcome(origin, texts, self._terms)
        except Refusal as refusal:
            await self._remember(origin, refusal, "" if order is None else order.kind)
            raise

    async def require_room(self, origin: Origin, order: PictureOrder) -> bool:
        """Raise `Refusal` where `accept` would whatever the picture is, before that is fetched for nothing.

        False for a replayed event.
        """
        price = self.price_of_picture(order)
        try:
            return await self._store.jobs.require_room(
                origin, texts_of(order), order.click_key, price, self._terms
            )
        except Refusal as refusal:
            await self._remember(origin, refusal, order.kind)
            raise

    async def needs_copy(self, copy: Copy) -> bool:
        """Whether something is still to be made from a posted copy of a picture."""
        return await self._store.jobs.needs_copy(copy)

    async def require_something_left(self, account: Account, role_ids: frozenset[int]) -> None:
        """Raise `Refusal` where a limit leaves nothing, before anybody fills in a form for nothing."""
        if exceeded := first_exceeded(await self.budgets(account, role_ids), 1):
            raise nothing_left(exceeded)

    async def budgets(self, account: Account, role_ids: frozenset[int]) -> list[Budget]:
        """Tell what an account has spent, reserved and left."""
        return await self._store.ledger.budgets(account, role_ids, self._terms.ceilings, self._clock.now_ms())
