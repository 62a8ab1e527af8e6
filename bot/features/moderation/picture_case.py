"""Whose a picture is, where that is disputed: the button in its case, and the form where a moderator says it."""

import re
from typing import Final

import discord

from bot.domain.moderation.actions import About, ActionKind
from bot.domain.pictures.ownership import Remembered
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.fields import choice_field, form_id, short_field, words_field, written_in
from bot.interactions.guard import guarded, privately
from bot.interactions.items import Button, PersistentItem
from bot.interactions.pages import page_of, row
from bot.interactions.people import member_name
from bot.interactions.responses import open_modal, show
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.typed import REASON_MAX, checked_reason
from bot.orders.repeats import require_id
from bot.wording import owners as says
from bot.wording.case import REASON, SPEND_CASE, unknown_form

PICTURE_FORMS: Final = "picture-case:"
"""What the custom ids of its forms begin with."""
_FORM: Final = re.compile(rf"{PICTURE_FORMS}(?P<picture>[0-9]{{1,18}})")
_ID: Final = re.compile(r"[1-9][0-9]{0,18}")
_ID_DIGITS: Final = 19
_CHOICES_MAX: Final = 10
_ATTEMPT: Final = Attempt(SPEND_CASE, ActionKind.SETTLE, About.GUILD)


class WhoseButton(PersistentItem[Button], custom_id="case-whose:{picture_id}"):
    """Opens the form that says whose a picture is."""

    picture_id: int

    def _draw(self) -> Button:
        return Button(label=says.WHOSE)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open the form, if it is a moderator who clicks."""
        by = await require_moderator(interaction, _ATTEMPT)
        picture_id = require_id(self.picture_id)
        remembered = await ModerationServices.of(interaction).disputes.remembered(by.guild_id, picture_id)
        owners = list(dict.fromkeys(each.owner_id for each in remembered.posted if each.owner_id > 0))
        names = [(str(each), await member_name(interaction, each)) for each in owners[:_CHOICES_MAX]]
        form = discord.ui.Modal(
            title=says.WHOSE_TITLE, custom_id=f"{PICTURE_FORMS}{self.picture_id}", timeout=None
        )
        if names:
            form.add_item(choice_field("owner", says.WHOSE_ONE, names, hint=says.WHOSE_ONE_HINT))
        form.add_item(short_field("other", says.WHOSE_OTHER, longest=_ID_DIGITS, hint=says.WHOSE_OTHER_HINT))
        form.add_item(
            words_field("reason", REASON, longest=REASON_MAX, required=True, hint=says.WHOSE_REASON_HINT)
        )
        await open_modal(interaction, form)


def picture_case(remembered: Remembered) -> discord.ui.LayoutView:
    """Build the case of a picture that somebody has posted, and of which nothing has been made in its message."""
    return page_of(f"**{SPEND_CASE}**", *says.remembered_lines(remembered), row(WhoseButton(remembered.id)))


def is_picture_case_form(interaction: Interaction) -> bool:
    """Whether a sent form says whose a picture is."""
    return form_id(interaction).startswith(PICTURE_FORMS)


@privately
async def picture_case_form_sent(interaction: Interaction) -> None:
    """Write down whose a picture is."""
    match, written = _FORM.fullmatch(form_id(interaction)), written_in(interaction)
    if match is None or written is None:
        raise unknown_form()
    by = await require_moderator(interaction, _ATTEMPT)
    named = written.get("other", "").strip() or written.get("owner", "")
    if not _ID.fullmatch(named):
        raise says.nobody_named()
    reason = checked_reason(written.get("reason", ""))
    await ModerationServices.of(interaction).disputes.settle(by, int(match["picture"]), int(named), reason)
    await show(interaction, says.settled_text(int(named)), None)
