"""The words that a server lists: a form to change them, opened from its rules."""

from dataclasses import replace
from typing import Annotated, Final

import discord

from bot.domain.moderation.actions import ActionKind
from bot.domain.moderation.server_rules import ServerRules
from bot.domain.moderation.words import LIST_MAX
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.fields import form_id, words_field, written_in
from bot.interactions.guard import guarded, privately
from bot.interactions.items import Button, Codec, PersistentItem
from bot.interactions.pages import page_of, row, show_page
from bot.interactions.pending import WORDS_TYPED
from bot.interactions.responses import open_modal
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.typed import typed_words
from bot.wording.case import unknown_form
from bot.wording.listed_words import (
    MEND_WORDS,
    WORDS,
    WORDS_HINT,
    WORDS_LABEL,
    WORDS_TITLE,
    words_changed,
    words_kept_text,
)

WORDS_FORM: Final = "listed-words"
"""The custom id of its form."""
_FIELD: Final = "words"
_ATTEMPT: Final = Attempt("/spend settings", ActionKind.SETTINGS)


class WordsButton(PersistentItem[Button], custom_id="words"):
    """Opens the form with the server's list."""

    def _draw(self) -> Button:
        return Button(label=WORDS)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open the form, if it is a moderator who clicks."""
        by = await require_moderator(interaction, _ATTEMPT)
        rules = await ModerationServices.of(interaction).moderation.rules(by.guild_id)
        await _open(interaction, "\n".join(rules.words))


class MendWordsButton(PersistentItem[Button], custom_id="words-mend:{key}"):
    """Opens the form once more, as it was typed."""

    key: Annotated[str, Codec("[0-9a-f-]{1,40}", str)]
    """Under which what was typed is pending."""

    def _draw(self) -> Button:
        return Button(label=MEND_WORDS, style=discord.ButtonStyle.primary)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open the form, while what was typed is kept."""
        await require_moderator(interaction, _ATTEMPT)
        pending = ModerationServices.of(interaction).pending
        await _open(interaction, await pending.peek(WORDS_TYPED, self.key, interaction))


def is_words_form(interaction: Interaction) -> bool:
    """Whether a sent form is a server's list."""
    return form_id(interaction) == WORDS_FORM


@privately
async def words_form_sent(interaction: Interaction) -> None:
    """Keep the list that a sent form holds; nothing of it where a line cannot be used."""
    by = await require_moderator(interaction, _ATTEMPT)
    if (written := written_in(interaction)) is None:
        raise unknown_form()
    entries = typed_words(written.get(_FIELD, ""))

    def listing(rules: ServerRules) -> ServerRules:
        return replace(rules, words=entries)

    moderation = ModerationServices.of(interaction).moderation
    await moderation.change_rules(by, listing, [words_changed(len(entries))])
    await show_page(interaction, page_of(words_kept_text(len(entries)), row(WordsButton())))


async def _open(interaction: Interaction, filled: str) -> None:
    form = discord.ui.Modal(title=WORDS_TITLE, custom_id=WORDS_FORM, timeout=None)
    form.add_item(
        words_field(
            _FIELD, WORDS_LABEL, longest=LIST_MAX, required=False, hint=WORDS_HINT, filled=filled[:LIST_MAX]
        )
    )
    await open_modal(interaction, form)
