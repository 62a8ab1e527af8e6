"""The "Again" button under a result: the same once more, with new seeds; for its owner."""

from bot.domain.jobs import Order
from bot.interactions import Interaction
from bot.interactions.desk import desk_of
from bot.interactions.items import Button, PersistentItem, click_key
from bot.interactions.reach import reached


class AgainButton(PersistentItem[Button], custom_id="again:{job_id}"):
    """Orders all of one job once more, paid for anew."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label="Again", row=0)

    async def callback(self, interaction: Interaction) -> None:
        """Start the new job, if it is its owner who clicks."""
        desk, key = desk_of(interaction), click_key(interaction, "again")

        async def order() -> Order:
            return desk.service.again(await reached(interaction, self.job_id), interaction.user.id, key)

        await desk.answers.ask_once_more(interaction, order)
