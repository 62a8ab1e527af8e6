"""Who was refused what, for moderators who look into a member's spend."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.budgets import Account
from bot.domain.refusals import PastRefusal, Refusal
from bot.store.database import Statement, Steps, Transaction, given, reads, writes
from bot.store.schema import refusals

_RECORD = Statement(sa.insert(refusals).values(given("guild_id", "user_id", "refuser", "what", "at")))
_NEWEST = Statement(
    sa.select(refusals)
    .where(refusals.c.guild_id == sa.bindparam("guild_id"), refusals.c.user_id == sa.bindparam("user_id"))
    .order_by(refusals.c.at.desc(), refusals.c.id.desc())
    .limit(sa.bindparam("most"))
)
_FORGET = Statement(
    sa.delete(refusals).where(
        refusals.c.id.in_(
            sa.select(refusals.c.id)
            .where(refusals.c.at < sa.bindparam("before"))
            .order_by(refusals.c.at)
            .limit(sa.bindparam("most"))
        )
    )
)


class RefusalStore(Steps):
    """Keeps refusals of orders for a while."""

    @writes
    def record(self, tx: Transaction, account: Account, refusal: Refusal, now: int) -> None:
        """Keep that an account was refused something."""
        note(tx, account, refusal, now)

    @reads
    def newest(self, tx: Transaction, account: Account, limit: int) -> Sequence[PastRefusal]:
        """Read what an account was refused lately, the newest first."""
        rows = tx.many(_NEWEST, guild_id=account.guild_id, user_id=account.user_id, most=limit)
        return [PastRefusal(row.refuser, row.what, row.at) for row in rows]

    @writes
    def forget(self, tx: Transaction, before: int, most: int) -> int:
        """Delete the oldest refusals from before a moment (Unix milliseconds), `most` of them; how many."""
        return tx.run(_FORGET, before=before, most=most)


def note(tx: Transaction, account: Account, refusal: Refusal, now: int) -> None:
    """Keep that an account was refused something, as a part of somebody else's transaction."""
    tx.run(
        _RECORD,
        guild_id=account.guild_id,
        user_id=account.user_id,
        refuser=refusal.refuser,
        what=refusal.so,
        at=now,
    )
