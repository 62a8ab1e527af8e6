import re
from typing import Any

import discord
import pytest

import spark
from bot.domain.budgets import Period
from bot.domain.history import Direction, Mark, Search, Spot, Way
from bot.domain.kinds import Kind
from bot.domain.spending import ReportPeriod
from bot.domain.styles import StyleGroup
from bot.features.account.history import HistoryPageButton, HistorySelect
from bot.features.account.kept import DeleteKeptButton, ShowButton
from bot.features.account.privacy import EraseButton, EraseNowButton, ExportButton
from bot.features.account.settings import SettingSelect
from bot.features.generation.attaching import AttachButton
from bot.features.generation.consent import ConsentButton
from bot.features.generation.forms.button import FormButton, PictureFormButton
from bot.features.generation.owner_buttons import AllowButton, NeverButton, NoButton, TakeBackButton
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
from bot.features.generation.stylize import PictureStyleButton, StylizeButton
from bot.features.generation.which_picture import TakeButton
from bot.features.moderation.asking import AskModeratorButton, GrantButton
from bot.features.moderation.case import BlockButton, CaseDeleteButton, KeepBackButton, ReleaseButton
from bot.features.moderation.complaints import HideReportedButton, NothingWrongButton
from bot.features.moderation.limit_pages import LimitsPageButton
from bot.features.moderation.picture_case import WhoseButton
from bot.features.moderation.reports import (
    MemberJobsButton,
    MemberJobsPageButton,
    MemberRecordButton,
    SpendersPageButton,
)
from bot.features.moderation.server_check import CheckAgainButton
from bot.features.moderation.words import MendWordsButton, WordsButton
from bot.features.results.again import AgainButton, TryAgainButton
from bot.features.results.cancel import CancelButton
from bot.features.results.compare import CompareButton
from bot.features.results.delete import DeleteButton, DeleteNowButton, DeleteThisButton
from bot.features.results.details import DetailsButton
from bot.features.results.more import FavouriteButton, MoreButton, SpoilerButton
from bot.features.results.picture_card import PictureButton
from bot.features.results.variations import HdButton, VaryButton
from bot.gateway.catalogue import BUTTONS
from bot.interactions.items import Button, PersistentItem

JOB, MESSAGE, CHANNEL, USER = 1456074443980800007, 1456074443980800099, 42, 10**20 - 1
OPTIONS = [discord.SelectOption(label="1. a fox", value="7")]
_ID = "([0-9]{1,20})"
_POSITION = "([1-4][bcdefghij]?)"
_ABOUT = "(r[0-9]{1,19}|d[0-9a-f-]{1,40})"
_STYLE = "([0-9a-z-]{1,30})"
_GROUP = "(anime|painting|light|figures)"
_WAY = "(newer|older):[0-9]{1,16}:[0-9]{1,20}"
_SPOT = rf"((newest|{_WAY})(:[fa]:[^\n]{{0,40}})?)"

