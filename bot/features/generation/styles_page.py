"""The page of styles, in private: what they look like, the one that is chosen, and the button that orders it.

All that it shows stands in the custom ids of what is pressed on it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import Annotated, Final, TypeAlias

import discord
import structlog

import spark
from bot.domain.jobs import Job
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import Source
from bot.domain.prices import Price
from bot.domain.styles import StyleGroup, group_of
from bot.features.generation.forms.kinds import stylize_fields
from bot.features.generation.pictures_meant import (
    ABOUT,
    about_job,
    about_kept,
    found,
    job_meant,
    kept_pictures,
    picture_meant,
)
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.fields import select_options
from bot.interactions.guard import guarded, in_place
from bot.interactions.items import Button, Codec, PersistentItem, Select, one_of
from bot.interactions.ordering import Ordering, click_key
from bot.interactions.pages import Part, page_of, row, show_page
from bot.interactions.reach import reached
from bot.interactions.responses import open_modal
from bot.orders.repeats import require_words
from bot.orders.stylize import StylizeOptions, stylize_order
from bot.wording import styles as says
from bot.wording.picture_forms import form_title, picture_choice
from bot.wording.pictures_not_found import result_gone, result_not_there
from bot.wording.text import jump_url

_log = structlog.get_logger()
Answer: TypeAlias = Callable[[Interaction, discord.ui.LayoutView, Sequence[discord.File]], Awaitable[None]]
"""Shows a page: `tell_page` or `show_page`."""
_NONE: Final = "-"
"""Stands for the style while none is chosen."""
_CHOICES_MAX: Final = 25

_About: TypeAlias = Annotated[str, Codec(ABOUT, str)]
"""The pictures that a page is about."""
_Number: TypeAlias = Annotated[int, Codec("[0-9]{1,2}", int)]
_Style: TypeAlias = Annotated[str, Codec("[0-9a-z-]{1,30}", str)]
_Group: TypeAlias = Annotated[StyleGroup, one_of(*StyleGroup)]


@dataclass(frozen=True, slots=True)
class StyleChoice:
    """What a page shows."""

    about: str
    number: int
    """Which of the pictures."""
    group: StyleGroup = StyleGroup.ANIME
    style: str = _NONE


@dataclass(frozen=True, slots=True)
class _Named:
    """A picture's name, and the address of the message that it stands in."""

    name: str
    url: str | None


async def open_styles(
    interaction: Interaction,
    subject: Sequence[Source] | Job,
    answer: Answer,
    *,
    position: int | None = None,
    note: str = "",
) -> None:
    """Show the page for the pictures of a message, at least one, or those of a job; raises `Refusal`.

    It begins with the job's picture at a `position`, else with the first; `note` stands at its end until something
    is pressed.
    """
    choice, pictures = await _opened_for(interaction, subject)
    chosen = choice if position is None else replace(choice, number=position)
    await _show(interaction, chosen, pictures, answer, note)


async def show_styles(interaction: Interaction, choice: StyleChoice, answer: Answer) -> None:
    """Show a page with its sheet, where one was made and Discord takes it; raises `Refusal`."""
    await _show(interaction, choice, await _pictures(interaction, choice.about), answer)


async def _show(
    interaction: Interaction,
    choice: StyleChoice,
    pictures: Mapping[int, _Named],
    answer: Answer,
    note: str = "",
) -> None:
    services = GenerationServices.of(interaction)
    if choice.number not in pictures:
        raise result_gone()
    price = services.estimates.price_of(spark.StyleTemplate.name)
    page = partial(_page, choice, pictures, price, note)
    sheet = await services.sheets.sheet(choice.group)
    if sheet is not None:
        file = discord.File(BytesIO(sheet), f"styles-{choice.group}.webp")
        try:
            await answer(interaction, page(file), [file])
        except discord.Forbidden as refused:  # the names may do where files may not be attached
            _log.info("sheet.not_taken", interaction=interaction.id, reason=str(refused))
        else:
            return
    await answer(interaction, page(None), [])


class StyleGroupButton(PersistentItem[Button], custom_id="styles-group:{about}:{number}:{style}:{group}"):
    """Shows the sheet of a group."""

    about: _About
    number: _Number
    style: _Style
    group: _Group
    shown: bool = False

    def _draw(self) -> Button:
        style = discord.ButtonStyle.primary if self.shown else discord.ButtonStyle.secondary
        return Button(label=says.GROUPS[self.group], style=style)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Show it, and let what is chosen be."""
        choice = StyleChoice(self.about, self.number, self.group, self.style)
        await show_styles(interaction, choice, show_page)


class StylePick(PersistentItem[Select], custom_id="styles-pick:{about}:{number}"):
    """Chooses a style; all stand in it, each with its group."""

    about: _About
    number: _Number
    style: str = _NONE

    def _draw(self) -> Select:
        options = [
            discord.SelectOption(
                label=style.label, value=style.slug, description=name, default=style.slug == self.style
            )
            for group, name in says.GROUPS.items()
            for style in group.styles
        ]
        return Select(placeholder=says.CHOOSE_STYLE, options=options)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Name the style with its price, and show its group."""
        style = self.item.values[0]
        stylize_order(StylizeOptions(style))
        await show_styles(interaction, StyleChoice(self.about, self.number, group_of(style), style), show_page)


