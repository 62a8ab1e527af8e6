"""Whose a picture is where two say that it is theirs: what is known of it, and a moderator's word."""

from dataclasses import dataclass

from bot.domain.jobs import Job
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.pictures.consents import Question
from bot.domain.pictures.ownership import Remembered
from bot.moderation.service import Moderation, Moderator
from bot.store import Store
from bot.wording.actions import settled_picture
from bot.wording.owners import picture_not_remembered


@dataclass(frozen=True, slots=True)
class PictureCase:
    """What a moderator has to know about the picture that a job was made from."""

    owner_ids: tuple[int, ...]
    """Those whose pictures stand in its lineage."""
    question: Question | None
    """That they were asked, where they were."""
    remembered: Remembered | None


class Disputes:
    """Reads and settles them, each for one server alone."""

    def __init__(self, store: Store, moderation: Moderation) -> None:
        self._store = store
        self._moderation = moderation

    async def of_job(self, job: Job) -> PictureCase:
        """Tell whose picture a job was made from, and who has said what about it."""
        sha256 = None if job.source is None else job.source.sha256
        return PictureCase(
            await self._store.ownership.of_job(job.id),
            await self._store.consents.get(job.id),
            await self._store.ownership.remembered(job.account.guild_id, sha256),
        )

    async def in_message(self, guild_id: int, message_id: int) -> Remembered | None:
        """Tell what is remembered of a message's picture."""
        return await self._store.ownership.remembered_in(guild_id, message_id)

    async def remembered(self, guild_id: int, picture_id: int) -> Remembered:
        """Tell for whom a picture is remembered; raises `Refusal` where that is nobody on this server."""
        found = await self._store.ownership.remembered_as(guild_id, picture_id)
        if found is None:
            raise picture_not_remembered()
        return found

    async def settle(self, by: Moderator, picture_id: int, owner_id: int, reason: str) -> None:
        """Write down whose a picture is; raises `Refusal` where nothing is remembered of it on their server."""
        action = self._moderation.action(
            by, ActionKind.SETTLE, (About.MEMBER, owner_id), settled_picture(owner_id), reason
        )
        if not await self._store.ownership.settle(picture_id, owner_id, action):
            raise picture_not_remembered()
        self._moderation.told(action)
