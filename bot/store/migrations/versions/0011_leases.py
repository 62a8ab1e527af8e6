"""The leases of workers, of which any number may share a PostgreSQL database, and the events that they hear twice.

Revision: 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change; nobody works here meanwhile, so that all who are written down are gone."""
    op.execute(sa.text("DELETE FROM workers"))
    with op.batch_alter_table("workers") as workers:
        workers.drop_column("seen_at")
        workers.add_column(sa.Column("machine", sa.String(80)))
        workers.add_column(sa.Column("lease_until", sa.BigInteger()))
        workers.add_column(sa.Column("shard_count", sa.Integer()))
        workers.add_column(sa.Column("shard_ids", sa.JSON(none_as_null=True)))
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("events")
    op.execute(sa.text("DELETE FROM workers"))
    with op.batch_alter_table("workers") as workers:
        workers.drop_column("shard_ids")
        workers.drop_column("shard_count")
        workers.drop_column("lease_until")
        workers.drop_column("machine")
        workers.add_column(sa.Column("seen_at", sa.BigInteger(), nullable=False))
