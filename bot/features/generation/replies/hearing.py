"""Hearing what people write: what is plainly an order is done, what may be one is asked, talk is left alone."""

from collections import OrderedDict
from typing import Final

import discord
import structlog

from bot.domain.incidents import incident_id
from bot.domain.preferences import Replies
from bot.domain.refusals import Refusal
from bot.domain.replies.meaning import Meaning
from bot.features.generation.replies import questions
from bot.features.generation.replies.edits import (
    Channel,
    MessageEdits,
    Shown,
    count_of,
    named_in,
    result_at,
)
from bot.features.generation.replies.heard import Heard, heard_by
from bot.features.generation.replies.notes import Notes, Pauses
from bot.interactions.ownership import OwnersAsked
from bot.jobs.in_flight import InFlight
from bot.metrics import RefusalMetrics
from bot.store import DatabaseAway
from bot.store.hints import HintStore
from bot.wording import hints
from bot.wording import pictures_not_found as not_found
from bot.wording import reply_questions as asks
from bot.wording.trouble import database_away_text, incident_text
from spark.clock import Clock

_log = structlog.get_logger()
_REMEMBERED: Final = 1000
"""How many messages are known not to be answered twice; Discord repeats events within seconds."""
_PERSON_PAUSE: Final = 60.0
"""Seconds until the same person is told again what to write, wherever."""
_PLACE_PAUSE: Final = 5.0
"""Seconds until somebody else is told it in the same place."""


