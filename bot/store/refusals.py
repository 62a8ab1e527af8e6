"""Who was refused what, for moderators who look into a member's spend."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Account
from bot.domain.refusals import PastRefusal, Refusal
from bot.store.database import Database
from bot.store.schema import refusals


class RefusalStore:
    """Keeps refusals of orders for a while."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, account: Account, refusal: Refusal, now: int) -> None:
        """Keep that an account was refused something."""
        async with self._database.writing() as connection:
            await note(connection, account, refusal, now)

    async def newest(self, account: Account, limit: int) -> Sequence[PastRefusal]:
        """Read what an account was refused lately, the newest first."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(refusals)
                .where(refusals.c.guild_id == account.guild_id, refusals.c.user_id == account.user_id)
                .order_by(refusals.c.at.desc(), refusals.c.id.desc())
                .limit(limit)
            )
            return [PastRefusal(row.refuser, row.what, row.at) for row in rows]

    async def forget(self, before: int, most: int) -> int:
        """Delete the oldest refusals from before a moment (Unix milliseconds), `most` of them; how many."""
        old = sa.select(refusals.c.id).where(refusals.c.at < before).order_by(refusals.c.at).limit(most)
        async with self._database.writing() as connection:
            return (await connection.execute(sa.delete(refusals).where(refusals.c.id.in_(old)))).rowcount


async def note(connection: AsyncConnection, account: Account, refusal: Refusal, now: int) -> None:
    """Keep that an account was refused something, as a part of somebody else's transaction."""
    await connection.execute(
        sa.insert(refusals).values(
            guild_id=account.guild_id,
            user_id=account.user_id,
            refuser=refusal.refuser,
            what=refusal.what,
            at=now,
        )
    )
