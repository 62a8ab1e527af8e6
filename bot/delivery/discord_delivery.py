"""The worker's way into Discord over discord.py."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Protocol

import discord

from bot.delivery.fallbacks import Fallback, post_with_fallbacks
from bot.delivery.faults import BLOCKED_BY_AUTOMOD, delivery_faults, is_about_files, is_too_large
from bot.delivery.files import Shrinking, file_of, in_one_message, largest, next_goal, preview_file
from bot.delivery.places import Places
from bot.delivery.search import Marks, find_post
from bot.delivery.status_messages import Files, edit_status_message, find_status_message
from bot.delivery.status_replies import StatusReplies, StatusReply
from bot.domain.jobs import Job, Task, result_stem
from bot.domain.moderation.server_rules import ResultPlace
from bot.domain.progress import Hindrance, Progress
from bot.domain.states import TaskState
from bot.jobs.ports import Pictures, Posted, WordsRefused
from bot.store import Store
from bot.wording.hindrances import NO_THREAD_OPENED
from bot.wording.results import Frame, end_post, late_post, result_post
from bot.wording.status_messages import finished_text, held_text, in_progress_text
from spark.clock import Clock


class Rows(Protocol):
    """Builds the buttons; every one of them works after a restart."""

    def under_status_message(self, job: Job, *, waiting: bool) -> discord.ui.View | None:
        """Build the row under a job's status message: what takes it back, or shows what is withheld, or None."""
        ...

    def under_result(self, job: Job, positions: Collection[int]) -> discord.ui.View:
        """Build the rows under a message that carries the pictures at `positions`, or none."""
        ...

    def mark_of_notice(self, job_id: int) -> str:
        """Give the custom id by which a job's message without pictures is known again."""
        ...


