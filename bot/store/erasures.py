"""Erasing a person's data on their word, in portions; amounts stay, under a pseudonym.

A row of `erasures` stays until the month of that word is over. While it has a pseudonym it is under way, and any
process may go on with it after a crash; without one it waits for the next month's end, to which its amounts count.
"""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.domain.budgets import Scope
from bot.domain.privacy import Erasure, first_open_month, month_of
from bot.domain.states import IN_PROGRESS
from bot.store import ledger
from bot.store.complaints import forget_complaints_by
from bot.store.consents import forget_asker, has_consents
from bot.store.database import Row, Statement, Steps, Transaction, given, is_among, writes
from bot.store.ownership import forget_owner, has_owned
from bot.store.privacy import erase_words, has_words_and_ended
from bot.store.schema import (
    complaints,
    erasures,
    favourites,
    hints,
    jobs,
    pending,
    preferences,
    refusals,
    tasks,
    totals,
    warnings,
)
from bot.store.schema import ledger as entries
from bot.store.turns import is_unended
from bot.wording.privacy import still_on_the_way

_USER_ID = sa.bindparam("user_id", type_=sa.BigInteger)
_MONTH = sa.bindparam("month", type_=sa.String)
_OWN_JOB = jobs.c.user_id == _USER_ID
_OWN_ERASURE = erasures.c.user_id == _USER_ID

_ON_THE_WAY = Statement(
    sa.select(
        sa.or_(
            sa.exists().where(_OWN_JOB, jobs.c.state.in_(IN_PROGRESS)),
            sa.exists().where(is_unended(), tasks.c.user_id == _USER_ID, ledger.is_reserved(tasks)),
        )
    )
)
_LAST_JOB = Statement(sa.select(sa.func.max(jobs.c.id)).where(_OWN_JOB))
_WITH_WORDS = Statement(sa.select(sa.func.count()).select_from(jobs).where(_OWN_JOB, jobs.c.erased_at.is_(None)))
_HAS_OTHERS = Statement(
    sa.select(
        sa.or_(
            *(
                sa.exists().where(table.c.user_id == _USER_ID)
                for table in (refusals, hints, preferences, favourites, pending, complaints)
            ),
            has_owned(_USER_ID),
            has_consents(_USER_ID),
        )
    )
)
_BEGUN = given("month", "asked_at", "last_job_id", "pseudonym")
_BEGIN = Statement(
    insert(erasures)
    .values(given("user_id") | _BEGUN)
    .on_conflict_do_update(index_elements=[erasures.c.user_id], set_=_BEGUN)
)
_ERASURE = Statement(sa.select(erasures).where(_OWN_ERASURE).with_for_update())
_NEXT = Statement(
    sa.select(erasures)
    .where(sa.or_(erasures.c.pseudonym.is_not(None), erasures.c.month < sa.bindparam("over")))
    .order_by(erasures.c.month, erasures.c.user_id)
    .limit(1)
    .with_for_update()
)
_RESUME = Statement(sa.update(erasures).where(_OWN_ERASURE).values(given("month", "pseudonym")))
_WAIT = Statement(sa.update(erasures).where(_OWN_ERASURE).values(pseudonym=None))
_END = Statement(sa.delete(erasures).where(_OWN_ERASURE))
_FORGET_REFUSALS = Statement(sa.delete(refusals).where(refusals.c.user_id == _USER_ID))
_FORGET_HINTS = Statement(sa.delete(hints).where(hints.c.user_id == _USER_ID))
_FORGET_PREFERENCES = Statement(sa.delete(preferences).where(preferences.c.user_id == _USER_ID))
_FORGET_FAVOURITES = Statement(sa.delete(favourites).where(favourites.c.user_id == _USER_ID))
_FORGET_PENDING = Statement(sa.delete(pending).where(pending.c.user_id == _USER_ID))
_FORGET_WARNINGS = Statement(
    sa.delete(warnings).where(
        warnings.c.scope.in_([Scope.PERSON, Scope.EVERYWHERE]),
        warnings.c.user_id == _USER_ID,
        warnings.c.window < _MONTH,  # `2026-10-31` and `2026-10` both come before `2026-11`
    )
)

