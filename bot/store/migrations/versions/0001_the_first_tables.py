"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change the tables."""
    op.create_table(
        "command_syncs",
        sa.Column("application_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("synced_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_command_syncs")),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_nano", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.BigInteger(), nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_nano > 0", name=op.f("ck_grants_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index("ix_grants_account", ["guild_id", "user_id", "expires_at"], unique=False)

    op.create_table(
        "images",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_images")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("spoiler", sa.Boolean(name="spoiler"), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=16), nullable=False),
        sa.Column("upload_limit", sa.BigInteger(), nullable=False),
        sa.Column("application_id", sa.BigInteger(), nullable=False),
        sa.Column("interaction_token", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("click_key", sa.String(length=100), nullable=True),
        sa.Column("head_id", sa.BigInteger(), nullable=True),
        sa.Column("head_final", sa.Boolean(name="head_final"), nullable=False),
        sa.Column("result_channel_id", sa.BigInteger(), nullable=True),
        sa.Column("result_id", sa.BigInteger(), nullable=True),
        sa.Column("owner", sa.String(length=36), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("delivering_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state = 'delivering') = (owner IS NOT NULL)", name=op.f("ck_jobs_owned_while_delivering")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'delivering', 'delivered', 'undeliverable', 'cancelled')",
            name=op.f("ck_jobs_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index("ix_jobs_account", ["user_id", "guild_id", "accepted_at"], unique=False)
        batch_op.create_index(
            "ix_jobs_heads",
            ["id"],
            unique=False,
            sqlite_where=sa.text("NOT head_final"),
            postgresql_where=sa.text("NOT head_final"),
        )
        batch_op.create_index("ix_jobs_parent", ["parent_id"], unique=False)
        batch_op.create_index(
            "ix_jobs_tokens",
            ["accepted_at"],
            unique=False,
            sqlite_where=sa.text("interaction_token IS NOT NULL"),
            postgresql_where=sa.text("interaction_token IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_jobs_unfinished",
            ["state"],
            unique=False,
            sqlite_where=sa.text("state IN ('open', 'delivering')"),
            postgresql_where=sa.text("state IN ('open', 'delivering')"),
        )
        batch_op.create_index(
            "uq_jobs_click_key",
            ["click_key"],
            unique=True,
            sqlite_where=sa.text("state IN ('open', 'delivering')"),
            postgresql_where=sa.text("state IN ('open', 'delivering')"),
        )

    op.create_table(
        "limits",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(length=8), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("amount_nano", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("period IN ('day', 'month')", name=op.f("ck_limits_period")),
        sa.CheckConstraint("subject IN ('member', 'role', 'guild')", name=op.f("ck_limits_subject")),
        sa.CheckConstraint("amount_nano >= 0", name=op.f("ck_limits_amount")),
        sa.PrimaryKeyConstraint("guild_id", "subject", "subject_id", "period", name=op.f("pk_limits")),
    )
    op.create_table(
        "totals",
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("window", sa.String(length=10), nullable=False),
        sa.Column("spent_nano", sa.BigInteger(), nullable=False),
        sa.Column("reserved_nano", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("scope IN ('person', 'guild', 'total')", name=op.f("ck_totals_scope")),
        sa.CheckConstraint("reserved_nano >= 0 AND spent_nano >= 0", name=op.f("ck_totals_not_negative")),
        sa.PrimaryKeyConstraint("scope", "guild_id", "user_id", "window", name=op.f("pk_totals")),
    )
    op.create_table(
        "workers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )
    op.create_table(
        "tasks",
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("model", sa.String(length=32), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("image_sha256", sa.String(length=64), nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("estimate_nano", sa.BigInteger(), nullable=False),
        sa.Column("cost_nano", sa.BigInteger(), nullable=True),
        sa.Column("spark_id", sa.Text(), nullable=True),
        sa.Column("owner", sa.String(length=36), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("refused_at", sa.BigInteger(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("result_url", sa.Text(), nullable=True),
        sa.Column("error_code", sa.String(length=32), nullable=True),
        sa.Column("error_text", sa.Text(), nullable=True),
        sa.Column("posted_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(owner IS NOT NULL) = (state IN ('claimed', 'submitting', 'running', 'overdue'))",
            name=op.f("ck_tasks_owned_at_spark"),
        ),
        sa.CheckConstraint(
            "(state = 'succeeded') = (cost_nano IS NOT NULL)", name=op.f("ck_tasks_cost_where_succeeded")
        ),
        sa.CheckConstraint(
            "spark_id IS NOT NULL OR state NOT IN ('running', 'overdue', 'succeeded')",
            name=op.f("ck_tasks_spark_id_where_accepted"),
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'claimed', 'submitting', 'running', 'overdue', 'unknown', 'succeeded', 'failed', 'cancelled')",
            name=op.f("ck_tasks_state"),
        ),
        sa.CheckConstraint("position BETWEEN 1 AND 4", name=op.f("ck_tasks_position")),
        sa.ForeignKeyConstraint(["image_sha256"], ["images.sha256"], name=op.f("fk_tasks_image_sha256_images")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_tasks_job_id_jobs")),
        sa.PrimaryKeyConstraint("job_id", "position", name=op.f("pk_tasks")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(
            "ix_tasks_recent",
            ["model", "ended_at"],
            unique=False,
            sqlite_where=sa.text("state = 'succeeded'"),
            postgresql_where=sa.text("state = 'succeeded'"),
        )
        batch_op.create_index("ix_tasks_served", ["user_id", "submitted_at"], unique=False)
        batch_op.create_index(
            "ix_tasks_unended",
            ["state", "user_id"],
            unique=False,
            sqlite_where=sa.text("state NOT IN ('succeeded', 'failed', 'cancelled')"),
            postgresql_where=sa.text("state NOT IN ('succeeded', 'failed', 'cancelled')"),
        )

    op.create_table(
        "ledger",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("amount_nano", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('reserve', 'settle', 'release')", name=op.f("ck_ledger_kind")),
        sa.CheckConstraint("amount_nano >= 0", name=op.f("ck_ledger_amount")),
        sa.ForeignKeyConstraint(
            ["job_id", "position"],
            ["tasks.job_id", "tasks.position"],
            name=op.f("fk_ledger_job_id_position_tasks"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index(
            "uq_ledger_end",
            ["job_id", "position"],
            unique=True,
            sqlite_where=sa.text("kind <> 'reserve'"),
            postgresql_where=sa.text("kind <> 'reserve'"),
        )
        batch_op.create_index(
            "uq_ledger_reserve",
            ["job_id", "position"],
            unique=True,
            sqlite_where=sa.text("kind = 'reserve'"),
            postgresql_where=sa.text("kind = 'reserve'"),
        )

    op.create_table(
        "results",
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id", "position"],
            ["tasks.job_id", "tasks.position"],
            name=op.f("fk_results_job_id_position_tasks"),
        ),
        sa.PrimaryKeyConstraint("job_id", "position", name=op.f("pk_results")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("results")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_ledger_reserve",
            sqlite_where=sa.text("kind = 'reserve'"),
            postgresql_where=sa.text("kind = 'reserve'"),
        )
        batch_op.drop_index(
            "uq_ledger_end",
            sqlite_where=sa.text("kind <> 'reserve'"),
            postgresql_where=sa.text("kind <> 'reserve'"),
        )

    op.drop_table("ledger")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_tasks_unended",
            sqlite_where=sa.text("state NOT IN ('succeeded', 'failed', 'cancelled')"),
            postgresql_where=sa.text("state NOT IN ('succeeded', 'failed', 'cancelled')"),
        )
        batch_op.drop_index("ix_tasks_served")
        batch_op.drop_index(
            "ix_tasks_recent",
            sqlite_where=sa.text("state = 'succeeded'"),
            postgresql_where=sa.text("state = 'succeeded'"),
        )

    op.drop_table("tasks")
    op.drop_table("workers")
    op.drop_table("totals")
    op.drop_table("limits")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_jobs_click_key",
            sqlite_where=sa.text("state IN ('open', 'delivering')"),
            postgresql_where=sa.text("state IN ('open', 'delivering')"),
        )
        batch_op.drop_index(
            "ix_jobs_unfinished",
            sqlite_where=sa.text("state IN ('open', 'delivering')"),
            postgresql_where=sa.text("state IN ('open', 'delivering')"),
        )
        batch_op.drop_index(
            "ix_jobs_tokens",
            sqlite_where=sa.text("interaction_token IS NOT NULL"),
            postgresql_where=sa.text("interaction_token IS NOT NULL"),
        )
        batch_op.drop_index("ix_jobs_parent")
        batch_op.drop_index(
            "ix_jobs_heads", sqlite_where=sa.text("NOT head_final"), postgresql_where=sa.text("NOT head_final")
        )
        batch_op.drop_index("ix_jobs_account")

    op.drop_table("jobs")
    op.drop_table("images")
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_index("ix_grants_account")

    op.drop_table("grants")
    op.drop_table("command_syncs")
