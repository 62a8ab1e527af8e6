"""Whose pictures are: those that stand in a job's lineage, and those that are remembered on a server."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

import spark
from bot.domain.jobs import result_named
from bot.domain.moderation.actions import Action
from bot.domain.pictures.ownership import (
    Known,
    Ownership,
    PictureOwner,
    PictureRule,
    Remembered,
    never_by,
    owners_of_known,
)
from bot.domain.pictures.sources import MessageRef, Source
from bot.domain.preferences import Preferences
from bot.store.database import Row, Statement, Steps, Transaction, given, is_among, reads, writes
from bot.store.moderation import record_action, rules_of
from bot.store.preferences import preferences_of
from bot.store.schema import job_owners, jobs, pictures

_SHAPES = 50
"""How far apart the proportions of pictures that are alike may be: see `spark.Fingerprint`."""
_OWNER_UNKNOWN = 0

_ASKER = Statement(sa.select(jobs.c.user_id).where(jobs.c.id == sa.bindparam("of_job")))
_OWNERS = Statement(
    sa.select(job_owners.c.user_id)
    .where(job_owners.c.job_id == sa.bindparam("of_job"))
    .order_by(job_owners.c.user_id)
)
_KEEP_OWNERS = Statement(insert(job_owners).values(given("job_id", "user_id")).on_conflict_do_nothing())
_here = pictures.c.guild_id == sa.bindparam("of_guild")
_SAME = Statement(
    sa.select(pictures).where(_here, pictures.c.sha256 == sa.bindparam("hash")).order_by(pictures.c.id)
)
_SIMILAR = Statement(
    sa.select(pictures)
    .where(
        _here,
        pictures.c.shape.between(sa.bindparam("least"), sa.bindparam("most")),
        pictures.c.sha256 != sa.bindparam("hash"),
    )
    .order_by(pictures.c.id)
)
_new = insert(pictures).values(
    **given(
        *("guild_id", "sha256", "owner_id", "shape", "fingerprint", "posted_at", "channel_id", "message_id"),
        "seen_at",
    ),
    never=False,
)
_earlier = _new.excluded.posted_at < pictures.c.posted_at
_REMEMBER = Statement(
    _new.on_conflict_do_update(
        index_elements=[pictures.c.guild_id, pictures.c.sha256, pictures.c.owner_id],
        set_={
            "seen_at": _new.excluded.seen_at,
            **{
                name: sa.case((_earlier, _new.excluded[name]), else_=pictures.c[name])
                for name in ("posted_at", "channel_id", "message_id")
            },
        },
    )
)
# two at once who come with copies of each other do not wait for each other: each renews what the other does not
_FREE = sa.select(pictures.c.id).where(is_among(pictures.c.id, "ids")).with_for_update(skip_locked=True)
_SEE_AGAIN = Statement(sa.update(pictures).where(pictures.c.id.in_(_FREE)).values(given("seen_at")))
_PICTURE = Statement(sa.select(pictures).where(pictures.c.id == sa.bindparam("of_id")))
_IN_MESSAGE = Statement(
    sa.select(pictures)
    .where(_here, pictures.c.message_id == sa.bindparam("of_message"))
    .order_by(pictures.c.id)
    .limit(1)
)
_SAY_NEVER = Statement(
    sa.update(pictures).where(is_among(pictures.c.id, "ids")).values(never=sa.bindparam("said"))
)
_SETTLE = Statement(
    sa.update(pictures)
    .where(is_among(pictures.c.id, "ids"))
    .values(settled_at=sa.bindparam("at"), settled_by=sa.bindparam("by"))
)
_UNSEEN = Statement(
    sa.select(pictures.c.id)
    .where(pictures.c.seen_at < sa.bindparam("before"), sa.not_(pictures.c.never), pictures.c.settled_at.is_(None))
    .order_by(pictures.c.seen_at)
    .limit(sa.bindparam("most"))
)
_FORGET = Statement(sa.delete(pictures).where(is_among(pictures.c.id, "ids")))
_FORGET_PICTURES = Statement(
    sa.delete(pictures).where(pictures.c.owner_id == sa.bindparam("of_user"), sa.not_(pictures.c.never))
)
_PSEUDONYMISE_PICTURES = Statement(
    sa.update(pictures)
    .where(pictures.c.owner_id == sa.bindparam("of_user"))
    .values(**given("owner_id"), channel_id=None, message_id=None)
)
_PSEUDONYMISE_JOBS = Statement(
    sa.update(job_owners).where(job_owners.c.user_id == sa.bindparam("of_user")).values(given("user_id"))
)


class OwnershipStore(Steps):
    """Reads whose a picture is; remembers each that somebody would like to have worked on."""

    @reads
    def of(self, tx: Transaction, guild_id: int, source: Source | None, repeats_id: int | None) -> Ownership:
        """Tell whose a picture is, or that of a job which is to be done once more, as far as that is known.

        Without the picture's hash that is what its message says.
        """
        known = () if source is None else alike_to(tx, guild_id, source.sha256, source.fingerprint)
        return _ownership(tx, guild_id, source, repeats_id, known)

    @writes
    def recognise(self, tx: Transaction, guild_id: int, source: Source, posted_at: int, now: int) -> Ownership:
        """Remember a picture that was fetched, for those whose it seems to be; tell whose it is."""
        owner_ids, _ = _claimed(tx, source, None)
        _remember(tx, guild_id, source, owner_ids, posted_at, now)
        known = alike_to(tx, guild_id, source.sha256, source.fingerprint)
        # who posted it first is known for as long as anybody comes with a copy
        tx.run(_SEE_AGAIN, ids=[row.id for row in known], seen_at=now)
        return _ownership(tx, guild_id, source, None, known)

    @reads
    def of_job(self, tx: Transaction, job_id: int) -> tuple[int, ...]:
        """Name those whose pictures stand in a job's lineage; negative ones have had their data erased."""
        return owners_of_job(tx, job_id)

    @reads
    def remembered(self, tx: Transaction, guild_id: int, sha256: str | None) -> Remembered | None:
        """Tell for whom a picture, and what is alike, is remembered on a server; None where it is not."""
        return _remembered(alike_to(tx, guild_id, sha256))

    @reads
    def remembered_in(self, tx: Transaction, guild_id: int, message_id: int) -> Remembered | None:
        """Tell the same of the first picture of a message."""
        row = next(iter(tx.many(_IN_MESSAGE, of_guild=guild_id, of_message=message_id)), None)
        return None if row is None else _remembered(alike_to(tx, guild_id, row.sha256))

    @reads
    def remembered_as(self, tx: Transaction, guild_id: int, picture_id: int) -> Remembered | None:
        """Tell the same of a picture by its id; None for one of another server."""
        row = tx.maybe(_PICTURE, of_id=picture_id)
        if row is None or row.guild_id != guild_id:
            return None
        return _remembered(alike_to(tx, guild_id, row.sha256))

    @writes
    def settle(self, tx: Transaction, picture_id: int, owner_id: int, action: Action) -> bool:
        """Write down whose a picture is on a moderator's word; False where their server remembers no such one."""
        row = tx.maybe(_PICTURE, of_id=picture_id)
        if row is None or row.guild_id != action.guild_id:
            return False
        rows = alike_to(tx, row.guild_id, row.sha256)
        if all(each.owner_id != owner_id for each in rows):
            _write(tx, row.guild_id, row.sha256, owner_id, row.fingerprint, row.posted_at, None, action.at)
            rows = alike_to(tx, row.guild_id, row.sha256)
        others, own = (
            [each.id for each in rows if (each.owner_id == owner_id) is theirs] for theirs in (False, True)
        )
        tx.run(_SETTLE, ids=others, at=None, by=None)
        tx.run(_SETTLE, ids=own, at=action.at, by=action.actor_id)
        record_action(tx, action)
        return True

    @writes
    def forget(self, tx: Transaction, before: int, most: int) -> int:
        """Delete what nobody has asked for since a moment, `most` of it; how many. What was decided stays."""
        ids = [row.id for row in tx.many(_UNSEEN, before=before, most=most)]
        return tx.run(_FORGET, ids=ids) if ids else 0


