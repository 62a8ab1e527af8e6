"""Asking the owners of a picture, where it stands, whether somebody may have it worked on."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import discord
import structlog

from bot.domain.confirmation import Agreed
from bot.domain.jobs import Origin
from bot.domain.pictures.consents import Asked, Question
from bot.domain.pictures.sources import MessageRef
from bot.domain.refusals import Refusal
from bot.interactions.ownership import OwnedOrder
from bot.interactions.permissions import lacking, own_permissions
from bot.interactions.responses import LOST
from bot.store import Store
from bot.wording import owners as says
from spark.clock import Clock

_log = structlog.get_logger()
_NONCE_LIFE: Final = 60_000
"""Milliseconds for which Discord is sure to know a nonce; it says a few minutes."""
_CLOCKS_DIFFER: Final = timedelta(minutes=1)
_BLOCKED_BY_AUTOMOD: Final = frozenset({200000, 200001})
_LOOKED_AT: Final = 100
"""How many messages are looked through for a question that a crash left unrecorded."""


class OwnerQuestions:
    """Posts each question once, written down before; raises `Refusal` where nobody can be asked."""

    def __init__(
        self,
        client: discord.Client,
        store: Store,
        clock: Clock,
        view: Callable[[Question], discord.ui.View],
    ) -> None:
        """Build with what draws the buttons under a question."""
        self._client = client
        self._store = store
        self._clock = clock
        self._view = view

    async def ask(self, origin: Origin, agreed: Agreed, owned: OwnedOrder) -> Question | None:
        """Ask about an order, which is kept until it is answered; None for a replayed event."""
        answers = await self._where(origin, owned)
        asked = Asked(_without_interaction(origin), agreed)
        question = await self._store.consents.ask(asked, owned.owner_ids, answers)
        return None if question is None else await self._posted(question, asked)

    async def post_again(self, question: Question) -> None:
        """Post a question of which nobody knows whether it stands; raises `Refusal` where that cannot be."""
        asked = await self._store.consents.asked(question.id)
        if asked is not None and await self.found(question) is None:
            await self._posted(question, asked)

    async def show(self, question: Question) -> None:
        """Show on a question how it stands."""
        if question.verdict is None:
            asked = await self._store.consents.asked(question.id)
            text = says.question_text(question, copied=asked is not None and _is_copied(asked))
        else:
            text = says.ended_text(question)
        channel = self._client.get_partial_messageable(question.message.channel_id, guild_id=question.guild_id)
        try:
            await channel.get_partial_message(question.message.message_id).edit(
                content=text, view=self._view(question), allowed_mentions=discord.AllowedMentions.none()
            )
        except discord.DiscordServerError:
            raise
        except discord.HTTPException as refused:
            _log.info("question.not_shown", question=question.id, reason=str(refused))

    async def tell_asker(self, question: Question, text: str) -> None:
        """Tell whoever has asked what came of it, once, where they have asked."""
        asked = await self._store.consents.asked(question.id)
        if asked is None:
            return
        channel = self._client.get_partial_messageable(asked.origin.channel_id, guild_id=question.guild_id)
        try:
            if await self._stands(channel, question):
                return
            await channel.send(
                text,
                nonce=f"{question.id}-told",
                allowed_mentions=discord.AllowedMentions(users=[discord.Object(question.asker_id)]),
                suppress_embeds=True,
            )
        except discord.DiscordServerError:
            raise
        except discord.HTTPException as refused:
            _log.warning("question.asker_not_told", question=question.id, reason=str(refused))

    async def _where(self, origin: Origin, owned: OwnedOrder) -> MessageRef:
        """Find a message that shows the picture, and that all its owners see and the bot can answer."""
        guild, owner_ids = self._client.get_guild(origin.account.guild_id), owned.owner_ids
        if guild is None:
            raise says.not_asked_in_private(owner_ids[0])
        try:
            members = [await _member(guild, each) for each in owner_ids]
            for message in owned.stands:
                channel = await _channel(guild, message.channel_id)
                if channel is not None and _is_open_to(channel, members):
                    return message
        except (discord.DiscordServerError, *LOST) as away:
            raise says.owners_not_found() from away
        raise says.not_asked_there(owner_ids)

    async def _posted(self, question: Question, asked: Asked) -> Question:
        """Post a question; where Discord is away, it is posted later."""
        answers = question.message
        try:
            sent = await self._client.get_partial_messageable(answers.channel_id).send(
                says.question_text(question, copied=_is_copied(asked)),
                reference=discord.MessageReference(
                    message_id=answers.message_id, channel_id=answers.channel_id, fail_if_not_exists=False
                ),
                view=self._view(question),
                nonce=f"{question.id}-owner",
                allowed_mentions=discord.AllowedMentions(
                    everyone=False,
                    roles=False,
                    users=[discord.Object(each) for each in question.owner_ids],
                    replied_user=False,
                ),
            )
        except (discord.DiscordServerError, *LOST) as away:
            _log.warning("question.not_posted", question=question.id, reason=repr(away))
            return question
        except discord.HTTPException as refused:
            await self._store.consents.withdraw(question.id)
            _log.info("question.refused", question=question.id, reason=str(refused))
            raise _not_let(refused, question.owner_ids) from refused
        _log.info("question.posted", question=question.id, server=question.guild_id, asker=question.asker_id)
        return await self._store.consents.record_posted(question.id, MessageRef(answers.channel_id, sent.id))

    async def found(self, question: Question) -> Question | None:
        """Look for a question that was posted before a crash, and not recorded; None where there is none."""
        channel = self._client.get_partial_messageable(question.message.channel_id)
        since = discord.Object(question.id)
        try:
            async for message in channel.history(after=since, limit=_LOOKED_AT, oldest_first=True):
                if self._is_own(message) and _has_button_of(message, question):
                    stands = MessageRef(message.channel.id, message.id)
                    return await self._store.consents.record_posted(question.id, stands)
        except (discord.NotFound, discord.Forbidden) as closed:
            _log.info("question.not_found", question=question.id, reason=str(closed))
        return None

    async def _stands(self, channel: discord.PartialMessageable, question: Question) -> bool:
        """Whether a word about a question's end stands, once Discord may have forgotten its nonce."""
        ended = question.decided_at or question.until
        if self._clock.now_ms() < ended + _NONCE_LIFE:
            return False
        address = says.question_url(question)
        since = datetime.fromtimestamp(ended / 1000, UTC) - _CLOCKS_DIFFER
        async for message in channel.history(after=since, limit=_LOOKED_AT, oldest_first=True):
            if self._is_own(message) and address in message.content:
                return True
        return False

    def _is_own(self, message: discord.Message) -> bool:
        return self._client.user is not None and message.author.id == self._client.user.id


