"""A server's rule on age, and what members report of results.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_GRIEVANCES = "'person', 'minor', 'explicit', 'violence', 'hate', 'other'"
_UNSHOWN = sa.text("shown_version < version")


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("server_rules") as rules:
        rules.add_column(
            sa.Column(
                "age_restricted", sa.Boolean(name="age_restricted"), nullable=False, server_default=sa.false()
            )
        )
    op.create_table(
        "reported",
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("cleared_by", sa.BigInteger()),
        sa.Column("log_channel_id", sa.BigInteger()),
        sa.Column("log_message_id", sa.BigInteger()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shown_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_reported")),
    )
    op.create_index("ix_reported_job", "reported", ["job_id"])
    op.create_index(
        "ix_reported_unshown", "reported", ["message_id"], sqlite_where=_UNSHOWN, postgresql_where=_UNSHOWN
    )
    op.create_table(
        "complaints",
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("grievance", sa.String(16), nullable=False),
        sa.Column("words", sa.Text()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", "user_id", name=op.f("pk_complaints")),
        sa.CheckConstraint(f"grievance IN ({_GRIEVANCES})", name=op.f("ck_complaints_grievance")),
    )
    op.create_index("ix_complaints_user", "complaints", ["user_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("complaints")
    op.drop_table("reported")
    with op.batch_alter_table("server_rules") as rules:
        rules.drop_column("age_restricted")
