"""The "Again" button under a result: the same once more, with new seeds; for its owner."""

import re
from typing import Any, Self

import discord

from bot.components.desk import desk_of
from bot.components.reach import reached
from bot.domain.jobs import Order


class AgainButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"again:(?P<job_id>[0-9]{1,20})"
):
    """Orders all of one job once more, paid for anew."""

    def __init__(self, job_id: int) -> None:
        super().__init__(discord.ui.Button(label="Again", custom_id=f"again:{job_id}", row=0))
        self._job_id = job_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["job_id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Start the new job, if it is its owner who clicks."""
        desk, person = desk_of(interaction), interaction.user.id
        key = f"{interaction.message.id if interaction.message else 0}:again:{person}"

        async def order() -> Order:
            return desk.service.again(await reached(interaction, self._job_id), person, key)

        await desk.answers.ask_once_more(interaction, order)
