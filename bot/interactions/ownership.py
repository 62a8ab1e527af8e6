"""Whose picture an order is of, and whether its person may have it worked on: by its message, then its looks."""

from dataclasses import dataclass, replace

import discord

from bot.domain.jobs import Order, Origin, previewed_in, result_named
from bot.domain.pictures.consents import Question
from bot.domain.pictures.ownership import Ownership, Refused, may_work_on
from bot.domain.pictures.sources import MessageRef, ResultRef, Source
from bot.interactions.message_pictures import UNKNOWN, poster_of
from bot.interactions.responses import LOST
from bot.store import Store
from bot.wording.owners import asked_text, not_asked_in_private, owners_not_found, picture_not_free


@dataclass(frozen=True, slots=True)
class OwnedOrder:
    """An order, and those who are to be asked before it goes on."""

    order: Order
    owner_ids: tuple[int, ...] = ()
    stands: tuple[MessageRef, ...] = ()
    """The messages that show its picture; where they are asked."""


class OwnersAsked(Exception):
    """An order about which a picture's owners are asked now; its person is told so."""

    def __init__(self, question: Question) -> None:
        super().__init__(f"question {question.id}")
        self.text = asked_text(question)


class PictureOwners:
    """Tells whose pictures are; raises `Refusal` where somebody may not work on one, whoever is asked."""

    def __init__(self, client: discord.Client, store: Store) -> None:
        self._client = client
        self._store = store

    async def require_free(self, origin: Origin, kind: str, source: Source) -> Source:
        """Raise `Refusal` where nobody but its owner may work on a picture, before any of it is fetched.

        Gives it with whoever has posted it, of a forward as far as Discord shows the original.
        """
        found = await self._with_poster(source)
        guild_id, person_id = origin.account.guild_id, origin.account.user_id
        asked = _require(await self._store.ownership.of(guild_id, found, None), kind, person_id)
        if asked and not guild_id:
            raise not_asked_in_private(asked[0])
        return found

    async def of(self, origin: Origin, order: Order) -> OwnedOrder:
        """Tell whose leave an order needs, once its picture was fetched or is kept; remember the picture."""
        if order.source is None and order.repeats_id is None:
            return OwnedOrder(order)
        guild_id, person_id = origin.account.guild_id, origin.account.user_id
        source = order.source
        if source is not None and source.fingerprint is not None and order.repeats_id is None:
            posted_at = _moment_of((source.forwarded or source.message or MessageRef(0, origin.id)).message_id)
            ownership = await self._store.ownership.recognise(guild_id, source, posted_at, origin.asked_at)
            source = replace(source, fingerprint=None)
        else:
            ownership = await self._store.ownership.of(guild_id, source, order.repeats_id)
        asked = _require(ownership, order.kind, person_id)
        if asked and order.repeats_id and await self._store.consents.still_holds(order.repeats_id, person_id):
            asked = ()
        owner_ids = tuple(sorted(owner.user_id for owner in ownership.owners))
        return OwnedOrder(replace(order, source=source, owner_ids=owner_ids), asked, tuple(ownership.stands))

    async def _with_poster(self, source: Source) -> Source:
        if (original := source.forwarded) is None:
            return source
        channel = self._client.get_partial_messageable(original.channel_id)
        try:
            message = await channel.fetch_message(original.message_id)
        except (discord.NotFound, discord.Forbidden):
            return replace(source, forwarded=None)  # then it is whose who forwards it
        except (discord.HTTPException, *LOST) as away:
            raise owners_not_found() from away
        if self._client.user is not None and message.author.id == self._client.user.id:
            return replace(source, result=_result_in(source.filename), poster_id=UNKNOWN)
        return replace(source, poster_id=poster_of(message))


def _require(ownership: Ownership, kind: str, person_id: int) -> tuple[int, ...]:
    answer = may_work_on(ownership, kind, person_id)
    if isinstance(answer, Refused):
        raise picture_not_free(answer)
    return answer


def _result_in(filename: str) -> ResultRef | None:
    """Tell which result a file is that the bot itself has posted, or stands for in small."""
    job_id = previewed_in(filename)
    return result_named(filename) if job_id is None else ResultRef(job_id, 1)


def _moment_of(message_id: int) -> int:
    """Tell when a message was written, in Unix milliseconds, which its id says."""
    return round(discord.utils.snowflake_time(message_id).timestamp() * 1000)
