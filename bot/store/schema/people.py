"""What people have chosen for themselves, and what they have marked."""

import sqlalchemy as sa

from bot.domain.preferences import Replies
from bot.store.schema.base import metadata, one_of

preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("shape", sa.String(8)),
    sa.Column("quality", sa.String(8)),
    sa.Column("enhance", sa.String(8)),
    sa.Column("replies", sa.String(8), nullable=False),
    one_of("replies", list(Replies), "replies"),
)

favourites = sa.Table(
    "favourites",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("job_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("marked_at", sa.BigInteger, nullable=False),
    sa.Index("ix_favourites_job", "job_id"),
)
