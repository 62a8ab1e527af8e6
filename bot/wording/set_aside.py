"""What a restore from a backup has set aside: nobody knows what has come of it since the backup was made."""

from typing import Final

from bot.domain.jobs import Job, Task
from bot.domain.money import usd_text
from bot.domain.states import TaskState

NOBODY_KNOWS: Final = "I had to go back to an older copy of my records, and lost track of this."
_LOST_TRACK: Final = "I had to go back to an older copy of my records"


def why_set_aside(task: Task, until: int) -> str | None:
    """Say what is known of a task that was set aside; None where it had failed before.

    Its money stays set aside `until` then (Unix seconds), where it may have been charged.
    """
    match task.state:
        case TaskState.CANCELLED:
            return (
                "It waited for its turn in that copy, and is taken back. If it was made since, it is not counted."
            )
        case TaskState.UNKNOWN:
            return (
                f"It may have been made since. {usd_text(task.estimate_nano)} stays set aside for it until "
                f"<t:{until}:f>. Trying again orders another one; you may then pay for both."
            )
        case TaskState.SUCCEEDED:
            return (
                f"It was made for {usd_text(task.cost_nano or 0)}, and may have been posted since. "
                "/history shows it while Spark gives it out."
            )
        case _:
            return None


def set_aside_end(job: Job, title: str, link: str) -> str:
    """Write the status message of a job that was set aside, with the link to what stands of it."""
    if any(task.posted for task in job.tasks):
        return f"🖼️ {title}{link}"
    return f"❓ Nobody knows what became of {title}\n-# {_LOST_TRACK}{link}"
