"""A result's case: shown from its message's menu, with buttons that lead to blocking its owner or deleting it."""

from typing import Any, Final

import discord
from discord import app_commands

from bot.domain.budgets import Account, Scope
from bot.domain.jobs import Job, result_named
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.standing import standing
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.fields import short_field, words_field
from bot.interactions.guard import guarded, privately
from bot.interactions.items import Button, PersistentItem
from bot.interactions.message_pictures import results_in
from bot.interactions.pages import divided, page_of, row, show_page
from bot.interactions.people import fetched_role_ids
from bot.interactions.reach import job_of_status_message
from bot.interactions.responses import open_modal
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.service import Moderator
from bot.moderation.typed import REASON_MAX
from bot.orders.repeats import require_id
from bot.wording.actions import TRIED_FOREIGN_JOB
from bot.wording.case import (
    BLOCK,
    BLOCK_REASON_HINT,
    BLOCK_TITLE,
    DAYS,
    DAYS_HINT,
    DELETE,
    DELETE_REASON_HINT,
    DELETE_TITLE,
    REASON,
    SPEND_CASE,
    TOLD,
    TOLD_HINT,
    case_blocks,
    no_result,
)
from bot.wording.jobs import unknown_job

CASE_FORMS: Final = "case:"
"""What the custom ids of its forms begin with."""
_DAYS_DIGITS: Final = 3


def case_menu() -> app_commands.ContextMenu:
    """Build the menu that opens a case."""
    contexts = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
    menu = app_commands.ContextMenu(name=SPEND_CASE, callback=_case, allowed_contexts=contexts)
    menu.default_permissions = discord.Permissions(manage_guild=True)
    return menu


class BlockButton(PersistentItem[Button], custom_id="case-block:{job_id}"):
    """Opens the form that blocks whoever asked for a result."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=BLOCK, style=discord.ButtonStyle.danger)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open the form, if it is a moderator who clicks."""
        form = discord.ui.Modal(title=BLOCK_TITLE, custom_id=f"{CASE_FORMS}block:{self.job_id}", timeout=None)
        form.add_item(_reason(BLOCK_REASON_HINT))
        form.add_item(words_field("tell", TOLD, longest=REASON_MAX, required=False, hint=TOLD_HINT))
        form.add_item(short_field("days", DAYS, longest=_DAYS_DIGITS, hint=DAYS_HINT))
        await _open(interaction, form, case_attempt(ActionKind.BLOCK, self.job_id), self.job_id)


class CaseDeleteButton(PersistentItem[Button], custom_id="case-delete:{job_id}:{message_id}"):
    """Opens the form that deletes a result."""

    job_id: int
    message_id: int
    """0 where the case was opened on the job's status message."""

    def _draw(self) -> Button:
        return Button(label=DELETE, style=discord.ButtonStyle.danger)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open the form, if it is a moderator who clicks."""
        custom_id = f"{CASE_FORMS}delete:{self.job_id}:{self.message_id}"
        form = discord.ui.Modal(title=DELETE_TITLE, custom_id=custom_id, timeout=None)
        form.add_item(_reason(DELETE_REASON_HINT))
        await _open(interaction, form, case_attempt(ActionKind.DELETE, self.job_id), self.job_id)


@privately
async def _case(interaction: Interaction, message: discord.Message) -> None:
    """Fill the answer with the case of the result that a message shows, or of the job of a status message."""
    by = await require_moderator(interaction, Attempt(SPEND_CASE, ActionKind.LOOK))
    services = ModerationServices.of(interaction)
    result = next(iter(results_in(message, interaction.client.user)), None)
    if result is not None:
        job_id = result.job_id
    elif waiting := await job_of_status_message(interaction, message):
        job_id = waiting.id
    else:
        raise no_result()
    job = await case_job(interaction, by, ActionKind.LOOK, job_id)
    line = await services.jobs.lineage(job.id)
    owner, allowance, own = job.account.user_id, None, None
    buttons: list[BlockButton | CaseDeleteButton] = []
    if owner > 0:
        roles = await fetched_role_ids(interaction, owner)
        account = Account(by.guild_id, owner)
        allowance = await services.moderation.allowance(account, roles)
        budgets = await services.jobs.budgets(account, roles)
        own = standing(each for each in budgets if each.scope is Scope.PERSON)
        buttons.append(BlockButton(job.id))
    if job.removed_at is None and job.succeeded:
        buttons.append(CaseDeleteButton(job.id, message.id if result is not None else 0))
    head, *others = divided(case_blocks(line, by.guild_id, allowance))
    if result is not None:
        shown = next(each for each in message.attachments if result_named(each.filename) == result)
        head = discord.ui.Section(head, accessory=discord.ui.Thumbnail(shown.url, spoiler=job.spoiler))
    await show_page(interaction, page_of(head, *others, row(*buttons), standing=own))


async def case_job(interaction: Interaction, by: Moderator, kind: ActionKind, job_id: int) -> Job:
    """Read a job of the moderator's own server; raises `Refusal` for any other, and records the attempt."""
    services = ModerationServices.of(interaction)
    job = await services.jobs.known(require_id(job_id))
    if job.account.guild_id != by.guild_id:
        await services.moderation.refused(by, kind, (About.JOB, job.id), TRIED_FOREIGN_JOB)
        raise unknown_job()
    return job


def case_attempt(kind: ActionKind, job_id: int) -> Attempt:
    """Name what somebody tries with a case's button or form."""
    return Attempt(SPEND_CASE, kind, About.JOB, job_id)


async def _open(interaction: Interaction, form: discord.ui.Modal, attempt: Attempt, job_id: int) -> None:
    by = await require_moderator(interaction, attempt)
    await case_job(interaction, by, attempt.kind, job_id)
    await open_modal(interaction, form)


def _reason(hint: str) -> Any:
    return words_field("reason", REASON, longest=REASON_MAX, required=True, hint=hint)
