"""The input images: each kept once, under its hash, for as long as a job or its Again may need it."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import Order
from bot.domain.pictures.sources import InputImage
from bot.domain.states import AWAITED
from bot.store.database import Database
from bot.store.schema import images, tasks
from bot.wording.jobs import picture_gone


class ImageStore:
    """Reads input images, and lets go of those that nobody needs any more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, sha256: str) -> InputImage | None:
        """Read an image; None where it is no longer kept."""
        async with self._database.reading() as connection:
            row = (await connection.execute(sa.select(images).where(images.c.sha256 == sha256))).one_or_none()
            if row is None:
                return None
            return InputImage(row.sha256, bytes(row.data), row.format, row.width, row.height)

    async def forget(self, kept_before: int) -> int:
        """Delete the images that no job has asked for since `kept_before` and none waits for; how many."""
        waiting = sa.exists().where(tasks.c.image_sha256 == images.c.sha256, tasks.c.state.in_(AWAITED))
        async with self._database.writing() as connection:
            rows = await connection.execute(
                sa.select(images.c.sha256)
                .where(images.c.kept_at < kept_before, ~waiting)
                .order_by(images.c.sha256)
                .with_for_update()
            )
            old = [row.sha256 for row in rows]
            if old:
                await connection.execute(
                    sa.update(tasks).where(tasks.c.image_sha256.in_(old)).values(image_sha256=None)
                )
                await connection.execute(sa.delete(images).where(images.c.sha256.in_(old)))
            return len(old)


async def keep(connection: AsyncConnection, order: Order, now: int) -> None:
    """Keep an order's input image from now on; raises `Refusal` where it has to be kept already, and is not."""
    if (image := order.image) is not None:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        await connection.execute(
            insert(images)
            .values(
                sha256=image.sha256,
                format=image.format,
                width=image.width,
                height=image.height,
                data=image.data,
                kept_at=now,
            )
            .on_conflict_do_update(index_elements=[images.c.sha256], set_={"kept_at": now})
        )
        return
    for sha256 in {task.image_sha256 for task in order.tasks} - {None}:
        kept = await connection.execute(
            sa.update(images).where(images.c.sha256 == sha256).values(kept_at=now).returning(images.c.sha256)
        )
        if kept.one_or_none() is None:
            raise picture_gone()
