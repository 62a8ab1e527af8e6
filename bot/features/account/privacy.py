"""/privacy: what is kept of me and for how long; its buttons export it, and erase it after asking once more."""

import discord
from discord import app_commands

from bot.delivery.faults import is_too_large
from bot.delivery.files import TAKEN_ANYWHERE
from bot.domain.refusals import Refusal
from bot.features.account.services import AccountServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded, in_place, privately
from bot.interactions.items import Button, PersistentItem, view_of
from bot.interactions.responses import LOST, show, tell
from bot.wording import commands
from bot.wording.privacy import (
    ERASE,
    ERASE_NOW,
    EXPORT,
    EXPORT_NAME,
    erase_question,
    erased_text,
    erased_unsaid,
    export_not_taken,
    exported_text,
    privacy_text,
)


class ExportButton(PersistentItem[Button], custom_id="privacy:export"):
    """Sends a person all that is kept of them."""

    def _draw(self) -> Button:
        return Button(label=EXPORT, style=discord.ButtonStyle.primary)

    @privately
    async def callback(self, interaction: Interaction) -> None:
        """Write the file and send it to its person alone."""
        if not await _sent(interaction, interaction.filesize_limit) and not await _sent(
            interaction, TAKEN_ANYWHERE
        ):
            raise export_not_taken()


class EraseButton(PersistentItem[Button], custom_id="privacy:erase"):
    """Asks whether a person's data really is to be erased."""

    def _draw(self) -> Button:
        return Button(label=ERASE)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Say what goes and what stays, with the button that does it."""
        question = erase_question(AccountServices.of(interaction).privacy.now())
        await tell(interaction, question, view_of(EraseNowButton()))


class EraseNowButton(PersistentItem[Button], custom_id="privacy:erase-now"):
    """Erases the data of whoever presses it."""

    def _draw(self) -> Button:
        return Button(label=ERASE_NOW, style=discord.ButtonStyle.danger)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Erase it, and say so in the place of the question."""
        erasure = await AccountServices.of(interaction).privacy.erase(interaction.user.id)
        try:
            await show(interaction, erased_text(erasure), None)
        except (Refusal, discord.HTTPException) as failed:
            raise erased_unsaid() from failed


async def _sent(interaction: Interaction, most: int) -> bool:
    """Write the file and send it; False where Discord takes none of this size. Raises `Refusal`."""
    async with AccountServices.of(interaction).personal_data.export(interaction.user.id, most) as export:
        text = exported_text(without_pictures=export.without_pictures)
        try:
            file = discord.File(export.file, EXPORT_NAME)
            await interaction.edit_original_response(content=text, attachments=[file])
        except discord.HTTPException as refused:
            if is_too_large(refused):
                return False
            raise export_not_taken() from refused
        except LOST as lost:
            raise export_not_taken() from lost
    return True


@app_commands.command(name="privacy", description=commands.PRIVACY.description)
@guarded
async def privacy(interaction: Interaction) -> None:
    """Tell what is kept, with the buttons that export and erase it."""
    keeping = AccountServices.of(interaction).privacy.keeping
    await tell(interaction, privacy_text(keeping), view_of(ExportButton(), EraseButton()))
