"""The ledger, its running totals, and what moderators allow."""

import sqlalchemy as sa

from bot.store.schema.base import Id, metadata, one_of

_RESERVED = sa.text("kind = 'reserve'")
_RAISED = sa.text("kind = 'raise'")
_ENDED = sa.text("kind IN ('settle', 'release')")

ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("job_id", sa.BigInteger, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("amount_nano", sa.BigInteger, nullable=False),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.ForeignKeyConstraint(["job_id", "position"], ["tasks.job_id", "tasks.position"]),
    one_of("kind", ["reserve", "raise", "settle", "release"], "kind"),
    sa.CheckConstraint("amount_nano >= 0", name="amount"),
    sa.Index(
        "uq_ledger_reserve",
        "job_id",
        "position",
        unique=True,
        sqlite_where=_RESERVED,
        postgresql_where=_RESERVED,
    ),
    sa.Index("ix_ledger_raise", "job_id", "position", sqlite_where=_RAISED, postgresql_where=_RAISED),
    sa.Index(
        "uq_ledger_end",
        "job_id",
        "position",
        unique=True,
        sqlite_where=_ENDED,
        postgresql_where=_ENDED,
    ),
)

totals = sa.Table(
    "totals",
    metadata,
    sa.Column("scope", sa.String(10), primary_key=True),
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("window", sa.String(10), primary_key=True),
    sa.Column("spent_nano", sa.BigInteger, nullable=False),
    sa.Column("reserved_nano", sa.BigInteger, nullable=False),
    one_of("scope", ["person", "everywhere", "guild", "total"], "scope"),
    sa.CheckConstraint("reserved_nano >= 0 AND spent_nano >= 0", name="not_negative"),
    sa.Index("ix_totals_guild", "guild_id", "scope", "window"),
)

limits = sa.Table(
    "limits",
    metadata,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("subject", sa.String(8), primary_key=True),
    sa.Column("subject_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("period", sa.String(8), primary_key=True),
    sa.Column("amount_nano", sa.BigInteger, nullable=False),
    one_of("subject", ["member", "role", "guild"], "subject"),
    one_of("period", ["day", "month"], "period"),
    sa.CheckConstraint("amount_nano >= 0", name="amount"),
)

grants = sa.Table(
    "grants",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("amount_nano", sa.BigInteger, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("granted_by", sa.BigInteger, nullable=False),
    sa.Column("granted_at", sa.BigInteger, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    sa.CheckConstraint("amount_nano > 0", name="amount"),
    sa.Index("ix_grants_account", "guild_id", "user_id", "expires_at"),
)

warnings = sa.Table(
    "warnings",
    metadata,
    sa.Column("scope", sa.String(10), primary_key=True),
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("window", sa.String(10), primary_key=True),
    sa.Column("percent", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("limit_nano", sa.BigInteger, nullable=False),
    sa.Column("used_nano", sa.BigInteger, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("told_at", sa.BigInteger),
    one_of("scope", ["person", "everywhere", "guild", "total"], "scope"),
    sa.CheckConstraint("percent IN (80, 100)", name="percent"),
    sa.Index(
        "ix_warnings_untold",
        "scope",
        "guild_id",
        "user_id",
        sqlite_where=sa.text("told_at IS NULL"),
        postgresql_where=sa.text("told_at IS NULL"),
    ),
)
