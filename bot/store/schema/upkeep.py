"""What the bot remembers for itself."""

import sqlalchemy as sa

from bot.store.schema.base import metadata

command_syncs = sa.Table(
    "command_syncs",
    metadata,
    sa.Column("application_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("synced_at", sa.BigInteger, nullable=False),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False),
)

hints = sa.Table(
    "hints",
    metadata,
    sa.Column("channel_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("shown_at", sa.BigInteger, nullable=False),
    sa.Index("ix_hints_user", "user_id"),
    sa.Index("ix_hints_shown_at", "shown_at"),
)

erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
    sa.Column("last_job_id", sa.BigInteger, nullable=False),
    sa.Column("pseudonym", sa.BigInteger),
)
