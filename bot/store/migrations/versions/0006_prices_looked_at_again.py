"""What a task is reserved may be raised before it is sent; the roles that its limits were read with are kept.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_RAISED = sa.text("kind = 'raise'")
_ENDED = sa.text("kind IN ('settle', 'release')")
_NOT_RESERVED = sa.text("kind <> 'reserve'")
_PAID = sa.text("state = 'succeeded'")


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("jobs", recreate="never") as jobs:
        jobs.add_column(sa.Column("role_ids", sa.JSON(none_as_null=True)))
    with op.batch_alter_table("tasks", recreate="never") as tasks:
        tasks.create_index(
            "ix_tasks_prices",
            ["model", "width", "height", "ended_at"],
            sqlite_where=_PAID,
            postgresql_where=_PAID,
        )
    with op.batch_alter_table("ledger") as ledger:
        ledger.drop_index("uq_ledger_end")
        ledger.drop_constraint(op.f("ck_ledger_kind"), type_="check")
        ledger.create_check_constraint(op.f("ck_ledger_kind"), "kind IN ('reserve', 'raise', 'settle', 'release')")
        ledger.create_index(
            "ix_ledger_raise", ["job_id", "position"], sqlite_where=_RAISED, postgresql_where=_RAISED
        )
        ledger.create_index(
            "uq_ledger_end", ["job_id", "position"], unique=True, sqlite_where=_ENDED, postgresql_where=_ENDED
        )


def downgrade() -> None:
    """Take it back; a raised reservation stands in its first entry then."""
    raised = (
        "SELECT SUM(amount_nano) FROM ledger AS raised WHERE raised.kind = 'raise' "
        "AND raised.job_id = ledger.job_id AND raised.position = ledger.position"
    )
    op.execute(
        f"UPDATE ledger SET amount_nano = amount_nano + COALESCE(({raised}), 0) WHERE kind = 'reserve'"  # noqa: S608 - nothing of it comes from outside
    )
    op.execute("DELETE FROM ledger WHERE kind = 'raise'")
    with op.batch_alter_table("ledger") as ledger:
        ledger.drop_index("uq_ledger_end")
        ledger.drop_index("ix_ledger_raise")
        ledger.drop_constraint(op.f("ck_ledger_kind"), type_="check")
        ledger.create_check_constraint(op.f("ck_ledger_kind"), "kind IN ('reserve', 'settle', 'release')")
        ledger.create_index(
            "uq_ledger_end",
            ["job_id", "position"],
            unique=True,
            sqlite_where=_NOT_RESERVED,
            postgresql_where=_NOT_RESERVED,
        )
    with op.batch_alter_table("tasks", recreate="never") as tasks:
        tasks.drop_index("ix_tasks_prices")
    with op.batch_alter_table("jobs", recreate="never") as jobs:
        jobs.drop_column("role_ids")
