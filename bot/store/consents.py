"""Questions to the owners of pictures: asked once, answered once, and each carried to its end once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.dialects.postgresql import insert

from bot.domain.confirmation import Agreed
from bot.domain.pictures.consents import ANSWERED_WITHIN, OPEN_MAX, Asked, Question, Verdict
from bot.domain.pictures.sources import InputImage, MessageRef
from bot.domain.states import TaskState
from bot.store.database import Row, Statement, Steps, Transaction, given, is_among, reads, writes
from bot.store.ownership import alike_to, say_never
from bot.store.schema import consent_owners, consents, tasks
from bot.store.turns import lock_claims
from bot.wording.owners import answered_already, no_before, not_yours_to_allow, open_already, too_many_open
from bot.wording.privacy import ERASED_WORDS

_ASKED: Final = TypeAdapter(Asked)
_ID = consents.c.id == sa.bindparam("of_id")
_IS_OPEN = consents.c.verdict.is_(None)

_INSERT = Statement(
    insert(consents)
    .values(
        given(
            *("id", "guild_id", "asker_id", "kind", "title", "sha256", "channel_id", "answers_id", "asked_at"),
            *("until", "value", "picture"),
        )
    )
    .on_conflict_do_nothing()
)
_INSERT_OWNER = Statement(sa.insert(consent_owners).values(given("consent_id", "user_id")))
_COLUMNS = [each for each in consents.c if each.name not in {"value", "picture"}]
_QUESTION = Statement(sa.select(*_COLUMNS).where(_ID))
_QUESTION_LOCKED = Statement(sa.select(*_COLUMNS).where(_ID).with_for_update())
_OWNERS = Statement(
    sa.select(consent_owners).where(consent_owners.c.consent_id == sa.bindparam("of_id")).order_by("user_id")
)
_VALUE = Statement(sa.select(consents.c.value, consents.c.picture).where(_ID))
_IS_THERE = Statement(sa.select(consents.c.id).where(_ID))
_STILL_HOLDS = Statement(
    sa.select(
        sa.exists().where(_ID, consents.c.asker_id == sa.bindparam("asker"), consents.c.verdict == Verdict.ALLOWED)
        & ~sa.exists().where(tasks.c.job_id == sa.bindparam("of_id"), tasks.c.state == TaskState.SUCCEEDED)
    )
)
_OPEN_OF = Statement(sa.select(sa.func.count()).where(consents.c.asker_id == sa.bindparam("asker"), _IS_OPEN))
_about = (consents.c.guild_id == sa.bindparam("of_guild"), is_among(consents.c.sha256, "hashes"))
_OPEN_ABOUT = Statement(sa.select(*_COLUMNS).where(*_about, _IS_OPEN).limit(1))
_NO_ABOUT = Statement(
    sa.select(consents.c.id)
    .where(
        *_about,
        consents.c.asker_id == sa.bindparam("asker"),
        consents.c.decided_at > sa.bindparam("since"),
        consents.c.verdict.not_in([Verdict.ALLOWED, Verdict.SET_ASIDE]),
    )
    .limit(1)
)
_POSTED = Statement(sa.update(consents).where(_ID).values(given("channel_id", "message_id")))
_ALLOW = Statement(
    sa.update(consent_owners)
    .where(
        consent_owners.c.consent_id == sa.bindparam("of_id"), consent_owners.c.user_id == sa.bindparam("of_user")
    )
    .values(given("allowed_at"))
)
_DECIDE = Statement(sa.update(consents).where(_ID, _IS_OPEN).values(given("verdict", "decided_by", "decided_at")))
_SILENT = Statement(
    sa.update(consents)
    .where(_IS_OPEN, consents.c.until <= sa.bindparam("now"))
    .values(verdict=Verdict.SILENCE, decided_at=sa.bindparam("now"))
    .returning(consents.c.id)
)
_UNFINISHED = Statement(
    sa.select(consents.c.id)
    .where(
        consents.c.closed_at.is_(None),
        sa.or_(
            consents.c.decided_at < sa.bindparam("before"),
            sa.and_(consents.c.message_id.is_(None), consents.c.asked_at < sa.bindparam("before")),
        ),
    )
    .order_by(consents.c.id)
)
_CHANGED_TO_NO = Statement(sa.update(consents).where(_ID).values(verdict=Verdict.NO))
_CLOSE = Statement(sa.update(consents).where(_ID).values(**given("closed_at"), value=None, picture=None))
_WITHDRAW_OWNERS = Statement(sa.delete(consent_owners).where(consent_owners.c.consent_id == sa.bindparam("of_id")))
_WITHDRAW = Statement(sa.delete(consents).where(_ID, consents.c.message_id.is_(None)))
_OLD = Statement(
    sa.select(consents.c.id).where(consents.c.closed_at < sa.bindparam("before")).limit(sa.bindparam("most"))
)
_FORGET_OWNERS = Statement(sa.delete(consent_owners).where(is_among(consent_owners.c.consent_id, "ids")))
_FORGET = Statement(sa.delete(consents).where(is_among(consents.c.id, "ids")))

_OF_USER = sa.bindparam("of_user", type_=sa.BigInteger)
_END_OPEN = Statement(
    sa.update(consents)
    .where(
        _IS_OPEN,
        sa.or_(
            consents.c.asker_id == _OF_USER,
            consents.c.id.in_(sa.select(consent_owners.c.consent_id).where(consent_owners.c.user_id == _OF_USER)),
        ),
    )
    .values(until=0)
)
_ERASE_ASKED = Statement(
    sa.update(consents)
    .where(consents.c.asker_id == _OF_USER)
    .values(**given("asker_id"), title=ERASED_WORDS, value=None, picture=None)
)
_ERASE_DECIDED = Statement(
    sa.update(consents)
    .where(
        consents.c.decided_by == _OF_USER,
        consents.c.id.in_(sa.select(consent_owners.c.consent_id).where(consent_owners.c.user_id == _OF_USER)),
    )
    .values(decided_by=None)
)
_ERASE_OWNER = Statement(
    sa.update(consent_owners).where(consent_owners.c.user_id == _OF_USER).values(given("user_id"))
)


class ConsentStore(Steps):
    """One row for each question, from before its message stands until nobody needs to know of it any more."""

    @writes
    def ask(self, tx: Transaction, asked: Asked, owner_ids: Sequence[int], message: MessageRef) -> Question | None:
        """Write a question down before it is asked, with what is ordered; None for a replayed event.

        `message` is the one that it will answer. Raises `Refusal` where this picture, or one alike, is being asked
        about already, where too much of this person's is, and for a day after they have been told no.
        """
        origin, order = asked.origin, asked.agreed.order
        guild_id, asker_id, now = origin.account.guild_id, origin.account.user_id, origin.asked_at
        lock_claims(tx)
        if tx.value(_IS_THERE, of_id=origin.id):
            return None
        sha256 = _hash_of(asked.agreed)
        hashes = list({sha256, *(row.sha256 for row in alike_to(tx, guild_id, sha256))})
        if (before := tx.maybe(_OPEN_ABOUT, of_guild=guild_id, hashes=hashes)) is not None:
            raise open_already(_question(tx, before))
        since = now - ANSWERED_WITHIN
        if tx.value(_NO_ABOUT, of_guild=guild_id, hashes=hashes, asker=asker_id, since=since):
            raise no_before()
        if tx.value(_OPEN_OF, asker=asker_id) >= OPEN_MAX:
            raise too_many_open(OPEN_MAX)
        image = order.image
        tx.run(
            _INSERT,
            id=origin.id,
            guild_id=guild_id,
            asker_id=asker_id,
            kind=order.kind,
            title=order.title,
            sha256=sha256,
            channel_id=message.channel_id,
            answers_id=message.message_id,
            asked_at=now,
            until=now + ANSWERED_WITHIN,
            value=_ASKED.dump_python(_with_image(asked, b""), mode="json"),
            picture=None if image is None else image.data,
        )
        tx.run_each(_INSERT_OWNER, [{"consent_id": origin.id, "user_id": each} for each in owner_ids])
        return _question(tx, tx.one(_QUESTION, of_id=origin.id))

    @reads
    def get(self, tx: Transaction, question_id: int) -> Question | None:
        """Read a question; None where it is not known any more."""
        row = tx.maybe(_QUESTION, of_id=question_id)
        return None if row is None else _question(tx, row)

    @reads
    def asked(self, tx: Transaction, question_id: int) -> Asked | None:
        """Read what an allowed question becomes; None where that is done."""
        row = tx.maybe(_VALUE, of_id=question_id)
        if row is None or row.value is None:
            return None
        return _with_image(_ASKED.validate_python(row.value), row.picture)

    @reads
    def still_holds(self, tx: Transaction, job_id: int, asker_id: int) -> bool:
        """Whether owners have allowed somebody a job, and no picture has come of it: then they may try again."""
        return bool(tx.value(_STILL_HOLDS, of_id=job_id, asker=asker_id))

    @writes
    def record_posted(self, tx: Transaction, question_id: int, message: MessageRef) -> Question:
        """Record where a question stands."""
        tx.run(_POSTED, of_id=question_id, channel_id=message.channel_id, message_id=message.message_id)
        return _question(tx, tx.one(_QUESTION, of_id=question_id))

    @writes
    def withdraw(self, tx: Transaction, question_id: int) -> None:
        """Forget a question that could not be asked."""
        tx.run(_WITHDRAW_OWNERS, of_id=question_id)
        tx.run(_WITHDRAW, of_id=question_id)

    @writes
    def answer(self, tx: Transaction, question_id: int, owner_id: int, verdict: Verdict, now: int) -> Question:
        """Write down an owner's answer, and what it makes of the question.

        Raises `Refusal` for anybody else, and where it was answered before, or nobody has in time.
        """
        row = tx.maybe(_QUESTION_LOCKED, of_id=question_id)
        question = None if row is None else _question(tx, row)
        if row is None or question is None:
            raise answered_already(None)
        if owner_id not in question.owner_ids:
            raise not_yours_to_allow(question)
        if question.verdict is not None or question.until <= now or owner_id in question.allowed_by:
            raise answered_already(question)
        if verdict is Verdict.ALLOWED:
            tx.run(_ALLOW, of_id=question_id, of_user=owner_id, allowed_at=now)
            if question.open_to != (owner_id,):
                return replace(question, allowed_by=question.allowed_by | {owner_id})
        if verdict is Verdict.NEVER:
            say_never(tx, question.guild_id, row.sha256, owner_id, said=True)
        tx.run(_DECIDE, of_id=question_id, verdict=verdict, decided_by=owner_id, decided_at=now)
        return _question(tx, tx.one(_QUESTION, of_id=question_id))

    @writes
    def end_silent(self, tx: Transaction, now: int) -> Sequence[int]:
        """End the questions that nobody has answered in time; whoever calls it first gets their ids."""
        return [row.id for row in tx.many(_SILENT, now=now)]

    @reads
    def unfinished(self, tx: Transaction, before: int) -> Sequence[int]:
        """Name the questions that were to be asked, or ended, before a moment, and of which that is not done."""
        return [row.id for row in tx.many(_UNFINISHED, before=before)]

    @writes
    def close(self, tx: Transaction, question_id: int, now: int) -> None:
        """Record that all has come of a question that is to come of it; what was ordered is forgotten."""
        tx.run(_CLOSE, of_id=question_id, closed_at=now)

    @writes
    def take_back_never(self, tx: Transaction, question_id: int, owner_id: int) -> Question | None:
        """Turn an owner's "Never mine" into a no, so that others may ask again; None if they have not said it."""
        row = tx.maybe(_QUESTION_LOCKED, of_id=question_id)
        if row is None or row.verdict != Verdict.NEVER or row.decided_by != owner_id:
            return None
        say_never(tx, row.guild_id, row.sha256, owner_id, said=False)
        tx.run(_CHANGED_TO_NO, of_id=question_id)
        return _question(tx, tx.one(_QUESTION, of_id=question_id))

    @writes
    def forget(self, tx: Transaction, before: int, most: int) -> int:
        """Delete what has ended before a moment, `most` of it; how many."""
        ids = [row.id for row in tx.many(_OLD, before=before, most=most)]
        tx.run(_FORGET_OWNERS, ids=ids)
        tx.run(_FORGET, ids=ids)
        return len(ids)


