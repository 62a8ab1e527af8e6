"""What a server has decided: who may not, where, and who of its moderators did what; and when it was greeted."""

import sqlalchemy as sa

from bot.domain.moderation.complaints import Grievance
from bot.domain.moderation.server_rules import ResultPlace
from bot.domain.pictures.ownership import PictureRule
from bot.store.schema.base import Id, metadata, one_of

_UNTOLD = sa.text("words IS NOT NULL")

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
    sa.Column("age_restricted", sa.Boolean(name="age_restricted"), nullable=False, server_default=sa.false()),
    sa.Column("pictures", sa.String(8), nullable=False, server_default=PictureRule.ASK),
    sa.Column("words", sa.JSON(none_as_null=True)),
    sa.Column("automod", sa.Boolean(name="automod"), nullable=False, server_default=sa.false()),
    one_of("results", list(ResultPlace), "results"),
    one_of("pictures", list(PictureRule), "pictures"),
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

reported = sa.Table(
    "reported",
    metadata,
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("job_id", sa.BigInteger, nullable=False),
    sa.Column("reports", sa.Integer, nullable=False),
    sa.Column("cleared_by", sa.BigInteger),
    sa.Column("log_channel_id", sa.BigInteger),
    sa.Column("log_message_id", sa.BigInteger),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("shown_version", sa.Integer, nullable=False),
    sa.Index("ix_reported_job", "job_id"),
    sa.Index(
        "ix_reported_unshown",
        "message_id",
        sqlite_where=sa.text("shown_version < version"),
        postgresql_where=sa.text("shown_version < version"),
    ),
)

complaints = sa.Table(
    "complaints",
    metadata,
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("grievance", sa.String(16), nullable=False),
    sa.Column("words", sa.Text),
    sa.Column("at", sa.BigInteger, nullable=False),
    one_of("grievance", list(Grievance), "grievance"),
    sa.Index("ix_complaints_user", "user_id"),
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
    # of words that are listed, until the log channel has been told
    sa.Column("words", sa.Text),
    sa.Column("kind", sa.String(32)),
    sa.Column("channel_id", sa.BigInteger),
    sa.Index("ix_refusals_account", "user_id", "guild_id", "at"),
    sa.Index("ix_refusals_at", "at"),
    sa.Index("ix_refusals_untold", "id", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
)

welcomes = sa.Table(
    "welcomes",
    metadata,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("joined_at", sa.BigInteger, nullable=False),
)
