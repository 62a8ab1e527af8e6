"""The "Details" button under a result: every parameter ready to copy, where it comes from, what it took."""

import re
from typing import Any, Self

import discord

from bot.components.desk import desk_of
from bot.domain.details import details_text
from bot.domain.jobs import Job

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
            line = await desk.service.lineage(self._job_id)
            return details_text(line, lambda job: job.id == self._job_id or _may_read(interaction, job))

        await desk.answers.tell(interaction, text)


def _may_read(interaction: Interaction, job: Job) -> bool:
    """Whether a person sees the place that a job's picture was posted in, as far as the bot knows."""
    places = {job.channel_id, job.result_channel_id}
    if job.account.user_id == interaction.user.id or interaction.channel_id in places:
        return True
    guild, person = interaction.guild, interaction.user
    if guild is None or guild.id != job.account.guild_id or not isinstance(person, discord.Member):
        return False
    channel = guild.get_channel_or_thread(job.channel_id)
    if isinstance(channel, discord.Thread) and channel.is_private():
        return False
    # a thread that Discord has put away is not known here, and may be a private one
    return channel is not None and channel.permissions_for(person).view_channel
