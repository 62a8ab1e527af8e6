"""/spend export: every task and the ledger's entries as CSV, for the asking moderator alone."""

from typing import Final

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.delivery.faults import is_too_large
from bot.delivery.files import TAKEN_ANYWHERE
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.spending import ReportPeriod
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.responses import fill, showing
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.service import Moderator
from bot.orders.periods import require_period
from bot.wording import commands
from bot.wording.actions import exported
from bot.wording.exports import export_text, export_too_large, nothing_to_export


@app_commands.command(name="export", description=commands.SPEND_EXPORT.description)
@app_commands.describe(**commands.SPEND_EXPORT.options)
@app_commands.choices(period=[Choice(name=str(each), value=str(each)) for each in ReportPeriod])
@privately
async def export(interaction: Interaction, period: str) -> None:
    """Fill the answer with the files."""
    by = await require_moderator(interaction, ATTEMPT)
    await show_export(interaction, by, require_period(period, tuple(ReportPeriod)))


ATTEMPT: Final = Attempt("/spend export", ActionKind.EXPORT)
"""What somebody tries who asks for the files."""


async def show_export(interaction: Interaction, by: Moderator, period: ReportPeriod) -> None:
    """Fill an interaction's answer with the files; raises `Refusal` where they are too large."""
    with showing(ATTEMPT.command):
        if await _sent(interaction, by, period, interaction.filesize_limit):
            return
        if not await _sent(interaction, by, period, TAKEN_ANYWHERE, once_more=True):
            raise export_too_large(period)


async def _sent(
    interaction: Interaction, by: Moderator, period: ReportPeriod, most: int, *, once_more: bool = False
) -> bool:
    """Write the files and send them; False where Discord takes none of this size."""
    services = ModerationServices.of(interaction)
    async with services.csv_export.files(by.guild_id, period, most) as written:
        if not written.tasks:
            await fill(interaction, nothing_to_export(period))
            return True
        # before it is sent: no export goes unrecorded
        if not once_more:
            what = exported(period, written.tasks)
            await services.moderation.did(by, ActionKind.EXPORT, (About.GUILD, by.guild_id), what)
        text = export_text(period, written.tasks, written.entries)
        try:
            await fill(interaction, text, files=[discord.File(path) for path in written.files])
        except discord.HTTPException as refused:
            if is_too_large(refused):
                return False
            raise
    return True
