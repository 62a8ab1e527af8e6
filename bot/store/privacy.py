"""Erasing: a person's data on their word, old words by themselves; amounts stay, under a pseudonym."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Scope
from bot.domain.privacy import ERASED_WORDS, first_open_month, open_months, still_on_the_way
from bot.domain.states import UNDECIDED, JobState, TaskState
from bot.store import ledger
from bot.store.database import Database
from bot.store.keys import has_key
from bot.store.schema import erasures, hints, images, jobs, refusals, results, tasks, totals, warnings
from bot.store.schema import ledger as entries
from bot.store.turns import is_unended

T = TypeVar("T")
_AT_ONCE = 500
"""How many values stand in one statement; databases take some ten thousand."""
_KEYS_AT_ONCE = 100
"""How many whole keys; SQLite's expressions go a thousand deep."""
_IN_PROGRESS = (JobState.OPEN, JobState.DELIVERING)
_NO_WORDS = {
    "title": ERASED_WORDS,
    "channel_id": 0,
    "parent_channel_id": None,
    "head_id": None,
    "head_final": True,
    "result_channel_id": None,
    "result_id": None,
    "interaction_token": None,
    "click_key": None,
    "role_ids": None,
    "source": None,
    "removed_by": None,
}
"""What is left of a job in the place of its words and links."""


