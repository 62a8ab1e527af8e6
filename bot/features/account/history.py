"""/history: what I have made, page by page, and a select that opens an entry with what can be done about it."""

from collections.abc import Sequence
from typing import Annotated, Final

import discord
from discord import app_commands

from bot.delivery.faults import is_too_large
from bot.delivery.files import KeptFiles, next_goal
from bot.domain.history import WAY, Line, Lines, Way
from bot.domain.jobs import Job
from bot.domain.states import JobState
from bot.features.account.services import AccountServices
from bot.features.results.again import AgainButton
from bot.features.results.delete import DeleteButton
from bot.features.results.details import DetailsButton
from bot.interactions import Interaction
from bot.interactions.guard import in_place, privately
from bot.interactions.items import Button, Codec, PersistentItem, Select, view_of
from bot.interactions.origins import account_of
from bot.interactions.responses import show, showing
from bot.wording import commands
from bot.wording.history import OPEN_ONE, SHOW, history_entry, history_page, shown_text, small_facts
from bot.wording.jobs import unknown_job
from bot.wording.pages import BACK, NEWER, OLDER
from bot.wording.text import shortened

_NEWEST = "newest"
_LABEL_MAX = 95


def _page_named(written: str) -> Way | None:
    return None if written == _NEWEST else Way.parse(written)


def _name_of(page: Way | None) -> str:
    return _NEWEST if page is None else str(page)


_PAGE: Final = Codec(f"{_NEWEST}|{WAY}", _page_named, _name_of)


class HistoryPageButton(PersistentItem[Button], custom_id="history:{way}"):
    """Turns to another page."""

    way: Annotated[Way | None, _PAGE]
    """None is to the newest."""
    label: str = ""

    def _draw(self) -> Button:
        return Button(label=self.label, row=1)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Show the page in the place of the one that stands there."""
        await show_page(interaction, self.way)


class HistorySelect(PersistentItem[Select], custom_id="history-open:{way}"):
    """Opens one of the page's entries."""

    way: Annotated[Way | None, _PAGE]
    """To the page that it stands under."""
    options: Sequence[discord.SelectOption] = ()

    def _draw(self) -> Select:
        return Select(placeholder=OPEN_ONE, options=list(self.options), row=0)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Show the entry in the place of the page."""
        await _show_entry(interaction, self.item.values[0], self.way)


class ShowButton(PersistentItem[Button], custom_id="history-show:{job_id}"):
    """Sends a picture that did not reach Discord to its owner alone."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=SHOW, style=discord.ButtonStyle.primary, row=0)

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
        await interaction.edit_original_response(content=text, attachments=kept.files)


async def show_page(interaction: Interaction, way: Way | None = None) -> None:
    """Fill an interaction's answer with a page of its person's history: the newest, or the one that lies there."""
    page = await AccountServices.of(interaction).history.page(account_of(interaction), way)
    await _fill(interaction, history_page(page), _page_view(page, way))


async def _show_entry(interaction: Interaction, chosen: str, way: Way | None) -> None:
    if not chosen.isdecimal():  # only a hand-made client sends this
        raise unknown_job()
    line = await AccountServices.of(interaction).history.line(account_of(interaction), int(chosen))
    await _fill(interaction, history_entry(line), _entry_view(line, way))


async def _fill(interaction: Interaction, text: str, view: discord.ui.View | None) -> None:
    with showing("/history"):
        await show(interaction, text, view)


def _page_view(page: Lines, way: Way | None) -> discord.ui.View | None:
    if not page.lines:
        return None
    options = [_option(number, line) for number, line in enumerate(page.lines, start=1)]
    view = view_of(HistorySelect(way, options))
    if page.newer:
        view.add_item(HistoryPageButton(Way.newer_than(page.lines[0].job), NEWER))
    if page.older:
        view.add_item(HistoryPageButton(Way.older_than(page.lines[-1].job), OLDER))
    return view


def _entry_view(line: Line, way: Way | None) -> discord.ui.View:
    job = line.job
    view = view_of()
    if line.kept_until is not None:
        view.add_item(ShowButton(job.id))
    if job.erased_at is None:
        view.add_item(AgainButton(job.id))
        view.add_item(DetailsButton(job.id))
    if job.erased_at is None and job.state is JobState.DELIVERED and job.succeeded and job.removed_at is None:
        view.add_item(DeleteButton(job.id))
    view.add_item(HistoryPageButton(way, BACK))
    return view


def _option(number: int, line: Line) -> discord.SelectOption:
    label = shortened(f"{number}. {line.job.title}", _LABEL_MAX)
    return discord.SelectOption(label=label, value=str(line.job.id), description=small_facts(line.job))


@app_commands.command(name="history", description=commands.HISTORY.description)
@privately
async def history(interaction: Interaction) -> None:
    """Fill the answer with the newest page."""
    await show_page(interaction)
