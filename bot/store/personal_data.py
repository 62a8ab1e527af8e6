"""What the database holds about one person, over all servers and direct messages, read piece by piece."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.domain.budgets import Account, Period, Scope
from bot.domain.jobs import Job
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.complaints import Complaint
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.pictures.ownership import Known
from bot.domain.preferences import Preferences
from bot.domain.refusals import PastRefusal
from bot.domain.warnings import BudgetWarning
from bot.store.complaints import complaints_by
from bot.store.database import Statement, Steps, Transaction, reads
from bot.store.ownership import known_from
from bot.store.preferences import preferences_of
from bot.store.rows import jobs_of
from bot.store.schema import (
    blocks,
    consent_owners,
    consents,
    favourites,
    grants,
    images,
    jobs,
    limits,
    pending,
    pictures,
    preferences,
    refusals,
    tasks,
    warnings,
)

JobMark = tuple[int, int, int]
"""A job's place in an export: server, moment, id."""

_USER_ID = sa.bindparam("user_id", type_=sa.BigInteger)
_PLACE = (jobs.c.guild_id, jobs.c.accepted_at, jobs.c.id)
_MARK = ("guild_id", "accepted_at", "job_id")
_AFTER_MARK = sa.tuple_(*_PLACE) > sa.tuple_(*(sa.bindparam(name, type_=sa.BigInteger) for name in _MARK))
_JOBS = sa.select(jobs).where(jobs.c.user_id == _USER_ID).order_by(*_PLACE).limit(sa.bindparam("most"))
_FIRST_JOBS = Statement(_JOBS)
_FURTHER_JOBS = Statement(_JOBS.where(_AFTER_MARK))
_REFUSALS = Statement(
    sa.select(refusals)
    .where(refusals.c.user_id == _USER_ID, refusals.c.id > sa.bindparam("after"))
    .order_by(refusals.c.id)
    .limit(sa.bindparam("most"))
)
_LIMITS = Statement(sa.select(limits).where(limits.c.subject == Subject.MEMBER, limits.c.subject_id == _USER_ID))
_GRANTS = Statement(sa.select(grants).where(grants.c.user_id == _USER_ID).order_by(grants.c.id))
_BLOCKS = Statement(sa.select(blocks).where(blocks.c.user_id == _USER_ID))
_WARNINGS = Statement(
    sa.select(warnings)
    .where(warnings.c.scope.in_([Scope.PERSON, Scope.EVERYWHERE]), warnings.c.user_id == _USER_ID)
    .order_by(warnings.c.at)
)
_FAVOURITES = Statement(
    sa.select(favourites).where(favourites.c.user_id == _USER_ID).order_by(favourites.c.marked_at)
)
_PENDING = Statement(
    sa.select(pending.c.guild_id, pending.c.begun_at, pending.c.value)
    .where(pending.c.user_id == _USER_ID)
    .order_by(pending.c.id)
)
_PICTURES = Statement(sa.select(pictures).where(pictures.c.owner_id == _USER_ID).order_by(pictures.c.id))
_CONSENTS = Statement(
    sa.select(
        *(
            consents.c[name]
            for name in ("id", "guild_id", "asker_id", "kind", "title", "sha256", "asked_at", "verdict")
        ),
        consents.c.decided_at,
    )
    .where(
        sa.or_(
            consents.c.asker_id == _USER_ID,
            consents.c.id.in_(sa.select(consent_owners.c.consent_id).where(consent_owners.c.user_id == _USER_ID)),
        )
    )
    .order_by(consents.c.id)
)
_USED = sa.select(tasks.c.image_sha256).where(tasks.c.user_id == _USER_ID, tasks.c.image_sha256.is_not(None))
_IMAGES = Statement(
    sa.select(images.c.sha256, images.c.format, sa.func.length(images.c.data).label("size"))
    .where(images.c.sha256.in_(_USED))
    .order_by(images.c.sha256)
)


