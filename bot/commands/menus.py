"""The menus of messages: "Edit image", "Stylize image", "Make a portrait"; for moderators "Spend case"."""

import discord
from discord import app_commands

from bot.components.desk import desk_of
from bot.components.forms.opening import Subject, open_form
from bot.components.moderation.case import show_case
from bot.components.moderation.rights import SPEND_CASE, Tried, moderate
from bot.domain.moderation.actions import ActionKind
from bot.domain.pictures.not_found import MENUS, nothing_in_message
from bot.interactions import Interaction


def menus() -> list[app_commands.ContextMenu]:
    """Build them all."""
    return [*(_menu(kind, name) for kind, name in MENUS.items()), _case_menu()]


def _menu(kind: str, name: str) -> app_commands.ContextMenu:
    async def chosen(interaction: Interaction, message: discord.Message) -> None:
        await open_form(interaction, kind, lambda: _pictures(interaction, message))

    return app_commands.ContextMenu(name=name, callback=chosen)


def _case_menu() -> app_commands.ContextMenu:
    async def chosen(interaction: Interaction, message: discord.Message) -> None:
        tried = Tried(SPEND_CASE, ActionKind.LOOK)
        await moderate(interaction, tried, lambda by: show_case(interaction, message, _head_id(message), by))

    contexts = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
    menu = app_commands.ContextMenu(name=SPEND_CASE, callback=chosen, allowed_contexts=contexts)
    menu.default_permissions = discord.Permissions(manage_guild=True)
    return menu


async def _pictures(interaction: Interaction, message: discord.Message) -> Subject:
    """Find a message's pictures, or the job that it is the head of; raises `Refusal` where there is neither."""
    desk = desk_of(interaction)
    if found := desk.finder.in_message(message):
        return found
    if desk.finder.reader.wrote(message) and (job := await desk.service.with_head(_head_id(message))):
        return job
    raise nothing_in_message()


def _head_id(message: discord.Message) -> int:
    """Give the id of a message, or of the one above a thread that the thread's first message stands for."""
    above = message.reference if message.type is discord.MessageType.thread_starter_message else None
    return message.id if above is None or above.message_id is None else above.message_id
