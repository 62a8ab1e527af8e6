"""Whose pictures are, and what their owners have said when they were asked."""

import sqlalchemy as sa

from bot.domain.pictures.consents import Verdict
from bot.store.schema.base import Id, metadata, one_of

_OPEN = sa.text("verdict IS NULL")
_UNCLOSED = sa.text("closed_at IS NULL")

job_owners = sa.Table(
    "job_owners",
    metadata,
    sa.Column("job_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Index("ix_job_owners_user", "user_id"),
)

pictures = sa.Table(
    "pictures",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("owner_id", sa.BigInteger, nullable=False),
    sa.Column("shape", sa.Integer),
    sa.Column("fingerprint", sa.Text),
    sa.Column("posted_at", sa.BigInteger, nullable=False),
    sa.Column("channel_id", sa.BigInteger),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("seen_at", sa.BigInteger, nullable=False),
    sa.Column("never", sa.Boolean(name="never"), nullable=False),
    sa.Column("settled_at", sa.BigInteger),
    sa.Column("settled_by", sa.BigInteger),
    sa.UniqueConstraint("guild_id", "sha256", "owner_id"),
    sa.Index("ix_pictures_shape", "guild_id", "shape"),
    sa.Index("ix_pictures_owner", "owner_id"),
    sa.Index("ix_pictures_seen_at", "seen_at"),
)

consents = sa.Table(
    "consents",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("asker_id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("answers_id", sa.BigInteger, nullable=False),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
    sa.Column("until", sa.BigInteger, nullable=False),
    sa.Column("verdict", sa.String(8)),
    sa.Column("decided_by", sa.BigInteger),
    sa.Column("decided_at", sa.BigInteger),
    sa.Column("closed_at", sa.BigInteger),
    sa.Column("value", sa.JSON(none_as_null=True)),
    sa.Column("picture", sa.LargeBinary),
    one_of("verdict", list(Verdict), "verdict"),
    sa.Index("uq_consents_open", "guild_id", "sha256", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    sa.Index("ix_consents_picture", "guild_id", "sha256"),
    sa.Index("ix_consents_asker", "asker_id"),
    sa.Index("ix_consents_unclosed", "id", sqlite_where=_UNCLOSED, postgresql_where=_UNCLOSED),
    sa.Index("ix_consents_closed_at", "closed_at"),
)

consent_owners = sa.Table(
    "consent_owners",
    metadata,
    sa.Column("consent_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("allowed_at", sa.BigInteger),
    sa.Index("ix_consent_owners_user", "user_id"),
)
