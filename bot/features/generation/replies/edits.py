"""From a message to an edit: whether it may ask for one, which pictures it is about, and ordering it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final, TypeAlias

import discord

from bot.domain.access import Access
from bot.domain.confirmation import PriceNotAgreed
from bot.domain.jobs import Job
from bot.domain.moderation.server_rules import ServerRules
from bot.domain.pictures.sources import ResultRef, Source
from bot.domain.preferences import Replies
from bot.domain.prices import Price
from bot.domain.replies.picture_numbers import NamedPicture, named_picture
from bot.features.generation.replies.heard import Heard, heard_by
from bot.features.generation.services import GenerationServices
from bot.interactions.message_pictures import results_in
from bot.interactions.ordering import Ordering
from bot.interactions.origins import (
    account_of_message,
    age_restricted_channels,
    is_age_restricted,
    origin_of_message,
)
from bot.interactions.permissions import require_allowed
from bot.interactions.responses import LOST
from bot.interactions.services import Services
from bot.moderation.service import Moderation
from bot.orders.edit import EditOptions, edit_order
from bot.orders.picture_orders import PictureOrder
from bot.wording import pictures_not_found as not_found
from bot.wording.questions import too_dear_for_a_reply
from bot.wording.server_rules import not_allowed_here, replies_are_off
from spark.clock import Clock

Channel: TypeAlias = discord.abc.Messageable
Shown: TypeAlias = Sequence[Source] | Job
"""The pictures that a message is about: those that somebody shows, at least one, or those of a job."""
CHOICES_MAX: Final = 10
"""How many pictures a message of Discord's can show."""


