"""What a server has decided: who may not, where, and who of its moderators did what."""

import sqlalchemy as sa

from bot.domain.moderation.server_rules import ResultPlace
from bot.store.schema.base import Id, metadata, one_of

blocks = sa.Table(
    "blocks",
    metadata,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("told", sa.Text),
    sa.Column("blocked_by", sa.BigInteger, nullable=False),
    sa.Column("blocked_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger),
)

server_rules = sa.Table(
    "server_rules",
    metadata,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("log_channel_id", sa.BigInteger),
    sa.Column("replies", sa.Boolean(name="replies"), nullable=False),
    sa.Column("allowed_channels", sa.JSON(none_as_null=True)),
    sa.Column("results", sa.String(8), nullable=False, server_default=ResultPlace.THREAD),
    one_of("results", list(ResultPlace), "results"),
)

actions = sa.Table(
    "actions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("actor_id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("subject", sa.String(8), nullable=False),
    sa.Column("subject_id", sa.BigInteger, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("refused", sa.Boolean(name="refused"), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("logged_at", sa.BigInteger),
    sa.Index("ix_actions_guild", "guild_id", "at"),
    sa.Index("ix_actions_subject", "guild_id", "subject_id", "at"),
    sa.Index(
        "ix_actions_unlogged",
        "id",
        sqlite_where=sa.text("logged_at IS NULL"),
        postgresql_where=sa.text("logged_at IS NULL"),
    ),
)

refusals = sa.Table(
    "refusals",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("refuser", sa.String(32), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("ix_refusals_account", "user_id", "guild_id", "at"),
    sa.Index("ix_refusals_at", "at"),
)
