"""Replies and mentions: messages that ask for a change of a picture."""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

import discord
import structlog

from bot.domain.confirmation import PriceNotAgreed
from bot.domain.incidents import incident_id
from bot.domain.jobs import Job
from bot.domain.moderation.server_rules import ServerRules
from bot.domain.pictures.sources import Source
from bot.domain.refusals import Refusal
from bot.domain.replies.picture_numbers import NamedPicture, named_picture
from bot.domain.replies.talk import is_talk
from bot.features.generation.public_replies import Pauses, PublicReplies
from bot.features.generation.services import GenerationServices
from bot.interactions.ordering import Ordering
from bot.interactions.origins import origin_of_message
from bot.interactions.permissions import require_allowed
from bot.interactions.responses import LOST
from bot.jobs.in_flight import InFlight
from bot.moderation.service import Moderation
from bot.orders.edit import EditOptions, edit_order
from bot.store import DatabaseAway
from bot.store.hints import HintStore
from bot.wording import hints
from bot.wording import pictures_not_found as not_found
from bot.wording.questions import too_dear_for_a_reply
from bot.wording.server_rules import not_allowed_here, replies_are_off
from bot.wording.trouble import database_away_text, incident_text
from spark.clock import Clock

_log = structlog.get_logger()
Channel: TypeAlias = discord.abc.Messageable
_REMEMBERED: Final = 1000
"""How many messages are known not to be answered twice; Discord repeats events within seconds."""
_PERSON_PAUSE: Final = 60.0
"""Seconds until the same person is told again what to write, wherever."""
_PLACE_PAUSE: Final = 5.0
"""Seconds until somebody else is told it in the same place."""
_WRITTEN: Final = frozenset({discord.MessageType.default, discord.MessageType.reply})
_EMOJI: Final = re.compile(r"<a?:(\w+):[0-9]+>")


@dataclass(frozen=True, slots=True)
class _Heard:
    """A message that may be meant for the bot."""

    message: discord.Message
    words: str
    """Without the bot's name; empty also where Discord hides them."""
    talks: bool
    """Whether its words ask for nothing."""
    named: bool
    """Whether the bot's name stands in the words; a reply can mention it without that."""
    called: bool
    """Whether they begin with its name."""
    addressed: bool
    """Whether it is for the bot: it mentions it, or was written to it in direct messages."""
    to_us: bool
    """Whether it replies to a message of the bot's."""

    @property
    def replies(self) -> bool:
        """Whether it replies to any message."""
        return self.message.type is discord.MessageType.reply

    @property
    def private(self) -> bool:
        """Whether it was written to the bot alone."""
        return self.message.guild is None


