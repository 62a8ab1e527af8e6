"""/history: what I have made and marked, with its pictures, and a select that opens one with what can be done."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.domain.history import SEARCHED_MAX, SPOT, Line, Lines, Search, Spot, Way
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import Source
from bot.domain.states import JobState
from bot.features.account.kept import ShowButton
from bot.features.account.services import AccountServices
from bot.features.generation.forms.button import PictureFormButton
from bot.features.generation.stylize import PictureStyleButton
from bot.features.results.again import AgainButton
from bot.features.results.delete import DeleteButton
from bot.features.results.details import DetailsButton
from bot.features.results.more import MoreButton
from bot.features.results.picture_card import PictureButton
from bot.interactions import Interaction
from bot.interactions.guard import in_place, privately
from bot.interactions.items import Button, Codec, PersistentItem, Select
from bot.interactions.origins import account_of
from bot.interactions.pages import Part, page_of, row, show_page
from bot.interactions.reach import reached, sees
from bot.interactions.responses import showing
from bot.wording import commands
from bot.wording.history import (
    NO_WORDS,
    OPEN_ONE,
    history_entry,
    history_heading,
    history_line,
    small_facts,
    unseen_line,
)
from bot.wording.jobs import unknown_job
from bot.wording.kinds import how_made, picture_description
from bot.wording.pages import BACK, NEWER, OLDER
from bot.wording.text import shortened
from bot.wording.withheld import title_to_say

_GALLERY_MAX: Final = 10
_IN_A_ROW: Final = 5
_LABEL_MAX = 95


_SPOT: Final = Codec(SPOT, Spot.parse)


class HistoryPageButton(PersistentItem[Button], custom_id="history:{spot}"):
    """Turns to another page."""

    spot: Annotated[Spot, _SPOT]
    label: str = ""

    def _draw(self) -> Button:
        return Button(label=self.label)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Show the page in the place of the one that stands there."""
        await _show_spot(interaction, self.spot)


class HistorySelect(PersistentItem[Select], custom_id="history-open:{spot}"):
    """Opens one of the page's entries."""

    spot: Annotated[Spot, _SPOT]
    """Of the page that it stands under."""
    options: Sequence[discord.SelectOption] = ()

    def _draw(self) -> Select:
        return Select(placeholder=OPEN_ONE, options=list(self.options))

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Show the entry in the place of the page."""
        await _show_entry(interaction, self.item.values[0], self.spot)


async def _show_spot(interaction: Interaction, spot: Spot) -> None:
    """Fill an interaction's answer with a page of what its person has made or marked."""
    services = AccountServices.of(interaction)
    page = await services.history.page(account_of(interaction), spot)
    lines = list(enumerate(page.lines, start=1))
    seen = [(number, line) for number, line in lines if sees(interaction, line.job)]
    pictures = await services.posted.of([line.job for _, line in seen])
    parts = [
        _part(number, line, pictures[line.job.id]) if (number, line) in seen else unseen_line(number)
        for number, line in lines
    ]
    options = [_option(number, line) for number, line in seen]
    choice = row(HistorySelect(spot, options)) if options else None
    turns = row(*_turns(page, spot.search))
    with showing("/history"):
        await show_page(interaction, page_of(history_heading(page, spot.search), *parts, choice, turns))


async def _show_entry(interaction: Interaction, chosen: str, spot: Spot) -> None:
    if not chosen.isdecimal():  # only a hand-made client sends this
        raise unknown_job()
    services, job = AccountServices.of(interaction), await reached(interaction, int(chosen))
    line = await services.history.line(job.account, job.id)
    pictures = (await services.posted.of([job]))[job.id]
    own = job.account.user_id == interaction.user.id
    with showing("/history"):
        await show_page(
            interaction,
            page_of(
                history_entry(line),
                _gallery(line, pictures),
                *(row(*items) for items in _rows(line, pictures, spot, own=own)),
            ),
        )


def _part(number: int, line: Line, pictures: Sequence[Source]) -> str | Part:
    """Write a job beside its first picture, where that stands in Discord."""
    words = history_line(number, line)
    if not pictures:
        return words
    url, about = pictures[0].url, how_made(line.job, with_words=True)
    return discord.ui.Section(
        words, accessory=discord.ui.Thumbnail(url, description=about, spoiler=line.job.spoiler)
    )


def _gallery(line: Line, pictures: Sequence[Source]) -> Part | None:
    shown = [
        discord.MediaGalleryItem(
            picture.url,
            description=picture_description(line.job, picture.result.position, with_words=True),
            spoiler=line.job.spoiler,
        )
        for picture in pictures[:_GALLERY_MAX]
        if picture.result is not None
    ]
    return discord.ui.MediaGallery(*shown) if shown else None


def _rows(line: Line, pictures: Sequence[Source], spot: Spot, *, own: bool) -> Iterator[Sequence[Part]]:
    """Give what can be done with a job: with each of its pictures, with all of it, and the way back."""
    job = line.job
    positions = [picture.result.position for picture in pictures if picture.result is not None]
    if len(positions) > 1:
        numbers = [PictureButton(job.id, position) for position in positions[:_GALLERY_MAX]]
        yield from (numbers[first : first + _IN_A_ROW] for first in range(0, len(numbers), _IN_A_ROW))
    gestures: list[Part] = [] if job.erased_at is not None else [AgainButton(job.id)]
    if len(positions) == 1:
        gestures += [
            PictureFormButton(Kind.EDIT, job.id, positions[0]),
            PictureStyleButton(job.id, positions[0]),
            PictureFormButton(Kind.PORTRAIT, job.id, positions[0]),
        ]
    if positions:
        gestures.append(MoreButton(job.id))
    yield gestures
    last: list[Part] = []
    if own and line.kept_until is not None:
        last.append(ShowButton(job.id))
    if job.erased_at is None:
        last.append(DetailsButton(job.id))
    if (
        own
        and job.erased_at is None
        and job.state is JobState.DELIVERED
        and job.succeeded
        and job.removed_at is None
    ):
        last.append(DeleteButton(job.id))
    yield [*last, HistoryPageButton(spot, BACK)]


def _turns(page: Lines, search: Search) -> Iterator[Part]:
    if page.newer:
        yield HistoryPageButton(Spot(Way.newer_than(page.lines[0].job), search), NEWER)
    if page.older:
        yield HistoryPageButton(Spot(Way.older_than(page.lines[-1].job), search), OLDER)


def _option(number: int, line: Line) -> discord.SelectOption:
    label = shortened(f"{number}. {title_to_say(line.job) or NO_WORDS}", _LABEL_MAX)
    return discord.SelectOption(label=label, value=str(line.job.id), description=small_facts(line.job))


@app_commands.command(name="history", description=commands.HISTORY.description)
@app_commands.describe(**commands.HISTORY.options)
@privately
async def history(
    interaction: Interaction, search: Range[str, 1, SEARCHED_MAX] | None = None, favourites: bool = False
) -> None:
    """Fill the answer with the newest page of what is looked for."""
    await _show_spot(interaction, Spot(search=Search.of(search or "", favourites=favourites)))
