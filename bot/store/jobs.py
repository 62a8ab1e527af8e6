"""The jobs: accepted in one transaction, found again, taken back; each method is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.domain.budgets import Account, first_exceeded, fitting, windows_at
from bot.domain.jobs import INTERACTION_TOKEN_LIFE, Job, Order, Origin
from bot.domain.limits import Ceilings
from bot.domain.moderation.server_rules import ServerRules
from bot.domain.moderation.words import NO_WORDS, WordList
from bot.domain.pictures.sources import Copy, Source
from bot.domain.prices import Price
from bot.domain.remedies import make_fewer
from bot.domain.states import (
    AWAITED,
    ENDED_JOBS,
    IN_PROGRESS,
    JOBS,
    TASKS,
    JobEvent,
    JobState,
    TaskEvent,
    TaskState,
    the_step_of,
)
from bot.orders.ages import require_age_for
from bot.orders.listed_words import Texts, require_unlisted, texts_of
from bot.store import images, ledger, warnings
from bot.store.complaints import has_changed
from bot.store.database import Row, Statement, Steps, Transaction, given, reads, writes
from bot.store.moderation import block_of, rules_of
from bot.store.ownership import keep_owners
from bot.store.rows import job_of, jobs_of, maybe_job, source_from, source_row, task_from, task_rows, with_tasks
from bot.store.schema import jobs, results, tasks
from bot.store.turns import is_unended, lock_claims
from bot.wording.blocks import blocked
from bot.wording.budgets import budget_refusal
from bot.wording.jobs import already_on_it, too_many_on_the_way
from bot.wording.server_rules import not_allowed_here


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person's new job has to fit under."""

    ceilings: Ceilings
    unfinished: int
    """How many tasks a person may have running and waiting together."""
    words: WordList = NO_WORDS
    """What nothing is made of, wherever it is asked for."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A job that was written down."""

    job: Job
    warned: bool
    """Whether a share of the person's own limit was reached that they were not told of yet."""


AUTOMOD_PATIENCE: Final = 5000
"""Milliseconds for which a task waits at the most for its status message to stand."""
_ID = jobs.c.id == sa.bindparam("of_job")
_UNCANCELLED, _CANCELLED = the_step_of(JOBS, JobEvent.CANCEL)
_WAITING, _TAKEN_BACK = the_step_of(TASKS, TaskEvent.CANCEL)
_UNSHOWN = (
    sa.select(jobs)
    # the words of its index: SQLite uses it only where they stand so
    .where(jobs.c.state.in_(ENDED_JOBS), sa.text("NOT head_final"))
    .order_by(jobs.c.id)
)

