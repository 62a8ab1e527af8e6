"""The "Details" button under a result: every parameter ready to copy, where it comes from, what it took."""

from bot.features.results.services import ResultServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.items import Button, PersistentItem
from bot.interactions.reach import reached, sees
from bot.interactions.responses import tell
from bot.orders.command_lines import asked_for
from bot.orders.repeats import require_words
from bot.wording.details import details_text
from bot.wording.result_buttons import DETAILS


class DetailsButton(PersistentItem[Button], custom_id="details:{job_id}"):
    """Shows a job's details to whoever asks."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=DETAILS)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Tell the details in private."""
        named = await reached(interaction, self.job_id)
        line = await ResultServices.of(interaction).jobs.lineage(named.id)
        require_words(line[0])
        text = details_text(line, asked_for(line[0]), lambda job: job.id == named.id or sees(interaction, job))
        await tell(interaction, text)