_IS_OVER = jobs.c.month < _MONTH
_PORTION = Statement(
    sa.select(jobs.c.id, jobs.c.erased_at, _IS_OVER.label("over"))
    .where(
        _OWN_JOB,
        jobs.c.id <= sa.bindparam("last_job_id"),
        sa.or_(sa.and_(*has_words_and_ended()), sa.and_(jobs.c.erased_at.is_not(None), _IS_OVER)),
    )
    .order_by(jobs.c.guild_id, jobs.c.accepted_at)
    .limit(sa.bindparam("most"))
)
_OF_JOBS = is_among(entries.c.job_id, "job_ids")
_PSEUDONYMISE = [
    # each has an index
    *(
        Statement(sa.update(entries).where(_OF_JOBS, kind).values(given("user_id")))
        for kind in (entries.c.kind == "reserve", entries.c.kind == "raise", ledger.is_end(entries.c.kind))
    ),
    Statement(sa.update(tasks).where(is_among(tasks.c.job_id, "job_ids")).values(given("user_id"))),
    Statement(sa.update(jobs).where(is_among(jobs.c.id, "job_ids")).values(given("user_id"))),
]
_SPENT = Statement(
    sa.select(
        entries.c.guild_id, entries.c.day, entries.c.month, sa.func.sum(entries.c.amount_nano).label("spent")
    )
    .where(_OF_JOBS, ledger.is_end(entries.c.kind), entries.c.kind == "settle")
    .group_by(entries.c.guild_id, entries.c.day, entries.c.month)
)
_TOTAL = (
    totals.c.scope == sa.bindparam("scope", type_=sa.String),
    totals.c.guild_id == sa.bindparam("guild_id"),
    totals.c.user_id == _USER_ID,
    totals.c.window == sa.bindparam("window"),
)
_TAKE_OFF = Statement(
    sa.update(totals).where(*_TOTAL).values(spent_nano=totals.c.spent_nano - sa.bindparam("amount"))
)
_TAKEN_OVER = insert(totals).values(
    reserved_nano=0, **given("scope", "guild_id", "user_id", "window", "spent_nano")
)
_TAKE_OVER = Statement(
    _TAKEN_OVER.on_conflict_do_update(
        index_elements=list(totals.primary_key),
        set_={"spent_nano": totals.c.spent_nano + _TAKEN_OVER.excluded.spent_nano},
    )
)
_FORGET_EMPTIED = Statement(
    sa.delete(totals).where(*_TOTAL, totals.c.spent_nano == 0, totals.c.reserved_nano == 0)
)


