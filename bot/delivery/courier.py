"""The worker's way into Discord over discord.py."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import discord

from bot.components.cancel import head_view
from bot.components.results import result_view
from bot.components.try_again import try_again_id
from bot.delivery.faults import BLOCKED_BY_AUTOMOD, FILE_TOO_LARGE, PLACE_LOST, delivery_faults
from bot.delivery.files import file_of, is_file_of
from bot.delivery.heads import edit_head, find_head
from bot.delivery.messages import head_finished, head_held, head_in_progress, late_message, result_message
from bot.delivery.places import open_place
from bot.domain.jobs import Job, Task, result_stem
from bot.jobs.ports import Parcel, Posted, Progress
from bot.store import Store
from spark.clock import Clock

_CLOCKS_DIFFER = timedelta(minutes=1)
_CONTENT_MAX = 2000
_SHRUNK = 8_000_000


class DiscordCourier:
    """Implements `bot.jobs.ports.Delivery`."""

    def __init__(self, client: discord.Client, store: Store, clock: Clock, hold_seconds: float) -> None:
        """Build with how many seconds an unknown task's money stays reserved."""
        self._client = client
        self._store = store
        self._clock = clock
        self._hold_seconds = hold_seconds

    async def show(self, job: Job, progress: Progress) -> None:
        """Show on the head how a job stands."""
        view = head_view(job, waiting=not progress.painting)
        await self._edit_head(job, head_in_progress(job, progress), view)

    async def show_held(self, job: Job, until: int) -> None:
        """Show on the head that a result cannot be posted now, and until when (Unix seconds) it is tried."""
        await self._edit_head(job, head_held(job, until))

    async def finish_head(self, job: Job) -> None:
        """Show on the head how a job ended: what it cost, and where its result is."""
        await self._edit_head(job, head_finished(job))

    async def choose_place(self, job: Job) -> int:
        """Decide in which channel a job's message goes, opening a thread where one is wanted; its id."""
        with delivery_faults():
            return await open_place(self._client, job, await self._head(job))

    async def find(self, job: Job, since_ms: int) -> Posted | None:
        """Look for a job's message that was posted since `since_ms`, after a crash or a lost answer."""
        stems = {result_stem(job.id, task.position): task.position for task in job.tasks}
        for channel_id in {job.result_channel_id or job.channel_id, job.channel_id}:
            if found := await self._look(channel_id, since_ms, stems, try_again_id(job.id)):
                return found
        return None

    async def find_late(self, job: Job, task: Task) -> Posted | None:
        """Look for a late picture's message, after a crash or a lost answer."""
        stems = {result_stem(job.id, task.position): task.position}
        return await self._look(job.result_channel_id or job.channel_id, task.ended_at or 0, stems, None)

    async def post(self, parcel: Parcel) -> Posted:
        """Post a job's one message, in the place chosen for it, or where it was asked for if that is lost."""
        job = parcel.job
        place = job.result_channel_id or job.channel_id
        in_thread = place != job.channel_id
        with delivery_faults():
            try:
                return await self._post_result(parcel, place, quote=not in_thread)
            except discord.HTTPException as refused:
                if refused.code in BLOCKED_BY_AUTOMOD and not in_thread:
                    return await self._post_result(parcel, place, quote=False)
                if not in_thread or refused.code not in PLACE_LOST:
                    raise
                return await self._post_result(parcel, job.channel_id, quote=True)

    async def post_late(self, job: Job, task: Task, picture: bytes) -> Posted:
        """Post a picture that came after its job's message."""
        with delivery_faults():
            return await self._send(
                job.result_channel_id or job.channel_id,
                job,
                {task.position: picture},
                content=late_message(job, task),
                nonce=_nonce(job, f"late{task.position}"),
            )

    async def _post_result(self, parcel: Parcel, channel_id: int, *, quote: bool) -> Posted:
        job = parcel.job
        content = result_message(parcel, quote=quote, hold_seconds=self._hold_seconds)
        kind = "done" if parcel.pictures else "note"
        return await self._send(channel_id, job, parcel.pictures, content=content, nonce=_nonce(job, kind))

    async def _send(
        self, channel_id: int, job: Job, pictures: Mapping[int, bytes], *, content: str, nonce: str
    ) -> Posted:
        try:
            return await self._send_under(job.upload_limit, channel_id, job, pictures, content, nonce)
        except discord.HTTPException as refused:
            # Discord's own word on its limit can overstate it
            if not pictures or (
                refused.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE and refused.code != FILE_TOO_LARGE
            ):
                raise
            return await self._send_under(_SHRUNK, channel_id, job, pictures, content, nonce)

    async def _send_under(
        self, limit: int, channel_id: int, job: Job, pictures: Mapping[int, bytes], content: str, nonce: str
    ) -> Posted:
        files = [
            await file_of(job, task, pictures[task.position], limit)
            for task in job.tasks
            if task.position in pictures
        ]
        message = await self._client.get_partial_messageable(channel_id).send(
            content[:_CONTENT_MAX],
            files=files,
            nonce=nonce,
            view=result_view(job, pictures.keys()) or discord.utils.MISSING,
            allowed_mentions=discord.AllowedMentions(users=[discord.Object(job.account.user_id)]),
        )
        return Posted(channel_id, message.id, frozenset(pictures))

    async def _look(
        self, channel_id: int, since_ms: int, stems: Mapping[str, int], button: str | None
    ) -> Posted | None:
        """Search a channel for the bot's own message with one of these files, or with this button."""
        channel = self._client.get_partial_messageable(channel_id)
        after = datetime.fromtimestamp(since_ms / 1000, UTC) - _CLOCKS_DIFFER
        with delivery_faults():
            try:
                async for message in channel.history(after=after, limit=None, oldest_first=True):
                    if not _is_from(message, self._client):
                        continue
                    carried = _carried(message, stems)
                    if carried or _has_button(message, button):
                        return Posted(channel_id, message.id, carried)
            except discord.NotFound:
                return None  # a place that is gone holds no message
        return None

    async def _head(self, job: Job) -> int | None:
        head_id = await find_head(self._client, job, self._now())
        if head_id is not None and job.head_id is None:
            await self._store.jobs.record_head(job.id, head_id)
        return head_id

    async def _edit_head(self, job: Job, content: str, view: discord.ui.View | None = None) -> None:
        with delivery_faults():
            if (head_id := await self._head(job)) is not None:
                await edit_head(self._client, job, head_id, content, view, self._now())

    def _now(self) -> int:
        return int(self._clock.time() * 1000)


def _nonce(job: Job, kind: str) -> str:
    """Name a message so that Discord takes it once; 25 characters at most, of which a job's id fills 19."""
    return f"{job.id}-{kind}"


def _is_from(message: discord.Message, client: discord.Client) -> bool:
    return client.user is not None and message.author.id == client.user.id


def _carried(message: discord.Message, stems: Mapping[str, int]) -> frozenset[int]:
    """Give the positions of the pictures that a message carries."""
    names = [attachment.filename for attachment in message.attachments]
    return frozenset(position for stem, position in stems.items() if any(is_file_of(n, stem) for n in names))


def _has_button(message: discord.Message, button: str | None) -> bool:
    items = [item for row in message.components if isinstance(row, discord.ActionRow) for item in row.children]
    return button is not None and any(item.custom_id == button for item in items)