_INSERT = Statement(
    insert(jobs)
    .values(
        **given(
            *("id", "kind", "title", "spoiler", "guild_id", "user_id", "channel_id", "place", "upload_limit"),
            *("application_id", "interaction_token", "parent_channel_id", "by_message", "source", "parent_id"),
            *("parent_position", "repeats_id", "click_key", "role_ids", "accepted_at", "day", "month"),
        ),
        state=JobState.OPEN,
        head_final=False,
        fence=0,
    )
    .on_conflict_do_nothing()
    .returning(jobs)
)
_INSERT_TASK = Statement(
    sa.insert(tasks).values(
        **given(
            *("job_id", "position", "guild_id", "user_id", "model", "params", "image_sha256", "width", "height"),
            *("estimate_nano", "asked_at", "not_before"),
        ),
        state=TaskState.QUEUED,
        attempts=0,
        fence=0,
    )
)
_IS_THERE = Statement(sa.select(jobs.c.id).where(_ID))
_OPEN_CLICK = Statement(
    # the condition of the index of open clicks: SQLite uses it only where it stands word for word
    sa.select(jobs.c.id).where(jobs.c.click_key == sa.bindparam("click_key"), jobs.c.state.in_(IN_PROGRESS))
)
_ON_THE_WAY = Statement(
    sa.select(sa.func.count())
    .select_from(tasks)
    .where(is_unended(), tasks.c.user_id == sa.bindparam("user_id"), tasks.c.state.in_(AWAITED))
)
_WITH_STATUS_MESSAGE = Statement(sa.select(jobs.c.id).where(jobs.c.head_id == sa.bindparam("message_id")))
_WAS_REPEATED = Statement(
    sa.select(
        sa.exists().where(
            jobs.c.repeats_id == sa.bindparam("of_job"),
            tasks.c.job_id == jobs.c.id,
            tasks.c.state == TaskState.SUCCEEDED,
        )
    )
)
_RECORD_REMOVED = Statement(
    sa.update(jobs)
    .where(_ID, jobs.c.removed_at.is_(None), jobs.c.erased_at.is_(None))
    .values(**given("removed_at", "removed_by"), head_final=False)
)
_FORGET_KEPT = Statement(sa.delete(results).where(results.c.job_id == sa.bindparam("of_job")))
_RECORD_HIDDEN = Statement(
    sa.update(jobs).where(_ID, ~jobs.c.spoiler, jobs.c.erased_at.is_(None)).values(spoiler=True, head_final=False)
)
_RECORD_SOURCE = Statement(sa.update(jobs).where(_ID).values(given("source")))
_SOURCES_IN_PROGRESS = Statement(sa.select(jobs.c.source).where(jobs.c.state.in_(IN_PROGRESS)))
_RECORD_STATUS_MESSAGE = Statement(sa.update(jobs).where(_ID).values(given("head_id")))
_CANCEL = Statement(
    sa.update(jobs)
    .where(
        _ID,
        jobs.c.state == _UNCANCELLED,
        ~sa.exists().where(tasks.c.job_id == jobs.c.id, tasks.c.state != _WAITING),
    )
    .values(**given("ended_at", "head_final"), state=_CANCELLED)
)
_TAKE_BACK = Statement(
    sa.update(tasks)
    .where(tasks.c.job_id == sa.bindparam("of_job"))
    .values(**given("ended_at"), state=_TAKEN_BACK)
    .returning(tasks)
)
_RECORD_STATUS_MESSAGE_FINAL = Statement(
    sa.update(jobs)
    .where(
        _ID,
        jobs.c.state == sa.bindparam("shown_state"),
        jobs.c.spoiler == sa.bindparam("shown_spoiler"),
        jobs.c.removed_at.is_not_distinct_from(sa.bindparam("shown_removed_at")),
    )
    .values(head_final=True)
)
_UNFINISHED_STATUS_MESSAGES = Statement(_UNSHOWN)
_OLD_UNFINISHED_STATUS_MESSAGES = Statement(_UNSHOWN.where(jobs.c.ended_at < sa.bindparam("ended_before")))
_UNFINISHED = Statement(sa.select(sa.func.count()).select_from(jobs).where(jobs.c.state.in_(IN_PROGRESS)))
_FORGET_TOKENS = Statement(
    sa.update(jobs)
    .where(jobs.c.interaction_token.is_not(None), jobs.c.accepted_at < sa.bindparam("accepted_before"))
    .values(interaction_token=None)
)


