"""What members report of results, and moderators' answer; the journal brings both into the log channel."""

import structlog

from bot.domain.jobs import Job
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.moderation.complaints import Complaint, Grievance, Reported
from bot.domain.pictures.sources import MessageRef
from bot.moderation.journal import Journal
from bot.moderation.service import Moderator
from bot.store import Store
from bot.wording.actions import FOUND_NOTHING_WRONG
from bot.wording.complaints import answered_before
from spark.clock import Clock

_log = structlog.get_logger()


class Complaints:
    """One process's part in it; whoever presses was asked before whether they may."""

    def __init__(self, store: Store, journal: Journal, clock: Clock) -> None:
        self._store = store
        self._journal = journal
        self._clock = clock

    async def require_open(self, message_id: int, user_id: int) -> None:
        """Raise `Refusal` where nothing would come of what somebody says of a message; `file` checks it again."""
        await self._store.complaints.require_open(message_id, user_id)

    async def file(
        self, job: Job, shown: MessageRef, user_id: int, grievance: Grievance, words: str | None
    ) -> None:
        """Keep what somebody says of a message with a job's pictures; raises `Refusal` where that was done."""
        complaint = Complaint(user_id, grievance, words, self._clock.now_ms())
        await self._store.complaints.file(job, shown, complaint)
        _log.info("picture.reported", job=job.id, message=shown.message_id, server=job.account.guild_id)
        self._journal.wake()

    async def of(self, message_id: int) -> Reported | None:
        """Read what was reported of a message; None where that is nothing."""
        return await self._store.complaints.of(message_id, self._clock.now_ms())

    async def clear(self, by: Moderator, reported: Reported) -> None:
        """Record that a moderator finds nothing wrong with a message; raises `Refusal` where one did before."""
        about, now = (About.JOB, reported.job.id), self._clock.now_ms()
        action = Action(by.guild_id, by.user_id, ActionKind.CLEAR, *about, FOUND_NOTHING_WRONG, None, now)
        if not await self._store.complaints.clear(reported.shown.message_id, action):
            current = await self.of(reported.shown.message_id)
            raise answered_before(by.user_id if current is None else current.cleared_by or by.user_id)
        self._journal.wake()

    async def has_changed(self, job: Job) -> None:
        """Have moderators read what became of a job's messages that were reported, if there are any."""
        await self._store.complaints.has_changed(job.id)
        self._journal.wake()
