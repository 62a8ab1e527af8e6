"""The "Details" button under a result: every parameter ready to copy, where it comes from, what it took."""

from bot.domain.details import details_text
from bot.interactions import Interaction
from bot.interactions.desk import desk_of
from bot.interactions.items import Button, PersistentItem
from bot.interactions.reach import reached, sees


class DetailsButton(PersistentItem[Button], custom_id="details:{job_id}"):
    """Shows a job's details to whoever asks."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label="Details", row=0)

    async def callback(self, interaction: Interaction) -> None:
        """Tell the details in private."""
        desk = desk_of(interaction)

        async def text() -> str:
            named = await reached(interaction, self.job_id)
            line = await desk.service.lineage(named.id)
            return details_text(line, lambda job: job.id == named.id or sees(interaction, job))

        await desk.answers.tell(interaction, text)