class JobStore(Steps):
    """What a service does to jobs, and what is known of them."""

    @writes
    def accept(
        self,
        tx: Transaction,
        origin: Origin,
        order: Order,
        estimates: Sequence[int],
        terms: Terms,
        *,
        learnt: bool = True,
    ) -> Accepted | None:
        """Write a job with its tasks and reserve its estimates, all or nothing.

        Gives None where the job was accepted before: a replayed event. Raises `Refusal` where the server's rules
        or a block forbid it, its picture is not for such a place, it holds a listed word, a budget would be
        passed, too many tasks wait, another job of the same click is open, or the input image of an earlier job is
        no longer kept. Whether the estimates are `learnt` is told then.
        """
        now = origin.asked_at
        account = origin.account
        windows = windows_at(now)
        inserted = _insert(tx, origin, order, windows[0].key, windows[1].key)
        if inserted is None:
            if tx.value(_IS_THERE, of_job=origin.id):
                return None
            raise already_on_it()
        rules = _require_welcome(tx, origin, now)
        require_age_for(origin, order.source)
        require_unlisted(texts_of(order), rules, terms.words)
        images.keep(tx, order, now)
        keep_owners(tx, origin.id, order.owner_ids)
        not_before = now + AUTOMOD_PATIENCE if rules.automod else 0
        tx.run_each(_INSERT_TASK, task_rows(origin, order, estimates, not_before))
        before = ledger.reserve(tx, account, origin.id, estimates, windows, now)
        # after `reserve`, whose row lock keeps a second accept of the same account waiting
        count = len(order.tasks)
        others = _on_the_way(tx, account) - count
        applied = ledger.budgets(tx, account, origin.role_ids, before, terms.ceilings, windows, now)
        turns = terms.unfinished - others
        fewer = make_fewer(order, min(turns, fitting(estimates, applied)))
        if turns < count:
            raise too_many_on_the_way(count, others, terms.unfinished, fewer)
        wanted = sum(estimates)
        if exceeded := first_exceeded(applied, wanted):
            raise budget_refusal(exceeded, Price(wanted, learnt), count, fewer)
        warnings.note(tx, account, applied, wanted, now)
        # also where the raise of an earlier task has reached it
        warned = warnings.is_to_tell(tx, account)
        return Accepted(with_tasks(tx, inserted), warned)

    @reads
    def require_welcome(self, tx: Transaction, origin: Origin, texts: Texts, terms: Terms) -> None:
        """Raise `Refusal` where the server's rules, a block or a listed word forbid a job, as `accept` does."""
        require_unlisted(texts, _require_welcome(tx, origin, origin.asked_at), terms.words)

    @reads
    def require_room(
        self, tx: Transaction, origin: Origin, texts: Texts, click_key: str | None, price: Price, terms: Terms
    ) -> bool:
        """Raise `Refusal` wherever `accept` would, as far as that is known before an order's one picture is.

        False where the job was accepted before: a replayed event.
        """
        now, account = origin.asked_at, origin.account
        if tx.value(_IS_THERE, of_job=origin.id):
            return False
        if click_key and tx.value(_OPEN_CLICK, click_key=click_key):
            raise already_on_it()
        require_unlisted(texts, _require_welcome(tx, origin, now), terms.words)
        if (others := _on_the_way(tx, account)) >= terms.unfinished:
            raise too_many_on_the_way(1, others, terms.unfinished)
        applied = ledger.budgets_now(tx, account, origin.role_ids, terms.ceilings, now)
        if exceeded := first_exceeded(applied, price.nano):
            raise budget_refusal(exceeded, price)
        return True

    @reads
    def get(self, tx: Transaction, job_id: int) -> Job | None:
        """Read one job with its tasks."""
        return maybe_job(tx, job_id)

    @reads
    def with_status_message(self, tx: Transaction, status_message_id: int) -> Job | None:
        """Read the job whose status message a message is; None for any other message."""
        job_id = tx.value(_WITH_STATUS_MESSAGE, message_id=status_message_id)
        return None if job_id is None else job_of(tx, job_id)

    @reads
    def was_repeated(self, tx: Transaction, job_id: int) -> bool:
        """Whether a job that was asked for once more has brought a picture then."""
        return bool(tx.value(_WAS_REPEATED, of_job=job_id))

    @writes
    def record_removed(self, tx: Transaction, job_id: int, removed_by: int, now: int) -> None:
        """Record on whose word a job's pictures were deleted, the first time; its status message has to say so.

        Those that are kept go too.
        """
        tx.run(_FORGET_KEPT, of_job=job_id)
        if tx.run(_RECORD_REMOVED, of_job=job_id, removed_at=now, removed_by=removed_by):
            has_changed(tx, job_id)

    @writes
    def record_hidden(self, tx: Transaction, job_id: int) -> bool:
        """Record that a job's pictures are hidden from now on; False where they were so before.

        Its status message must not show them.
        """
        if not tx.run(_RECORD_HIDDEN, of_job=job_id):
            return False
        has_changed(tx, job_id)
        return True

    @writes
    def record_source(self, tx: Transaction, job_id: int, source: Source) -> None:
        """Record where the input image of a job is now."""
        tx.run(_RECORD_SOURCE, of_job=job_id, source=source_row(source))

    @reads
    def needs_copy(self, tx: Transaction, copy: Copy) -> bool:
        """Whether a job that is not done yet works on a posted copy of a picture."""
        sources = [source_from(row.source) for row in tx.many(_SOURCES_IN_PROGRESS)]
        used = [source.copy for source in sources if source is not None and source.copy is not None]
        return any(each.message_id == copy.message_id for each in used)

    @writes
    def record_status_message(self, tx: Transaction, job_id: int, status_message_id: int) -> None:
        """Record which message answered the command."""
        record_status_message(tx, job_id, status_message_id)

    @writes
    def cancel(self, tx: Transaction, job_id: int, now: int, *, has_status_message: bool = False) -> bool:
        """Cancel a job of which nothing was claimed, and release its money; its status message has to say so."""
        return cancel(tx, job_id, now, has_status_message=has_status_message)

    @writes
    def record_status_message_final(self, tx: Transaction, shown: Job) -> bool:
        """Record that a status message shows how its job ended; False where that has changed meanwhile."""
        return bool(
            tx.run(
                _RECORD_STATUS_MESSAGE_FINAL,
                of_job=shown.id,
                shown_state=shown.state,
                shown_spoiler=shown.spoiler,
                shown_removed_at=shown.removed_at,
            )
        )

    @reads
    def unfinished_status_messages(self, tx: Transaction, ended_before: int | None = None) -> list[Job]:
        """Give the ended jobs whose status message does not show it yet: all, or those of before a moment."""
        if ended_before is None:
            return jobs_of(tx, tx.many(_UNFINISHED_STATUS_MESSAGES))
        return jobs_of(tx, tx.many(_OLD_UNFINISHED_STATUS_MESSAGES, ended_before=ended_before))

    @reads
    def unfinished(self, tx: Transaction) -> int:
        """Count the jobs that are neither delivered nor given up nor cancelled."""
        counted: int = tx.value(_UNFINISHED)
        return counted

    @writes
    def forget_tokens(self, tx: Transaction, now: int) -> None:
        """Clear the interactions' tokens that Discord no longer accepts."""
        tx.run(_FORGET_TOKENS, accepted_before=now - INTERACTION_TOKEN_LIFE)