class Replies:
    """Hears what people write, and acts only on what is meant for the bot."""

    def __init__(
        self,
        client: discord.Client,
        ordering: Ordering,
        services: GenerationServices,
        moderation: Moderation,
        hints_shown: HintStore,
        allowed_guilds: frozenset[int] | None,
        clock: Clock,
    ) -> None:
        """Build with the servers that may use the bot; None is all."""
        self._client = client
        self._ordering = ordering
        self._services = services
        self._moderation = moderation
        self._hints_shown = hints_shown
        self._allowed_guilds = allowed_guilds
        self._clock = clock
        self._public_replies = PublicReplies(clock)
        self._hearing = InFlight()
        self._known: OrderedDict[int, None] = OrderedDict()
        self._pauses = Pauses(clock)

    async def hear(self, message: discord.Message) -> None:
        """Do what a message asks for; ordinary talk costs neither a request nor a look into the database."""
        heard = self._heard(message)
        if heard is None or message.id in self._known:
            return
        self._known[message.id] = None
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        with self._hearing.one():
            await self._guarded(heard)

    async def finished(self, grace: float) -> None:
        """Wait up to `grace` seconds until everything that was heard is answered."""
        if not await self._hearing.landed(grace):
            _log.warning("messages.unanswered")
        await self._public_replies.close()

    def _heard(self, message: discord.Message) -> _Heard | None:
        """Read a message; None where it is ordinary talk, or nobody's."""
        me = self._client.user
        if me is None or message.author.bot or message.webhook_id is not None or message.type not in _WRITTEN:
            return None
        name = re.compile(rf"<@!?{me.id}>")
        replied = message.reference.resolved if message.reference else None
        heard = _Heard(
            message,
            words=_words(message, name),
            talks=is_talk(message.content),
            named=name.search(message.content) is not None,
            called=name.match(message.content) is not None,
            addressed=message.guild is None or any(user.id == me.id for user in message.mentions),
            to_us=isinstance(replied, discord.Message) and replied.author.id == me.id,
        )
        return heard if heard.addressed or heard.to_us else None

    async def _guarded(self, heard: _Heard) -> None:
        message = heard.message
        channel: Channel = message.channel
        try:
            channel = await self._known_channel(message)
            await self._answer(heard, channel)
        except Refusal as refusal:
            _log.info("refused", message=message.id, user=message.author.id, refusal=str(refusal))
            # Discord shows a private answer only to a command or a click
            said = refusal.text if heard.private else refusal.text_in_public
            await self._public_replies.answer(message, channel, said)
        except DatabaseAway:
            _log.exception("message.database_away", message=message.id)
            await self._public_replies.answer(message, channel, database_away_text())
        except Exception as error:
            incident = incident_id(error)
            _log.exception("message.failed", message=message.id, incident=incident)
            await self._public_replies.answer(message, channel, incident_text(incident))

    async def _known_channel(self, message: discord.Message) -> Channel:
        """Give a message's channel; a thread that was idle may not be known to discord.py."""
        if not isinstance(message.channel, discord.PartialMessageable):
            return message.channel
        try:
            fetched = await self._client.fetch_channel(message.channel.id)
        except (discord.HTTPException, *LOST) as error:
            raise not_found.discord_away() from error
        return fetched if isinstance(fetched, discord.abc.Messageable) else message.channel

    async def _answer(self, heard: _Heard, channel: Channel) -> None:
        message = heard.message
        try:
            require_allowed(message.guild.id if message.guild else 0, self._allowed_guilds)
        except Refusal:
            if heard.named:
                raise
            return  # where it is not allowed, it speaks only when it is called
        files = self._services.finder.reader.files_in(message)
        if message.guild is not None:
            rules = await self._moderation.rules(message.guild.id)
            try:
                _require_taken_here(rules, channel, message.channel.id)
            except Refusal:
                if heard.named and (heard.replies or heard.called or files):
                    raise
                return
        if not heard.words:
            await self._answer_wordless(heard, channel)
        elif heard.talks and (files or heard.replies):
            return
        elif files:
            await self._edit(heard, channel, files)
        elif heard.replies:
            await self._answer_reply(heard, channel)
        elif heard.private or heard.called:
            await self._tell_how(heard, channel)

    async def _answer_wordless(self, heard: _Heard, channel: Channel) -> None:
        message = heard.message
        hint_due = heard.private and bool(message.attachments) and not heard.named
        if (heard.named and self._may_answer(message)) or (hint_due and await self._first_time(message)):
            await self._public_replies.answer(message, channel, hints.NO_WORDS)
        elif heard.named or heard.addressed or message.attachments or message.stickers:
            return  # told before; a picture, a sticker: nothing is hidden
        elif await self._is_result(message) and await self._first_time(message):
            await self._public_replies.answer(message, channel, hints.words_hidden(self._name))

    async def _answer_reply(self, heard: _Heard, channel: Channel) -> None:
        replied = await self._replied(heard.message)
        reader = self._services.finder.reader
        pictures = reader.pictures_in(replied)
        if pictures:
            await self._edit(heard, channel, pictures)
        elif reader.wrote(replied) and (job := await self._services.jobs.with_status_message(replied.id)):
            if heard.addressed or job.result_id is not None:
                await self._edit(heard, channel, job)
        elif reader.hides(replied, in_direct_messages=heard.message.guild is None):
            raise not_found.hidden_picture()
        elif heard.named or heard.message.guild is None:
            await self._tell_how(heard, channel)

    async def _edit(self, heard: _Heard, channel: Channel, shown: Sequence[Source] | Job) -> None:
        """Order an edit of the picture that is named by the words, else of the first; raises `Refusal`."""
        of = len(shown.posted) if isinstance(shown, Job) else len(shown)
        named = named_picture(heard.words, of) or NamedPicture(1, heard.words)
        if of and named.number not in range(1, of + 1):
            raise not_found.no_such_number(named.number, of)
        message = heard.message
        if self._client.application_id is None:
            raise AssertionError("discord.py logs in before it hears anything")
        now = self._clock.now_ms()
        origin = origin_of_message(message, channel, self._client.application_id, self._allowed_guilds, now)
        order = edit_order(EditOptions(named.words), self._services.edit_model, self._services.rng)
        find = partial(self._picture, shown, named.number)
        try:
            await self._ordering.order_by_message(message, origin, order, find)
        except PriceNotAgreed as asked:
            raise too_dear_for_a_reply(asked) from asked

    async def _picture(self, shown: Sequence[Source] | Job, number: int) -> Source:
        """Find a picture of those that a reply can mean, counted from 1."""
        return await self._services.finder.of_job(shown, number) if isinstance(shown, Job) else shown[number - 1]

    async def _replied(self, message: discord.Message) -> discord.Message:
        """Give the message that another one replies to; raises `Refusal` where it is gone."""
        reference = message.reference
        if reference is None or reference.message_id is None:
            raise not_found.message_gone()
        if isinstance(reference.resolved, discord.Message):
            return reference.resolved
        if reference.resolved is not None:
            raise not_found.message_gone()
        try:
            return await message.channel.fetch_message(reference.message_id)
        except discord.NotFound as gone:
            raise not_found.message_gone() from gone
        except discord.Forbidden as closed:
            raise not_found.history_closed() from closed
        except (discord.HTTPException, *LOST) as error:
            raise not_found.discord_away() from error

    async def _is_result(self, message: discord.Message) -> bool:
        """Whether a message replies to one of the bot's pictures, or to the status message of a job with one."""
        replied = message.reference.resolved if message.reference else None
        if not isinstance(replied, discord.Message):
            return False
        if self._services.finder.in_message(replied):
            return True
        job = await self._services.jobs.with_status_message(replied.id)
        return job is not None and job.result_id is not None

    async def _tell_how(self, heard: _Heard, channel: Channel) -> None:
        """Tell how to ask; somebody who only talks to the bot in direct messages hears it once."""
        first = not heard.named and await self._first_time(heard.message)
        if first or (heard.named and self._may_answer(heard.message)):
            await self._public_replies.answer(heard.message, channel, hints.how_to_ask(self._name))

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


def _require_taken_here(rules: ServerRules, channel: Channel, channel_id: int) -> None:
    """Raise `Refusal` where a server's moderators want no message to edit a picture, or none in this channel."""
    if not rules.replies:
        raise replies_are_off()
    above = channel.parent_id if isinstance(channel, discord.Thread) else channel_id
    if not rules.allows({channel_id, above}):
        raise not_allowed_here(rules.allowed_channels or ())


def _words(message: discord.Message, name: re.Pattern[str]) -> str:
    """Give a message's words without the bot's name; others are called as they are shown."""
    words = _EMOJI.sub(r"\1", name.sub(" ", message.content))
    for user in message.mentions:
        for written in (f"<@{user.id}>", f"<@!{user.id}>"):
            words = words.replace(written, user.display_name)
    return " ".join(words.split())