class StylePicturePick(PersistentItem[Select], custom_id="styles-picture:{about}:{style}:{group}"):
    """Chooses which of several pictures the style is for."""

    about: _About
    style: _Style
    group: _Group
    options: Sequence[discord.SelectOption] = ()

    def _draw(self) -> Select:
        return Select(placeholder=says.PICTURE, options=list(self.options))

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Let the page be for the chosen picture."""
        number = int(self.item.values[0]) if self.item.values[0].isdecimal() else 0
        await show_styles(interaction, StyleChoice(self.about, number, self.group, self.style), show_page)


class StylizeItButton(PersistentItem[Button], custom_id="styles-order:{about}:{number}:{style}"):
    """Orders the picture in the chosen style, for whoever presses it; another style may follow."""

    about: _About
    number: _Number
    style: _Style
    label: str = ""

    def _draw(self) -> Button:
        unchosen = self.style == _NONE
        return Button(label=self.label, style=discord.ButtonStyle.success, disabled=unchosen)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Order it."""
        order = stylize_order(StylizeOptions(self.style))
        key = click_key(interaction, f"{self.style}-{self.number}")
        find = partial(found, interaction, await picture_meant(interaction, self.about, self.number))
        await Ordering.of(interaction).order_of_picture(interaction, replace(order, click_key=key), find)


class WatermarkButton(PersistentItem[Button], custom_id="styles-watermark:{about}:{number}:{style}"):
    """Opens the form that orders the picture with a watermark."""

    about: _About
    number: _Number
    style: _Style

    def _draw(self) -> Button:
        return Button(label=says.WATERMARK, style=discord.ButtonStyle.secondary)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open it, with the chosen style filled in."""
        price = GenerationServices.of(interaction).estimates.price_of(spark.StyleTemplate.name)
        form = discord.ui.Modal(
            title=form_title(Kind.STYLIZE, price),
            custom_id=f"form:{Kind.STYLIZE}:{self.about}:{self.number}",
            timeout=None,
        )
        for field in stylize_fields(self.style):
            form.add_item(field)
        await open_modal(interaction, form)


async def _opened_for(
    interaction: Interaction, subject: Sequence[Source] | Job
) -> tuple[StyleChoice, Mapping[int, _Named]]:
    """Give what a page shows first, and the pictures that it is about; raises `Refusal`."""
    if isinstance(subject, Job):
        if not subject.posted:
            raise result_not_there()
        choice = StyleChoice(about_job(subject.id), subject.posted[0])
    elif (first := subject[0].result) is not None:  # a message of the bot's own holds the pictures of one job
        choice = StyleChoice(about_job(first.job_id), first.position)
    else:
        pictures = subject[:_CHOICES_MAX]
        about = await about_kept(interaction, pictures)
        return StyleChoice(about, pictures[0].number), _named(interaction, pictures)
    return choice, await _pictures(interaction, choice.about)


async def _pictures(interaction: Interaction, about: str) -> Mapping[int, _Named]:
    """List the pictures that a page is about, by number; raises `Refusal`."""
    if (job_id := job_meant(about)) is not None:
        job = await reached(interaction, job_id)
        require_words(job)
        url = None
        if job.result_channel_id is not None and job.result_id is not None:
            url = jump_url(job.result_guild_id or 0, job.result_channel_id, job.result_id)
        single = says.THIS_PICTURE if job.pictures == 1 else None
        return {position: _Named(single or picture_choice(position), url) for position in job.posted}
    return _named(interaction, await kept_pictures(interaction, about))


def _named(interaction: Interaction, pictures: Sequence[Source]) -> Mapping[int, _Named]:
    return {picture.number: _Named(picture.filename, _address(interaction, picture)) for picture in pictures}


def _address(interaction: Interaction, picture: Source) -> str | None:
    if picture.channel_id is None or picture.message_id is None:
        return None
    return jump_url(interaction.guild_id or 0, picture.channel_id, picture.message_id)


def _page(
    choice: StyleChoice, pictures: Mapping[int, _Named], price: Price, note: str, sheet: discord.File | None
) -> discord.ui.LayoutView:
    about, number, style = choice.about, choice.number, choice.style
    picture = pictures[number]
    names = [(str(each), named.name) for each, named in pictures.items()]
    which = StylePicturePick(about, style, choice.group, select_options(names[:_CHOICES_MAX], str(number)))
    gallery: Part | None = None
    if sheet is not None:
        gallery = discord.ui.MediaGallery(
            discord.MediaGalleryItem(sheet, description=says.sheet_alt(choice.group))
        )
    return page_of(
        says.style_page(spark.STYLES.get(style), picture.name, picture.url),
        row(which) if len(pictures) > 1 else None,
        row(*(StyleGroupButton(about, number, style, each, each is choice.group) for each in says.GROUPS)),
        gallery,
        row(StylePick(about, number, style)),
        row(
            StylizeItButton(about, number, style, says.stylize_button(price)),
            WatermarkButton(about, number, style),
        ),
        note or None,
    )
