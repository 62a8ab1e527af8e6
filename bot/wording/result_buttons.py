"""What the buttons under results and status messages are called, and what a click on them asks or answers."""

from collections.abc import Sequence
from typing import Final

from bot.domain.jobs import Job
from bot.domain.money import usd_text
from bot.domain.states import JobState, TaskState
from bot.wording.text import listed

AGAIN: Final = "Again"
AGAIN_EMOJI: Final = "🔁"
DETAILS: Final = "Details"
DELETE: Final = "Delete"
DELETE_NOW: Final = "Delete it"
CANCEL: Final = "Cancel"
SEE_IT: Final = "See it"
TRY_AGAIN: Final = "Try again"


def try_rest(positions: Sequence[int]) -> str:
    """Name the button that tries again what is missing from a result: the pictures at these positions."""
    picture = "picture " if len(positions) == 1 else ""
    return f"Try {picture}{listed([str(position) for position in positions])} again"


def too_late_to_cancel(job: Job) -> str:
    """Say why a job was not cancelled by this click, and what it costs."""
    if job.state is JobState.CANCELLED:
        return "**It is cancelled already.**\nNothing was charged."
    if job.state is JobState.OPEN:
        price = usd_text(sum(task.estimate_nano for task in job.tasks if task.state is not TaskState.FAILED))
        return (
            "**Too late to cancel: Spark is at it already.**\n"
            f"It comes here when it is ready, and costs about {price}."
        )
    charged = f"It cost {usd_text(job.cost_nano)}." if job.cost_nano else "Nothing was charged."
    return f"**Too late to cancel: it is done already.**\n{charged}"
