"""The previews of jobs: their pictures in small, for their status messages."""

import structlog

import spark
from bot.domain.jobs import Job
from bot.domain.pictures.results import Picture
from bot.jobs.ports import Pictures
from bot.jobs.result_pictures import PictureDelayed, ResultPictures

_log = structlog.get_logger()


class Previews:
    """Makes a job's preview of the pictures at hand, else of those that Spark still gives out."""

    def __init__(self, previewer: spark.Previewer, pictures: ResultPictures) -> None:
        self._previewer = previewer
        self._pictures = pictures

    async def of(self, job: Job, at_hand: Pictures) -> bytes | None:
        """Make the preview of what a job has posted; None where it has none, or it cannot be made now."""
        if not job.has_preview:
            return None
        try:
            found = [at_hand.get(position) or await self._fetched(job, position) for position in job.posted]
            shown = [picture for picture in found if picture is not None]
            if not shown:
                return None
            return await self._previewer.preview([picture.data for picture in shown], shown[0].provenance)
        except (PictureDelayed, spark.ImageRefused) as failed:
            _log.warning("preview.not_made", job=job.id, reason=str(failed))
            return None

    async def _fetched(self, job: Job, position: int) -> Picture | None:
        task = next(task for task in job.succeeded if position in task.positions)
        return await self._pictures.of(task, position, may_be_kept=False)