class DiscordDelivery:
    """Implements `bot.jobs.ports.Delivery`."""

    def __init__(
        self,
        client: discord.Client,
        store: Store,
        shrinking: Shrinking,
        rows: Rows,
        clock: Clock,
        hold_seconds: float,
    ) -> None:
        """Build with how many seconds an unknown task's money stays reserved."""
        self._client = client
        self._store = store
        self._shrinking = shrinking
        self._rows = rows
        self._clock = clock
        self._hold_seconds = hold_seconds
        self._status_replies = StatusReplies(client, store, clock)
        self._places = Places(client, store)
        self._unnamed: set[int] = set()
        """The jobs whose thread has another name than their words."""

    async def show(self, job: Job, progress: Progress) -> None:
        """Show on the status message how a job stands; raises `WordsRefused` where AutoMod takes no such words."""
        view = self._rows.under_status_message(job, waiting=not progress.painting)
        words_stood = await self._edit_status_message(
            job, lambda words: in_progress_text(job, progress, with_words=words), view
        )
        if not words_stood:
            raise WordsRefused

    async def show_held(self, job: Job, until: int, hindrance: Hindrance) -> None:
        """Show on the status message why a result cannot be posted, and until when (Unix seconds) it is tried."""
        await self._edit_status_message(job, lambda words: held_text(job, until, hindrance, with_words=words))

    async def finish_status_message(self, job: Job, preview: bytes | None) -> None:
        """Show on the status message how a job ended: its pictures in small, what it cost, where its result is."""

        def show(words: bool) -> Files:
            return lambda: [] if preview is None else [preview_file(job, preview, with_words=words)]

        # one that cannot be made now may stand there already
        keeps = preview is None and (job.has_preview or job.set_aside_at is not None)
        view = self._rows.under_status_message(job, waiting=False)
        await self._edit_status_message(
            job, lambda words: finished_text(job, with_words=words), view, None if keeps else show
        )

    async def choose_place(self, job: Job) -> int:
        """Decide in which channel a job's message goes, opening a thread where one is wanted; its id."""
        with delivery_faults():
            chosen = await self._places.choose(job, await self._status_message(job))
        if not chosen.named:
            self._unnamed.add(job.id)
        return chosen.channel_id

    async def find(self, job: Job, since_ms: int) -> Posted | None:
        """Look for a job's message that was posted since `since_ms`, after a crash or a lost answer."""
        with delivery_faults():
            marks = Marks(_stems(job, job.tasks), self._rows.mark_of_notice(job.id))
            # of one that was set aside nobody knows whether its thread was opened since
            thread_id = None
            if job.set_aside_at is not None:
                thread_id = job.day_thread_id or await self._status_message(job)
            return await find_post(self._client, job, since_ms, marks, thread_id)

    async def find_late(self, job: Job, task: Task) -> Posted | None:
        """Look for a late picture's message, after a crash or a lost answer."""
        with delivery_faults():
            return await find_post(self._client, job, task.ended_at or 0, Marks(_stems(job, [task])))

    async def find_end(self, job: Job, tasks: Sequence[Task]) -> Posted | None:
        """Look for the message of `post_end`, after a crash or a lost answer."""
        # an unknown one was waited for until its money was released
        waits = {TaskState.UNKNOWN: int(self._hold_seconds * 1000)}
        since = max((task.ended_at or 0) + waits.get(task.state, 0) for task in tasks)
        with delivery_faults():
            marks = Marks({}, self._rows.mark_of_notice(job.id), not_id=job.result_id)
            return await find_post(self._client, job, since, marks)

    async def post(self, job: Job, pictures: Pictures) -> Posted:
        """Post a job's one message, at the best place that takes it."""
        together = in_one_message(job, pictures)
        following = pictures.keys() - together.keys()

        def write(frame: Frame) -> str:
            return result_post(job, replace(frame, following=following), self._hold_seconds)

        posted = await self._post(job, together, write, _nonce(job, "done" if together else "note"))
        self._unnamed.discard(job.id)
        return posted

    async def post_late(self, job: Job, task: Task, pictures: Pictures) -> Posted:
        """Post a task's pictures after its job's message: they came late, or had no room there."""

        def write(frame: Frame) -> str:
            return late_post(job, task, frame)

        return await self._post(job, pictures, write, _nonce(job, f"late{task.position}"))

    async def post_end(self, job: Job, tasks: Sequence[Task]) -> Posted:
        """Tell that nothing came of these tasks after all, after their job's message had left it open."""
        return await self._post(job, {}, lambda frame: end_post(job, tasks, frame), _nonce(job, "end"))

    async def _post(self, job: Job, pictures: Pictures, write: Callable[[Frame], str], nonce: str) -> Posted:
        async def post(channel_id: int, fallback: Fallback, because: str | None) -> Posted:
            with_words = job.automod is None
            shown = await self._shrinking.within(job, pictures, fallback.upload_limit)
            in_place = because is None and channel_id == job.channel_id
            if in_place and await self._places.wanted(job) is not ResultPlace.HERE:
                because = NO_THREAD_OPENED
            unnamed = job.id in self._unnamed or channel_id == job.day_thread_id
            quote = channel_id != job.status_message_id or unnamed
            while True:
                content = write(Frame(shown, quote, because, with_words, self._clock.time()))
                files = [
                    file_of(job, position, shown[position], with_words=with_words)
                    for task in job.tasks
                    for position in task.positions
                    if position in shown
                ]
                try:
                    return await self._send(channel_id, job, content, files, pictures, nonce)
                except discord.HTTPException as refused:
                    if pictures and refused.code in BLOCKED_BY_AUTOMOD:
                        raise WordsRefused from refused
                    if with_words and refused.code in BLOCKED_BY_AUTOMOD:
                        with_words = False
                    elif pictures and is_too_large(refused) and (goal := next_goal(largest(shown))) is not None:
                        shown = await self._shrinking.within(job, pictures, goal)
                    else:
                        raise

        await self._record_sizes(job, pictures)
        with delivery_faults():
            return await post_with_fallbacks(self._client, job, post)

    async def _record_sizes(self, job: Job, pictures: Pictures) -> None:
        """Record which pictures have another size than was ordered, before anybody can ask for it."""
        for task in job.tasks:
            picture = pictures.get(task.position)
            if picture is not None and (size := (picture.width, picture.height)) != (task.width, task.height):
                await self._store.deliveries.record_size(task, size)

    async def _send(
        self, channel_id: int, job: Job, content: str, files: Sequence[discord.File], shown: Pictures, nonce: str
    ) -> Posted:
        message = await self._client.get_partial_messageable(channel_id).send(
            content,
            files=files,
            nonce=nonce,
            view=self._rows.under_result(job, shown.keys()),
            allowed_mentions=discord.AllowedMentions(users=[discord.Object(job.account.user_id)]),
        )
        return Posted(channel_id, message.id, frozenset(shown))

    async def _status_message(self, job: Job) -> int | None:
        if job.by_message:
            reply = await self._status_replies.of(job, lambda words: finished_text(job, with_words=words))
            return reply.message_id
        status_message_id = await find_status_message(self._client, job, self._clock.now_ms())
        if status_message_id is not None and job.status_message_id is None:
            await self._store.jobs.record_status_message(job.id, status_message_id)
        return status_message_id

    async def _edit_status_message(
        self,
        job: Job,
        write: Callable[[bool], str],
        view: discord.ui.View | None = None,
        show: Callable[[bool], Files] | None = None,
    ) -> bool:
        """Edit a job's status message; `write` and `show` are told whether the job's words may be said.

        Tells whether AutoMod has not just refused them.
        """
        with delivery_faults():
            if job.by_message:
                reply = await self._status_replies.of(job, write, view)
            else:
                reply = StatusReply(await self._status_message(job))
            if reply.message_id is None or reply.made:
                return reply.words_stood
            with_words = job.automod is None
            while True:
                files = None if show is None else show(with_words)
                now = self._clock.now_ms()
                try:
                    await edit_status_message(
                        self._client, job, reply.message_id, write(with_words), view, files, now
                    )
                except discord.HTTPException as refused:
                    if with_words and refused.code in BLOCKED_BY_AUTOMOD:
                        with_words = False
                    elif show is not None and is_about_files(refused):
                        show = None
                    else:
                        raise
                else:
                    return with_words or job.automod is not None


def _nonce(job: Job, kind: str) -> str:
    """Name a message so that Discord takes it once; 25 characters at most, of which a job's id fills 19."""
    return f"{job.id}-{kind}"


def _stems(job: Job, tasks: Sequence[Task]) -> dict[str, int]:
    return {result_stem(job.id, position): position for task in tasks for position in task.positions}
