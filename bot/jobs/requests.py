"""A task's whole request for Spark: its parameters, and its input image where it works on one."""

import asyncio

import spark
from bot.domain.jobs import Task
from bot.jobs.ports import InputAddresses, InputLost
from bot.store import Store
from bot.wording.pictures_for_spark import no_longer_kept


class Requests:
    """Builds requests from what the database keeps, or Discord's addresses where Spark takes nothing else."""

    def __init__(self, store: Store, addresses: InputAddresses) -> None:
        self._store = store
        self._addresses = addresses

    async def request(self, task: Task) -> spark.Request:
        """Build a task's request; raises `InputLost`, and `DeliveryFailed` where Discord must be asked first."""
        request = spark.parse(task.model, task.params)
        if isinstance(request, spark.TextToImage):
            return request
        image = await self._store.images.get(task.image_sha256) if task.image_sha256 else None
        if image is None:
            raise InputLost(no_longer_kept())
        if not isinstance(request, spark.Portrait):
            # encoding takes milliseconds for each megabyte
            return await asyncio.to_thread(request.with_image, image.data)
        job = await self._store.jobs.get(task.job_id)
        if job is None or job.source is None:
            raise AssertionError(f"task {task.name} has no source")
        return request.with_image_url(await self._addresses.of(job, image))
