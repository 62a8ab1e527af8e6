"""The button under a waiting job's status message that takes the job back."""

from bot.domain.jobs import Job
from bot.domain.money import usd_text
from bot.domain.states import JobState, TaskState
from bot.features.results.services import ResultServices
from bot.interactions import Interaction
from bot.interactions.guard import in_place
from bot.interactions.items import Button, PersistentItem
from bot.interactions.reach import reached
from bot.interactions.responses import answering


class CancelButton(PersistentItem[Button], custom_id="cancel:{job_id}"):
    """Takes a job back of which nothing was sent to Spark."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label="Cancel")

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Cancel the job, which its status message then shows; where it is too late, say so."""
        named = await reached(interaction, self.job_id)
        cancelled, job = await ResultServices.of(interaction).jobs.cancel(named, interaction.user.id)
        if not cancelled:
            with answering():
                await interaction.followup.send(too_late_text(job), ephemeral=True)


def too_late_text(job: Job) -> str:
    """Say why a job was not cancelled by this click, and what it costs."""
    if job.state is JobState.CANCELLED:
        return "**It is cancelled already.**\n-# Nothing was charged."
    if job.state is JobState.OPEN:
        price = usd_text(sum(task.estimate_nano for task in job.tasks if task.state is not TaskState.FAILED))
        return (
            "**Too late to cancel: Spark works on it already.**\n"
            "What has been sent to Spark is made, posted here and charged.\n"
            f"-# About {price}"
        )
    charged = f"It has cost {usd_text(job.cost_nano)}." if job.cost_nano else "Nothing was charged."
    return f"**Too late to cancel: it is done already.**\n-# {charged}"
