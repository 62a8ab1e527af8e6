"""Jobs, their tasks, and the pictures that go in and out."""

import sqlalchemy as sa

from bot.domain.jobs import AutoMod
from bot.domain.states import JobState, TaskState
from bot.store.schema.base import Id, metadata, one_of

_HAS_PROMPT = sa.text("erased_at IS NULL")
_PAID = sa.text("state = 'succeeded'")

workers = sa.Table(
    "workers",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("host", sa.String(255), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started_at", sa.BigInteger, nullable=False),
    sa.Column("machine", sa.String(80)),
    sa.Column("lease_until", sa.BigInteger),  # by PostgreSQL's clock; on SQLite the file itself is the lease
    sa.Column("shard_count", sa.Integer),  # once Discord has said it
    sa.Column("shard_ids", sa.JSON(none_as_null=True)),
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
    sa.Column("head_final", sa.Boolean(name="head_final"), nullable=False),
    sa.Column("result_channel_id", sa.BigInteger),
    sa.Column("result_id", sa.BigInteger),
    sa.Column("owner", sa.String(36)),
    sa.Column("fence", sa.Integer, nullable=False),
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
    sa.Column("erased_at", sa.BigInteger),
    sa.Column("role_ids", sa.JSON(none_as_null=True)),
    sa.Column("day_thread_id", sa.BigInteger),
    sa.Column("automod", sa.String(16)),
    sa.Column("set_aside_at", sa.BigInteger),
    one_of("state", list(JobState), "state"),
    one_of("automod", list(AutoMod), "automod"),
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
    sa.Index("ix_jobs_guild", "guild_id", "accepted_at"),
    sa.Index("ix_jobs_prompts", "accepted_at", sqlite_where=_HAS_PROMPT, postgresql_where=_HAS_PROMPT),
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
    sa.Column("fence", sa.Integer, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
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
    sa.Column("more_urls", sa.JSON(none_as_null=True)),
    one_of("state", list(TaskState), "state"),
    sa.CheckConstraint("position BETWEEN 1 AND 4", name="position"),
    sa.CheckConstraint(
        "(owner IS NOT NULL) = (state IN ('claimed', 'submitting', 'running', 'overdue'))",
        name="owned_at_spark",
    ),
    sa.CheckConstraint(
        "spark_id IS NOT NULL OR state NOT IN ('running', 'overdue', 'succeeded')",
        name="spark_id_where_accepted",
    ),
    sa.CheckConstraint("state <> 'succeeded' OR cost_nano IS NOT NULL", name="cost_where_succeeded"),
    # a failed one has a cost where Spark charged for it all the same
    sa.CheckConstraint("cost_nano IS NULL OR state IN ('succeeded', 'failed')", name="cost_where_ended"),
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
    sa.Index("ix_tasks_recent", "model", "ended_at", sqlite_where=_PAID, postgresql_where=_PAID),
    sa.Index(
        "ix_tasks_prices", "model", "width", "height", "ended_at", sqlite_where=_PAID, postgresql_where=_PAID
    ),
)

results = sa.Table(
    "results",
    metadata,
    sa.Column("job_id", sa.BigInteger, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("kept_at", sa.BigInteger, nullable=False),
    sa.ForeignKeyConstraint(["job_id"], ["jobs.id"]),
)
