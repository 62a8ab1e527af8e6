"""Hiding a result until it is clicked: for its owner and for moderators; nobody takes that back."""

from typing import Any, Final

import discord
from discord.http import Route

from bot.domain.jobs import Job
from bot.domain.moderation.actions import About, ActionKind
from bot.features.results.delete import moderates_there, require_shown
from bot.features.results.services import ResultServices
from bot.interactions import Interaction
from bot.interactions.responses import LOST
from bot.moderation.service import Moderator
from bot.wording.actions import hid_result
from bot.wording.picture_cards import not_hidden, not_yours_to_hide

_IS_SPOILER: Final = 1 << 3
"""Discord's number for a hidden file, among a file's flags."""


def may_hide(interaction: Interaction, job: Job, channel_id: int) -> bool:
    """Whether a person may hide a job's message: it is theirs, or they moderate there."""
    return job.account.user_id == interaction.user.id or moderates_there(interaction, job, channel_id)


async def hide(interaction: Interaction, job: Job, channel_id: int, message_id: int) -> None:
    """Hide a message's pictures, and all that stand for them elsewhere; raises `Refusal`."""
    if not may_hide(interaction, job, channel_id):
        raise not_yours_to_hide(job.account.user_id)
    await hide_message(interaction, job, channel_id, message_id)


async def hide_message(interaction: Interaction, job: Job, channel_id: int, message_id: int) -> None:
    """Hide a message's pictures, and record whose word it was; whether they may was asked before."""
    message = interaction.client.get_partial_messageable(channel_id).get_partial_message(message_id)
    shown = await require_shown(interaction, job, message)
    await _edit(interaction, shown)
    services, person = ResultServices.of(interaction), interaction.user.id
    first = await services.jobs.hidden(job)
    if first and job.account.user_id != person and interaction.guild_id is not None:
        by, about = Moderator(interaction.guild_id, person), (About.JOB, job.id)
        await services.moderation.did(by, ActionKind.HIDE, about, hid_result(job.account.user_id))


async def _edit(interaction: Interaction, shown: discord.Message) -> None:
    """Have Discord hide a message's files where they stand, which discord.py has no words for yet."""
    route = Route(
        "PATCH",
        "/channels/{channel_id}/messages/{message_id}",
        channel_id=shown.channel.id,
        message_id=shown.id,
    )
    files = [{"id": str(each.id), "is_spoiler": True} for each in shown.attachments]
    try:
        edited: dict[str, Any] = await interaction.client.http.request(route, json={"attachments": files})
    except (discord.HTTPException, *LOST) as failed:
        raise not_hidden() from failed
    if not all(each.get("flags", 0) & _IS_SPOILER for each in edited["attachments"]):
        raise not_hidden()  # what Discord does not know it leaves out without a word
