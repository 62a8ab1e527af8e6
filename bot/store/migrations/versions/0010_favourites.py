"""The results that people have marked as their favourites.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "favourites",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("job_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("marked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "job_id", name=op.f("pk_favourites")),
    )
    op.create_index("ix_favourites_job", "favourites", ["job_id"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("favourites")
