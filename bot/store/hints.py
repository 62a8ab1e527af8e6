"""Which hints were shown, so that nobody gets the same one twice in a place."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.store.database import Statement, Steps, Transaction, writes
from bot.store.schema import hints

_SHOW = Statement(insert(hints).on_conflict_do_nothing())
_FORGET = Statement(
    sa.delete(hints).where(
        sa.tuple_(hints.c.channel_id, hints.c.user_id).in_(
            sa.select(hints.c.channel_id, hints.c.user_id)
            .where(hints.c.shown_at < sa.bindparam("before"))
            .order_by(hints.c.shown_at)
            .limit(sa.bindparam("most"))
        )
    )
)


class HintStore(Steps):
    """One hint per person and channel or thread."""

    @writes
    def show(self, tx: Transaction, channel_id: int, user_id: int, now: int) -> bool:
        """Note that a person is shown the hint in a place; False where that was done before."""
        return bool(tx.run(_SHOW, channel_id=channel_id, user_id=user_id, shown_at=now))

    @writes
    def forget(self, tx: Transaction, before: int, most: int) -> int:
        """Delete the oldest notes from before a moment (Unix milliseconds), `most` of them; how many."""
        return tx.run(_FORGET, before=before, most=most)
