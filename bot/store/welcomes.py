"""Which servers the bot has greeted, so that each joining is greeted once."""

from sqlalchemy.dialects.postgresql import insert

from bot.store.database import Statement, Steps, Transaction, writes
from bot.store.schema import welcomes

_new = insert(welcomes)
_TAKE = Statement(
    _new.on_conflict_do_update(
        index_elements=[welcomes.c.guild_id],
        set_={"joined_at": _new.excluded.joined_at},
        where=welcomes.c.joined_at < _new.excluded.joined_at,
    )
)


class WelcomeStore(Steps):
    """One welcome for each time that the bot joins a server."""

    @writes
    def take(self, tx: Transaction, guild_id: int, joined_at: int) -> bool:
        """Take it on oneself to greet a server that was joined at a moment (Unix milliseconds).

        False where that was done for this joining, or a later one.
        """
        return bool(tx.run(_TAKE, guild_id=guild_id, joined_at=joined_at))
