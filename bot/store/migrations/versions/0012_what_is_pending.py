"""What people have begun and not yet sent, which any process may hear the rest of.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "pending",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("picture", sa.LargeBinary()),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending")),
        sa.UniqueConstraint("key", name=op.f("uq_pending_key")),
    )
    op.create_index("ix_pending_user", "pending", ["user_id", "id"])
    op.create_index("ix_pending_begun_at", "pending", ["begun_at"])


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("pending")
