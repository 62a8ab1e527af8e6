"""Opening a form about pictures, and ordering what a sent one asks for; what it is about stands in its custom id.

discord.py forgets a form with the process that has opened it; here none is kept at all.
"""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final, TypeAlias

import discord

from bot.domain.budgets import Account
from bot.domain.jobs import Job, picture_name
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import ResultRef, Source
from bot.features.generation.forms.kinds import FORMS
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.fields import choice_field, form_id, written_in
from bot.interactions.guard import give_back, guarded
from bot.interactions.ordering import Ordering
from bot.interactions.origins import account_of
from bot.interactions.reach import reached
from bot.interactions.responses import open_modal
from bot.wording.picture_forms import (
    WHICH_PICTURE,
    file_choice,
    form_title,
    picture_choice,
    unknown_form,
    words_to_copy,
)
from bot.wording.pictures_not_found import result_gone, result_not_there

Subject: TypeAlias = Sequence[Source] | Job
"""What a form is about: the pictures of a message, at least one, or those of a job."""
_PARTS_MAX: Final = 5
_CHOICES_MAX: Final = 25
_PICTURE: Final = "picture"
_NUMBER: Final = re.compile(r"[0-9]{1,2}")
_ID: Final = re.compile(
    rf"form:(?P<kind>{'|'.join(FORMS)}):"
    r"(?:r(?P<job_id>[0-9]{1,19})|d(?P<key>[0-9a-f-]{1,40}))(?::(?P<only>[0-9]{1,2}))?"
)


async def open_form(interaction: Interaction, kind: str, subject: Subject, only: int | None = None) -> None:
    """Answer with the form of a kind of job about a subject, or `only` one of its pictures.

    Raises `Refusal` where there are none.
    """
    services = GenerationServices.of(interaction)
    await open_modal(interaction, _form(services, kind, subject, account_of(interaction), only))


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
    if match["key"]:
        _pictures_kept(interaction, match["key"], number)  # before anybody sees that something begins
    order = FORMS[match["kind"]].order(GenerationServices.of(interaction), written)
    find = partial(_find, interaction, match, number)
    await Ordering.of(interaction).order_of_picture(interaction, order, find)


async def _find(interaction: Interaction, form: re.Match[str], number: int) -> Source:
    """Find the picture that a sent form is about; raises `Refusal`."""
    if form["key"]:
        return _pictures_kept(interaction, form["key"], number)
    job = await reached(interaction, int(form["job_id"]))
    finder = GenerationServices.of(interaction).finder
    return await finder.by_result(ResultRef(job.id, number), interaction.message)


def _form(
    services: GenerationServices, kind: str, subject: Subject, account: Account, only: int | None
) -> discord.ui.Modal:
    about, choices = _about(services, subject, account)
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


def _about(services: GenerationServices, subject: Subject, account: Account) -> tuple[str, list[tuple[int, str]]]:
    """Give what a custom id says of a subject, and its pictures' numbers and names; raises `Refusal` if none."""
    if isinstance(subject, Job):
        posted = subject.posted
        if not posted:
            raise result_not_there()
        return f"r{subject.id}", _named(posted)
    results = [picture.result for picture in subject if picture.result is not None]
    if len(results) == len(subject):  # a message of the bot's own holds the pictures of one job
        return f"r{results[0].job_id}", _named(result.position for result in results)
    # Discord shows them to the bot this one time
    key = services.pending.keep(tuple(subject), account)
    return f"d{key}", [(picture.number, file_choice(picture.number, picture.filename)) for picture in subject]


def _named(positions: Iterable[int]) -> list[tuple[int, str]]:
    return [(position, picture_choice(position)) for position in positions]


def _pictures_kept(interaction: Interaction, key: str, number: int) -> Source:
    """Give a picture that the form was opened on; raises `Refusal` where it is forgotten."""
    pending = GenerationServices.of(interaction).pending
    pictures: tuple[Source, ...] = pending.peek(key, account_of(interaction), tuple)
    if (picture := next((each for each in pictures if each.number == number), None)) is None:
        raise result_gone()
    return picture
