"""The button under a waiting job's status message that takes the job back."""

from bot.features.results.services import ResultServices
from bot.interactions import Interaction
from bot.interactions.guard import in_place
from bot.interactions.items import Button, PersistentItem
from bot.interactions.reach import reached
from bot.interactions.responses import answering
from bot.wording.result_buttons import CANCEL, too_late_to_cancel


class CancelButton(PersistentItem[Button], custom_id="cancel:{job_id}"):
    """Takes a job back of which nothing was sent to Spark."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=CANCEL)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Cancel the job, which its status message then shows; where it is too late, say so."""
        named = await reached(interaction, self.job_id)
        cancelled, job = await ResultServices.of(interaction).jobs.cancel(named, interaction.user.id)
        if not cancelled:
            with answering():
                await interaction.followup.send(too_late_to_cancel(job), ephemeral=True)
