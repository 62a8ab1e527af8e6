"""All that is kept of one person, as a file for them: data.json and the pictures that they sent, in a ZIP."""

import asyncio
import json
import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedRandom
from typing import IO, Any, Final

from bot.domain.budgets import Scope
from bot.domain.jobs import Job, Task, result_stem
from bot.domain.moderation.complaints import Complaint
from bot.domain.money import usd_from_nano
from bot.domain.preferences import Preferences
from bot.store import Store
from bot.store.personal_data import Decisions, KeptConsent, KeptImage, KeptPicture
from bot.wording.privacy import ABOUT_EXPORT, too_much_kept
from bot.wording.text import jump_url
from spark.clock import Clock

_PAGE: Final = 100
"""How many records are in memory at once; of pictures it is one."""
_AT_A_TIME: Final = 2
"""How many files are written at once; more wait."""


@dataclass(frozen=True, slots=True)
class Export:
    """A written ZIP, from its beginning."""

    file: BufferedRandom
    without_pictures: bool
    """Whether the pictures were left out, since the file would be too large with them."""


class PersonalData:
    """Writes exports; each is gone when its block ends."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._writing = asyncio.Semaphore(_AT_A_TIME)

    @asynccontextmanager
    async def export(self, user_id: int, most: int) -> AsyncIterator[Export]:
        """Write all that is kept of a person into a ZIP of at most `most` bytes; raises `Refusal` if it fails."""
        async with self._writing:
            kept = await self._store.personal_data.images(user_id)
            if sum(image.size for image in kept) < most:
                async with _archive() as archive:
                    if await self._write(archive, user_id, kept, pictures=True) <= most:
                        yield Export(archive.file, without_pictures=False)
                        return
            async with _archive() as archive:
                if await self._write(archive, user_id, kept, pictures=False) > most:
                    raise too_much_kept()
                yield Export(archive.file, without_pictures=bool(kept))

    async def _write(self, archive: "_Archive", user_id: int, kept: Sequence[KeptImage], *, pictures: bool) -> int:
        """Fill an archive; how many bytes it has."""
        now = _time(self._clock.now_ms())
        about = {"what this is": ABOUT_EXPORT, "person": str(user_id), "exported": now}
        await asyncio.to_thread(archive.begin, about)
        names = {image.sha256: f"pictures/{image.sha256[:16]}.{image.format.lower()}" for image in kept}
        data = self._store.personal_data

        mark = None
        archive.begin_list("jobs")
        while jobs := await data.jobs(user_id, mark, _PAGE):
            await asyncio.to_thread(archive.add, (_job(job, names) for job in jobs))
            mark = jobs[-1].account.guild_id, jobs[-1].accepted_at, jobs[-1].id

        last = 0
        archive.begin_list("refusals")
        while refusals := await data.refusals(user_id, last, _PAGE):
            told = [
                {"server": str(guild_id), "by": refusal.refuser, "refused": refusal.what, "at": _time(refusal.at)}
                for _, guild_id, refusal in refusals
            ]
            await asyncio.to_thread(archive.add, told)
            last = refusals[-1][0]

        if (chosen := await data.preferences(user_id)) is not None:
            archive.begin_list("settings")
            await asyncio.to_thread(archive.add, [_chosen(chosen)])

        if marked := await data.favourites(user_id):
            archive.begin_list("favourites")
            told = [{"result of": str(job_id), "marked": _time(at)} for job_id, at in marked]
            await asyncio.to_thread(archive.add, told)

        if reported := await data.complaints(user_id):
            archive.begin_list("reports")
            await asyncio.to_thread(archive.add, [_complaint(*each) for each in reported])
        if remembered := await data.pictures(user_id):
            archive.begin_list("pictures taken for theirs")
            await asyncio.to_thread(archive.add, map(_remembered, remembered))

        if asked := await data.consents(user_id):
            archive.begin_list("questions about pictures")
            await asyncio.to_thread(archive.add, map(_asked, asked))

        if pending := await data.pending(user_id):
            archive.begin_list("begun and not sent")
            told = [{"server": str(guild_id), "begun": _time(at), "what": what} for guild_id, at, what in pending]
            await asyncio.to_thread(archive.add, told)

        for name, records in _decided(await data.decisions(user_id)).items():
            archive.begin_list(name)
            await asyncio.to_thread(archive.add, records)
        await asyncio.to_thread(archive.end_data)
        for sha256, name in names.items() if pictures else ():
            if (image := await self._store.images.get(sha256)) is not None:
                await asyncio.to_thread(archive.add_picture, name, image.data)
        return await asyncio.to_thread(archive.end)


class _Archive:
    """A ZIP in a temporary file, written from beginning to end; blocks."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self.file = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
        self._zip = self._open.enter_context(zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED))
        self._data: IO[bytes] = self._open.enter_context(self._zip.open("data.json", "w", force_zip64=True))
        self._lists = 0
        self._records = 0

    def begin(self, about: Mapping[str, object]) -> None:
        """Begin data.json."""
        self._say(json.dumps(about, ensure_ascii=False, indent=1).removesuffix("\n}"))

    def begin_list(self, name: str) -> None:
        """Begin a list, in the place of the one before."""
        self._say(("\n ]" if self._lists else "") + f",\n {json.dumps(name)}: [")
        self._lists += 1
        self._records = 0

    def add(self, records: Iterable[object]) -> None:
        """Add to the list that was begun."""
        for record in records:
            self._say(f"{',' if self._records else ''}\n  {json.dumps(record, ensure_ascii=False)}")
            self._records += 1

    def end_data(self) -> None:
        """End data.json."""
        self._say("\n ]\n}\n")
        self._data.close()

    def add_picture(self, name: str, data: bytes) -> None:
        """Add a picture, which no packing makes smaller."""
        self._zip.writestr(name, data, zipfile.ZIP_STORED)

    def end(self) -> int:
        """Complete the file and go to its beginning; how many bytes it has."""
        self._zip.close()
        size = self.file.seek(0, 2)
        self.file.seek(0)
        return size

    def close(self) -> None:
        """Delete the file."""
        self._open.close()

    def _say(self, text: str) -> None:
        self._data.write(text.encode())


