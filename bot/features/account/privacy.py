"""/privacy: what is kept of me and for how long; its buttons export it, and erase it after asking once more."""

from typing import Any, Final

import discord
from discord import app_commands

from bot.domain.privacy import erase_question, erased_text, privacy_text
from bot.domain.refusals import Refusal, Refuser
from bot.interactions import Interaction
from bot.interactions.desk import desk_of
from bot.interactions.items import Button, PersistentItem, view_of
from bot.interactions.responses import LOST, change

_TOO_LARGE: Final = 40005
_SMALLER: Final = 8_000_000
"""Bytes that Discord takes anywhere, where it takes less than it has announced."""


class ExportButton(PersistentItem[Button], custom_id="privacy:export"):
    """Sends a person all that is kept of them."""

    def _draw(self) -> Button:
        return Button(label="Export my data", style=discord.ButtonStyle.primary)

    async def callback(self, interaction: Interaction) -> None:
        """Write the file and send it to its person alone."""
        await desk_of(interaction).answers.in_private(interaction, lambda: _export(interaction))


class EraseButton(PersistentItem[Button], custom_id="privacy:erase"):
    """Asks whether a person's data really is to be erased."""

    def _draw(self) -> Button:
        return Button(label="Erase my data…")

    async def callback(self, interaction: Interaction) -> None:
        """Say what goes and what stays, with the button that does it."""
        desk = desk_of(interaction)

        async def question() -> str:
            return erase_question(desk.privacy.now())

        await desk.answers.tell(interaction, question, view_of(EraseNowButton()))


class EraseNowButton(PersistentItem[Button], custom_id="privacy:erase-now"):
    """Erases the data of whoever presses it."""

    def _draw(self) -> Button:
        return Button(label="Erase it", style=discord.ButtonStyle.danger)

    async def callback(self, interaction: Interaction) -> None:
        """Erase it, and say so in the place of the question."""
        await desk_of(interaction).answers.in_place(interaction, lambda: _erase(interaction))


def privacy_view() -> discord.ui.View:
    """Build the row under /privacy."""
    return view_of(ExportButton(), EraseButton())


async def _erase(interaction: Interaction) -> None:
    desk, person = desk_of(interaction), interaction.user.id
    erasure = await desk.privacy.erase(person)
    desk.drafts.forget(person)
    try:
        await change(interaction, erased_text(erasure), None)
    except (Refusal, discord.HTTPException) as failed:
        raise Refusal(
            Refuser.DISCORD,
            "to say here that it is done",
            "Your data is erased; the message was closed, or Discord is in trouble or cannot be reached.",
            "There is nothing left to do; /history shows what is left.",
        ) from failed


async def _export(interaction: Interaction) -> None:
    if not await _sent(interaction, interaction.filesize_limit) and not await _sent(interaction, _SMALLER):
        raise _not_taken()


async def _sent(interaction: Interaction, most: int) -> bool:
    """Write the file and send it; False where Discord takes none of this size. Raises `Refusal`."""
    async with desk_of(interaction).personal_data.export(interaction.user.id, most) as export:
        left_out = "**Without the pictures that you sent:** with them Discord would not take it.\n"
        text = (
            "**All that this bot keeps of you**, on all servers and in direct messages.\n"
            f"{left_out if export.without_pictures else ''}-# Only you see this: save it before you close it."
        )
        try:
            file = discord.File(export.file, "my-data.zip")
            await interaction.edit_original_response(content=text, attachments=[file])
        except discord.HTTPException as refused:
            if refused.code == _TOO_LARGE:
                return False
            raise _not_taken() from refused
        except LOST as lost:
            raise _not_taken() from lost
    return True


def _not_taken() -> Refusal:
    return Refusal(
        Refuser.DISCORD,
        "to take the file",
        "The message was closed, or Discord is in trouble or cannot be reached.",
        "Try again in a few minutes.",
    )


def privacy_command() -> app_commands.Command[Any, ..., None]:
    """Build the command."""

    @app_commands.command(name="privacy", description="See what is kept of you; export it, or erase it.")
    async def privacy(interaction: Interaction) -> None:
        desk = desk_of(interaction)

        async def text() -> str:
            return privacy_text(desk.privacy.keeping)

        await desk.answers.tell(interaction, text, privacy_view())

    return privacy
