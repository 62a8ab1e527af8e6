"""Which hints were shown, so that nobody gets the same one twice in a place."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database import Database
from bot.store.schema import hints


class HintStore:
    """One hint per person and channel or thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def show(self, channel_id: int, user_id: int, now: int) -> bool:
        """Note that a person is shown the hint in a place; False where that was done before."""
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        async with self._database.writing() as connection:
            noted = await connection.execute(
                insert(hints)
                .values(channel_id=channel_id, user_id=user_id, shown_at=now)
                .on_conflict_do_nothing()
                .returning(hints.c.user_id)
            )
            return noted.one_or_none() is not None

    async def forget(self, before: int, most: int) -> int:
        """Delete the oldest notes from before a moment (Unix milliseconds), `most` of them; how many."""
        key = sa.tuple_(hints.c.channel_id, hints.c.user_id)
        old = sa.select(hints.c.channel_id, hints.c.user_id).where(hints.c.shown_at < before)
        async with self._database.writing() as connection:
            oldest = old.order_by(hints.c.shown_at).limit(most)
            return (await connection.execute(sa.delete(hints).where(key.in_(oldest)))).rowcount
