"""The "Details" button under a result: every parameter ready to copy, where it comes from, what it took."""

import re
from typing import Any, Self

import discord

from bot.components.desk import desk_of
from bot.components.reach import reached, sees
from bot.domain.details import details_text

Interaction = discord.Interaction[Any]


class DetailsButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"details:(?P<job_id>[0-9]{1,20})"
):
    """Shows a job's details to whoever asks."""

    def __init__(self, job_id: int) -> None:
        super().__init__(discord.ui.Button(label="Details", custom_id=f"details:{job_id}", row=0))
        self._job_id = job_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["job_id"]))

    async def callback(self, interaction: Interaction) -> None:
        """Tell the details in private."""
        desk = desk_of(interaction)

        async def text() -> str:
            named = await reached(interaction, self._job_id)
            line = await desk.service.lineage(named.id)
            return details_text(line, lambda job: job.id == named.id or sees(interaction, job))

        await desk.answers.tell(interaction, text)
