"""A task that brings more than one picture, and one that costs something and brings none.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COST = "ck_tasks_cost_where_succeeded"
_COST_ENDED = "ck_tasks_cost_where_ended"
_TO_TASKS = "fk_results_job_id_position_tasks"
_TO_JOBS = "fk_results_job_id_jobs"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("tasks") as tasks:
        tasks.add_column(sa.Column("more_urls", sa.JSON(none_as_null=True)))
        tasks.drop_constraint(op.f(_COST), type_="check")
        tasks.create_check_constraint(op.f(_COST), "state <> 'succeeded' OR cost_nano IS NOT NULL")
        tasks.create_check_constraint(op.f(_COST_ENDED), "cost_nano IS NULL OR state IN ('succeeded', 'failed')")
    # a task's further pictures have positions beyond those of tasks
    with op.batch_alter_table("results") as results:
        results.drop_constraint(op.f(_TO_TASKS), type_="foreignkey")
        results.create_foreign_key(op.f(_TO_JOBS), "jobs", ["job_id"], ["id"])


def downgrade() -> None:
    """Take the change back; a task's further pictures are lost, and what a failed one cost stands in the ledger."""
    op.execute("DELETE FROM results WHERE position > 4")
    with op.batch_alter_table("results") as results:
        results.drop_constraint(op.f(_TO_JOBS), type_="foreignkey")
        results.create_foreign_key(op.f(_TO_TASKS), "tasks", ["job_id", "position"], ["job_id", "position"])
    op.execute("UPDATE tasks SET cost_nano = NULL WHERE state = 'failed'")
    with op.batch_alter_table("tasks") as tasks:
        tasks.drop_constraint(op.f(_COST_ENDED), type_="check")
        tasks.drop_constraint(op.f(_COST), type_="check")
        tasks.create_check_constraint(op.f(_COST), "(state = 'succeeded') = (cost_nano IS NOT NULL)")
        tasks.drop_column("more_urls")
