"""What people have chosen for themselves, what they have marked, and what they have begun."""

import sqlalchemy as sa

from bot.domain.pictures.ownership import PictureWord
from bot.domain.preferences import Replies
from bot.store.schema.base import Id, metadata, one_of

preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("shape", sa.String(8)),
    sa.Column("quality", sa.String(8)),
    sa.Column("enhance", sa.String(8)),
    sa.Column("replies", sa.String(8), nullable=False),
    sa.Column("pictures", sa.String(8)),
    sa.Column("results", sa.Boolean(name="results"), nullable=False, server_default=sa.true()),
    one_of("replies", list(Replies), "replies"),
    one_of("pictures", list(PictureWord), "pictures"),
)

favourites = sa.Table(
    "favourites",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("job_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("marked_at", sa.BigInteger, nullable=False),
    sa.Index("ix_favourites_job", "job_id"),
)

pending = sa.Table(
    "pending",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("key", sa.String(40), nullable=False, unique=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("value", sa.JSON, nullable=False),
    sa.Column("picture", sa.LargeBinary),
    sa.Column("begun_at", sa.BigInteger, nullable=False),
    sa.Column("taken_by", sa.BigInteger),
    sa.Index("ix_pending_user", "user_id", "id"),
    sa.Index("ix_pending_begun_at", "begun_at"),
)
