"""What people have chosen for themselves."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.domain.pictures.ownership import PictureWord
from bot.domain.preferences import Preferences, Replies
from bot.domain.sizes import Quality, Shape
from bot.store.database import Row, Statement, Steps, Transaction, given, reads, writes
from bot.store.schema import preferences

_own = sa.select(preferences).where(preferences.c.user_id == sa.bindparam("user_id"))
_OF = Statement(_own)
_OF_LOCKED = Statement(_own.with_for_update())
_USUAL = Statement(
    insert(preferences)
    .values(user_id=sa.bindparam("user_id"), replies=Preferences().replies)
    .on_conflict_do_nothing()
)
_CHANGE = Statement(
    sa.update(preferences)
    .where(preferences.c.user_id == sa.bindparam("user_id"))
    .values(given("shape", "quality", "enhance", "replies", "pictures", "results"))
)


class PreferenceStore(Steps):
    """One row for each person who has ever chosen anything."""

    @reads
    def of(self, tx: Transaction, user_id: int) -> Preferences:
        """Read a person's choices; the usual ones where they have made none."""
        return preferences_of(tx, user_id) or Preferences()

    @writes
    def change(self, tx: Transaction, user_id: int, change: Callable[[Preferences], Preferences]) -> Preferences:
        """Change a person's choices, and give those that hold then."""
        # a row that is not there yet cannot be locked
        tx.run(_USUAL, user_id=user_id)
        changed = change(_from(tx.one(_OF_LOCKED, user_id=user_id)))
        tx.run(
            _CHANGE,
            user_id=user_id,
            shape=changed.shape,
            quality=changed.quality,
            enhance=changed.enhance,
            replies=changed.replies,
            pictures=changed.pictures,
            results=changed.results,
        )
        return changed


def preferences_of(tx: Transaction, user_id: int) -> Preferences | None:
    """Read a person's choices as a part of somebody else's transaction; None where they have made none."""
    row = tx.maybe(_OF, user_id=user_id)
    return None if row is None else _from(row)


def _from(row: Row) -> Preferences:
    return Preferences(
        shape=None if row.shape is None else Shape(row.shape),
        quality=None if row.quality is None else Quality(row.quality),
        enhance=row.enhance,
        replies=Replies(row.replies),
        pictures=None if row.pictures is None else PictureWord(row.pictures),
        results=row.results,
    )
