"""Words that servers list, what was written of them until it is told, and what AutoMod does not let stand.

Revision: 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_AUTOMOD = "ck_jobs_automod"
_UNTOLD = sa.text("words IS NOT NULL")


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("server_rules") as rules:
        rules.add_column(sa.Column("words", sa.JSON(none_as_null=True)))
        rules.add_column(
            sa.Column("automod", sa.Boolean(name="automod"), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("refusals") as refusals:
        refusals.add_column(sa.Column("words", sa.Text()))
        refusals.add_column(sa.Column("kind", sa.String(32)))
        refusals.add_column(sa.Column("channel_id", sa.BigInteger()))
    op.create_index("ix_refusals_untold", "refusals", ["id"], sqlite_where=_UNTOLD, postgresql_where=_UNTOLD)
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("automod", sa.String(16)))
        jobs.create_check_constraint(op.f(_AUTOMOD), "automod IN ('refused', 'released', 'kept_back')")


def downgrade() -> None:
    """Take the change back; what is withheld stays where it is, and nobody can let it stand any more."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_constraint(op.f(_AUTOMOD), type_="check")
        jobs.drop_column("automod")
    op.drop_index("ix_refusals_untold", "refusals")
    with op.batch_alter_table("refusals") as refusals:
        refusals.drop_column("channel_id")
        refusals.drop_column("kind")
        refusals.drop_column("words")
    with op.batch_alter_table("server_rules") as rules:
        rules.drop_column("automod")
        rules.drop_column("words")
