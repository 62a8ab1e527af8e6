"""Every command and menu, and every button that outlives the process."""

from typing import Any

from discord import app_commands

from bot.features.account.help import help_
from bot.features.account.history import HistoryPageButton, HistorySelect, history
from bot.features.account.kept import DeleteKeptButton, ShowButton
from bot.features.account.privacy import EraseButton, EraseNowButton, ExportButton, privacy
from bot.features.account.settings import SettingSelect, settings
from bot.features.account.usage import usage
from bot.features.generation.attaching import AttachButton
from bot.features.generation.consent import ConsentButton
from bot.features.generation.edit import edit
from bot.features.generation.forms.button import FormButton, PictureFormButton
from bot.features.generation.imagine import imagine
from bot.features.generation.menus import menus
from bot.features.generation.owner_buttons import AllowButton, NeverButton, NoButton, TakeBackButton
from bot.features.generation.portrait import portrait
from bot.features.generation.replies.questions import (
    AlwaysEditButton,
    EditItButton,
    NeverEditButton,
    WriteItButton,
)
from bot.features.generation.styles_at_once import StyledPictureSelect, StyleSelect
from bot.features.generation.styles_page import (
    StyleGroupButton,
    StylePick,
    StylePicturePick,
    StylizeItButton,
    WatermarkButton,
)
from bot.features.generation.stylize import PictureStyleButton, StylizeButton, stylize
from bot.features.generation.which_picture import TakeButton
from bot.features.moderation.asking import AskModeratorButton, GrantButton
from bot.features.moderation.case import (
    BlockButton,
    CaseDeleteButton,
    KeepBackButton,
    ReleaseButton,
    case_menu,
)
from bot.features.moderation.complaints import HideReportedButton, NothingWrongButton, report_menu
from bot.features.moderation.limit_pages import LimitsPageButton
from bot.features.moderation.picture_case import WhoseButton
from bot.features.moderation.reports import (
    MemberJobsButton,
    MemberJobsPageButton,
    MemberRecordButton,
    SpendersPageButton,
)
from bot.features.moderation.server_check import CheckAgainButton
from bot.features.moderation.spend import spend_group
from bot.features.moderation.words import MendWordsButton, WordsButton
from bot.features.results.again import AgainButton, TryAgainButton
from bot.features.results.cancel import CancelButton
from bot.features.results.compare import CompareButton
from bot.features.results.delete import DeleteButton, DeleteNowButton, DeleteThisButton
from bot.features.results.details import DetailsButton
from bot.features.results.more import FavouriteButton, MoreButton, SpoilerButton
from bot.features.results.picture_card import PictureButton
from bot.features.results.variations import HdButton, VaryButton
from bot.interactions.items import PersistentItem

BUTTONS: tuple[type[PersistentItem[Any]], ...] = (
    TryAgainButton,
    AttachButton,
    ConsentButton,
    TakeButton,
    AllowButton,
    NoButton,
    NeverButton,
    TakeBackButton,
    CancelButton,
    AgainButton,
    FormButton,
    PictureFormButton,
    EditItButton,
    AlwaysEditButton,
    NeverEditButton,
    WriteItButton,
    StylizeButton,
    PictureStyleButton,
    StyledPictureSelect,
    StyleSelect,
    StyleGroupButton,
    StylePick,
    StylePicturePick,
    StylizeItButton,
    WatermarkButton,
    PictureButton,
    VaryButton,
    HdButton,
    MoreButton,
    DetailsButton,
    CompareButton,
    FavouriteButton,
    SpoilerButton,
    DeleteButton,
    DeleteThisButton,
    DeleteNowButton,
    HistoryPageButton,
    HistorySelect,
    ShowButton,
    DeleteKeptButton,
    SettingSelect,
    LimitsPageButton,
    CheckAgainButton,
    BlockButton,
    CaseDeleteButton,
    HideReportedButton,
    NothingWrongButton,
    WhoseButton,
    ReleaseButton,
    KeepBackButton,
    WordsButton,
    MendWordsButton,
    AskModeratorButton,
    GrantButton,
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
    """Give all of them; the group and the menus are built anew for each client."""
    return [
        imagine,
        edit,
        stylize,
        portrait,
        usage,
        history,
        settings,
        help_,
        privacy,
        spend_group(),
        *menus(),
        case_menu(),
        report_menu(),
    ]
