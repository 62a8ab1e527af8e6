"""Which commands were last registered with Discord, so that they are sent only when they changed."""

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema import command_syncs


class CommandStore:
    """The digest of the commands that Discord has, per application."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def digest(self, application_id: int) -> str | None:
        """Give the digest of what was last registered; None where nothing was."""
        async with self._database.reading() as connection:
            return await connection.scalar(
                sa.select(command_syncs.c.digest).where(command_syncs.c.application_id == application_id)
            )

    async def record(self, application_id: int, digest: str, now: int) -> None:
        """Record what was registered."""
        async with self._database.writing() as connection:
            await connection.execute(
                sa.delete(command_syncs).where(command_syncs.c.application_id == application_id)
            )
            await connection.execute(
                sa.insert(command_syncs).values(application_id=application_id, digest=digest, synced_at=now)
            )