class PrivacyStore:
    """Each method is one transaction; what it erases it erases wholly."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def erase(self, user_id: int, pseudonym: int, now: int) -> int:
        """Erase a person's data on all servers, but for what moderators have decided; of how many jobs.

        Amounts of months that are over go under the `pseudonym`, a negative number that nobody has; those of the
        months that are not wait in `erasures` for `pseudonymise_next`. Raises `Refusal` where something of theirs
        is on the way.
        """
        async with self._database.writing() as connection:
            if await _is_on_the_way(connection, user_id):
                raise still_on_the_way()
            # what is accepted meanwhile stays: it was asked for after this
            own = sa.select(jobs.c.id).where(jobs.c.user_id == user_id, *_has_words_and_ended())
            ids = list(await connection.scalars(own.order_by(jobs.c.id)))
            for some in _chunks(ids):
                await _erase_words(connection, some, now)
            await connection.execute(sa.delete(refusals).where(refusals.c.user_id == user_id))
            await connection.execute(sa.delete(hints).where(hints.c.user_id == user_id))
            await _pseudonymise(connection, user_id, pseudonym, first_open_month(now), now)
            insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
            await connection.execute(
                insert(erasures)
                .values([{"user_id": user_id, "month": m, "asked_at": now} for m in open_months(now)])
                .on_conflict_do_update(
                    index_elements=[erasures.c.user_id, erasures.c.month], set_={"asked_at": now}
                )
            )
            return len(ids)

    async def pseudonymise_next(self, pseudonym: Callable[[], int], now: int) -> bool:
        """Put the amounts of one erased person under a pseudonym whose month is over; False where none is left."""
        async with self._database.writing() as connection:
            waiting = (
                await connection.execute(
                    sa.select(erasures)
                    .where(erasures.c.month < first_open_month(now))
                    .order_by(erasures.c.month, erasures.c.user_id)
                    .limit(1)
                    .with_for_update()
                )
            ).one_or_none()
            if waiting is None:
                return False
            await _pseudonymise(connection, waiting.user_id, pseudonym(), first_open_month(now), waiting.asked_at)
            await connection.execute(
                sa.delete(erasures).where(erasures.c.user_id == waiting.user_id, erasures.c.month == waiting.month)
            )
            return True

    async def erase_old(self, accepted_before: int, most: int, now: int) -> int:
        """Erase words, links and pictures of the oldest jobs from before a moment, `most` of them; of how many."""
        async with self._database.writing() as connection:
            ids = list(
                await connection.scalars(
                    sa.select(jobs.c.id)
                    .where(jobs.c.accepted_at < accepted_before, *_has_words_and_ended())
                    .order_by(jobs.c.accepted_at)
                    .limit(most)
                )
            )
            for some in _chunks(ids):
                await _erase_words(connection, some, now)
            return len(ids)


async def _is_on_the_way(connection: AsyncConnection, user_id: int) -> bool:
    own = jobs.c.user_id == user_id
    in_progress = sa.exists().where(own, jobs.c.state.in_(_IN_PROGRESS))
    coming = sa.exists().where(is_unended(), tasks.c.user_id == user_id, _may_bring_something())
    return bool(await connection.scalar(sa.select(sa.or_(in_progress, coming))))


def _has_words_and_ended() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        jobs.c.erased_at.is_(None),
        jobs.c.state.not_in(_IN_PROGRESS),
        ~sa.exists().where(tasks.c.job_id == jobs.c.id, _may_bring_something()),
    )


def _may_bring_something() -> sa.ColumnElement[bool]:
    unknown = sa.and_(tasks.c.state == TaskState.UNKNOWN, ~ledger.is_ended(tasks.c.job_id, tasks.c.position))
    return sa.or_(tasks.c.state.in_([*UNDECIDED, TaskState.OVERDUE]), unknown)


async def _erase_words(connection: AsyncConnection, job_ids: Sequence[int], now: int) -> None:
    """Erase words, links and pictures of jobs that have ended."""
    own = tasks.c.job_id.in_(job_ids)
    used = sa.select(tasks.c.image_sha256).where(own, tasks.c.image_sha256.is_not(None)).distinct()
    # locked before their tasks, as `ImageStore.forget` does; an accept that takes one up again waits
    locked = sa.select(images.c.sha256).where(images.c.sha256.in_(used)).order_by(images.c.sha256)
    pictures = list(await connection.scalars(locked.with_for_update()))
    await connection.execute(
        sa.update(tasks)
        .where(own)
        .values(params={}, image_sha256=None, result_url=None, more_urls=None, error_text=None)
    )
    await connection.execute(sa.delete(results).where(results.c.job_id.in_(job_ids)))
    await connection.execute(sa.update(jobs).where(jobs.c.id.in_(job_ids)).values(erased_at=now, **_NO_WORDS))
    if pictures:
        # somebody else may work on the same picture
        needed = sa.exists().where(tasks.c.image_sha256 == images.c.sha256)
        await connection.execute(sa.delete(images).where(images.c.sha256.in_(pictures), ~needed))


async def _pseudonymise(
    connection: AsyncConnection, user_id: int, pseudonym: int, before_month: str, asked_at: int
) -> None:
    """Put a person's erased jobs from before a month under a pseudonym, with what they have cost.

    They have all ended, so nothing is reserved for them, and no entry of the ledger can follow.
    """
    chosen = sa.select(jobs.c.id).where(
        jobs.c.user_id == user_id,
        jobs.c.erased_at.is_not(None),
        jobs.c.month < before_month,
        jobs.c.accepted_at <= asked_at,
    )
    await _move_totals(connection, user_id, pseudonym, chosen)
    for kind in (
        entries.c.kind == "reserve",
        entries.c.kind == "raise",
        ledger.is_end(entries.c.kind),
    ):  # each has an index
        moved = sa.update(entries).where(entries.c.job_id.in_(chosen), kind)
        await connection.execute(moved.values(user_id=pseudonym))
    await connection.execute(sa.update(tasks).where(tasks.c.job_id.in_(chosen)).values(user_id=pseudonym))
    await connection.execute(sa.update(jobs).where(jobs.c.id.in_(chosen)).values(user_id=pseudonym))
    await connection.execute(
        sa.delete(warnings).where(
            warnings.c.scope == Scope.PERSON,
            warnings.c.user_id == user_id,
            warnings.c.window < before_month,  # `2026-10-31` and `2026-10` both come before `2026-11`
        )
    )


async def _move_totals(
    connection: AsyncConnection, user_id: int, pseudonym: int, chosen: sa.Select[tuple[int]]
) -> None:
    spent = sa.func.sum(entries.c.amount_nano)
    rows = await connection.execute(
        sa.select(entries.c.guild_id, entries.c.day, entries.c.month, spent.label("spent"))
        .where(entries.c.job_id.in_(chosen), ledger.is_end(entries.c.kind), entries.c.kind == "settle")
        .group_by(entries.c.guild_id, entries.c.day, entries.c.month)
    )
    moved: dict[tuple[int, str], int] = {}
    for row in rows:
        for window in (row.day, row.month):
            moved[row.guild_id, window] = moved.get((row.guild_id, window), 0) + int(row.spent)
    if not moved:
        return
    own = sa.and_(totals.c.scope == Scope.PERSON, totals.c.user_id == user_id)
    for some in _chunks(sorted(moved), _KEYS_AT_ONCE):
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
        await connection.execute(
            sa.insert(totals),
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
            ],
        )
        emptied = sa.and_(totals.c.spent_nano == 0, totals.c.reserved_nano == 0)
        await connection.execute(sa.delete(totals).where(chosen_totals, emptied))


def _chunks(values: Sequence[T], most: int = _AT_ONCE) -> list[Sequence[T]]:
    return [values[start : start + most] for start in range(0, len(values), most)]
