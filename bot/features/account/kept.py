"""Pictures that did not reach Discord: shown to their owner alone, who may have withheld ones deleted."""

import discord

from bot.delivery.faults import is_too_large
from bot.delivery.files import KeptFiles, next_goal
from bot.domain.jobs import Job
from bot.features.account.services import AccountServices
from bot.interactions import Interaction
from bot.interactions.guard import in_place, privately
from bot.interactions.items import Button, PersistentItem, view_of
from bot.interactions.origins import account_of
from bot.interactions.reach import reached
from bot.interactions.responses import fill, showing
from bot.orders.repeats import require_owner
from bot.wording.history import SHOW, shown_text
from bot.wording.removal import kept_deleted
from bot.wording.result_buttons import DELETE
from bot.wording.withheld import not_withheld


class ShowButton(PersistentItem[Button], custom_id="history-show:{job_id}"):
    """Sends a picture that did not reach Discord to its owner alone."""

    job_id: int
    label: str = SHOW

    def _draw(self) -> Button:
        return Button(label=self.label, style=discord.ButtonStyle.primary)

    @privately
    async def callback(self, interaction: Interaction) -> None:
        """Fetch the picture and send it."""
        with showing("/history"):
            services, limit = AccountServices.of(interaction), interaction.filesize_limit
            job, pictures = await services.history.pictures(account_of(interaction), self.job_id)
            while True:
                kept = await services.kept_files(job, pictures, limit)
                try:
                    await self._send(interaction, job, kept)
                except discord.HTTPException as refused:
                    if not is_too_large(refused) or (goal := next_goal(kept.largest)) is None:
                        raise
                    limit = goal
                else:
                    return

    async def _send(self, interaction: Interaction, job: Job, kept: KeptFiles) -> None:
        text = shown_text(job, smaller=kept.smaller)
        view = view_of(DeleteKeptButton(job.id)) if job.withheld else None
        await interaction.edit_original_response(content=text, attachments=kept.files, view=view)


class DeleteKeptButton(PersistentItem[Button], custom_id="kept-delete:{job_id}"):
    """Deletes a withheld result, which nobody but its owner has seen."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=DELETE, style=discord.ButtonStyle.danger)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Delete it, if it is its owner who clicks, and take it from the page."""
        job = await reached(interaction, self.job_id)
        require_owner(job, interaction.user.id)
        if not job.withheld:
            raise not_withheld()
        await AccountServices.of(interaction).jobs.removed(job, interaction.user.id)
        with showing("/history"):
            await fill(interaction, kept_deleted(job))
