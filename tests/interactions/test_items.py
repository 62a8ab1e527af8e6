import re
from typing import Any

import discord
import pytest

from bot.domain.budgets import Period
from bot.domain.history import Direction, Mark, Way
from bot.domain.kinds import Kind
from bot.domain.spending import ReportPeriod
from bot.features.account.history import HistoryPageButton, HistorySelect, ShowButton
from bot.features.account.privacy import EraseButton, EraseNowButton, ExportButton
from bot.features.account.settings import SettingSelect
from bot.features.generation.consent import ConsentButton
from bot.features.generation.forms.button import FormButton
from bot.features.generation.replies.questions import (
    AlwaysEditButton,
    EditItButton,
    NeverEditButton,
    WriteItButton,
)
from bot.features.generation.stylize import StyledPictureSelect, StyleSelect, StylizeButton
from bot.features.generation.which_picture import TakeButton
from bot.features.moderation.asking import AskModeratorButton, GrantButton
from bot.features.moderation.case import BlockButton, CaseDeleteButton
from bot.features.moderation.limit_pages import LimitsPageButton
from bot.features.moderation.reports import (
    MemberJobsButton,
    MemberJobsPageButton,
    MemberRecordButton,
    SpendersPageButton,
)
from bot.features.results.again import AgainButton, TryAgainButton
from bot.features.results.cancel import CancelButton
from bot.features.results.delete import DeleteButton, DeleteNowButton
from bot.features.results.details import DetailsButton
from bot.gateway.catalogue import BUTTONS
from bot.interactions.items import Button, PersistentItem

JOB, MESSAGE, CHANNEL, USER = 1456074443980800007, 1456074443980800099, 42, 10**20 - 1
OPTIONS = [discord.SelectOption(label="1. a fox", value="7")]
_ID = "([0-9]{1,20})"
_WAY = "(newer|older):[0-9]{1,16}:[0-9]{1,20}"

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
        ConsentButton("0b8e95d0-91b6-4f5c-a3c2-6a0f6f5cf0a1", "Yes"),
        "agree:0b8e95d0-91b6-4f5c-a3c2-6a0f6f5cf0a1",
        "agree:([0-9a-f-]{1,40})",
    ),
    (TakeButton("19a3f2c4d5e-1f", 5, "5 · $0.008"), "take:19a3f2c4d5e-1f:5", "take:([0-9a-f-]{1,40}):([1-5])"),
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
    (SettingSelect("quality", OPTIONS), "setting:quality", "setting:(shape|quality|enhance|replies)"),
    (StylizeButton(JOB), f"stylize:{JOB}", f"stylize:{_ID}"),
    (StyleSelect(JOB, 1), f"style:{JOB}:1", f"style:{_ID}:([1-4][bcdefghij]?)"),
    (StyleSelect(JOB, 40), f"style:{JOB}:4j", f"style:{_ID}:([1-4][bcdefghij]?)"),
    (
        StyledPictureSelect(JOB, [1, 5, 9, 2], 5),
        f"style-of:{JOB}:11b1c2",
        f"style-of:{_ID}:(([1-4][bcdefghij]?){{2,10}})",
    ),
    (HistoryPageButton(None, "◀ Back"), "history:newest", f"history:(newest|{_WAY})"),
    (
        HistoryPageButton(Way(Direction.OLDER, Mark(1769999999999, JOB)), "Older ▶"),
        f"history:older:1769999999999:{JOB}",
        f"history:(newest|{_WAY})",
    ),
    (HistorySelect(None, OPTIONS), "history-open:newest", f"history-open:(newest|{_WAY})"),
    (
        HistorySelect(Way(Direction.NEWER, Mark(0, JOB)), OPTIONS),
        f"history-open:newer:0:{JOB}",
        f"history-open:(newest|{_WAY})",
    ),
    (ShowButton(JOB), f"history-show:{JOB}", f"history-show:{_ID}"),
    (BlockButton(JOB), f"case-block:{JOB}", f"case-block:{_ID}"),
    (CaseDeleteButton(JOB, 0), f"case-delete:{JOB}:0", f"case-delete:{_ID}:{_ID}"),
    (AskModeratorButton(Period.MONTH), "ask-more:month", "ask-more:(day|month)"),
    (
        GrantButton(USER, CHANNEL, Period.DAY, 10**9),
        f"grant-more:{USER}:42:day:1000000000",
        f"grant-more:{_ID}:{_ID}:(day|month):{_ID}",
    ),
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
