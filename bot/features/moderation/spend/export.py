"""/spend export: every task and the ledger's entries as CSV, for the asking moderator alone."""

from typing import Final

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.delivery.faults import is_too_large
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.spending import ReportPeriod
from bot.domain.upload_goals import TAKEN_ANYWHERE
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.responses import fill, showing
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.service import Moderator
from bot.orders.periods import require_period
from bot.usage.csv_export import too_large
from bot.wording.amounts import TIMES


@app_commands.command(name="export", description="Get every task and the ledger's entries as CSV.")
@app_commands.describe(period="What was asked for in which time (UTC).")
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
            raise too_large(period)


async def _sent(
    interaction: Interaction, by: Moderator, period: ReportPeriod, most: int, *, once_more: bool = False
) -> bool:
    """Write the files and send them; False where Discord takes none of this size."""
    services = ModerationServices.of(interaction)
    async with services.csv_export.files(by.guild_id, period, most) as exported:
        if not exported.tasks:
            await fill(interaction, f"**Nothing to export:** nobody has asked for anything here {_asked(period)}.")
            return True
        # before it is sent: no export goes unrecorded
        what = f"exported what was asked for {_asked(period)} ({exported.tasks:,} tasks)"
        if not once_more:
            await services.moderation.did(by, ActionKind.EXPORT, (About.GUILD, by.guild_id), what)
        text = (
            f"**What was asked for on this server {_asked(period)}**\n"
            f"{exported.tasks:,} tasks, and the {exported.entries:,} entries of the ledger about them. "
            "Times are UTC, amounts USD.\n"
            "Where a spreadsheet would take somebody's words for a formula, a ' stands before them. "
            "Should it round long ids, `mention` and `task` have them whole.\n"
            "-# Only you see this: save it before you close it. The export is in the record."
        )
        try:
            await fill(interaction, text, files=[discord.File(path) for path in exported.files])
        except discord.HTTPException as refused:
            if is_too_large(refused):
                return False
            raise
    return True


def _asked(period: ReportPeriod) -> str:
    return "until now" if period is ReportPeriod.ALL else TIMES[period]