def has_consents(user_id: sa.BindParameter[int]) -> sa.ColumnElement[bool]:
    """Build the condition that something is kept of what somebody has asked, or was asked."""
    return sa.or_(
        sa.exists().where(consents.c.asker_id == user_id), sa.exists().where(consent_owners.c.user_id == user_id)
    )


def forget_asker(tx: Transaction, user_id: int, pseudonym: int) -> None:
    """Forget what somebody has asked owners of pictures, and who they are where they were asked themselves.

    A question of theirs, or to them, that is open ends as if nobody had answered.
    """
    tx.run(_END_OPEN, of_user=user_id)
    tx.run(_ERASE_ASKED, of_user=user_id, asker_id=pseudonym)
    tx.run(_ERASE_DECIDED, of_user=user_id)
    tx.run(_ERASE_OWNER, of_user=user_id, user_id=pseudonym)


def _hash_of(agreed: Agreed) -> str:
    """Name the picture of an order; that of an older job by what was made of it for Spark."""
    source = agreed.order.source
    return (source.sha256 if source is not None else None) or agreed.order.tasks[0].image_sha256 or ""


def _with_image(asked: Asked, data: bytes | None) -> Asked:
    image: InputImage | None = asked.agreed.order.image
    if image is None:
        return asked
    order = replace(asked.agreed.order, image=replace(image, data=data or b""))
    return replace(asked, agreed=replace(asked.agreed, order=order))


def _question(tx: Transaction, row: Row) -> Question:
    owners: Sequence[Any] = tx.many(_OWNERS, of_id=row.id)
    posted = row.message_id is not None
    return Question(
        id=row.id,
        guild_id=row.guild_id,
        asker_id=row.asker_id,
        owner_ids=tuple(each.user_id for each in owners),
        allowed_by=frozenset(each.user_id for each in owners if each.allowed_at is not None),
        kind=row.kind,
        title=row.title,
        message=MessageRef(row.channel_id, row.message_id if posted else row.answers_id),
        posted=posted,
        asked_at=row.asked_at,
        until=row.until,
        verdict=None if row.verdict is None else Verdict(row.verdict),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
