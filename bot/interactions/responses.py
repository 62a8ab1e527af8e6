"""The answers to an interaction: what Discord took of the first one, and how something is said or filled in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from json import JSONDecodeError
from typing import Any, Final

import aiohttp
import discord
import structlog

from bot.interactions import Interaction
from bot.wording.trouble import answer_not_shown, answer_not_taken

_log = structlog.get_logger()
_ALREADY_ACKNOWLEDGED: Final = 40060
_UNKNOWN_INTERACTION: Final = 10062
_ANSWERED_OR_TOO_LATE: Final = frozenset({_ALREADY_ACKNOWLEDGED, _UNKNOWN_INTERACTION})
"""Another handler of a replayed event was first, or Discord has given up: the person sees which."""
LOST: Final = (aiohttp.ClientError, OSError, TimeoutError, JSONDecodeError)
"""No answer came, or none that can be read; Discord may have done what it was asked."""


@contextmanager
def answering() -> Iterator[None]:
    """Turn Discord's being away while it is given an answer into a `Refusal`; what it refuses stays as it is."""
    try:
        yield
    except (discord.DiscordServerError, *LOST) as away:
        raise answer_not_taken() from away


async def tell(interaction: Interaction, text: str, view: discord.ui.View = discord.utils.MISSING) -> None:
    """Answer at once with a text that only the asking person sees, and perhaps with buttons under it."""
    with first_answer(interaction):
        await interaction.response.send_message(
            text, ephemeral=True, view=view, allowed_mentions=discord.AllowedMentions.none()
        )


async def open_modal(interaction: Interaction, form: discord.ui.Modal) -> None:
    """Answer at once with a form."""
    form.stop()  # else discord.py would keep it for good, and handle it a second time
    with first_answer(interaction):
        await interaction.response.send_modal(form)


@contextmanager
def first_answer(interaction: Interaction) -> Iterator[None]:
    """Give an interaction's first answer; one that comes second or too late is nobody's any more."""
    with answering():
        try:
            yield
        except discord.HTTPException as refused:
            if refused.code not in _ANSWERED_OR_TOO_LATE:
                raise
            _log.warning("interaction.not_begun", interaction=interaction.id, reason=str(refused))


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What became of an acknowledgement."""

    refused: bool
    status_message_id: int | None


async def acknowledge(interaction: Interaction) -> Acknowledged:
    """Show that the bot works on it; where the answer is lost, Discord may have taken it, and the job goes on."""
    try:
        response = await interaction.response.defer(thinking=True)
    except discord.HTTPException as error:
        _log.warning("interaction.not_deferred", interaction=interaction.id, reason=str(error))
        # the other handler of a replayed event has acknowledged it
        if error.code == _ALREADY_ACKNOWLEDGED:
            return Acknowledged(refused=False, status_message_id=None)
        if error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return Acknowledged(refused=True, status_message_id=None)
        return await _looked_up(interaction)
    except LOST as error:
        _log.warning("interaction.defer_lost", interaction=interaction.id, reason=repr(error))
        return await _looked_up(interaction)
    return Acknowledged(refused=False, status_message_id=response.message_id if response else None)


async def _looked_up(interaction: Interaction) -> Acknowledged:
    """Ask Discord whether an acknowledgement arrived whose answer was lost; if it cannot tell, the job goes on."""
    try:
        return Acknowledged(refused=False, status_message_id=(await interaction.original_response()).id)
    except discord.NotFound:
        return Acknowledged(refused=True, status_message_id=None)
    except (discord.HTTPException, *LOST) as error:
        _log.warning("interaction.not_looked_up", interaction=interaction.id, reason=repr(error))
        return Acknowledged(refused=False, status_message_id=None)


async def acknowledge_in_place(interaction: Interaction) -> bool:
    """Take a click without a new message; False where it failed for all to see, or another handler has it."""
    return await _deferred(interaction, thinking=False)


async def acknowledge_alone(interaction: Interaction) -> bool:
    """Show its person alone that the bot works on it; False where that failed, or another handler has it."""
    return await _deferred(interaction, thinking=True)


async def _deferred(interaction: Interaction, *, thinking: bool) -> bool:
    try:
        await interaction.response.defer(thinking=thinking, ephemeral=thinking)
    except discord.HTTPException as error:
        _log.warning("interaction.not_deferred", interaction=interaction.id, reason=str(error))
        return error.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    except LOST as error:
        _log.warning("interaction.defer_lost", interaction=interaction.id, reason=repr(error))
    return True


async def say_beside(
    interaction: Interaction, text: str | None, view: discord.ui.View | discord.ui.LayoutView
) -> None:
    """Say something in private after a click in place; the message that was clicked stays as it is."""
    await interaction.followup.send(**_in_private(text, view))


def _in_private(text: str | None, view: discord.ui.View | discord.ui.LayoutView) -> dict[str, Any]:
    # a layout has its text in itself, and stands alone
    said = {} if text is None else {"content": text}
    return {**said, "ephemeral": True, "view": view, "allowed_mentions": discord.AllowedMentions.none()}


async def show(interaction: Interaction, text: str, view: discord.ui.View | None) -> None:
    """Show a text in the announced answer, or in the private message that was clicked.

    Where that cannot be, as in an archived thread, it is said beside. Raises `Refusal` where Discord is away.
    """
    nobody = discord.AllowedMentions.none()
    with answering():
        try:
            await interaction.edit_original_response(content=text, view=view, allowed_mentions=nobody)
        except discord.DiscordServerError:
            raise
        except discord.HTTPException as refused:
            _log.info("interaction.not_changed", interaction=interaction.id, reason=str(refused))
            await say_beside(interaction, text, discord.utils.MISSING if view is None else view)


async def say_alone(
    interaction: Interaction, text: str | None, view: discord.ui.View | discord.ui.LayoutView
) -> None:
    """Say something in private, whatever was answered before; a public answer goes."""
    said = _in_private(text, view)
    if not interaction.response.is_done():
        try:
            await interaction.response.send_message(**said)
        except discord.HTTPException as error:
            if error.code != _ALREADY_ACKNOWLEDGED:
                raise
            # a deferral whose answer was lost: Discord has taken it
        else:
            return
    # a public answer cannot become a private one
    await _delete_answer(interaction)
    await interaction.followup.send(**said)


async def _delete_answer(interaction: Interaction) -> None:
    with suppress(discord.NotFound):
        try:
            await interaction.delete_original_response()
        except LOST:
            # where it still stands, what follows would fill it for everybody to see
            await interaction.delete_original_response()


@contextmanager
def showing(command: str) -> Iterator[None]:
    """Turn what discord.py raises into words for people, who may type the command again."""
    try:
        yield
    except (discord.HTTPException, *LOST) as failed:
        raise answer_not_shown(command) from failed


async def fill(
    interaction: Interaction,
    text: str,
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
) -> None:
    """Fill the answer that was announced; raises what discord.py does."""
    await interaction.edit_original_response(
        content=text, view=view, attachments=list(files), allowed_mentions=discord.AllowedMentions.none()
    )
