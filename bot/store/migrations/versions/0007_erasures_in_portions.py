"""One erasure a person, which remembers how far it reaches and whether it is under way.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_WAITING = sa.text(
    "SELECT user_id, min(month) AS month, max(asked_at) AS asked_at, "
    "(SELECT coalesce(max(jobs.id), 0) FROM jobs WHERE jobs.user_id = erasures.user_id "
    "AND jobs.accepted_at <= max(erasures.asked_at)) AS last_job_id "
    "FROM erasures GROUP BY user_id"
)


def upgrade() -> None:
    """Make the change."""
    waiting = [dict(row._mapping) for row in op.get_bind().execute(_WAITING)]
    op.drop_table("erasures")
    table = op.create_table(
        "erasures",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("last_job_id", sa.BigInteger(), nullable=False),
        sa.Column("pseudonym", sa.BigInteger()),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_erasures")),
    )
    op.bulk_insert(table, waiting)


def downgrade() -> None:
    """Take the change back; what was under way stays as far as it has come."""
    waiting = [
        dict(row._mapping)
        for row in op.get_bind().execute(sa.text("SELECT user_id, month, asked_at FROM erasures"))
    ]
    op.drop_table("erasures")
    table = op.create_table(
        "erasures",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "month", name=op.f("pk_erasures")),
    )
    op.bulk_insert(table, waiting)
