"""Pictures as inputs: where a job's picture was found, what it is made from, and what it does once more.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_PICTURED = sa.text("image_sha256 IS NOT NULL")


def upgrade() -> None:
    """Make the change."""
    # recreate="never": SQLite adds and drops these columns in place, and the ledger refers to the tasks
    with op.batch_alter_table("jobs", recreate="never") as jobs:
        jobs.add_column(sa.Column("parent_channel_id", sa.BigInteger()))
        jobs.add_column(
            sa.Column("by_message", sa.Boolean(name="by_message"), nullable=False, server_default=sa.false())
        )
        jobs.add_column(sa.Column("source", sa.JSON(none_as_null=True)))
        jobs.add_column(sa.Column("parent_position", sa.Integer()))
        jobs.add_column(sa.Column("repeats_id", sa.BigInteger()))
        jobs.add_column(sa.Column("removed_at", sa.BigInteger()))
        jobs.add_column(sa.Column("removed_by", sa.BigInteger()))
        jobs.drop_index("ix_jobs_parent")
        jobs.create_index("ix_jobs_repeats", ["repeats_id"])
        jobs.create_index("ix_jobs_head", ["head_id"])
    # until now a parent was the job that was tried again
    op.execute("UPDATE jobs SET repeats_id = parent_id, parent_id = NULL WHERE parent_id IS NOT NULL")
    with op.batch_alter_table("tasks", recreate="never") as tasks:
        tasks.drop_column("seed")  # the parameters hold it, where the model has one
        tasks.create_index("ix_tasks_image", ["image_sha256"], sqlite_where=_PICTURED, postgresql_where=_PICTURED)
    with op.batch_alter_table("images") as images:
        images.create_index("ix_images_kept_at", ["kept_at"])
    op.create_table(
        "hints",
        sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "user_id", name=op.f("pk_hints")),
    )


def downgrade() -> None:
    """Take the change back; tasks without a seed get 0."""
    op.drop_table("hints")
    with op.batch_alter_table("images") as images:
        images.drop_index("ix_images_kept_at")
    with op.batch_alter_table("tasks", recreate="never") as tasks:
        tasks.drop_index("ix_tasks_image", sqlite_where=_PICTURED, postgresql_where=_PICTURED)
        tasks.add_column(sa.Column("seed", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE jobs SET parent_id = repeats_id")
    with op.batch_alter_table("jobs", recreate="never") as jobs:
        jobs.drop_index("ix_jobs_head")
        jobs.drop_index("ix_jobs_repeats")
        jobs.create_index("ix_jobs_parent", ["parent_id"])
        for column in (
            *("removed_by", "removed_at", "repeats_id", "parent_position"),
            *("source", "by_message", "parent_channel_id"),
        ):
            jobs.drop_column(column)