def record_status_message(tx: Transaction, job_id: int, status_message_id: int) -> None:
    """Record which message answered the command."""
    tx.run(_RECORD_STATUS_MESSAGE, of_job=job_id, head_id=status_message_id)


def cancel(tx: Transaction, job_id: int, now: int, *, has_status_message: bool) -> bool:
    """Cancel a job as a part of somebody else's transaction; False where something of it was claimed."""
    lock_claims(tx)
    if not tx.run(_CANCEL, of_job=job_id, ended_at=now, head_final=not has_status_message):
        return False
    taken_back = map(task_from, tx.many(_TAKE_BACK, of_job=job_id, ended_at=now))
    for task in sorted(taken_back, key=lambda task: task.position):
        ledger.release(tx, task, now)
    return True


def _require_welcome(tx: Transaction, origin: Origin, now: int) -> ServerRules:
    """Raise `Refusal` where a server's moderators have stopped the person, or do not want the bot in the place.

    Gives the rules that hold there.
    """
    account = origin.account
    if not account.guild_id:
        return ServerRules()
    if block := block_of(tx, account, now):
        raise blocked(block)
    rules = rules_of(tx, account.guild_id)
    if not rules.allows(origin.channels, age_restricted=origin.age_restricted):
        raise not_allowed_here(rules, origin.age_restricted_channels)
    return rules


def _on_the_way(tx: Transaction, account: Account) -> int:
    """Count a person's tasks that wait or are being made."""
    counted: int = tx.value(_ON_THE_WAY, user_id=account.user_id)
    return counted


def _insert(tx: Transaction, origin: Origin, order: Order, day: str, month: str) -> Row | None:
    return tx.maybe(
        _INSERT,
        id=origin.id,
        kind=order.kind,
        title=order.title,
        spoiler=order.spoiler,
        guild_id=origin.account.guild_id,
        user_id=origin.account.user_id,
        channel_id=origin.channel_id,
        place=origin.place,
        upload_limit=origin.upload_limit,
        application_id=origin.application_id,
        interaction_token=origin.interaction_token,
        parent_channel_id=origin.parent_channel_id,
        by_message=origin.by_message,
        source=source_row(order.source),
        parent_id=None if order.parent is None else order.parent.job_id,
        parent_position=None if order.parent is None else order.parent.position,
        repeats_id=order.repeats_id,
        click_key=order.click_key,
        role_ids=sorted(origin.role_ids),
        accepted_at=origin.asked_at,
        day=day,
        month=month,
    )
