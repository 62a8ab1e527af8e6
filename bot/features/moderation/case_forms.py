"""The sent forms of a result's case: its owner is blocked, or it is deleted, as the custom id says."""

import re
from typing import Final

from bot.domain.jobs import Job
from bot.domain.moderation.actions import ActionKind
from bot.features.moderation.case import CASE_FORMS, case_attempt, case_job
from bot.features.moderation.posted import posted_at
from bot.features.moderation.services import ModerationServices
from bot.features.results.delete import delete_message
from bot.features.results.emptied import take_empty_thread_away
from bot.interactions import Interaction
from bot.interactions.fields import Written, form_id, written_in
from bot.interactions.guard import privately
from bot.interactions.responses import show
from bot.interactions.rights import require_moderator
from bot.moderation.service import Moderator
from bot.moderation.typed import checked_reason, typed_days
from bot.orders.removal import require_may_remove
from bot.wording.blocks import blocked_text
from bot.wording.case import TOLD_REFUSED, owner_not_known, unknown_form
from bot.wording.removal import removal_done

_ID: Final = re.compile(
    rf"{CASE_FORMS}(?:block:(?P<block>[0-9]{{1,20}})|delete:(?P<delete>[0-9]{{1,20}}):(?P<message>[0-9]{{1,20}}))"
)


def is_case_form(interaction: Interaction) -> bool:
    """Whether a sent form belongs to a case."""
    return form_id(interaction).startswith(CASE_FORMS)


@privately
async def case_form_sent(interaction: Interaction) -> None:
    """Do what a sent form asks for."""
    match = _ID.fullmatch(form_id(interaction))
    written = written_in(interaction)
    if match is None or written is None:
        raise unknown_form()
    kind = ActionKind.DELETE if match["delete"] else ActionKind.BLOCK
    job_id = int(match["delete"] or match["block"])

    by = await require_moderator(interaction, case_attempt(kind, job_id))
    job = await case_job(interaction, by, kind, job_id)
    if kind is ActionKind.BLOCK:
        await _block(interaction, by, job, written)
    else:
        await _delete(interaction, by, job, int(match["message"]), written)


async def _block(interaction: Interaction, by: Moderator, job: Job, written: Written) -> None:
    if job.account.user_id < 0:
        raise owner_not_known()
    reason, tell = checked_reason(written.get("reason", "")), written.get("tell", "").strip()
    days = typed_days(written.get("days", ""))
    told = checked_reason(tell, TOLD_REFUSED) if tell else None
    services = ModerationServices.of(interaction)
    block = await services.moderation.block(by, job.account.user_id, reason, days, told)
    await show(interaction, blocked_text(block), None)
    await services.complaints.has_changed(job)


async def _delete(interaction: Interaction, by: Moderator, job: Job, message_id: int, written: Written) -> None:
    reason = checked_reason(written.get("reason", ""))
    require_may_remove(job, by.user_id, moderates=True)
    channel_id, message_id = await posted_at(interaction, job, message_id)
    fate = await delete_message(interaction, job, channel_id, message_id, reason)
    await show(interaction, removal_done(job, message_id, fate), None)
    await ModerationServices.of(interaction).complaints.has_changed(job)
    await take_empty_thread_away(interaction, job, fate)
