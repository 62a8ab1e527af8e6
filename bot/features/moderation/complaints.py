"""Reporting a picture: the menu, its form, and the buttons with which moderators answer in the log channel."""

import re
from typing import Any, Final

import discord
from discord import app_commands

from bot.domain.jobs import Job
from bot.domain.moderation.actions import ActionKind
from bot.domain.moderation.complaints import Grievance, Reported
from bot.domain.pictures.sources import MessageRef
from bot.features.moderation.case import BlockButton, CaseDeleteButton, case_attempt, case_job
from bot.features.moderation.posted import posted_at
from bot.features.moderation.services import ModerationServices
from bot.features.results.hiding import hide_message
from bot.interactions import Interaction
from bot.interactions.fields import choice_field, form_id, words_field, written_in
from bot.interactions.guard import guarded, in_place, privately
from bot.interactions.items import Button, PersistentItem, view_of
from bot.interactions.message_pictures import results_in
from bot.interactions.permissions import lacking, own_permissions
from bot.interactions.reach import job_of_status_message, reached
from bot.interactions.responses import open_modal, show
from bot.interactions.rights import require_moderator
from bot.moderation.service import Moderator
from bot.moderation.typed import REASON_MAX, checked_reason
from bot.orders.options import checked_choice
from bot.wording import complaints as words
from bot.wording.case import unknown_form
from bot.wording.picture_cards import SPOILER

REPORT_FORMS: Final = "report:"
"""What the custom ids of its forms begin with."""
_FORM: Final = re.compile(rf"{REPORT_FORMS}(?P<job>[0-9]{{1,20}}):(?P<message>[0-9]{{1,20}})")


def report_menu() -> app_commands.ContextMenu:
    """Build the menu that opens the form."""
    contexts = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
    return app_commands.ContextMenu(name=words.REPORT_PICTURE, callback=_report, allowed_contexts=contexts)


@guarded
async def _report(interaction: Interaction, message: discord.Message) -> None:
    """Open the form on the picture that a message shows, or that its preview stands for."""
    job, message_id = await _picture_in(interaction, message)
    await _require_reportable(interaction, job)
    await ModerationServices.of(interaction).complaints.require_open(message_id, interaction.user.id)
    form = discord.ui.Modal(title=words.TITLE, custom_id=f"{REPORT_FORMS}{job.id}:{message_id}", timeout=None)
    form.add_item(choice_field("grievance", words.GRIEVANCE, words.GRIEVANCES.items()))
    form.add_item(
        words_field("more", words.ANYTHING_ELSE, longest=REASON_MAX, required=False, hint=words.ANYTHING_ELSE_HINT)
    )
    await open_modal(interaction, form)


def is_report_form(interaction: Interaction) -> bool:
    """Whether a sent form reports a picture."""
    return form_id(interaction).startswith(REPORT_FORMS)


@privately
async def report_form_sent(interaction: Interaction) -> None:
    """Keep what a sent form says, and have moderators told."""
    match = _FORM.fullmatch(form_id(interaction))
    written = written_in(interaction)
    if match is None or written is None:
        raise unknown_form()
    job = await reached(interaction, int(match["job"]))
    await _require_reportable(interaction, job)
    chosen = checked_choice(words.REASON, written.get("grievance", ""), {str(each): each for each in Grievance})
    more = written.get("more", "").strip()
    said = checked_reason(more, words.ANYTHING_ELSE) if more else None
    services = ModerationServices.of(interaction)
    shown = MessageRef(*await posted_at(interaction, job, int(match["message"])))
    await services.complaints.file(job, shown, interaction.user.id, chosen, said)
    await show(interaction, words.thanks_text(chosen), None)


class HideReportedButton(PersistentItem[Button], custom_id="reported-hide:{message_id}"):
    """Hides a reported picture until it is clicked; for moderators."""

    message_id: int

    def _draw(self) -> Button:
        return Button(label=SPOILER)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Hide it, once."""
        _, reported = await _answered_by(interaction, ActionKind.HIDE, self.message_id)
        if reported.job.spoiler:
            raise words.hidden_before()
        await hide_message(interaction, reported.job, reported.shown.channel_id, reported.shown.message_id)


class NothingWrongButton(PersistentItem[Button], custom_id="reported-clear:{message_id}"):
    """Says that nothing is wrong with a reported picture; for moderators."""

    message_id: int

    def _draw(self) -> Button:
        return Button(label=words.NOTHING_WRONG)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Record it, once."""
        by, reported = await _answered_by(interaction, ActionKind.CLEAR, self.message_id)
        await ModerationServices.of(interaction).complaints.clear(by, reported)


def answer_buttons(reported: Reported) -> discord.ui.View:
    """Draw the buttons of what moderators can still do about a reported picture."""
    job, message_id = reported.job, reported.shown.message_id
    buttons: list[PersistentItem[Any]] = []
    if not reported.settled:
        buttons += [] if job.spoiler else [HideReportedButton(message_id)]
        buttons.append(CaseDeleteButton(job.id, message_id))
    if reported.cleared_by is None and job.account.user_id > 0 and not reported.owner_blocked:
        buttons.append(BlockButton(job.id))
    if not reported.settled:
        buttons.append(NothingWrongButton(message_id))
    return view_of(*buttons)


async def _picture_in(interaction: Interaction, message: discord.Message) -> tuple[Job, int]:
    """Give the job whose pictures a message shows, and the message that has them; raises `Refusal`."""
    if interaction.guild_id is None:
        raise words.no_moderators_here()
    if found := results_in(message, interaction.client.user):
        return await reached(interaction, found[0].job_id), message.id
    job = await job_of_status_message(interaction, message)
    if job is None or job.result_id is None or not job.result_guild_id:
        raise words.no_picture_of_mine()
    return job, job.result_id


async def _require_reportable(interaction: Interaction, job: Job) -> None:
    """Raise `Refusal` where nothing would come of reporting a job's picture."""
    if interaction.guild_id is None:
        raise words.no_moderators_here()
    if job.account.user_id == interaction.user.id:
        raise words.your_own()
    if job.erased_at is not None:
        raise words.no_longer_known()
    if job.removed_at is not None:
        raise words.deleted_already()
    rules = await ModerationServices.of(interaction).moderation.rules(interaction.guild_id)
    if rules.log_channel_id is None or not _is_open(interaction.guild, rules.log_channel_id):
        raise words.no_log_channel()


def _is_open(guild: discord.Guild | None, channel_id: int) -> bool:
    """Whether the bot can write in a log channel, as far as it knows that channel."""
    channel = None if guild is None else guild.get_channel_or_thread(channel_id)
    return channel is None or not lacking(own_permissions(channel), in_thread=isinstance(channel, discord.Thread))


async def _answered_by(interaction: Interaction, kind: ActionKind, message_id: int) -> tuple[Moderator, Reported]:
    """Give who answers what was reported, and that; raises `Refusal` where they may not, or it is gone."""
    reported = await ModerationServices.of(interaction).complaints.of(message_id)
    if reported is None:
        raise words.no_longer_kept()
    by = await require_moderator(interaction, case_attempt(kind, reported.job.id))
    await case_job(interaction, by, kind, reported.job.id)
    return by, reported