def keep_owners(tx: Transaction, job_id: int, owner_ids: Iterable[int]) -> None:
    """Write down whose pictures stand in a new job's lineage."""
    if rows := [{"job_id": job_id, "user_id": each} for each in owner_ids]:
        tx.run_each(_KEEP_OWNERS, rows)


def owners_of_job(tx: Transaction, job_id: int) -> tuple[int, ...]:
    """Name those whose pictures stand in a job's lineage as a part of somebody else's transaction."""
    return tuple(row.user_id for row in tx.many(_OWNERS, of_job=job_id))


def say_never(tx: Transaction, guild_id: int, sha256: str, owner_id: int, *, said: bool) -> None:
    """Write down an owner's "Never mine" of a picture and of all that is alike and theirs, or take it back."""
    own = [row.id for row in alike_to(tx, guild_id, sha256) if row.owner_id == owner_id]
    tx.run(_SAY_NEVER, ids=own, said=said)


def alike_to(tx: Transaction, guild_id: int, sha256: str | None, fingerprint: str | None = None) -> Sequence[Row]:
    """Read what is remembered of a picture on a server, the same bytes and what is alike; none outside of one.

    One that is not remembered itself is recognised by its `fingerprint`.
    """
    if not guild_id or sha256 is None:
        return ()
    same = tx.many(_SAME, of_guild=guild_id, hash=sha256)
    fingerprint = fingerprint or next((row.fingerprint for row in same if row.fingerprint is not None), None)
    if fingerprint is None:
        return same
    one = spark.Fingerprint.read(fingerprint)
    near = tx.many(_SIMILAR, of_guild=guild_id, least=one.shape - _SHAPES, most=one.shape + _SHAPES, hash=sha256)
    return [*same, *(row for row in near if spark.alike(one, spark.Fingerprint.read(row.fingerprint)))]


