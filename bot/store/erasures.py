"""Erasing a person's data on their word, in portions; amounts stay, under a pseudonym.

A row of `erasures` stays until the month of that word is over. While it has a pseudonym it is under way, and any
process may go on with it after a crash; without one it waits for the next month's end, to which its amounts count.
"""

from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Scope
from bot.domain.privacy import Erasure, first_open_month, month_of
from bot.domain.states import IN_PROGRESS
from bot.store import ledger
from bot.store.database import Database
from bot.store.privacy import erase_words, has_words_and_ended
from bot.store.rows import has_key
from bot.store.schema import erasures, hints, jobs, refusals, tasks, totals, warnings
from bot.store.schema import ledger as entries
from bot.store.turns import is_unended
from bot.wording.privacy import still_on_the_way

_KEYS_AT_ONCE = 100
"""How many whole keys stand in one statement; SQLite's expressions go a thousand deep."""


class ErasureStore:
    """Each method is one transaction; an erasure is told as done once `go_on` has said that nothing is left."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, user_id: int, pseudonym: int, now: int) -> Erasure:
        """Note that all that is kept of a person now is to go, but for what moderators have decided.

        Amounts of months that are over go under the `pseudonym`, a negative number that nobody has; those of the
        months that are not, once they are. Raises `Refusal` where something of theirs is on the way.
        """
        async with self._database.writing() as connection:
            if await _is_on_the_way(connection, user_id):
                raise still_on_the_way()
            own = jobs.c.user_id == user_id
            # what is accepted from now on was asked for after this; ids tell it, whatever a clock says
            last = await connection.scalar(sa.select(sa.func.max(jobs.c.id)).where(own)) or 0
            with_words = sa.select(sa.func.count()).select_from(jobs).where(own, jobs.c.erased_at.is_(None))
            count = await connection.scalar(with_words) or 0
            earlier = await _erasure(connection, user_id)
            if earlier is not None and last <= earlier.last_job_id and not count:
                others = [sa.exists().where(table.c.user_id == user_id) for table in (refusals, hints)]
                if not await connection.scalar(sa.select(sa.or_(*others))):
                    return Erasure(earlier.asked_at, 0, repeated=True)
            begun = {
                "month": first_open_month(now),
                "asked_at": now,
                "last_job_id": last,
                "pseudonym": pseudonym,
            }
            insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
            await connection.execute(
                insert(erasures)
                .values(user_id=user_id, **begun)
                .on_conflict_do_update(index_elements=[erasures.c.user_id], set_=begun)
            )
            return Erasure(now, count, repeated=False)

    async def next(self, pseudonym: Callable[[], int], now: int) -> int | None:
        """Name a person whose erasure is under way, or goes on as a month is over; None where there is none."""
        async with self._database.writing() as connection:
            over = first_open_month(now)
            row = (
                await connection.execute(
                    sa.select(erasures)
                    .where(sa.or_(erasures.c.pseudonym.is_not(None), erasures.c.month < over))
                    .order_by(erasures.c.month, erasures.c.user_id)
                    .limit(1)
                    .with_for_update()
                )
            ).one_or_none()
            if row is None:
                return None
            if row.pseudonym is None:
                await connection.execute(
                    sa.update(erasures)
                    .where(erasures.c.user_id == row.user_id)
                    .values(month=over, pseudonym=pseudonym())
                )
            return int(row.user_id)

    async def go_on(self, user_id: int, most: int) -> bool:
        """Erase the next portion of a person's data, `most` jobs; False where nothing was under way or is left."""
        async with self._database.writing() as connection:
            erasure = await _erasure(connection, user_id)
            if erasure is None or erasure.pseudonym is None:
                return False
            if await _erase_jobs(connection, erasure, most):
                return True
            for table in (refusals, hints):
                await connection.execute(sa.delete(table).where(table.c.user_id == user_id))
            await connection.execute(
                sa.delete(warnings).where(
                    warnings.c.scope == Scope.PERSON,
                    warnings.c.user_id == user_id,
                    warnings.c.window < erasure.month,  # `2026-10-31` and `2026-10` both come before `2026-11`
                )
            )
            own = erasures.c.user_id == user_id
            if month_of(erasure.asked_at) < erasure.month:
                await connection.execute(sa.delete(erasures).where(own))
            else:
                await connection.execute(sa.update(erasures).where(own).values(pseudonym=None))
            return False


async def _erasure(connection: AsyncConnection, user_id: int) -> sa.Row[tuple[int, str, int, int, int]] | None:
    chosen = sa.select(erasures).where(erasures.c.user_id == user_id)
    return (await connection.execute(chosen.with_for_update())).one_or_none()


