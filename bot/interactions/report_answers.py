"""An answer that is a report: its words, and its chart where Discord takes one."""

from io import BytesIO

import discord
import structlog

from bot.interactions import Interaction
from bot.interactions.responses import fill
from bot.usage.reporting import Drawn
from bot.wording.reports import CHART_FILENAME

_log = structlog.get_logger()


async def fill_report(
    interaction: Interaction, text: str, view: discord.ui.View | None, chart: Drawn | None
) -> None:
    """Fill an announced answer with a report; raises what discord.py does."""
    if chart is not None:
        file = discord.File(BytesIO(chart.png), CHART_FILENAME, description=chart.alt)
        try:
            await fill(interaction, text, view, [file])
        except discord.Forbidden as refused:  # the words may do where files may not be attached
            _log.info("chart.not_taken", interaction=interaction.id, reason=str(refused))
        else:
            return
    await fill(interaction, text, view)