class MessageEdits(Services):
    """Reads what messages are about, and orders the edits that they ask for."""

    def __init__(
        self,
        client: discord.Client,
        ordering: Ordering,
        services: GenerationServices,
        moderation: Moderation,
        access: Access,
        clock: Clock,
    ) -> None:
        """Build with who may use the bot and where."""
        self._client = client
        self._ordering = ordering
        self._services = services
        self._moderation = moderation
        self._access = access
        self._clock = clock

    @property
    def price(self) -> Price:
        """Tell what an edit is expected to cost."""
        return self._services.estimates.price_of(self._services.edit_model)

    def require_allowed(self, message: discord.Message) -> None:
        """Raise `Refusal` where its author may not use the bot, or nobody may."""
        require_allowed(self._access, account_of_message(message))

    async def require_taken_here(self, message: discord.Message, channel: Channel) -> None:
        """Raise `Refusal` where a server's moderators want no message to edit a picture, or none here."""
        if message.guild is not None:
            rules = await self._moderation.rules(message.guild.id)
            _require_taken(rules, channel, message)

    async def meant_by(self, user_id: int) -> Replies:
        """Tell what a person's replies mean."""
        return (await self._services.preferences.of(user_id)).replies

    async def remember(self, user_id: int, replies: Replies) -> None:
        """Keep what a person's replies mean from now on."""
        await self._services.preferences.change(user_id, lambda own: replace(own, replies=replies))

    async def known_channel(self, message: discord.Message) -> Channel:
        """Give a message's channel; a thread that was idle may not be known to discord.py."""
        if not isinstance(message.channel, discord.PartialMessageable):
            return message.channel
        try:
            fetched = await self._client.fetch_channel(message.channel.id)
        except (discord.HTTPException, *LOST) as error:
            raise not_found.discord_away() from error
        return fetched if isinstance(fetched, discord.abc.Messageable) else message.channel

    async def heard_again(self, channel: Channel, message_id: int) -> Heard:
        """Read a message once more that was heard before; raises `Refusal` where it is gone."""
        heard = heard_by(self._client.user, await _fetched(channel, message_id))
        if heard is None:
            raise not_found.message_gone()
        return heard

    def attached(self, message: discord.Message) -> Sequence[Source]:
        """List the pictures that were attached to a message itself."""
        return self._services.finder.reader.files_in(message)

    async def shown_to(self, heard: Heard, channel: Channel) -> Shown | None:
        """Find the pictures that a message is about: attached, replied to, or in direct messages the newest.

        None where there are none; raises `Refusal` where Discord hides them.
        """
        if files := self.attached(heard.message):
            return files
        if heard.replies:
            return await self._replied_to(heard)
        return await self._services.finder.newest_shown(channel) or None if heard.private else None

    async def result_of(self, heard: Heard) -> int | None:
        """Tell the job whose pictures a message replies to; None where there are none of the bot's."""
        replied = heard.message.reference.resolved if heard.message.reference else None
        if not isinstance(replied, discord.Message):
            return None
        if shown := results_in(replied, self._client.user):
            return shown[0].job_id
        job = await self._services.jobs.with_status_message(replied.id)
        return job.id if job is not None and job.result_id is not None else None

    def require_words(self, words: str) -> None:
        """Raise `Refusal` for words that no edit can be made of."""
        self._ordered(words)

    async def order(
        self,
        heard: Heard,
        channel: Channel,
        shown: Shown,
        named: NamedPicture,
        role_ids: frozenset[int] | None = None,
    ) -> None:
        """Order an edit of one of the pictures that are shown, by its number; raises `Refusal`.

        `role_ids` are the writer's where the message does not tell them: one that was fetched does not.
        """
        if self._client.application_id is None:
            raise AssertionError("discord.py logs in before it hears anything")
        message, now = heard.message, self._clock.now_ms()
        origin = origin_of_message(message, channel, self._client.application_id, self._access, now)
        if role_ids is not None:
            origin = replace(origin, role_ids=role_ids)
        order = self._ordered(named.words)
        find = partial(self._picture, shown, named.number)
        try:
            await self._ordering.order_by_message(origin, message, order, find)
        except PriceNotAgreed as asked:
            raise too_dear_for_a_reply(asked) from asked

    def _ordered(self, words: str) -> PictureOrder:
        return edit_order(EditOptions(words), self._services.edit_model, self._services.rng)

    async def _picture(self, shown: Shown, number: int) -> Source:
        return await self._services.finder.of_job(shown, number) if isinstance(shown, Job) else shown[number - 1]

    async def _replied_to(self, heard: Heard) -> Shown | None:
        replied = await self._replied(heard.message)
        reader = self._services.finder.reader
        if pictures := reader.pictures_in(replied):
            return pictures
        if reader.wrote(replied) and (job := await self._services.jobs.with_status_message(replied.id)):
            return job if heard.addressed or job.result_id is not None else None
        if reader.hides(replied, in_direct_messages=heard.private):
            raise not_found.hidden_picture()
        return None

    async def _replied(self, message: discord.Message) -> discord.Message:
        """Give the message that another one replies to; raises `Refusal` where it is gone."""
        reference = message.reference
        if reference is None or reference.message_id is None:
            raise not_found.message_gone()
        if isinstance(reference.resolved, discord.Message):
            return reference.resolved
        if reference.resolved is not None:
            raise not_found.message_gone()
        return await _fetched(message.channel, reference.message_id)


def count_of(shown: Shown) -> int:
    """Count the pictures that are shown; a job may have none yet."""
    return len(shown.posted) if isinstance(shown, Job) else len(shown)


def named_in(heard: Heard, of: int) -> NamedPicture | None:
    """Tell which of some pictures a message names; the only one needs no name. None where it names none."""
    return named_picture(heard.words, of) or (NamedPicture(1, heard.words) if of <= 1 else None)


def result_at(shown: Shown, number: int) -> ResultRef | None:
    """Name one of the pictures that are shown, where the bot has made it."""
    if isinstance(shown, Job):
        return ResultRef(shown.id, shown.posted[number - 1])
    return shown[number - 1].result


async def _fetched(channel: Channel, message_id: int) -> discord.Message:
    try:
        return await channel.fetch_message(message_id)
    except discord.NotFound as gone:
        raise not_found.message_gone() from gone
    except discord.Forbidden as closed:
        raise not_found.history_closed() from closed
    except (discord.HTTPException, *LOST) as error:
        raise not_found.discord_away() from error


def _require_taken(rules: ServerRules, channel: Channel, message: discord.Message) -> None:
    if not rules.replies:
        raise replies_are_off()
    above = channel.parent_id if isinstance(channel, discord.Thread) else message.channel.id
    if not rules.allows({message.channel.id, above}, age_restricted=is_age_restricted(channel)):
        raise not_allowed_here(rules, age_restricted_channels(channel, message.guild, message.author))