def _without_interaction(origin: Origin) -> Origin:
    """Give an origin as it is once its interaction is over: what comes of it then is an ordinary message."""
    return replace(origin, interaction_token=None, by_message=True)


def _is_copied(asked: Asked) -> bool:
    """Whether a copy of the picture would be posted in sight."""
    source = asked.agreed.order.source
    return source is not None and source.copy_agreed


async def _member(guild: discord.Guild, user_id: int) -> discord.Member:
    """Ask Discord for somebody on a server; raises `Refusal` where they have left."""
    try:
        return await guild.fetch_member(user_id)
    except discord.NotFound as gone:
        raise says.owner_left(user_id) from gone


async def _channel(guild: discord.Guild, channel_id: int) -> discord.abc.GuildChannel | discord.Thread | None:
    """Give a channel of a server; None where it is none that the bot sees."""
    if (known := guild.get_channel_or_thread(channel_id)) is not None:
        return known
    try:
        return await guild.fetch_channel(channel_id)
    except (discord.NotFound, discord.Forbidden, discord.InvalidData):
        return None


def _is_open_to(channel: discord.abc.GuildChannel | discord.Thread, members: Sequence[discord.Member]) -> bool:
    """Whether the bot may answer messages of a channel, and some people see that."""
    in_thread = isinstance(channel, discord.Thread)
    if lacking(own_permissions(channel), "read_message_history", in_thread=in_thread):
        return False
    return all(channel.permissions_for(member).view_channel for member in members)


def _has_button_of(message: discord.Message, question: Question) -> bool:
    rows = (row for row in message.components if isinstance(row, discord.ActionRow))
    ids = (button.custom_id for row in rows for button in row.children if button.custom_id is not None)
    return any(each.endswith(f":{question.id}") for each in ids)


def _not_let(refused: discord.HTTPException, owner_ids: Sequence[int]) -> Refusal:
    if refused.code in _BLOCKED_BY_AUTOMOD:
        return says.words_not_said(owner_ids)
    return says.not_asked_there(owner_ids)