async def _is_on_the_way(connection: AsyncConnection, user_id: int) -> bool:
    own = jobs.c.user_id == user_id
    in_progress = sa.exists().where(own, jobs.c.state.in_(IN_PROGRESS))
    coming = sa.exists().where(is_unended(), tasks.c.user_id == user_id, ledger.is_reserved(tasks))
    return bool(await connection.scalar(sa.select(sa.or_(in_progress, coming))))


async def _erase_jobs(
    connection: AsyncConnection, erasure: sa.Row[tuple[int, str, int, int, int]], most: int
) -> bool:
    """Erase the words of some jobs, and put those of months that are over under the pseudonym; False for none."""
    over = jobs.c.month < erasure.month
    still = sa.or_(sa.and_(*has_words_and_ended()), sa.and_(jobs.c.erased_at.is_not(None), over))
    rows = await connection.execute(
        sa.select(jobs.c.id, jobs.c.erased_at, over.label("over"))
        .where(jobs.c.user_id == erasure.user_id, jobs.c.id <= erasure.last_job_id, still)
        .order_by(jobs.c.guild_id, jobs.c.accepted_at)
        .limit(most)
    )
    chosen = rows.all()
    if with_words := [row.id for row in chosen if row.erased_at is None]:
        await erase_words(connection, with_words, erasure.asked_at)
    if of_past_months := [row.id for row in chosen if row.over]:
        await _pseudonymise(connection, erasure.user_id, erasure.pseudonym, of_past_months)
    return bool(chosen)


async def _pseudonymise(connection: AsyncConnection, user_id: int, pseudonym: int, job_ids: Sequence[int]) -> None:
    """Put some of a person's erased jobs under a pseudonym, with what they have cost.

    They have all ended, so nothing is reserved for them, and no entry of the ledger can follow.
    """
    await _move_totals(connection, user_id, pseudonym, job_ids)
    # each has an index
    for kind in (entries.c.kind == "reserve", entries.c.kind == "raise", ledger.is_end(entries.c.kind)):
        moved = sa.update(entries).where(entries.c.job_id.in_(job_ids), kind)
        await connection.execute(moved.values(user_id=pseudonym))
    await connection.execute(sa.update(tasks).where(tasks.c.job_id.in_(job_ids)).values(user_id=pseudonym))
    await connection.execute(sa.update(jobs).where(jobs.c.id.in_(job_ids)).values(user_id=pseudonym))


async def _move_totals(connection: AsyncConnection, user_id: int, pseudonym: int, job_ids: Sequence[int]) -> None:
    spent = sa.func.sum(entries.c.amount_nano)
    rows = await connection.execute(
        sa.select(entries.c.guild_id, entries.c.day, entries.c.month, spent.label("spent"))
        .where(entries.c.job_id.in_(job_ids), ledger.is_end(entries.c.kind), entries.c.kind == "settle")
        .group_by(entries.c.guild_id, entries.c.day, entries.c.month)
    )
    moved: dict[tuple[int, str], int] = {}
    for row in rows:
        for window in (row.day, row.month):
            moved[row.guild_id, window] = moved.get((row.guild_id, window), 0) + int(row.spent)
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    own = sa.and_(totals.c.scope == Scope.PERSON, totals.c.user_id == user_id)
    keys = sorted(moved)
    for some in (keys[start : start + _KEYS_AT_ONCE] for start in range(0, len(keys), _KEYS_AT_ONCE)):
        own_keys = [(Scope.PERSON, guild_id, user_id, window) for guild_id, window in some]
        chosen_totals = has_key((totals.c.scope, totals.c.guild_id, totals.c.user_id, totals.c.window), own_keys)
        mine = sa.select(totals.c.guild_id, totals.c.window, totals.c.spent_nano).where(chosen_totals)
        kept = await connection.execute(mine.order_by(totals.c.guild_id, totals.c.window).with_for_update())
        for guild_id, window, spent_nano in kept.all():
            await connection.execute(
                sa.update(totals)
                .where(own, totals.c.guild_id == guild_id, totals.c.window == window)
                .values(spent_nano=spent_nano - moved[guild_id, window])
            )
        taken_over = insert(totals).values(
            [
                {
                    "scope": Scope.PERSON,
                    "guild_id": guild_id,
                    "user_id": pseudonym,
                    "window": window,
                    "spent_nano": moved[guild_id, window],
                    "reserved_nano": 0,
                }
                for guild_id, window in some
            ]
        )
        await connection.execute(
            taken_over.on_conflict_do_update(
                index_elements=list(totals.primary_key),
                set_={"spent_nano": totals.c.spent_nano + taken_over.excluded.spent_nano},
            )
        )
        emptied = sa.and_(totals.c.spent_nano == 0, totals.c.reserved_nano == 0)
        await connection.execute(sa.delete(totals).where(chosen_totals, emptied))