def has_owned(user_id: sa.BindParameter[int]) -> sa.ColumnElement[bool]:
    """Build the condition that something is kept of whose pictures somebody's are."""
    return sa.or_(
        sa.exists().where(pictures.c.owner_id == user_id), sa.exists().where(job_owners.c.user_id == user_id)
    )


def forget_owner(tx: Transaction, user_id: int, pseudonym: int) -> None:
    """Forget whose pictures somebody's are.

    What they have kept for themselves, and what was made from pictures of theirs, is nobody's to work on then.
    """
    tx.run(_FORGET_PICTURES, of_user=user_id)
    tx.run(_PSEUDONYMISE_PICTURES, of_user=user_id, owner_id=pseudonym)
    tx.run(_PSEUDONYMISE_JOBS, of_user=user_id, user_id=pseudonym)


def _claimed(tx: Transaction, source: Source | None, repeats_id: int | None) -> tuple[frozenset[int], int | None]:
    """Tell whose a picture is by what it was found in, and who has made it where that is the bot's own work."""
    made_in = source.result.job_id if source is not None and source.result is not None else None
    job_id = repeats_id if repeats_id is not None else made_in
    if job_id is None:
        poster = None if source is None else source.poster_id
        return (frozenset() if poster is None else frozenset({poster})), None
    asker_id: int | None = tx.value(_ASKER, of_job=job_id)
    if asker_id is None:
        return frozenset({_OWNER_UNKNOWN}), None
    if repeats_id is not None:
        return frozenset(owners_of_job(tx, job_id)), asker_id
    return _lineage(tx, job_id), asker_id


def _lineage(tx: Transaction, job_id: int) -> frozenset[int]:
    """Tell whose a result is: everybody's in its lineage, and its maker's; nobody's where it is of words alone."""
    in_lineage = frozenset(owners_of_job(tx, job_id))
    asker_id: int | None = tx.value(_ASKER, of_job=job_id) if in_lineage else None
    return in_lineage if asker_id is None else in_lineage | {asker_id}


def _ownership(
    tx: Transaction, guild_id: int, source: Source | None, repeats_id: int | None, rows: Sequence[Row]
) -> Ownership:
    owner_ids, maker_id = _claimed(tx, source, repeats_id)
    known = list(map(known_from, rows))
    # where the bot's own work comes from, it knows
    if known and source is not None and source.result is None:
        owner_ids = owners_of_known(known)
    if source is not None and source.result is None and (named := result_named(source.filename)):
        # a file keeps its name where somebody saves it and posts it again
        owner_ids |= _lineage(tx, named.job_id)
    never = never_by(known, owner_ids)
    keeps = maker_id is not None and not (preferences_of(tx, maker_id) or Preferences()).results
    if maker_id is not None and keeps:
        owner_ids |= {maker_id}
    owners = [
        PictureOwner(
            each,
            (preferences_of(tx, each) or Preferences()).pictures,
            never=each in never,
            keeps_results=keeps and each == maker_id,
        )
        for each in sorted(owner_ids)
    ]
    rule = rules_of(tx, guild_id).pictures if guild_id else PictureRule.ASK
    shown = [each.message for each in known if each.owner_id in owner_ids]
    if source is not None:
        shown.append(source.forwarded or source.message)
        shown.append(source.message)
    return Ownership(rule, owners, tuple(dict.fromkeys(each for each in shown if each is not None)))


def _remember(
    tx: Transaction, guild_id: int, source: Source, owner_ids: Iterable[int], posted_at: int, now: int
) -> None:
    if not guild_id or source.sha256 is None:
        return
    for owner_id in sorted(each for each in owner_ids if each > 0):
        message = source.forwarded or source.message
        _write(tx, guild_id, source.sha256, owner_id, source.fingerprint, posted_at, message, now)


def _write(
    tx: Transaction,
    guild_id: int,
    sha256: str,
    owner_id: int,
    fingerprint: str | None,
    posted_at: int,
    message: MessageRef | None,
    now: int,
) -> None:
    read = None if fingerprint is None else spark.Fingerprint.read(fingerprint)
    tx.run(
        _REMEMBER,
        guild_id=guild_id,
        sha256=sha256,
        owner_id=owner_id,
        shape=None if read is None else read.shape,
        fingerprint=fingerprint,
        posted_at=posted_at,
        channel_id=None if message is None else message.channel_id,
        message_id=None if message is None else message.message_id,
        seen_at=now,
    )


def _remembered(rows: Sequence[Row]) -> Remembered | None:
    if not rows:
        return None
    known = list(map(known_from, rows))
    return Remembered(rows[0].id, sorted(known, key=lambda each: each.posted_at), owners_of_known(known))


def known_from(row: Row) -> Known:
    """Build what is remembered of a picture from its row."""
    message = None
    if row.channel_id is not None and row.message_id is not None:
        message = MessageRef(row.channel_id, row.message_id)
    return Known(row.owner_id, row.posted_at, message, row.never, row.settled_at)
