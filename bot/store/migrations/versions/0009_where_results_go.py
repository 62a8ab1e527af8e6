"""Where a server wants its results, and the thread of a member's day that a job's result went to.

Revision: 0009, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_RESULTS = "ck_server_rules_results"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("server_rules") as rules:
        rules.add_column(sa.Column("results", sa.String(8), nullable=False, server_default="thread"))
        rules.create_check_constraint(op.f(_RESULTS), "results IN ('thread', 'day', 'here')")
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("day_thread_id", sa.BigInteger()))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_column("day_thread_id")
    with op.batch_alter_table("server_rules") as rules:
        rules.drop_constraint(op.f(_RESULTS), type_="check")
        rules.drop_column("results")