class MessageHearing:
    """Hears what people write, and acts only on what is meant for the bot."""

    def __init__(
        self,
        client: discord.Client,
        edits: MessageEdits,
        notes: Notes,
        hints_shown: HintStore,
        metrics: RefusalMetrics,
        clock: Clock,
    ) -> None:
        self._client = client
        self._edits = edits
        self._notes = notes
        self._hints_shown = hints_shown
        self._metrics = metrics
        self._clock = clock
        self._hearing = InFlight()
        self._known: OrderedDict[int, None] = OrderedDict()
        self._pauses = Pauses(clock)

    async def hear(self, message: discord.Message) -> None:
        """Do what a message asks for; ordinary talk costs neither a request nor a look into the database."""
        heard = heard_by(self._client.user, message)
        if heard is None or message.id in self._known:
            return
        self._known[message.id] = None
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        with self._hearing:
            await self._guarded(heard)

    async def finished(self, grace: float) -> None:
        """Wait up to `grace` seconds until everything that was heard is answered."""
        if not await self._hearing.landed(grace):
            _log.warning("messages.unanswered")
        await self._notes.close()

    async def _guarded(self, heard: Heard) -> None:
        message = heard.message
        channel: Channel = message.channel
        try:
            channel = await self._edits.known_channel(message)
            await self._answer(heard, channel)
        except Refusal as refusal:
            _log.info("refused", message=message.id, user=message.author.id, refusal=str(refusal))
            self._metrics.refused(refusal.refuser.name.lower())
            # Discord shows a private answer only to a command or a click
            said = refusal.text if heard.private else refusal.text_in_public
            await self._notes.answer(message, channel, said)
        except OwnersAsked as asked:
            await self._notes.answer(message, channel, asked.text)
        except DatabaseAway:
            _log.info("message.database_away", message=message.id)
            await self._notes.answer(message, channel, database_away_text())
        except Exception as error:
            incident = incident_id(error)
            _log.exception("message.failed", message=message.id, incident=incident)
            await self._notes.answer(message, channel, incident_text(incident))

    async def _answer(self, heard: Heard, channel: Channel) -> None:
        message, files = heard.message, self._edits.attached(heard.message)
        try:
            self._edits.require_allowed(message)
        except Refusal:
            if heard.named and self._may_answer(message):
                raise
            return  # where it is not allowed, it speaks only when it is called
        talks = heard.meaning is Meaning.TALK
        if heard.words and talks and (files or heard.replies):
            return
        try:
            await self._edits.require_taken_here(message, channel)
        except Refusal:
            if heard.named and (heard.replies or heard.called or files):
                raise
            return
        if not heard.words:
            await self._answer_wordless(heard, channel)
        elif files or heard.replies or (heard.private and not talks and not heard.names_alone):
            await self._answer_words(heard, channel)
        elif heard.private or heard.called:
            await self._tell_how(heard, channel)

    async def _answer_wordless(self, heard: Heard, channel: Channel) -> None:
        message = heard.message
        hint_due = heard.private and bool(message.attachments) and not heard.named
        if (heard.named and self._may_answer(message)) or (hint_due and await self._first_time(message)):
            await self._notes.answer(message, channel, hints.NO_WORDS)
        elif heard.named or heard.addressed or message.attachments or message.stickers:
            return  # told before; a picture, a sticker: nothing is hidden
        elif (job_id := await self._edits.result_of(heard)) is not None and not await self._never(heard):
            view = questions.writing(message, job_id)
            await self._notes.answer(message, channel, hints.words_hidden(self._name), view, questions.STANDS_FOR)

    async def _answer_words(self, heard: Heard, channel: Channel) -> None:
        """Answer words that may be an order."""
        if await self._never(heard):
            return
        if (shown := await self._edits.shown_to(heard, channel)) is not None:
            await self._edit_or_ask(heard, channel, shown)
        elif heard.named or heard.private:
            await self._tell_how(heard, channel)

    async def _edit_or_ask(self, heard: Heard, channel: Channel, shown: Shown) -> None:
        message, of, price = heard.message, count_of(shown), self._edits.price
        unclear = heard.meaning is Meaning.UNCLEAR and not await self._means(heard, Replies.EDIT)
        named = named_in(heard, of)
        if named is None:
            self._edits.require_words(heard.words)
            await self._ask(heard, channel, asks.WHICH, questions.which(message, of, price, unclear=unclear))
        elif not named.words:
            await self._ask_what(heard, channel, shown, named.number)
        elif of and named.number not in range(1, of + 1):
            raise not_found.no_such_number(named.number, of)
        elif unclear and of:
            self._edits.require_words(named.words)
            await self._ask(heard, channel, asks.WHETHER, questions.whether(message, named.number, price))
        else:
            await self._edits.order(heard, channel, shown, named)

    async def _ask_what(self, heard: Heard, channel: Channel, shown: Shown, number: int) -> None:
        """Ask what to change in a picture that is named and no more; anybody may write a mere "7"."""
        if number in range(1, count_of(shown) + 1) and (result := result_at(shown, number)) is not None:
            await self._ask(heard, channel, asks.what(number), questions.writing_of(result))

    async def _ask(self, heard: Heard, channel: Channel, text: str, view: discord.ui.View) -> None:
        await self._notes.answer(heard.message, channel, text, view, questions.STANDS_FOR)

    async def _never(self, heard: Heard) -> bool:
        """Whether it is a reply of somebody whose replies mean nothing, and does not name the bot."""
        return heard.replies and not heard.named and await self._means(heard, Replies.NEVER)

    async def _means(self, heard: Heard, replies: Replies) -> bool:
        return await self._edits.meant_by(heard.message.author.id) is replies

    async def _tell_how(self, heard: Heard, channel: Channel) -> None:
        """Tell how to ask; somebody who only talks to the bot in direct messages hears it once."""
        first = not heard.named and await self._first_time(heard.message)
        if first or (heard.named and self._may_answer(heard.message)):
            await self._notes.answer(heard.message, channel, hints.how_to_ask(self._name))

    def _may_answer(self, message: discord.Message) -> bool:
        """Whether a mention that asks for nothing is told what to do; somebody may make many of them."""
        person, place = (message.author.id, _PERSON_PAUSE), (message.channel.id, _PLACE_PAUSE)
        return self._pauses.begin(person=person, place=place)

    async def _first_time(self, message: discord.Message) -> bool:
        now = self._clock.now_ms()
        return await self._hints_shown.show(message.channel.id, message.author.id, now)

    @property
    def _name(self) -> str:
        """Mention the bot."""
        return self._client.user.mention if self._client.user else ""
