"""What moderators decide and see, warnings, refusals, and erased words.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_HAS_PROMPT = sa.text("erased_at IS NULL")
_UNLOGGED = sa.text("logged_at IS NULL")
_UNTOLD = sa.text("told_at IS NULL")


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("jobs", recreate="never") as jobs:
        jobs.add_column(sa.Column("erased_at", sa.BigInteger()))
        jobs.create_index("ix_jobs_guild", ["guild_id", "accepted_at"])
        jobs.create_index(
            "ix_jobs_prompts", ["accepted_at"], sqlite_where=_HAS_PROMPT, postgresql_where=_HAS_PROMPT
        )
    with op.batch_alter_table("totals", recreate="never") as totals:
        totals.create_index("ix_totals_guild", ["guild_id", "scope", "window"])
    with op.batch_alter_table("hints", recreate="never") as hints:
        hints.create_index("ix_hints_user", ["user_id"])
        hints.create_index("ix_hints_shown_at", ["shown_at"])
    op.create_table(
        "blocks",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("told", sa.Text()),
        sa.Column("blocked_by", sa.BigInteger(), nullable=False),
        sa.Column("blocked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_blocks")),
    )
    op.create_table(
        "server_rules",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("log_channel_id", sa.BigInteger()),
        sa.Column("replies", sa.Boolean(name="replies"), nullable=False),
        sa.Column("allowed_channels", sa.JSON(none_as_null=True)),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_server_rules")),
    )
    op.create_table(
        "actions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(8), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("refused", sa.Boolean(name="refused"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("logged_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
    )
    with op.batch_alter_table("actions", recreate="never") as actions:
        actions.create_index("ix_actions_guild", ["guild_id", "at"])
        actions.create_index("ix_actions_subject", ["guild_id", "subject_id", "at"])
        actions.create_index("ix_actions_unlogged", ["id"], sqlite_where=_UNLOGGED, postgresql_where=_UNLOGGED)
    op.create_table(
        "warnings",
        sa.Column("scope", sa.String(8), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("window", sa.String(10), nullable=False),
        sa.Column("percent", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("limit_nano", sa.BigInteger(), nullable=False),
        sa.Column("used_nano", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger()),
        sa.CheckConstraint("scope IN ('person', 'guild', 'total')", name=op.f("ck_warnings_scope")),
        sa.CheckConstraint("percent IN (80, 100)", name=op.f("ck_warnings_percent")),
        sa.PrimaryKeyConstraint("scope", "guild_id", "user_id", "window", "percent", name=op.f("pk_warnings")),
    )
    with op.batch_alter_table("warnings", recreate="never") as warnings:
        warnings.create_index(
            "ix_warnings_untold",
            ["scope", "guild_id", "user_id"],
            sqlite_where=_UNTOLD,
            postgresql_where=_UNTOLD,
        )
    op.create_table(
        "refusals",
        sa.Column("id", _ID, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("refuser", sa.String(32), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusals")),
    )
    with op.batch_alter_table("refusals", recreate="never") as refusals:
        refusals.create_index("ix_refusals_account", ["user_id", "guild_id", "at"])
        refusals.create_index("ix_refusals_at", ["at"])
    op.create_table(
        "erasures",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "month", name=op.f("pk_erasures")),
    )


def downgrade() -> None:
    """Take the change back; what moderators have decided is lost."""
    for table in ("erasures", "refusals", "warnings", "actions", "server_rules", "blocks"):
        op.drop_table(table)
    with op.batch_alter_table("hints", recreate="never") as hints:
        hints.drop_index("ix_hints_shown_at")
        hints.drop_index("ix_hints_user")
    with op.batch_alter_table("totals", recreate="never") as totals:
        totals.drop_index("ix_totals_guild")
    with op.batch_alter_table("jobs", recreate="never") as jobs:
        jobs.drop_index("ix_jobs_prompts", sqlite_where=_HAS_PROMPT, postgresql_where=_HAS_PROMPT)
        jobs.drop_index("ix_jobs_guild")
        jobs.drop_column("erased_at")