class ErasureStore(Steps):
    """Each method is one transaction; an erasure is told as done once `go_on` has said that nothing is left."""

    @writes
    def begin(self, tx: Transaction, user_id: int, pseudonym: int, now: int) -> Erasure:
        """Note that all that is kept of a person now is to go, but for what moderators have decided.

        Amounts of months that are over go under the `pseudonym`, a negative number that nobody has; those of the
        months that are not, once they are. Raises `Refusal` where something of theirs is on the way.
        """
        if tx.value(_ON_THE_WAY, user_id=user_id):
            raise still_on_the_way()
        # what is accepted from now on was asked for after this; ids tell it, whatever a clock says
        last = tx.value(_LAST_JOB, user_id=user_id) or 0
        count = tx.value(_WITH_WORDS, user_id=user_id)
        earlier = tx.maybe(_ERASURE, user_id=user_id)
        if earlier is not None and last <= earlier.last_job_id:
            has_more = count or tx.value(_HAS_OTHERS, user_id=user_id)
            if not has_more:
                return Erasure(earlier.asked_at, 0, repeated=True)
        tx.run(
            _BEGIN,
            user_id=user_id,
            month=first_open_month(now),
            asked_at=now,
            last_job_id=last,
            pseudonym=pseudonym,
        )
        return Erasure(now, count, repeated=False)

    @writes
    def next(self, tx: Transaction, pseudonym: Callable[[], int], now: int) -> int | None:
        """Name a person whose erasure is under way, or goes on as a month is over; None where there is none."""
        over = first_open_month(now)
        row = tx.maybe(_NEXT, over=over)
        if row is None:
            return None
        if row.pseudonym is None:
            tx.run(_RESUME, user_id=row.user_id, month=over, pseudonym=pseudonym())
        return int(row.user_id)

    @writes
    def go_on(self, tx: Transaction, user_id: int, most: int) -> bool:
        """Erase the next portion of a person's data, `most` jobs; False where nothing was under way or is left."""
        erasure = tx.maybe(_ERASURE, user_id=user_id)
        if erasure is None or erasure.pseudonym is None:
            return False
        if _erase_jobs(tx, erasure, most):
            return True
        tx.run(_FORGET_REFUSALS, user_id=user_id)
        tx.run(_FORGET_HINTS, user_id=user_id)
        tx.run(_FORGET_PREFERENCES, user_id=user_id)
        tx.run(_FORGET_FAVOURITES, user_id=user_id)
        tx.run(_FORGET_PENDING, user_id=user_id)
        forget_complaints_by(tx, user_id)
        ends = month_of(erasure.asked_at) < erasure.month
        if not ends:  # what has come since is of somebody who has come back
            forget_owner(tx, user_id, erasure.pseudonym)
            forget_asker(tx, user_id, erasure.pseudonym)
        tx.run(_FORGET_WARNINGS, user_id=user_id, month=erasure.month)
        tx.run(_END if ends else _WAIT, user_id=user_id)
        return False


def _erase_jobs(tx: Transaction, erasure: Row, most: int) -> bool:
    """Erase the words of some jobs, and put those of months that are over under the pseudonym; False for none."""
    chosen = tx.many(
        _PORTION,
        user_id=erasure.user_id,
        last_job_id=erasure.last_job_id,
        month=erasure.month,
        most=most,
    )
    if with_words := [row.id for row in chosen if row.erased_at is None]:
        erase_words(tx, with_words, erasure.asked_at)
    if of_past_months := [row.id for row in chosen if row.over]:
        _pseudonymise(tx, erasure.user_id, erasure.pseudonym, of_past_months)
    return bool(chosen)


def _pseudonymise(tx: Transaction, user_id: int, pseudonym: int, job_ids: Sequence[int]) -> None:
    """Put some of a person's erased jobs under a pseudonym, with what they have cost.

    They have all ended, so nothing is reserved for them, and no entry of the ledger can follow.
    """
    _move_totals(tx, user_id, pseudonym, job_ids)
    for statement in _PSEUDONYMISE:
        tx.run(statement, user_id=pseudonym, job_ids=job_ids)


def _move_totals(tx: Transaction, user_id: int, pseudonym: int, job_ids: Sequence[int]) -> None:
    moved: dict[tuple[str, int, str], int] = {}
    for row in tx.many(_SPENT, job_ids=job_ids):
        for scope, guild_id in ((Scope.EVERYWHERE.value, 0), (Scope.PERSON.value, row.guild_id)):
            for window in (row.day, row.month):
                key = scope, guild_id, window
                moved[key] = moved.get(key, 0) + int(row.spent)
    keys = sorted(moved)  # the order in which whoever changes totals locks them
    own = [
        {"scope": scope, "guild_id": guild_id, "user_id": user_id, "window": window}
        for scope, guild_id, window in keys
    ]
    amounts = [moved[key] for key in keys]
    tx.run_each(_TAKE_OFF, [{**key, "amount": amount} for key, amount in zip(own, amounts, strict=True)])
    tx.run_each(
        _TAKE_OVER,
        [{**key, "user_id": pseudonym, "spent_nano": amount} for key, amount in zip(own, amounts, strict=True)],
    )
    tx.run_each(_FORGET_EMPTIED, own)
