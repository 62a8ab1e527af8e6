"""The pages of /history: turned by buttons, and a select that opens an entry with what can be done about it."""

import re
from http import HTTPStatus
from typing import Any, Self

import discord

from bot.components.acknowledging import change
from bot.components.buttons.again import AgainButton
from bot.components.buttons.delete import DeleteButton
from bot.components.buttons.details import DetailsButton
from bot.components.desk import KeptFiles, desk_of
from bot.components.reach import account_of
from bot.components.showing import showing
from bot.domain.history import Direction, Line, Lines, Mark
from bot.domain.jobs import Job
from bot.domain.orders.repeats import require_id, unknown_job
from bot.domain.states import JobState
from bot.domain.upload_goals import next_goal
from bot.domain.words import shortened
from bot.usage.history import history_entry, history_page, small_facts

Interaction = discord.Interaction[Any]
Button = discord.ui.Button[discord.ui.View]
Select = discord.ui.Select[discord.ui.View]
_WAY = r"(?P<way>newest|(?:newer|older):[0-9]{1,16}:[0-9]{1,20})"
_NEWEST = "newest"
_LABEL_MAX = 95
_TOO_LARGE = 40005


class HistoryPageButton(discord.ui.DynamicItem[Button], template=f"history:{_WAY}"):
    """Turns to another page."""

    def __init__(self, label: str, way: str) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"history:{way}", row=1))
        self._way = way

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(getattr(item, "label", None) or "", match["way"])

    async def callback(self, interaction: Interaction) -> None:
        """Show the page in the place of the one that stands there."""
        await desk_of(interaction).answers.in_place(interaction, lambda: show_page(interaction, self._way))


class HistorySelect(discord.ui.DynamicItem[Select], template=f"history-open:{_WAY}"):
    """Opens one of the page's entries."""

    def __init__(self, way: str, options: list[discord.SelectOption]) -> None:
        select: Select = discord.ui.Select(
            custom_id=f"history-open:{way}", placeholder="Open one…", options=options, row=0
        )
        super().__init__(select)
        self._way = way

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the select of a choice."""
        return cls(match["way"], list(getattr(item, "options", ())))

    async def callback(self, interaction: Interaction) -> None:
        """Show the entry in the place of the page."""
        chosen = self.item.values[0]
        await desk_of(interaction).answers.in_place(
            interaction, lambda: _show_entry(interaction, chosen, self._way)
        )


class ShowButton(discord.ui.DynamicItem[Button], template=r"history-show:(?P<job_id>[0-9]{1,20})"):
    """Sends a picture that did not reach Discord to its owner alone."""

    def __init__(self, job_id: int) -> None:
        style = discord.ButtonStyle.primary
        super().__init__(discord.ui.Button(label="Show", style=style, custom_id=f"history-show:{job_id}", row=0))
        self._job_id = job_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["job_id"]))

    async def callback(self, interaction: Interaction) -> None:
        """Fetch the picture and send it."""
        await desk_of(interaction).answers.in_private(interaction, lambda: self._show(interaction))

    async def _show(self, interaction: Interaction) -> None:
        with showing("/history"):
            desk, limit = desk_of(interaction), interaction.filesize_limit
            job, pictures = await desk.history.pictures(account_of(interaction), self._job_id)
            while True:
                kept = await desk.kept_files(job, pictures, limit)
                try:
                    await self._send(interaction, job, kept)
                except discord.HTTPException as refused:
                    too_large = refused.code == _TOO_LARGE or refused.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
                    if not too_large or (goal := next_goal(kept.largest)) is None:
                        raise
                    limit = goal
                else:
                    return

    async def _send(self, interaction: Interaction, job: Job, kept: KeptFiles) -> None:
        note = " · smaller than Spark has made it, so that Discord takes it" if kept.smaller else ""
        await interaction.edit_original_response(
            content=f"-# {small_facts(job)}{note} · only you see this: save it before you close it",
            attachments=kept.files,
        )


async def show_page(interaction: Interaction, way: str = _NEWEST) -> None:
    """Fill an interaction's answer with a page of its person's history."""
    page = await desk_of(interaction).history.page(account_of(interaction), _read(way))
    await _fill(interaction, history_page(page), _page_view(page, way))


async def _show_entry(interaction: Interaction, chosen: str, way: str) -> None:
    if not chosen.isdecimal():  # only a hand-made client sends this
        raise unknown_job()
    line = await desk_of(interaction).history.line(account_of(interaction), int(chosen))
    await _fill(interaction, history_entry(line), _entry_view(line, way))


async def _fill(interaction: Interaction, text: str, view: discord.ui.View | None) -> None:
    with showing("/history"):
        await change(interaction, text, view)


def _page_view(page: Lines, way: str) -> discord.ui.View | None:
    if not page.lines:
        return None
    view = discord.ui.View(timeout=None)
    view.add_item(HistorySelect(way, [_option(number, line) for number, line in enumerate(page.lines, start=1)]))
    if page.newer:
        view.add_item(HistoryPageButton("◀ Newer", _written(Direction.NEWER, page.lines[0])))
    if page.older:
        view.add_item(HistoryPageButton("Older ▶", _written(Direction.OLDER, page.lines[-1])))
    return view


def _entry_view(line: Line, way: str) -> discord.ui.View:
    job = line.job
    view = discord.ui.View(timeout=None)
    if line.kept_until is not None:
        view.add_item(ShowButton(job.id))
    if job.erased_at is None:
        view.add_item(AgainButton(job.id))
        view.add_item(DetailsButton(job.id))
    if job.erased_at is None and job.state is JobState.DELIVERED and job.succeeded and job.removed_at is None:
        view.add_item(DeleteButton(job.id))
    view.add_item(HistoryPageButton("◀ Back", way))
    return view


def _option(number: int, line: Line) -> discord.SelectOption:
    label = shortened(f"{number}. {line.job.title}", _LABEL_MAX)
    return discord.SelectOption(label=label, value=str(line.job.id), description=small_facts(line.job))


def _written(direction: Direction, line: Line) -> str:
    mark = Mark.of(line.job)
    return f"{direction}:{mark.accepted_at}:{mark.job_id}"


def _read(way: str) -> tuple[Direction, Mark] | None:
    if way == _NEWEST:
        return None
    direction, accepted_at, job_id = way.split(":")
    return Direction(direction), Mark(int(accepted_at), require_id(int(job_id)))