IN_THE_WORLD = [
    (AgainButton(JOB), f"again:{JOB}", f"again:{_ID}"),
    (TryAgainButton(JOB), f"try-again:{JOB}", f"try-again:{_ID}"),
    (CancelButton(JOB), f"cancel:{JOB}", f"cancel:{_ID}"),
    (DetailsButton(JOB), f"details:{JOB}", f"details:{_ID}"),
    (DeleteButton(JOB), f"delete:{JOB}", f"delete:{_ID}"),
    (
        DeleteNowButton(JOB, CHANNEL, MESSAGE),
        f"delete-now:{JOB}:42-{MESSAGE}",
        f"delete-now:{_ID}:{_ID}-{_ID}",
    ),
    (
        DeleteThisButton(JOB, CHANNEL, MESSAGE),
        f"delete-this:{JOB}:42-{MESSAGE}",
        f"delete-this:{_ID}:{_ID}-{_ID}",
    ),
    (PictureButton(JOB, 6), f"picture:{JOB}:2b", f"picture:{_ID}:{_POSITION}"),
    (PictureFormButton(Kind.EDIT, JOB, 4), f"edit-of:{JOB}:4", f"(edit|portrait)-of:{_ID}:{_POSITION}"),
    (PictureFormButton(Kind.PORTRAIT, 7, 40), "portrait-of:7:4j", f"(edit|portrait)-of:{_ID}:{_POSITION}"),
    (PictureStyleButton(JOB, 3), f"stylize-of:{JOB}:3", f"stylize-of:{_ID}:{_POSITION}"),
    (VaryButton(JOB, 1, "Vary ×4 · $0.03"), f"vary:{JOB}:1", f"vary:{_ID}:{_POSITION}"),
    (HdButton(JOB, 2, "Again in HD · $0.03"), f"again-hd:{JOB}:2", f"again-hd:{_ID}:{_POSITION}"),
    (MoreButton(JOB), f"more:{JOB}", f"more:{_ID}"),
    (CompareButton(JOB), f"compare:{JOB}", f"compare:{_ID}"),
    (
        FavouriteButton(JOB, CHANNEL, MESSAGE, marked=True),
        f"favourite:{JOB}:42-{MESSAGE}",
        f"favourite:{_ID}:{_ID}-{_ID}",
    ),
    (SpoilerButton(JOB, CHANNEL, MESSAGE), f"spoiler:{JOB}:42-{MESSAGE}", f"spoiler:{_ID}:{_ID}-{_ID}"),
    (
        ConsentButton("0b8e95d0-91b6-4f5c-a3c2-6a0f6f5cf0a1", "Yes"),
        "agree:0b8e95d0-91b6-4f5c-a3c2-6a0f6f5cf0a1",
        "agree:([0-9a-f-]{1,40})",
    ),
    (AttachButton("19a3f2c4d5e-1f"), "attach:19a3f2c4d5e-1f", "attach:([0-9a-f-]{1,40})"),
    (TakeButton("19a3f2c4d5e-1f", 5, "5 · $0.008"), "take:19a3f2c4d5e-1f:5", "take:([0-9a-f-]{1,40}):([1-5])"),
    (AllowButton(JOB), f"owner-allow:{JOB}", f"owner-allow:{_ID}"),
    (NoButton(JOB), f"owner-no:{JOB}", f"owner-no:{_ID}"),
    (NeverButton(JOB), f"owner-never:{JOB}", f"owner-never:{_ID}"),
    (TakeBackButton(JOB), f"owner-take-back:{JOB}", f"owner-take-back:{_ID}"),
    (FormButton(Kind.EDIT, JOB), f"edit:{JOB}", f"(edit|portrait):{_ID}"),
    (FormButton(Kind.PORTRAIT, 7), "portrait:7", f"(edit|portrait):{_ID}"),
    (
        EditItButton(MESSAGE, USER, 3, "3 · $0.008"),
        f"reply-edit:{MESSAGE}:{USER}:3",
        f"reply-edit:{_ID}:{_ID}:([0-9]{{1,2}})",
    ),
    (
        AlwaysEditButton(MESSAGE, USER, 1),
        f"reply-always:{MESSAGE}:{USER}:1",
        f"reply-always:{_ID}:{_ID}:([0-9]{{1,2}})",
    ),
    (NeverEditButton(MESSAGE, USER), f"reply-never:{MESSAGE}:{USER}", f"reply-never:{_ID}:{_ID}"),
    (WriteItButton(JOB, 40), f"reply-write:{JOB}:40", f"reply-write:{_ID}:([0-9]{{1,2}})"),
    (
        SettingSelect("quality", OPTIONS),
        "setting:quality",
        "setting:(shape|quality|enhance|replies|pictures|results)",
    ),
    (StylizeButton(JOB), f"stylize:{JOB}", f"stylize:{_ID}"),
    (StyleSelect(JOB, 1), f"style:{JOB}:1", f"style:{_ID}:([1-4][bcdefghij]?)"),
    (StyleSelect(JOB, 40), f"style:{JOB}:4j", f"style:{_ID}:([1-4][bcdefghij]?)"),
    (
        StyleGroupButton(f"r{JOB}", 40, "exquisite-korean-comic", StyleGroup.PAINTING),
        f"styles-group:r{JOB}:40:exquisite-korean-comic:painting",
        f"styles-group:{_ABOUT}:([0-9]{{1,2}}):{_STYLE}:{_GROUP}",
    ),
    (StylePick("d19a3f2c4d5e-1f", 3), "styles-pick:d19a3f2c4d5e-1f:3", f"styles-pick:{_ABOUT}:([0-9]{{1,2}})"),
    (
        StylePicturePick("d19a3f2c4d5e-1f", "-", StyleGroup.ANIME, OPTIONS),
        "styles-picture:d19a3f2c4d5e-1f:-:anime",
        f"styles-picture:{_ABOUT}:{_STYLE}:{_GROUP}",
    ),
    (
        StylizeItButton(f"r{JOB}", 1, "doll", "Stylize · $0.005"),
        f"styles-order:r{JOB}:1:doll",
        f"styles-order:{_ABOUT}:([0-9]{{1,2}}):{_STYLE}",
    ),
    (
        WatermarkButton(f"r{JOB}", 1, "-"),
        f"styles-watermark:r{JOB}:1:-",
        f"styles-watermark:{_ABOUT}:([0-9]{{1,2}}):{_STYLE}",
    ),
    (
        StyledPictureSelect(JOB, [1, 5, 9, 2], 5),
        f"style-of:{JOB}:11b1c2",
        f"style-of:{_ID}:(([1-4][bcdefghij]?){{2,10}})",
    ),
    (HistoryPageButton(Spot(), "◀ Back"), "history:newest", f"history:{_SPOT}"),
    (
        HistoryPageButton(Spot(Way(Direction.OLDER, Mark(1769999999999, JOB))), "Older ▶"),
        f"history:older:1769999999999:{JOB}",
        f"history:{_SPOT}",
    ),
    (
        HistoryPageButton(Spot(None, Search("a: red fox", favourites=True)), "◀ Back"),
        "history:newest:f:a: red fox",
        f"history:{_SPOT}",
    ),
    (HistorySelect(Spot(), OPTIONS), "history-open:newest", f"history-open:{_SPOT}"),
    (
        HistorySelect(Spot(Way(Direction.NEWER, Mark(0, JOB))), OPTIONS),
        f"history-open:newer:0:{JOB}",
        f"history-open:{_SPOT}",
    ),
    (
        HistorySelect(Spot(Way(Direction.NEWER, Mark(10**16 - 1, 10**20 - 1)), Search("狐" * 40)), OPTIONS),
        f"history-open:newer:{10**16 - 1}:{10**20 - 1}:a:{'狐' * 40}",
        f"history-open:{_SPOT}",
    ),
    (ShowButton(JOB), f"history-show:{JOB}", f"history-show:{_ID}"),
    (DeleteKeptButton(JOB), f"kept-delete:{JOB}", f"kept-delete:{_ID}"),
    (ReleaseButton(JOB), f"case-post:{JOB}", f"case-post:{_ID}"),
    (KeepBackButton(JOB), f"case-keep:{JOB}", f"case-keep:{_ID}"),
    (WordsButton(), "words", "words"),
    (MendWordsButton("19a3f2c4d5e-1f"), "words-mend:19a3f2c4d5e-1f", "words-mend:([0-9a-f-]{1,40})"),
    (BlockButton(JOB), f"case-block:{JOB}", f"case-block:{_ID}"),
    (CaseDeleteButton(JOB, 0), f"case-delete:{JOB}:0", f"case-delete:{_ID}:{_ID}"),
    (HideReportedButton(MESSAGE), f"reported-hide:{MESSAGE}", f"reported-hide:{_ID}"),
    (NothingWrongButton(MESSAGE), f"reported-clear:{MESSAGE}", f"reported-clear:{_ID}"),
    (WhoseButton(7), "case-whose:7", f"case-whose:{_ID}"),
    (AskModeratorButton(Period.MONTH), "ask-more:month", "ask-more:(day|month)"),
    (
        GrantButton(USER, CHANNEL, Period.DAY, 10**9),
        f"grant-more:{USER}:42:day:1000000000",
        f"grant-more:{_ID}:{_ID}:(day|month):{_ID}",
    ),
    (CheckAgainButton(), "spend-check", "spend-check"),
    (LimitsPageButton(20, "Next ▶"), "spend-limits:20", "spend-limits:([0-9]{1,6})"),
    (ExportButton(), "privacy:export", "privacy:export"),
    (EraseButton(), "privacy:erase", "privacy:erase"),
    (EraseNowButton(), "privacy:erase-now", "privacy:erase-now"),
    (MemberJobsButton(USER), f"spend-jobs:{USER}", f"spend-jobs:{_ID}"),
    (
        MemberJobsPageButton(USER, Way(Direction.NEWER, Mark(1769999999999, 7)), "◀ Newer"),
        f"spend-jobs-page:{USER}:newer:1769999999999:7",
        f"spend-jobs-page:{_ID}:({_WAY})",
    ),
    (MemberRecordButton(USER), f"spend-record:{USER}", f"spend-record:{_ID}"),
    (
        SpendersPageButton(ReportPeriod.ALL, 10000, "After ▶"),
        "spend-server:all:10000",
        "spend-server:(day|week|month|all):([0-9]{1,5})",
    ),
]
"""What stands under messages that were posted long ago: each item, its custom id and what its class takes."""


