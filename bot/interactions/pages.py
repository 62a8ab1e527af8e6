"""Private pages, of Discord's Components V2: what stands on one, and how its person is shown it.

    page = page_of(*divided(blocks), gallery, row(NewerButton(…)), standing=Standing.NEAR)
    await show_page(interaction, page)

A page is a box with a coloured edge, which tells how its person or server stands. Whatever was shown before in its
place goes with it, an older message of text too: Discord never turns a page back into one.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import Any, Final, TypeAlias

import discord
import structlog

from bot.domain.standing import Standing
from bot.interactions import Interaction
from bot.interactions.responses import answering, first_answer
from bot.usage.reporting import Drawn
from bot.wording.reports import CHART_FILENAME

_log = structlog.get_logger()
Part: TypeAlias = discord.ui.Item[Any]
_EDGES: Final[Mapping[Standing, int]] = {
    Standing.FINE: 0x3BA55D,
    Standing.NEAR: 0xF0B232,
    Standing.USED_UP: 0xDA373C,
}


def page_of(*parts: str | Part | None, standing: Standing | None = None) -> discord.ui.LayoutView:
    """Build a page of texts and other parts, from the top; None is left out."""
    held = [discord.ui.TextDisplay(part) if isinstance(part, str) else part for part in parts if part is not None]
    edge = None if standing is None else _EDGES[standing]
    page = discord.ui.LayoutView(timeout=None)
    page.add_item(discord.ui.Container(*held, accent_colour=edge))
    return page


def divided(blocks: Sequence[str]) -> Iterable[str | Part]:
    """Put a line between the blocks of a text."""
    return list(
        chain.from_iterable([*([discord.ui.Separator()] if n else []), each] for n, each in enumerate(blocks))
    )


def row(*items: Part) -> Part | None:
    """Put buttons beside each other; None where there are none."""
    return discord.ui.ActionRow(*items) if items else None


async def tell_page(
    interaction: Interaction, page: discord.ui.LayoutView, files: Sequence[discord.File] = ()
) -> None:
    """Answer at once with a page."""
    with first_answer(interaction):
        await interaction.response.send_message(
            view=page, files=list(files), ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
        )


async def show_page(
    interaction: Interaction, page: discord.ui.LayoutView, files: Sequence[discord.File] = ()
) -> None:
    """Show a page in the announced answer, or in the place of the one that was clicked.

    Where that cannot be, as in an archived thread, it is shown beside. Raises `Refusal` where Discord is away, and
    what Discord raises where it refuses the files, without which another page may do.
    """
    with answering():
        try:
            await _fill(interaction, page, files)
        except discord.DiscordServerError:
            raise
        except discord.HTTPException as refused:
            if files:
                raise
            _log.info("interaction.not_changed", interaction=interaction.id, reason=str(refused))
            await interaction.followup.send(
                view=page, ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
            )


async def show_report(
    interaction: Interaction,
    blocks: Sequence[str],
    standing: Standing,
    chart: Drawn | None,
    buttons: Part | None = None,
) -> None:
    """Show a report with its chart; without it where Discord takes the words alone."""
    if chart is not None:
        file = discord.File(BytesIO(chart.png), CHART_FILENAME, description=chart.alt)
        gallery: Part = discord.ui.MediaGallery(discord.MediaGalleryItem(file, description=chart.alt))
        try:
            await show_page(interaction, page_of(*divided(blocks), gallery, buttons, standing=standing), [file])
        except discord.Forbidden as refused:
            _log.info("chart.not_taken", interaction=interaction.id, reason=str(refused))
        else:
            return
    await show_page(interaction, page_of(*divided(blocks), buttons, standing=standing))


async def _fill(interaction: Interaction, page: discord.ui.LayoutView, files: Sequence[discord.File]) -> None:
    await interaction.edit_original_response(
        content=None, attachments=list(files), view=page, allowed_mentions=discord.AllowedMentions.none()
    )
