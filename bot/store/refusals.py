"""Who was refused what, for moderators who look into a member's spend."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.budgets import Account, BudgetRefusal, Scope
from bot.domain.jobs import Origin
from bot.domain.moderation.words import UsedWords
from bot.domain.refusals import ListedWords, PastRefusal, Refusal
from bot.store.database import Statement, Steps, Transaction, given, reads, writes
from bot.store.schema import refusals

_RECORD = Statement(sa.insert(refusals).values(given("guild_id", "user_id", "refuser", "what", "at")))
_RECORD_WORDS = Statement(
    sa.insert(refusals).values(
        given("guild_id", "user_id", "refuser", "what", "at", "words", "kind", "channel_id")
    )
)
_TOLD_OF_LATELY = Statement(
    sa.select(
        sa.exists().where(
            refusals.c.user_id == sa.bindparam("user_id"),
            refusals.c.guild_id == sa.bindparam("guild_id"),
            refusals.c.at > sa.bindparam("since"),
            refusals.c.kind.is_not(None),
        )
    )
)
_UNTOLD = Statement(
    sa.select(refusals).where(refusals.c.words.is_not(None)).order_by(refusals.c.id).limit(sa.bindparam("most"))
)
_MARK_TOLD = Statement(sa.update(refusals).where(refusals.c.id == sa.bindparam("refusal_id")).values(words=None))
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

    @writes
    def record_words(
        self, tx: Transaction, origin: Origin, kind: str, refusal: ListedWords, quiet: int, now: int
    ) -> None:
        """Keep that listed words were refused, and the words until the log channel has been told.

        Nobody is told of a person whose last such words were told of less than `quiet` milliseconds ago.
        """
        account = origin.account
        lately = {"user_id": account.user_id, "guild_id": account.guild_id, "since": now - quiet}
        if not account.guild_id or tx.value(_TOLD_OF_LATELY, **lately):
            note(tx, account, refusal, now)
            return
        tx.run(
            _RECORD_WORDS,
            guild_id=account.guild_id,
            user_id=account.user_id,
            refuser=refusal.refuser,
            what=refusal.so,
            at=now,
            words=refusal.used,
            kind=kind,
            channel_id=origin.channel_id,
        )

    @reads
    def untold(self, tx: Transaction, limit: int) -> Sequence[UsedWords]:
        """Read the oldest listed words that no log channel has shown yet, nor been left out for want of one."""
        return [
            UsedWords(row.id, Account(row.guild_id, row.user_id), row.kind, row.channel_id, row.words, row.at)
            for row in tx.many(_UNTOLD, most=limit)
        ]

    @writes
    def mark_told(self, tx: Transaction, refusal_id: int) -> None:
        """Record that words were shown in the log channel, or that there is none; they are kept no longer."""
        tx.run(_MARK_TOLD, refusal_id=refusal_id)

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
    over_all_servers = isinstance(refusal, BudgetRefusal) and refusal.budget.scope is Scope.EVERYWHERE
    tx.run(
        _RECORD,
        # what somebody spends elsewhere is not for this server's moderators
        guild_id=0 if over_all_servers else account.guild_id,
        user_id=account.user_id,
        refuser=refusal.refuser,
        what=refusal.so,
        at=now,
    )
