"""The input images: each kept once, under its hash, for as long as a job or its Again may need it."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.domain.jobs import Order
from bot.domain.pictures.sources import InputImage
from bot.domain.states import AWAITED
from bot.store.database import Statement, Steps, Transaction, given, is_among, reads, writes
from bot.store.schema import images, tasks
from bot.wording.jobs import picture_gone

_IS_WAITED_FOR = sa.exists().where(tasks.c.image_sha256 == images.c.sha256, tasks.c.state.in_(AWAITED))
_IMAGE = Statement(sa.select(images).where(images.c.sha256 == sa.bindparam("sha256")))
_OLD = Statement(
    sa.select(images.c.sha256)
    .where(images.c.kept_at < sa.bindparam("kept_before"), ~_IS_WAITED_FOR)
    # as an expression: SQLite would go through all images in the order of their key, and each one's bytes
    .order_by(sa.literal("") + images.c.sha256)
    .with_for_update()
)
_LET_GO = Statement(sa.update(tasks).where(is_among(tasks.c.image_sha256, "hashes")).values(image_sha256=None))
_FORGET = Statement(sa.delete(images).where(is_among(images.c.sha256, "hashes")))
_new = insert(images)
_KEEP = Statement(
    _new.on_conflict_do_update(index_elements=[images.c.sha256], set_={"kept_at": _new.excluded.kept_at})
)
_KEEP_ON = Statement(sa.update(images).where(images.c.sha256 == sa.bindparam("hash")).values(given("kept_at")))


class ImageStore(Steps):
    """Reads input images, and lets go of those that nobody needs any more."""

    @reads
    def get(self, tx: Transaction, sha256: str) -> InputImage | None:
        """Read an image; None where it is no longer kept."""
        row = tx.maybe(_IMAGE, sha256=sha256)
        return None if row is None else InputImage(row.sha256, row.data, row.format, row.width, row.height)

    @writes
    def forget(self, tx: Transaction, kept_before: int) -> int:
        """Delete the images that no job has asked for since `kept_before` and none waits for; how many."""
        old = [row.sha256 for row in tx.many(_OLD, kept_before=kept_before)]
        if old:
            tx.run(_LET_GO, hashes=old)
            tx.run(_FORGET, hashes=old)
        return len(old)


def keep(tx: Transaction, order: Order, now: int) -> None:
    """Keep an order's input image from now on; raises `Refusal` where it has to be kept already, and is not."""
    if (image := order.image) is not None:
        tx.run(
            _KEEP,
            sha256=image.sha256,
            format=image.format,
            width=image.width,
            height=image.height,
            data=image.data,
            kept_at=now,
        )
        return
    for sha256 in {task.image_sha256 for task in order.tasks} - {None}:
        if not tx.run(_KEEP_ON, hash=sha256, kept_at=now):
            raise picture_gone()
