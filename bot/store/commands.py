"""Which commands were last registered with Discord, so that they are sent only when they changed."""

import sqlalchemy as sa

from bot.store.database import Statement, Steps, Transaction, reads, writes
from bot.store.schema import command_syncs

_IS_OF_IT = command_syncs.c.application_id == sa.bindparam("application_id")
_DIGEST = Statement(sa.select(command_syncs.c.digest).where(_IS_OF_IT))
_FORGET = Statement(sa.delete(command_syncs).where(_IS_OF_IT))
_RECORD = Statement(sa.insert(command_syncs))


class CommandStore(Steps):
    """The digest of the commands that Discord has, per application."""

    @reads
    def digest(self, tx: Transaction, application_id: int) -> str | None:
        """Give the digest of what was last registered; None where nothing was."""
        digest: str | None = tx.value(_DIGEST, application_id=application_id)
        return digest

    @writes
    def record(self, tx: Transaction, application_id: int, digest: str, now: int) -> None:
        """Record what was registered."""
        tx.run(_FORGET, application_id=application_id)
        tx.run(_RECORD, application_id=application_id, digest=digest, synced_at=now)
