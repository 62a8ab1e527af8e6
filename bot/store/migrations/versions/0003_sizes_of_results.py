"""The size that a picture really has, where it is another than the one that was ordered.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("tasks", recreate="never") as tasks:
        tasks.add_column(sa.Column("made_width", sa.Integer()))
        tasks.add_column(sa.Column("made_height", sa.Integer()))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("tasks", recreate="never") as tasks:
        tasks.drop_column("made_height")
        tasks.drop_column("made_width")
