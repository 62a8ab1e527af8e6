"""What people choose for themselves.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "preferences",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shape", sa.String(8)),
        sa.Column("quality", sa.String(8)),
        sa.Column("enhance", sa.String(8)),
        sa.Column("replies", sa.String(8), nullable=False),
        sa.CheckConstraint("replies IN ('edit', 'ask', 'never')", name=op.f("ck_preferences_replies")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_preferences")),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("preferences")
