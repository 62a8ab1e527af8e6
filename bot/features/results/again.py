"""The "Again" button under a result: the same once more, with new seeds; for its owner."""

from functools import partial

from bot.domain.jobs import Order
from bot.features.results.services import ResultServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.items import Button, PersistentItem
from bot.interactions.ordering import Ordering, click_key
from bot.interactions.reach import reached
from bot.wording.result_buttons import AGAIN


class AgainButton(PersistentItem[Button], custom_id="again:{job_id}"):
    """Orders all of one job once more, paid for anew."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=AGAIN, row=0)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Start the new job, if it is its owner who clicks."""
        await Ordering.of(interaction).order_once_more(interaction, partial(self._order, interaction))

    async def _order(self, interaction: Interaction) -> Order:
        job, key = await reached(interaction, self.job_id), click_key(interaction, "again")
        return ResultServices.of(interaction).jobs.again(job, interaction.user.id, key)
