"""What one person spends over all servers and direct messages is a running total of its own.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TABLES = ("totals", "warnings")


def upgrade() -> None:
    """Make the change, and add up what is there."""
    _allow(sa.String(8), sa.String(10), "scope IN ('person', 'everywhere', 'guild', 'total')")
    op.execute(
        'INSERT INTO totals (scope, guild_id, user_id, "window", spent_nano, reserved_nano) '
        "SELECT 'everywhere', 0, user_id, \"window\", SUM(spent_nano), SUM(reserved_nano) "
        "FROM totals WHERE scope = 'person' GROUP BY user_id, \"window\""
    )


def downgrade() -> None:
    """Take the change back."""
    for table in _TABLES:
        op.execute(f"DELETE FROM {table} WHERE scope = 'everywhere'")  # noqa: S608 - nothing of it comes from outside
    _allow(sa.String(10), sa.String(8), "scope IN ('person', 'guild', 'total')")


def _allow(before: sa.String, after: sa.String, scopes: str) -> None:
    for table in _TABLES:
        with op.batch_alter_table(table) as changed:
            changed.drop_constraint(op.f(f"ck_{table}_scope"), type_="check")
            changed.alter_column("scope", existing_type=before, type_=after, existing_nullable=False)
            changed.create_check_constraint(op.f(f"ck_{table}_scope"), scopes)