@asynccontextmanager
async def _archive() -> AsyncIterator[_Archive]:
    archive = await asyncio.to_thread(_Archive)
    try:
        yield archive
    finally:
        await asyncio.to_thread(archive.close)


def _job(job: Job, pictures: Mapping[str, str]) -> dict[str, Any]:
    result = None
    if job.result_channel_id is not None and job.result_id is not None:
        result = jump_url(job.result_guild_id, job.result_channel_id, job.result_id)
    source, parent = job.source, job.parent
    return {
        "id": str(job.id),
        "server": str(job.account.guild_id),
        "command": f"/{job.kind}",
        "words": job.title,
        "asked": _time(job.accepted_at),
        "in channel": str(job.channel_id),
        "state": job.state,
        "ended": _time(job.ended_at),
        "spoiler": job.spoiler,
        "result": result,
        "AutoMod": job.automod,
        "deleted": _time(job.removed_at),
        "words erased": _time(job.erased_at),
        "picture worked on": None if source is None else source.filename,
        "picture's changes": [] if source is None else list(source.changes),
        "made from": None if parent is None else result_stem(parent.job_id, parent.position),
        "repeats": None if job.repeats_id is None else str(job.repeats_id),
        "parts": [_task(task, pictures) for task in job.tasks],
    }


def _task(task: Task, pictures: Mapping[str, str]) -> dict[str, Any]:
    return {
        "model": task.model,
        "parameters": dict(task.params),
        "picture": pictures.get(task.image_sha256 or ""),
        "width": task.width,
        "height": task.height,
        "state": task.state,
        "estimated": _usd(task.estimate_nano),
        "charged": None if task.cost_nano is None else _usd(task.cost_nano),
        "sent": _time(task.submitted_at),
        "ended": _time(task.ended_at),
        "Spark's id": task.spark_id,
        "addresses at Spark": list(task.addresses.values()),
        "failure": task.error_text,
    }


def _chosen(preferences: Preferences) -> dict[str, Any]:
    return {
        "shape": preferences.shape,
        "quality": preferences.quality,
        "enhance": preferences.enhance,
        "unclear replies": preferences.replies,
        "who may work on their pictures": preferences.pictures,
        "who may work on their results": "anyone" if preferences.results else "nobody",
    }


def _remembered(picture: KeptPicture) -> dict[str, Any]:
    known, message = picture.known, picture.known.message
    stands = None
    if message is not None:
        stands = jump_url(picture.guild_id, message.channel_id, message.message_id)
    return {
        "server": str(picture.guild_id),
        "SHA-256": picture.sha256,
        "posted": _time(known.posted_at),
        "in": stands,
        "never mine": known.never,
        "theirs by a moderator's word": _time(known.settled_at),
    }


def _asked(question: KeptConsent) -> dict[str, Any]:
    return {
        "server": str(question.guild_id),
        "asked by": "them" if question.asked_by_them else "somebody else",
        "command": f"/{question.kind}",
        "words": question.title if question.asked_by_them else None,
        "picture's SHA-256": question.sha256,
        "asked": _time(question.asked_at),
        "answer": question.verdict,
        "answered": _time(question.decided_at),
        "job": str(question.job_id) if question.asked_by_them else None,
    }


def _complaint(message_id: int, complaint: Complaint) -> dict[str, Any]:
    return {
        "message": str(message_id),
        "what is wrong": complaint.grievance,
        "words": complaint.words,
        "at": _time(complaint.at),
    }


def _decided(decisions: Decisions) -> dict[str, list[dict[str, Any]]]:
    return {
        "limits": [
            {"server": str(guild_id), "period": limit.period, "amount": _usd(limit.amount)}
            for guild_id, limit in decisions.limits
        ],
        "grants": [
            {
                "server": str(grant.account.guild_id),
                "amount": _usd(grant.amount),
                "reason": grant.reason,
                "from": _time(grant.granted_at),
                "until": _time(grant.expires_at),
            }
            for grant in decisions.grants
        ],
        "blocks": [
            {
                "server": str(block.account.guild_id),
                "told": block.told,
                "from": _time(block.blocked_at),
                "until": _time(block.expires_at),
            }
            for block in decisions.blocks
        ],
        "warnings": [
            {
                "server": "all" if warning.scope is Scope.EVERYWHERE else str(warning.account.guild_id),
                "of": warning.window,
                "percent": warning.percent,
                "limit": _usd(warning.limit),
                "used": _usd(warning.used),
            }
            for warning in decisions.warnings
        ],
    }


def _time(ms: int | None) -> str | None:
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")


def _usd(nano: int) -> str:
    return f"{usd_from_nano(nano):f}"
