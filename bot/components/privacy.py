"""The buttons under /privacy: one's data as a file, and its erasure after asking once more."""

import re
from typing import Any, Final, Self

import discord

from bot.components.acknowledging import LOST, change
from bot.components.desk import desk_of
from bot.domain.privacy import erase_question, erased_text
from bot.domain.refusals import Refusal, Refuser

Interaction = discord.Interaction[Any]
Button = discord.ui.Button[discord.ui.View]
_TOO_LARGE: Final = 40005
_SMALLER: Final = 8_000_000
"""Bytes that Discord takes anywhere, where it takes less than it has announced."""


class ExportButton(discord.ui.DynamicItem[Button], template=r"privacy:export"):
    """Sends a person all that is kept of them."""

    def __init__(self) -> None:
        style = discord.ButtonStyle.primary
        super().__init__(discord.ui.Button(label="Export my data", style=style, custom_id="privacy:export"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls()

    async def callback(self, interaction: Interaction) -> None:
        """Write the file and send it to its person alone."""
        await desk_of(interaction).answers.in_private(interaction, lambda: _export(interaction))


class EraseButton(discord.ui.DynamicItem[Button], template=r"privacy:erase"):
    """Asks whether a person's data really is to be erased."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label="Erase my data…", custom_id="privacy:erase"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls()

    async def callback(self, interaction: Interaction) -> None:
        """Say what goes and what stays, with the button that does it."""
        desk = desk_of(interaction)
        view = discord.ui.View(timeout=None)
        view.add_item(EraseNowButton())

        async def question() -> str:
            return erase_question(desk.privacy.now())

        await desk.answers.tell(interaction, question, view)


class EraseNowButton(discord.ui.DynamicItem[Button], template=r"privacy:erase-now"):
    """Erases the data of whoever presses it."""

    def __init__(self) -> None:
        style = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label="Erase it", style=style, custom_id="privacy:erase-now"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls()

    async def callback(self, interaction: Interaction) -> None:
        """Erase it, and say so in the place of the question."""
        await desk_of(interaction).answers.in_place(interaction, lambda: _erase(interaction))


def privacy_view() -> discord.ui.View:
    """Build the row under /privacy."""
    view = discord.ui.View(timeout=None)
    view.add_item(ExportButton())
    view.add_item(EraseButton())
    return view


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
