"""The limits and grants that moderators have set."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from bot.domain.budgets import Account, Period
from bot.domain.limits import Ceilings, Limit, Limits, Subject, highest_allowed
from bot.domain.moderation.decisions import Grant
from bot.store.database import Row, Statement, Steps, Transaction, is_among, reads
from bot.store.schema import grants, limits

_IS_OF_SERVER = limits.c.guild_id == sa.bindparam("guild_id")


def _is_for(subject: Subject, ids: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.and_(_IS_OF_SERVER, limits.c.subject == subject, ids)


_OF_SERVER = Statement(sa.select(limits).where(_IS_OF_SERVER))
_ABOVE = Statement(
    sa.select(limits).where(
        limits.c.subject == sa.bindparam("subject"),
        limits.c.period == sa.bindparam("period"),
        limits.c.amount_nano > sa.bindparam("highest"),
    )
)
_COUNTS_NOW = (
    grants.c.guild_id == sa.bindparam("guild_id"),
    grants.c.user_id == sa.bindparam("user_id"),
    grants.c.granted_at <= sa.bindparam("now"),
    grants.c.expires_at > sa.bindparam("now"),
)
_APPLYING = Statement(
    # each looked up by its whole key: a server may have set limits for thousands of members
    sa.select(limits.c.subject, limits.c.subject_id, limits.c.period, limits.c.amount_nano)
    .where(
        sa.or_(
            _is_for(Subject.MEMBER, limits.c.subject_id == sa.bindparam("user_id")),
            _is_for(Subject.ROLE, is_among(limits.c.subject_id, "role_ids")),
            _is_for(Subject.GUILD, limits.c.subject_id == 0),
        )
    )
    .union_all(sa.select(sa.null(), sa.null(), sa.null(), grants.c.amount_nano).where(*_COUNTS_NOW))
)
"""The limits, and without a subject what is granted on top of them."""
_GRANTS = Statement(sa.select(grants).where(*_COUNTS_NOW).order_by(grants.c.expires_at, grants.c.id))


def limits_of(tx: Transaction, account: Account, role_ids: frozenset[int], now: int) -> Limits:
    """Read what applies to an account; nothing does in direct messages."""
    if not account.guild_id:
        return Limits()
    rows = tx.many(_APPLYING, **_current(account, now), role_ids=list(role_ids))
    granted = sum(row.amount_nano for row in rows if row.subject is None)
    return Limits([_limit(row) for row in rows if row.subject is not None], granted)


class LimitStore(Steps):
    """Reads what moderators have set."""

    @reads
    def of(self, tx: Transaction, account: Account, role_ids: frozenset[int], now: int) -> Limits:
        """Read what applies to an account."""
        return limits_of(tx, account, role_ids, now)

    @reads
    def of_server(self, tx: Transaction, guild_id: int) -> Sequence[Limit]:
        """Read every limit of a server: its own, then the roles', then the members'."""
        found = [_limit(row) for row in tx.many(_OF_SERVER, guild_id=guild_id)]
        order = [Subject.GUILD, Subject.ROLE, Subject.MEMBER]
        return sorted(found, key=lambda each: (order.index(each.subject), each.subject_id, each.period))

    @reads
    def above(self, tx: Transaction, ceilings: Ceilings) -> Sequence[tuple[int, Limit]]:
        """Read the limits, each with its server, that are above what the operator allows by now."""
        allowed = [(s, p, highest_allowed(s, p, ceilings)) for s in Subject for p in Period]
        too_high = [
            (row.guild_id, _limit(row))
            for subject, period, highest in allowed
            if highest is not None
            for row in tx.many(_ABOVE, subject=subject, period=period, highest=highest)
        ]
        return sorted(too_high, key=lambda each: (each[0], each[1].subject, each[1].subject_id, each[1].period))

    @reads
    def grants_of(self, tx: Transaction, account: Account, now: int) -> Sequence[Grant]:
        """Read an account's grants that count now, the first to end first."""
        return grants_of(tx, account, now)


def grants_of(tx: Transaction, account: Account, now: int) -> Sequence[Grant]:
    """Read an account's grants that count now, the first to end first."""
    return [
        Grant(account, row.amount_nano, row.reason, row.granted_by, row.granted_at, row.expires_at)
        for row in tx.many(_GRANTS, **_current(account, now))
    ]


def _current(account: Account, now: int) -> Mapping[str, int]:
    return {"guild_id": account.guild_id, "user_id": account.user_id, "now": now}


def _limit(row: Row) -> Limit:
    return Limit(Subject(row.subject), row.subject_id, Period(row.period), row.amount_nano)
