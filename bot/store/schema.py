"""The database's tables. Times are Unix milliseconds (UTC), money is integer nano-dollars.

Every constraint has a name, so that migrations can change it on SQLite too (batch mode).
"""

import sqlalchemy as sa

from bot.domain.states import JobState, TaskState

# SQLite gives a row id only to INTEGER PRIMARY KEY; PostgreSQL needs 64 bits for snowflakes.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(column: str, values: list[str], name: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=name)


workers = sa.Table(
    "workers",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("host", sa.String(255), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started_at", sa.BigInteger, nullable=False),
    sa.Column("seen_at", sa.BigInteger, nullable=False),
)

images = sa.Table(
    "images",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("format", sa.String(8), nullable=False),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("height", sa.Integer, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("kept_at", sa.BigInteger, nullable=False),
    sa.Index("ix_images_kept_at", "kept_at"),
)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("spoiler", sa.Boolean(name="spoiler"), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("place", sa.String(16), nullable=False),
    sa.Column("upload_limit", sa.BigInteger, nullable=False),
    sa.Column("application_id", sa.BigInteger, nullable=False),
    sa.Column("interaction_token", sa.Text),
    sa.Column("parent_id", sa.BigInteger),
    sa.Column("click_key", sa.String(100)),
    sa.Column("head_id", sa.BigInteger),
    sa.Column("head_final", sa.Boolean(name="head_final"), nullable=False, default=False),
    sa.Column("result_channel_id", sa.BigInteger),
    sa.Column("result_id", sa.BigInteger),
    sa.Column("owner", sa.String(36)),
    sa.Column("fence", sa.Integer, nullable=False, default=0),
    sa.Column("accepted_at", sa.BigInteger, nullable=False),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("delivering_at", sa.BigInteger),
    sa.Column("ended_at", sa.BigInteger),
    sa.Column("parent_channel_id", sa.BigInteger),
    sa.Column("by_message", sa.Boolean(name="by_message"), nullable=False, server_default=sa.false()),
    sa.Column("source", sa.JSON(none_as_null=True)),
    sa.Column("parent_position", sa.Integer),
    sa.Column("repeats_id", sa.BigInteger),
    sa.Column("removed_at", sa.BigInteger),
    sa.Column("removed_by", sa.BigInteger),
    _one_of("state", list(JobState), "state"),
    sa.CheckConstraint("(state = 'delivering') = (owner IS NOT NULL)", name="owned_while_delivering"),
    sa.Index("ix_jobs_repeats", "repeats_id"),
    sa.Index("ix_jobs_head", "head_id"),
    sa.Index(
        "ix_jobs_tokens",
        "accepted_at",
        sqlite_where=sa.text("interaction_token IS NOT NULL"),
        postgresql_where=sa.text("interaction_token IS NOT NULL"),
    ),
    sa.Index(
        "ix_jobs_heads",
        "id",
        sqlite_where=sa.text("NOT head_final"),
        postgresql_where=sa.text("NOT head_final"),
    ),
    sa.Index("ix_jobs_account", "user_id", "guild_id", "accepted_at"),
    sa.Index(
        "uq_jobs_click_key",
        "click_key",
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'delivering')"),
        postgresql_where=sa.text("state IN ('open', 'delivering')"),
    ),
    sa.Index(
        "ix_jobs_unfinished",
        "state",
        sqlite_where=sa.text("state IN ('open', 'delivering')"),
        postgresql_where=sa.text("state IN ('open', 'delivering')"),
    ),
)

tasks = sa.Table(
    "tasks",
    metadata,
    sa.Column("job_id", sa.BigInteger, sa.ForeignKey("jobs.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("guild_id", sa.BigInteger, nullable=False),
    sa.Column("user_id", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("model", sa.String(32), nullable=False),
    sa.Column("params", sa.JSON, nullable=False),
    sa.Column("image_sha256", sa.String(64), sa.ForeignKey("images.sha256")),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("height", sa.Integer, nullable=False),
    sa.Column("estimate_nano", sa.BigInteger, nullable=False),
    sa.Column("cost_nano", sa.BigInteger),
    sa.Column("spark_id", sa.Text),
    sa.Column("owner", sa.String(36)),
    sa.Column("fence", sa.Integer, nullable=False, default=0),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
    sa.Column("refused_at", sa.BigInteger),
    sa.Column("not_before", sa.BigInteger, nullable=False),
    sa.Column("submitted_at", sa.BigInteger),
    sa.Column("ended_at", sa.BigInteger),
    sa.Column("result_url", sa.Text),
    sa.Column("error_code", sa.String(32)),
    sa.Column("error_text", sa.Text),
    sa.Column("posted_at", sa.BigInteger),
    sa.Column("made_width", sa.Integer),
    sa.Column("made_height", sa.Integer),
    _one_of("state", list(TaskState), "state"),
    sa.CheckConstraint("position BETWEEN 1 AND 4", name="position"),
    sa.CheckConstraint(
        "(owner IS NOT NULL) = (state IN ('claimed', 'submitting', 'running', 'overdue'))",
        name="owned_at_spark",
    ),
    sa.CheckConstraint(
        "spark_id IS NOT NULL OR state NOT IN ('running', 'overdue', 'succeeded')",
        name="spark_id_where_accepted",
    ),
    sa.CheckConstraint("(state = 'succeeded') = (cost_nano IS NOT NULL)", name="cost_where_succeeded"),
    sa.Index(
        "ix_tasks_unended",
        "state",
        "user_id",
        sqlite_where=sa.text("state NOT IN ('succeeded', 'failed', 'cancelled')"),
        postgresql_where=sa.text("state NOT IN ('succeeded', 'failed', 'cancelled')"),
    ),
    sa.Index("ix_tasks_served", "user_id", "submitted_at"),
    sa.Index(
        "ix_tasks_image",
        "image_sha256",
        sqlite_where=sa.text("image_sha256 IS NOT NULL"),
        postgresql_where=sa.text("image_sha256 IS NOT NULL"),
    ),
    sa.Index(
        "ix_tasks_recent",
        "model",
        "ended_at",
        sqlite_where=sa.text("state = 'succeeded'"),
        postgresql_where=sa.text("state = 'succeeded'"),
    ),
)

results = sa.Table(
    "results",
    metadata,
    sa.Column("job_id", sa.BigInteger, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("kept_at", sa.BigInteger, nullable=False),
    sa.ForeignKeyConstraint(["job_id", "position"], ["tasks.job_id", "tasks.position"]),
)

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
    _one_of("kind", ["reserve", "settle", "release"], "kind"),
    sa.CheckConstraint("amount_nano >= 0", name="amount"),
    sa.Index(
        "uq_ledger_reserve",
        "job_id",
        "position",
        unique=True,
        sqlite_where=sa.text("kind = 'reserve'"),
        postgresql_where=sa.text("kind = 'reserve'"),
    ),
    sa.Index(
        "uq_ledger_end",
        "job_id",
        "position",
        unique=True,
        sqlite_where=sa.text("kind <> 'reserve'"),
        postgresql_where=sa.text("kind <> 'reserve'"),
    ),
)

totals = sa.Table(
    "totals",
    metadata,
    sa.Column("scope", sa.String(8), primary_key=True),
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("window", sa.String(10), primary_key=True),
    sa.Column("spent_nano", sa.BigInteger, nullable=False),
    sa.Column("reserved_nano", sa.BigInteger, nullable=False),
    _one_of("scope", ["person", "guild", "total"], "scope"),
    sa.CheckConstraint("reserved_nano >= 0 AND spent_nano >= 0", name="not_negative"),
)

limits = sa.Table(
    "limits",
    metadata,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("subject", sa.String(8), primary_key=True),
    sa.Column("subject_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("period", sa.String(8), primary_key=True),
    sa.Column("amount_nano", sa.BigInteger, nullable=False),
    _one_of("subject", ["member", "role", "guild"], "subject"),
    _one_of("period", ["day", "month"], "period"),
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

command_syncs = sa.Table(
    "command_syncs",
    metadata,
    sa.Column("application_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("synced_at", sa.BigInteger, nullable=False),
)

hints = sa.Table(
    "hints",
    metadata,
    sa.Column("channel_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("shown_at", sa.BigInteger, nullable=False),
)