def ids(value: object) -> str | None:
    return value if isinstance(value, str) else ""


def without_names(pattern: str) -> str:
    """Write a pattern so that only what it takes counts: its groups have no names, and a hyphen is a hyphen."""
    return re.sub(r"\(\?(?:P<\w+>|:)", "(", pattern).replace(r"\-", "-")


@pytest.mark.parametrize(("item", "custom_id", "_template"), IN_THE_WORLD, ids=ids)
def test_a_custom_id_stays_as_it_is_in_the_world(
    item: PersistentItem[Any], custom_id: str, _template: str
) -> None:
    assert item.custom_id == custom_id
    assert item.to_component_dict()["custom_id"] == custom_id


@pytest.mark.parametrize(("item", "_custom_id", "template"), IN_THE_WORLD, ids=ids)
def test_a_class_takes_the_custom_ids_that_it_always_took(
    item: PersistentItem[Any], _custom_id: str, template: str
) -> None:
    assert without_names(item.template.pattern) == template
    assert not item.template.flags & ~re.UNICODE


@pytest.mark.parametrize(("item", "custom_id", "_template"), IN_THE_WORLD, ids=ids)
async def test_a_click_is_answered_by_an_item_like_the_one_that_was_sent(
    item: PersistentItem[Any], custom_id: str, _template: str
) -> None:
    match = item.template.fullmatch(custom_id)
    assert match is not None
    interaction: Any = None  # it has no say
    again = await type(item).from_custom_id(interaction, item.item, match)
    assert type(again) is type(item)
    assert again.custom_id == custom_id
    names = item.template.groupindex
    assert [getattr(again, name) for name in names] == [getattr(item, name) for name in names]


def test_what_is_kept_is_named_within_the_length_that_discord_takes() -> None:
    about, style, group = "d" + "0" * 32, max(spark.STYLES, key=len), max(StyleGroup, key=len)
    items: list[PersistentItem[Any]] = [
        StyleGroupButton(about, 10, style, group),
        StylePicturePick(about, style, group, OPTIONS),
        WatermarkButton(about, 10, style),
    ]
    assert max(len(item.custom_id) for item in items) <= 100


def test_a_field_that_a_custom_id_cannot_hold_is_told_where_its_class_is_made() -> None:
    with pytest.raises(TypeError, match="float"):

        class _Unwritten(PersistentItem[Button], custom_id="unwritten:{strength}"):
            strength: float


def test_a_custom_id_is_heard_by_one_class() -> None:
    assert {type(item) for item, _, _ in IN_THE_WORLD} == set(BUTTONS)
    for item, custom_id, _ in IN_THE_WORLD:
        assert [each for each in BUTTONS if _template_of(each).fullmatch(custom_id)] == [type(item)]


def _template_of(kind: type[PersistentItem[Any]]) -> re.Pattern[str]:
    return kind.__discord_ui_compiled_template__
