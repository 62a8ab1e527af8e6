"""What a restore from a backup has set aside: jobs, and questions to owners.

Revision: 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_VERDICT = "ck_consents_verdict"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("set_aside_at", sa.BigInteger()))
    with op.batch_alter_table("consents") as consents:
        consents.drop_constraint(op.f(_VERDICT), type_="check")
        consents.create_check_constraint(
            op.f(_VERDICT), "verdict IN ('allowed', 'no', 'never', 'silence', 'aside')"
        )


def downgrade() -> None:
    """Take the change back; a question that was set aside counts as one that nobody has answered."""
    op.execute("UPDATE consents SET verdict = 'silence' WHERE verdict = 'aside'")
    with op.batch_alter_table("consents") as consents:
        consents.drop_constraint(op.f(_VERDICT), type_="check")
        consents.create_check_constraint(op.f(_VERDICT), "verdict IN ('allowed', 'no', 'never', 'silence')")
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_column("set_aside_at")
