"""The menus of messages: "Edit image", "Stylize image", "Make a portrait"."""

import discord
from discord import app_commands

from bot.domain.jobs import Job
from bot.domain.kinds import OF_PICTURES, Kind
from bot.features.generation.forms.opening import Subject, open_form
from bot.features.generation.services import GenerationServices
from bot.features.generation.styles_page import open_styles
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.ordering import Ordering
from bot.interactions.pages import tell_page
from bot.interactions.reach import job_of_status_message
from bot.wording.pictures_not_found import nothing_in_message


def menus() -> list[app_commands.ContextMenu]:
    """Build them all."""
    return [_menu(kind) for kind in OF_PICTURES]


def _menu(kind: Kind) -> app_commands.ContextMenu:
    @guarded
    async def chosen(interaction: Interaction, message: discord.Message) -> None:
        await Ordering.of(interaction).require_welcome(interaction)
        pictures = await _pictures(interaction, message)
        if not isinstance(pictures, Job):
            Ordering.of(interaction).require_age(interaction, pictures)
        if kind is Kind.STYLIZE:
            await open_styles(interaction, pictures, tell_page)
        else:
            await open_form(interaction, kind, pictures)

    return app_commands.ContextMenu(name=kind.menu, callback=chosen)


async def _pictures(interaction: Interaction, message: discord.Message) -> Subject:
    """Find a message's pictures, or the job whose status message it is; raises `Refusal` for neither."""
    if found := GenerationServices.of(interaction).finder.in_message(message):
        return found
    if job := await job_of_status_message(interaction, message):
        return job
    raise nothing_in_message()
