"""What people have begun and not yet sent, for whichever process hears the rest of it."""

from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from bot.domain.budgets import Account
from bot.store.database import Row, Statement, Steps, Transaction, given, reads, writes
from bot.store.schema import pending

_EACH: Final = 4
"""How many are kept of one person; the oldest goes."""
_KEEP = Statement(
    sa.insert(pending).values(given("key", "guild_id", "user_id", "kind", "value", "picture", "begun_at"))
)
_OWN = pending.c.user_id == sa.bindparam("of_user")
_LET_OLDEST_GO = Statement(
    sa.delete(pending).where(
        _OWN,
        pending.c.id
        <= sa.select(pending.c.id)
        .where(_OWN)
        .order_by(pending.c.id.desc())
        .offset(_EACH)
        .limit(1)
        .scalar_subquery(),
    )
)
_NAMED = (
    pending.c.key == sa.bindparam("of_key"),
    pending.c.guild_id == sa.bindparam("guild_id"),
    _OWN,
    pending.c.kind == sa.bindparam("kind"),
    pending.c.begun_at > sa.bindparam("since"),
)
_PEEK = Statement(sa.select(pending).where(*_NAMED, pending.c.taken_by.is_(None)))
_BY = sa.bindparam("by", type_=sa.BigInteger)
_TAKE = Statement(
    sa.update(pending)
    .where(*_NAMED, sa.or_(pending.c.taken_by.is_(None), pending.c.taken_by == _BY))
    .values(taken_by=_BY)
    .returning(pending)
)
_FORGET = Statement(
    sa.delete(pending).where(
        pending.c.id.in_(
            sa.select(pending.c.id)
            .where(pending.c.begun_at <= sa.bindparam("until"))
            .order_by(pending.c.begun_at)
            .limit(sa.bindparam("most"))
        )
    )
)


@dataclass(frozen=True, slots=True)
class PendingValue:
    """Something that is pending, as it is written."""

    kind: str
    """What the value is, and so how it is read."""
    value: Any = field(repr=False)
    """As JSON."""
    picture: bytes | None = field(default=None, repr=False)
    """The input picture's bytes, where it has one."""


class PendingStore(Steps):
    """Each belongs to one account; nobody else finds it under its key."""

    @writes
    def keep(self, tx: Transaction, key: str, account: Account, what: PendingValue, now: int) -> None:
        """Keep something under a key that nobody else has; of too many of one person's the oldest go."""
        tx.run(
            _KEEP,
            key=key,
            guild_id=account.guild_id,
            user_id=account.user_id,
            kind=what.kind,
            value=what.value,
            picture=what.picture,
            begun_at=now,
        )
        tx.run(_LET_OLDEST_GO, of_user=account.user_id)

    @reads
    def peek(self, tx: Transaction, key: str, account: Account, kind: str, since: int) -> PendingValue | None:
        """Look at what an account has begun after a moment; None where it was taken, or is not there."""
        return _value(tx.maybe(_PEEK, **_whose(key, account, kind, since)))

    @writes
    def take(
        self, tx: Transaction, key: str, account: Account, kind: str, since: int, by: int
    ) -> PendingValue | None:
        """Take it once, by an event's id, which gets it again; None as `peek` does."""
        return _value(tx.maybe(_TAKE, **_whose(key, account, kind, since), by=by))

    @writes
    def forget(self, tx: Transaction, until: int, most: int) -> int:
        """Delete what was begun up to a moment (Unix milliseconds), `most` of it; how many."""
        return tx.run(_FORGET, until=until, most=most)


def _whose(key: str, account: Account, kind: str, since: int) -> dict[str, Any]:
    return {
        "of_key": key,
        "guild_id": account.guild_id,
        "of_user": account.user_id,
        "kind": kind,
        "since": since,
    }


def _value(row: Row | None) -> PendingValue | None:
    return None if row is None else PendingValue(row.kind, row.value, row.picture)