def _count(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    of_person = conditions or (table.c.user_id == _USER_ID,)
    return sa.select(sa.func.count()).select_from(table).where(*of_person).scalar_subquery()


_KEPT = Statement(
    sa.select(
        *(
            _count(table).label(table.name)
            for table in (jobs, refusals, preferences, favourites, pending, grants, blocks)
        ),
        _count(jobs, jobs.c.user_id == _USER_ID, jobs.c.erased_at.is_(None)).label("with_words"),
        _count(images, images.c.sha256.in_(_USED)).label("pictures"),
        _count(limits, limits.c.subject == Subject.MEMBER, limits.c.subject_id == _USER_ID).label("limits"),
    )
)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What moderators have decided about one person, and what that person was warned of; by server."""

    limits: Sequence[tuple[int, Limit]]
    grants: Sequence[Grant]
    blocks: Sequence[Block]
    warnings: Sequence[BudgetWarning]


@dataclass(frozen=True, slots=True)
class KeptConsent:
    """A question about a picture that a person has asked, or was asked."""

    job_id: int
    """Of the job that it was about, where it became one."""
    guild_id: int
    asked_by_them: bool
    kind: str
    title: str
    """The asker's words."""
    sha256: str
    asked_at: int
    verdict: str | None
    decided_at: int | None


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture that is remembered for a person; the picture itself is not kept."""

    guild_id: int
    sha256: str
    known: Known


@dataclass(frozen=True, slots=True)
class KeptImage:
    """An input picture that is kept."""

    sha256: str
    format: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept of one person, over all servers and direct messages."""

    jobs: int = 0
    with_words: int = 0
    """Of how many of these jobs the words are still there."""
    pictures: int = 0
    """That they have sent."""
    refusals: int = 0
    settings: int = 0
    """Whether they have chosen any."""
    favourites: int = 0
    begun: int = 0
    """What they have begun and not yet sent."""
    decisions: int = 0
    """Limits, grants and blocks of theirs."""


class PersonalDataStore(Steps):
    """Reads what is kept of one person; nobody else's."""

    @reads
    def kept(self, tx: Transaction, user_id: int) -> Kept:
        """Count what is kept of a person."""
        found = tx.one(_KEPT, user_id=user_id)
        decided = found.limits + found.grants + found.blocks
        own = (found.jobs, found.with_words, found.pictures, found.refusals, found.preferences, found.favourites)
        return Kept(*own, found.pending, decided)

    @reads
    def jobs(self, tx: Transaction, user_id: int, after: JobMark | None, most: int) -> Sequence[Job]:
        """Read jobs with their tasks, the oldest of each server first; the next ones after a mark."""
        if after is None:
            rows = tx.many(_FIRST_JOBS, user_id=user_id, most=most)
        else:
            rows = tx.many(_FURTHER_JOBS, user_id=user_id, most=most, **dict(zip(_MARK, after, strict=True)))
        return jobs_of(tx, rows)

    @reads
    def refusals(
        self, tx: Transaction, user_id: int, after: int, most: int
    ) -> Sequence[tuple[int, int, PastRefusal]]:
        """Read what was refused, each with its number and server; the next ones after a number."""
        rows = tx.many(_REFUSALS, user_id=user_id, after=after, most=most)
        return [(row.id, row.guild_id, PastRefusal(row.refuser, row.what, row.at)) for row in rows]

    @reads
    def decisions(self, tx: Transaction, user_id: int) -> Decisions:
        """Read the limits, grants, blocks and warnings of a person on all servers."""
        return Decisions(
            [
                (
                    row.guild_id,
                    Limit(Subject(row.subject), row.subject_id, Period(row.period), row.amount_nano),
                )
                for row in tx.many(_LIMITS, user_id=user_id)
            ],
            [
                Grant(
                    Account(row.guild_id, user_id),
                    row.amount_nano,
                    row.reason,
                    row.granted_by,
                    row.granted_at,
                    row.expires_at,
                )
                for row in tx.many(_GRANTS, user_id=user_id)
            ],
            [
                Block(
                    Account(row.guild_id, user_id),
                    row.reason,
                    row.told,
                    row.blocked_by,
                    row.blocked_at,
                    row.expires_at,
                )
                for row in tx.many(_BLOCKS, user_id=user_id)
            ],
            [
                BudgetWarning(
                    Scope(row.scope),
                    Account(row.guild_id, user_id),
                    row.window,
                    row.percent,
                    row.limit_nano,
                    row.used_nano,
                )
                for row in tx.many(_WARNINGS, user_id=user_id)
            ],
        )

    @reads
    def preferences(self, tx: Transaction, user_id: int) -> Preferences | None:
        """Read what a person has chosen for themselves; None where that is nothing."""
        return preferences_of(tx, user_id)

    @reads
    def favourites(self, tx: Transaction, user_id: int) -> Sequence[tuple[int, int]]:
        """Name the jobs whose results are a person's favourites, each with when it was marked."""
        return [(row.job_id, row.marked_at) for row in tx.many(_FAVOURITES, user_id=user_id)]

    @reads
    def complaints(self, tx: Transaction, user_id: int) -> Sequence[tuple[int, Complaint]]:
        """Read what a person has reported, with the id of each message."""
        return complaints_by(tx, user_id)

    @reads
    def pending(self, tx: Transaction, user_id: int) -> Sequence[tuple[int, int, Any]]:
        """Read what a person has begun and not yet sent: the server, the moment, and what it is, as JSON."""
        return [(row.guild_id, row.begun_at, row.value) for row in tx.many(_PENDING, user_id=user_id)]

    @reads
    def pictures(self, tx: Transaction, user_id: int) -> Sequence[KeptPicture]:
        """Read which pictures are remembered for a person, by server."""
        rows = tx.many(_PICTURES, user_id=user_id)
        return [KeptPicture(row.guild_id, row.sha256, known_from(row)) for row in rows]

    @reads
    def consents(self, tx: Transaction, user_id: int) -> Sequence[KeptConsent]:
        """Read what a person has asked owners of pictures, and was asked as one."""
        return [
            KeptConsent(
                row.id,
                row.guild_id,
                row.asker_id == user_id,
                row.kind,
                row.title,
                row.sha256,
                row.asked_at,
                row.verdict,
                row.decided_at,
            )
            for row in tx.many(_CONSENTS, user_id=user_id)
        ]

    @reads
    def images(self, tx: Transaction, user_id: int) -> Sequence[KeptImage]:
        """Name the input pictures of a person's jobs that are kept."""
        rows = tx.many(_IMAGES, user_id=user_id)
        return [KeptImage(row.sha256, row.format, row.size) for row in rows]
