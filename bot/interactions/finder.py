"""Where a picture is taken from: an attachment, a message, or the newest one here."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

import discord

from bot.domain.jobs import Job, task_position
from bot.domain.kinds import Kind
from bot.domain.pictures.hosts import Hosts
from bot.domain.pictures.sources import ResultRef, Source
from bot.interactions import Interaction
from bot.interactions.message_pictures import Reader, source_of
from bot.interactions.responses import LOST
from bot.interactions.which_picture import NotClear
from bot.orders.repeats import require_words
from bot.store import Store
from bot.wording import pictures_not_found as not_found

_OFFERED_MAX: Final = 5
"""How many pictures are shown to choose from."""
_LOOK_BACK: Final = 50
"""How many messages are looked at for the newest picture; Discord gives them out in one page."""
_CLOCKS_DIFFER: Final = timedelta(minutes=1)
"""How far this machine's clock may be ahead of Discord's."""


class PictureFinder:
    """Finds pictures in what Discord lets the bot see."""

    def __init__(self, client: discord.Client, store: Store, hosts: Collection[str]) -> None:
        """Build with the only hosts that pictures are taken from."""
        self._client = client
        self._store = store
        self._hosts = Hosts.of(hosts)

    @property
    def reader(self) -> Reader:
        """Look at messages as the bot, once it is logged in."""
        if self._client.user is None:
            raise AssertionError("nobody looks at messages before the bot is logged in")
        return Reader(self._client.user.id, self._hosts, self._client.intents.message_content)

    async def attached_or_newest(self, interaction: Interaction, attachment: discord.Attachment | None) -> Source:
        """Find the picture of a command: the file that came with it, else as `newest_here` does."""
        if attachment is not None:
            return source_of(attachment, interaction.user.id)
        return await self.newest_here(interaction)

    def in_message(self, message: discord.Message) -> tuple[Source, ...]:
        """List the pictures that a message shows and the bot can see: files, forwarded ones, embeds, previews."""
        return self.reader.pictures_in(message)

    async def newest_here(self, interaction: Interaction) -> Source:
        """Find the newest picture in the channel or thread.

        Raises `NotClear` where another may be meant, and `Refusal` where the bot sees none.
        """
        if interaction.channel_id is None:
            raise AssertionError("a command without a channel is refused before")
        channel = self._client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
        kind = interaction.command.name if interaction.command else Kind.EDIT
        pictures: list[Source] = []
        hidden_url: str | None = None
        with _refusals():
            async for message in channel.history(limit=_LOOK_BACK):
                found, hides_at = await self._seen_in(message, in_direct_messages=interaction.guild_id is None)
                if len(found) == 1 and not pictures and hidden_url is None:
                    return found[0]
                known = {each.result for each in pictures if each.result}  # by their preview
                pictures += [each for each in found if each.result not in known]
                if len(pictures) >= _OFFERED_MAX:
                    break
                if not pictures:
                    hidden_url = hidden_url or hides_at
        if pictures:
            raise NotClear(pictures[:_OFFERED_MAX], hidden_url)
        raise not_found.hidden_here(kind, hidden_url) if hidden_url else not_found.nothing_here(kind, _LOOK_BACK)

    async def newest_shown(self, channel: discord.abc.Messageable) -> Sequence[Source]:
        """List the pictures of the newest message in direct messages that shows any; raises `Refusal`."""
        with _refusals():
            async for message in channel.history(limit=_LOOK_BACK):
                pictures = self.in_message(message)
                if self.reader.wrote(message):
                    pictures = tuple(picture for picture in pictures if picture.result is not None)
                if pictures:
                    return pictures
        return ()

    async def by_result(self, result: ResultRef, shown: discord.Message | None = None) -> Source:
        """Find a picture that the bot has made: in the message `shown`, else where its job posted it.

        Raises `Refusal` where it is not there yet, or no longer.
        """
        if shown is not None and (found := self._result_in(shown, result)):
            return found
        job = await self._store.jobs.get(result.job_id)
        if job is None:
            raise not_found.result_gone()
        require_words(job)
        if job.result_channel_id is None or job.result_id is None:
            raise not_found.result_not_there()
        if found := await self._posted(job, job.result_channel_id, job.result_id, result):
            return found
        raise not_found.result_gone()

    async def all_of(self, job: Job) -> Sequence[Source]:
        """Find the pictures of a job's message; none where it is gone. Raises `Refusal` where Discord is away."""
        with _refusals():
            return await self._shown_of(job)

    async def of_job(self, job: Job, number: int) -> Source:
        """Find a picture of those that a job has brought, counted from 1; raises `Refusal` as `by_result` does."""
        if not job.posted:
            raise not_found.result_not_there()
        return await self.by_result(ResultRef(job.id, job.posted[number - 1]))

    async def _posted(self, job: Job, channel_id: int, message_id: int, result: ResultRef) -> Source | None:
        channel = self._client.get_partial_messageable(channel_id, guild_id=job.account.guild_id or None)
        with _refusals():
            try:
                if found := self._result_in(await channel.fetch_message(message_id), result):
                    return found
                # it may have come late, as a message of its own
                async for message in channel.history(after=_end_of(job, result), limit=_LOOK_BACK):
                    if found := self._result_in(message, result):
                        return found
            except discord.NotFound:
                return None
        return None

    async def _seen_in(
        self, message: discord.Message, *, in_direct_messages: bool
    ) -> tuple[Sequence[Source], str | None]:
        """Give the pictures of a message that may be meant, and its address where it may hide one."""
        if message.type is discord.MessageType.thread_starter_message and (above := message.reference):
            if not isinstance(above.resolved, discord.Message):
                return (), None
            message = above.resolved  # it only points to the message in the channel above
        reader = self.reader
        pictures = reader.pictures_in(message)
        if (job_id := reader.previewed_in(message)) is not None:
            return await self._previewed(job_id), None
        if reader.wrote(message):
            # a copy that it posted for Spark is nobody's picture
            return [picture for picture in pictures if picture.result is not None], None
        hides = not message.is_system() and reader.hides(message, in_direct_messages=in_direct_messages)
        return pictures, message.jump_url if hides else None

    async def _previewed(self, job_id: int) -> Sequence[Source]:
        """Find the pictures that a preview stands for; none where they are gone."""
        job = await self._store.jobs.get(job_id)
        return () if job is None else await self._shown_of(job)

    async def _shown_of(self, job: Job) -> Sequence[Source]:
        if job.erased_at is not None or job.result_channel_id is None or job.result_id is None:
            return ()
        channel = self._client.get_partial_messageable(
            job.result_channel_id, guild_id=job.account.guild_id or None
        )
        try:
            shown = self.in_message(await channel.fetch_message(job.result_id))
        except discord.NotFound:
            return ()
        return [each for each in shown if each.result is not None and each.result.job_id == job.id]

    def _result_in(self, message: discord.Message, result: ResultRef) -> Source | None:
        return next((each for each in self.in_message(message) if each.result == result), None)


def _end_of(job: Job, result: ResultRef) -> datetime:
    """Tell since when, by Discord's clock, a picture may stand there."""
    ended_at = next((t.ended_at for t in job.tasks if t.position == task_position(result.position)), None)
    return datetime.fromtimestamp((ended_at or job.accepted_at) / 1000, UTC) - _CLOCKS_DIFFER


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what discord.py raises into words for people, except for what is not there."""
    try:
        yield
    except discord.Forbidden as closed:
        raise not_found.history_closed() from closed
    except (discord.DiscordServerError, *LOST) as away:
        raise not_found.discord_away() from away
