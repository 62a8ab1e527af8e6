"""The limits and grants that moderators have set."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Account, Period
from bot.domain.limits import Ceilings, Limit, Limits, Subject, highest_allowed
from bot.domain.moderation.decisions import Grant
from bot.store.database import Database
from bot.store.schema import grants, limits


async def limits_of(connection: AsyncConnection, account: Account, role_ids: frozenset[int], now: int) -> Limits:
    """Read what applies to an account; nothing does in direct messages."""
    if not account.guild_id:
        return Limits()
    rows = await connection.execute(
        # each looked up by its whole key: a server may have set limits for thousands of members
        sa.select(limits).where(
            sa.or_(
                _is_for(account.guild_id, Subject.MEMBER, [account.user_id]),
                _is_for(account.guild_id, Subject.ROLE, role_ids),
                _is_for(account.guild_id, Subject.GUILD, [0]),
            )
        )
    )
    granted = await connection.scalar(
        sa.select(sa.func.coalesce(sa.func.sum(grants.c.amount_nano), 0)).where(*_current(account, now))
    )
    return Limits([_limit(row) for row in rows], int(granted or 0))


class LimitStore:
    """Reads what moderators have set."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, account: Account, role_ids: frozenset[int], now: int) -> Limits:
        """Read what applies to an account."""
        async with self._database.reading() as connection:
            return await limits_of(connection, account, role_ids, now)

    async def of_server(self, guild_id: int) -> Sequence[Limit]:
        """Read every limit of a server: its own, then the roles', then the members'."""
        async with self._database.reading() as connection:
            rows = await connection.execute(sa.select(limits).where(limits.c.guild_id == guild_id))
            found = [_limit(row) for row in rows]
        order = [Subject.GUILD, Subject.ROLE, Subject.MEMBER]
        return sorted(found, key=lambda each: (order.index(each.subject), each.subject_id, each.period))

    async def above(self, ceilings: Ceilings) -> Sequence[tuple[int, Limit]]:
        """Read the limits, each with its server, that are above what the operator allows by now."""
        allowed = [(s, p, highest_allowed(s, p, ceilings)) for s in Subject for p in Period]
        too_high = [
            sa.and_(limits.c.subject == subject, limits.c.period == period, limits.c.amount_nano > highest)
            for subject, period, highest in allowed
            if highest is not None
        ]
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(limits).where(sa.or_(sa.false(), *too_high)).order_by(*limits.primary_key)
            )
            return [(row.guild_id, _limit(row)) for row in rows]

    async def grants_of(self, account: Account, now: int) -> Sequence[Grant]:
        """Read an account's grants that count now, the first to end first."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(grants).where(*_current(account, now)).order_by(grants.c.expires_at, grants.c.id)
            )
            return [
                Grant(account, row.amount_nano, row.reason, row.granted_by, row.granted_at, row.expires_at)
                for row in rows
            ]


def _is_for(guild_id: int, subject: Subject, ids: Collection[int]) -> sa.ColumnElement[bool]:
    return sa.and_(limits.c.guild_id == guild_id, limits.c.subject == subject, limits.c.subject_id.in_(ids))


def _current(account: Account, now: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        grants.c.guild_id == account.guild_id,
        grants.c.user_id == account.user_id,
        grants.c.granted_at <= now,
        grants.c.expires_at > now,
    )


def _limit(row: sa.Row[tuple[object, ...]]) -> Limit:
    return Limit(Subject(row.subject), row.subject_id, Period(row.period), row.amount_nano)
