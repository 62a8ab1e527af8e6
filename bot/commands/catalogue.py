"""Every command and menu, and every button that outlives the process."""

from typing import Any

from discord import app_commands

from bot.commands.edit import edit_command
from bot.commands.help import help_command
from bot.commands.history import history_command
from bot.commands.imagine import imagine_command
from bot.commands.menus import menus
from bot.commands.portrait import portrait_command
from bot.commands.privacy import privacy_command
from bot.commands.spend import spend_group
from bot.commands.stylize import stylize_command
from bot.commands.usage import usage_command
from bot.components.buttons.again import AgainButton
from bot.components.buttons.cancel import CancelButton
from bot.components.buttons.consent import ConsentButton
from bot.components.buttons.delete import DeleteButton, DeleteNowButton
from bot.components.buttons.details import DetailsButton
from bot.components.buttons.stylize import StyledPictureSelect, StyleSelect, StylizeButton
from bot.components.buttons.try_again import TryAgainButton
from bot.components.forms.button import FormButton
from bot.components.history import HistoryPageButton, HistorySelect, ShowButton
from bot.components.moderation.case import BlockButton, CaseDeleteButton
from bot.components.moderation.limit_pages import LimitsPageButton
from bot.components.privacy import EraseButton, EraseNowButton, ExportButton
from bot.components.reports import (
    MemberJobsButton,
    MemberJobsPageButton,
    MemberRecordButton,
    SpendersPageButton,
)
from bot.interactions.items import PersistentItem

BUTTONS: tuple[type[PersistentItem[Any]], ...] = (
    TryAgainButton,
    ConsentButton,
    CancelButton,
    AgainButton,
    FormButton,
    StylizeButton,
    StyledPictureSelect,
    StyleSelect,
    DetailsButton,
    DeleteButton,
    DeleteNowButton,
    HistoryPageButton,
    HistorySelect,
    ShowButton,
    LimitsPageButton,
    BlockButton,
    CaseDeleteButton,
    ExportButton,
    EraseButton,
    EraseNowButton,
    MemberJobsButton,
    MemberJobsPageButton,
    MemberRecordButton,
    SpendersPageButton,
)
"""Found by their custom id alone, so that they work after a restart."""


def commands() -> list[app_commands.Command[Any, ..., None] | app_commands.Group | app_commands.ContextMenu]:
    """Build them anew, for one client."""
    return [
        imagine_command(),
        edit_command(),
        stylize_command(),
        portrait_command(),
        usage_command(),
        history_command(),
        help_command(),
        privacy_command(),
        spend_group(),
        *menus(),
    ]
