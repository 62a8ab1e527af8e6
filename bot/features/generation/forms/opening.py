"""Opening a form about pictures, and ordering what a sent one asks for; what it is about stands in its custom id.

discord.py forgets a form with the process that has opened it; here none is kept at all.
"""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final, TypeAlias

import discord

from bot.domain.jobs import Job, picture_name
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import Source
from bot.features.generation.forms.kinds import FORMS
from bot.features.generation.pictures_meant import ABOUT, about_job, about_kept, found, picture_meant
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.fields import choice_field, form_id, written_in
from bot.interactions.guard import give_back, guarded
from bot.interactions.ordering import Ordering
from bot.interactions.responses import open_modal
from bot.wording.picture_forms import (
    WHICH_PICTURE,
    file_choice,
    form_title,
    picture_choice,
    unknown_form,
    words_to_copy,
)
from bot.wording.pictures_not_found import result_not_there

Subject: TypeAlias = Sequence[Source] | Job
"""What a form is about: the pictures of a message, at least one, or those of a job."""
_PARTS_MAX: Final = 5
_CHOICES_MAX: Final = 25
_PICTURE: Final = "picture"
_NUMBER: Final = re.compile(r"[0-9]{1,2}")
_ID: Final = re.compile(rf"form:(?P<kind>{'|'.join(FORMS)}):(?P<about>{ABOUT})(?::(?P<only>[0-9]{{1,2}}))?")


async def open_form(interaction: Interaction, kind: str, subject: Subject, only: int | None = None) -> None:
    """Answer with the form of a kind of job about a subject, or `only` one of its pictures.

    Raises `Refusal` where there are none.
    """
    about, choices = await _about(interaction, subject)
    await open_modal(interaction, _form(GenerationServices.of(interaction), kind, about, choices, only))


@guarded
async def form_sent(interaction: Interaction) -> None:
    """Order what a sent form asks for."""
    match = _ID.fullmatch(form_id(interaction))
    written = written_in(interaction)
    if match is None or written is None:
        raise unknown_form()
    give_back(interaction, words_to_copy(written.get("prompt", ""), written.get("strength", "")))
    chosen = match["only"] or written.get(_PICTURE, "")
    number = int(chosen) if _NUMBER.fullmatch(chosen) else 0
    picture = await picture_meant(interaction, match["about"], number)
    order = FORMS[match["kind"]].order(GenerationServices.of(interaction), written)
    await Ordering.of(interaction).order_of_picture(interaction, order, partial(found, interaction, picture))


def _form(
    services: GenerationServices, kind: str, about: str, choices: Sequence[tuple[int, str]], only: int | None
) -> discord.ui.Modal:
    several = len(choices) > 1
    choices = [choice for choice in choices if only in (None, choice[0])] or choices
    form = FORMS[kind]
    fields = list(form.fields(services))
    if len(choices) == 1:
        about = f"{about}:{choices[0][0]}"
    else:
        options = [(str(number), name) for number, name in choices[:_CHOICES_MAX]]
        fields.insert(0, choice_field(_PICTURE, WHICH_PICTURE.label, options, chosen=options[0][0]))
    price = services.estimates.price_of(form.model(services))
    title = form_title(Kind(kind), price, picture_name(choices[0][0]) if several and len(choices) == 1 else "")
    modal = discord.ui.Modal(title=title, custom_id=f"form:{kind}:{about}", timeout=None)
    for field in fields[:_PARTS_MAX]:
        modal.add_item(field)
    return modal


async def _about(interaction: Interaction, subject: Subject) -> tuple[str, list[tuple[int, str]]]:
    """Give what a custom id says of a subject, and its pictures' numbers and names; raises `Refusal` if none."""
    if isinstance(subject, Job):
        posted = subject.posted
        if not posted:
            raise result_not_there()
        return about_job(subject.id), _named(posted)
    results = [picture.result for picture in subject if picture.result is not None]
    if len(results) == len(subject):  # a message of the bot's own holds the pictures of one job
        return about_job(results[0].job_id), _named(result.position for result in results)
    about = await about_kept(interaction, subject)
    return about, [(picture.number, file_choice(picture.number, picture.filename)) for picture in subject]


def _named(positions: Iterable[int]) -> list[tuple[int, str]]:
    return [(position, picture_choice(position)) for position in positions]
