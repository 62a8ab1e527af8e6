"""Which events of Discord's were answered, where several processes hear the same one."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.store.database import Statement, Steps, Transaction, writes
from bot.store.schema import events, jobs

_ID = sa.bindparam("id", type_=sa.BigInteger)
_TAKE = Statement(
    insert(events)
    .from_select(
        ["id", "at"],
        sa.select(_ID, sa.bindparam("at", type_=sa.BigInteger)).where(~sa.exists().where(jobs.c.id == _ID)),
    )
    .on_conflict_do_nothing()
)
_FORGET = Statement(sa.delete(events).where(events.c.at < sa.bindparam("before")))


class EventStore(Steps):
    """One answer to each event."""

    @writes
    def take(self, tx: Transaction, event_id: int, now: int) -> bool:
        """Take it on oneself to answer an event; False where another process has, or has made a job of it."""
        return bool(tx.run(_TAKE, id=event_id, at=now))

    @writes
    def forget(self, tx: Transaction, before: int) -> int:
        """Delete what was answered before a moment (Unix milliseconds); how many."""
        return tx.run(_FORGET, before=before)
