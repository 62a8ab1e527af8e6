"""What a message is answered with that may be an order: buttons for its writer alone, for two minutes.

All that a button must know stands in its custom id; the words are read once more from the message itself, so that
it works after a restart, and nothing is kept of a question that nobody answers.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Final

import discord

from bot.domain.kinds import Kind
from bot.domain.pictures.sources import ResultRef
from bot.domain.preferences import Replies
from bot.domain.prices import Price
from bot.domain.replies.picture_numbers import NamedPicture
from bot.features.generation.forms.opening import open_form
from bot.features.generation.replies.edits import CHOICES_MAX, MessageEdits, count_of, named_in
from bot.features.generation.replies.notes import Notes
from bot.interactions import Interaction
from bot.interactions.guard import guarded, in_place
from bot.interactions.items import Button, Codec, PersistentItem, view_of
from bot.interactions.ordering import Ordering
from bot.interactions.origins import role_ids_of
from bot.interactions.reach import reached
from bot.interactions.responses import answering, say_beside
from bot.wording import reply_questions as asks

STANDS_FOR: Final = 120.0
"""Seconds."""
_PER_ROW: Final = 5
_NUMBER: Final = Codec("[0-9]{1,2}", int)
"""Of a picture, from 1; 0 leaves it open."""


class EditItButton(PersistentItem[Button], custom_id="reply-edit:{message_id}:{writer_id}:{number}"):
    """Carries out what a message says, for one of the pictures that it is about."""

    message_id: int
    writer_id: int
    number: Annotated[int, _NUMBER]
    label: str = ""
    in_row: int = 0

    def _draw(self) -> Button:
        return Button(label=self.label, style=discord.ButtonStyle.primary, row=self.in_row)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Order the edit, and take the question away."""
        await _require_open(interaction, self.message_id, self.writer_id)
        await _carry_out(interaction, self.message_id, self.number)
        await _take_away(interaction)


class AlwaysEditButton(PersistentItem[Button], custom_id="reply-always:{message_id}:{writer_id}:{number}"):
    """Does the same, and from now on without asking."""

    message_id: int
    writer_id: int
    number: Annotated[int, _NUMBER]

    def _draw(self) -> Button:
        return Button(label=asks.ALWAYS)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Remember it, order the edit, and take the question away."""
        await _require_open(interaction, self.message_id, self.writer_id)
        await MessageEdits.of(interaction).remember(interaction.user.id, Replies.EDIT)
        await _carry_out(interaction, self.message_id, self.number)
        await _take_away(interaction)
        await say_beside(interaction, asks.ALWAYS_FROM_NOW_ON, discord.utils.MISSING)


class NeverEditButton(PersistentItem[Button], custom_id="reply-never:{message_id}:{writer_id}"):
    """Has no reply of its writer's edit anything from now on."""

    message_id: int
    writer_id: int
    in_row: int = 0

    def _draw(self) -> Button:
        return Button(label=asks.NEVER, row=self.in_row)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Remember it, and take the question away."""
        await _require_open(interaction, self.message_id, self.writer_id)
        await MessageEdits.of(interaction).remember(interaction.user.id, Replies.NEVER)
        await _take_away(interaction)
        bot = interaction.client.user.mention if interaction.client.user else ""
        await say_beside(interaction, asks.never_from_now_on(bot), discord.utils.MISSING)


class WriteItButton(PersistentItem[Button], custom_id="reply-write:{job_id}:{position}"):
    """Opens the form of an edit of a result, for words that Discord hides, or that are missing."""

    job_id: int
    position: Annotated[int, _NUMBER]

    def _draw(self) -> Button:
        return Button(label=asks.WRITE, emoji=asks.WRITE_EMOJI, style=discord.ButtonStyle.primary)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open the form; what it costs is for the person who sends it."""
        await Ordering.of(interaction).require_welcome(interaction)
        job = await reached(interaction, self.job_id)
        await open_form(interaction, Kind.EDIT, job, only=self.position or None)


def whether(message: discord.Message, number: int, price: Price) -> discord.ui.View:
    """Build what stands under the question whether a message is an order."""
    known = (message.id, message.author.id)
    return view_of(
        EditItButton(*known, number, asks.edit_it(price)),
        AlwaysEditButton(*known, number),
        NeverEditButton(*known),
    )


def which(message: discord.Message, of: int, price: Price, *, unclear: bool) -> discord.ui.View:
    """Build what stands under the question which of several pictures is meant, and perhaps whether any is."""
    view = view_of(*_choices(message, min(of, CHOICES_MAX), price))
    if unclear:
        view.add_item(NeverEditButton(message.id, message.author.id, in_row=2))
    return view


def writing(message: discord.Message, job_id: int) -> discord.ui.View:
    """Build what stands under the answer to a message whose words Discord hides."""
    return view_of(WriteItButton(job_id, 0), NeverEditButton(message.id, message.author.id))


def writing_of(result: ResultRef) -> discord.ui.View:
    """Build what stands under the answer to a message that names a picture and says no more."""
    return view_of(WriteItButton(result.job_id, result.position))


def _choices(message: discord.Message, of: int, price: Price) -> Iterator[EditItButton]:
    for number in range(1, of + 1):
        label = asks.edit_number(number, price)
        yield EditItButton(message.id, message.author.id, number, label, in_row=(number - 1) // _PER_ROW)


async def _require_open(interaction: Interaction, message_id: int, writer_id: int) -> None:
    """Raise `Refusal` for anybody but the writer, and where the question is over, which then goes."""
    if interaction.user.id != writer_id:
        raise asks.not_yours(writer_id)
    asked, pressed = map(discord.utils.snowflake_time, (message_id, interaction.id))  # hosts' clocks may differ
    if (pressed - asked).total_seconds() >= STANDS_FOR:
        await _take_away(interaction)
        raise asks.question_over()


async def _carry_out(interaction: Interaction, message_id: int, number: int) -> None:
    """Order what the message says of a picture, as if it had been plain; raises `Refusal`."""
    edits, channel = MessageEdits.of(interaction), interaction.channel
    if not isinstance(channel, discord.abc.Messageable):
        raise asks.question_over()
    heard = await edits.heard_again(channel, message_id)
    if heard.message.author.id != interaction.user.id:  # only a hand-made client asks for others
        raise asks.not_yours(heard.message.author.id)
    await edits.require_taken_here(heard.message, channel)
    shown = await edits.shown_to(heard, channel)
    if shown is None or number not in range(1, max(1, count_of(shown)) + 1):
        raise asks.question_over()
    named = named_in(heard, count_of(shown)) or NamedPicture(number, heard.words)
    await edits.order(heard, channel, shown, replace(named, number=number), role_ids_of(interaction.user))


async def _take_away(interaction: Interaction) -> None:
    """Delete the question, which nothing has to delete later."""
    if interaction.message is not None:
        Notes.of(interaction).forget(interaction.message.id)
    with answering(), suppress(discord.NotFound):  # gone with another press
        await interaction.delete_original_response()
