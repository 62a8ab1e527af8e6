"""A result's case: shown from its message's menu, with buttons that lead to blocking its owner or deleting it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import discord
import structlog
from discord import app_commands

from bot.delivery.faults import BLOCKED_BY_AUTOMOD
from bot.domain.budgets import Account, Scope
from bot.domain.jobs import Job, result_named
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.refusals import Refusal
from bot.domain.standing import standing
from bot.features.moderation.picture_case import WhoseButton, picture_case
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.fields import short_field, words_field
from bot.interactions.guard import guarded, in_place, privately
from bot.interactions.items import Button, PersistentItem
from bot.interactions.message_pictures import results_in
from bot.interactions.pages import Part, divided, page_of, row, show_page
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
from bot.wording.owners import case_lines
from bot.wording.withheld import (
    DECIDE,
    KEEP_BACK,
    KEPT_BACK_TEXT,
    POST_WITHOUT_WORDS,
    RELEASED_TEXT,
    without_words,
)

_log = structlog.get_logger()
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


class ReleaseButton(PersistentItem[Button], custom_id="case-post:{job_id}"):
    """Posts a withheld result without its words."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=POST_WITHOUT_WORDS, style=discord.ButtonStyle.primary)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Have it posted, if it is a moderator who clicks."""
        by, job = await _withheld(interaction, self.job_id)
        services = ModerationServices.of(interaction)
        await services.moderation.release(by, job)
        services.jobs.deliver(job)
        await show_page(interaction, page_of(RELEASED_TEXT))


class KeepBackButton(PersistentItem[Button], custom_id="case-keep:{job_id}"):
    """Leaves a withheld result to its owner alone."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=KEEP_BACK)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Keep it back, if it is a moderator who clicks."""
        by, job = await _withheld(interaction, self.job_id)
        services = ModerationServices.of(interaction)
        await services.moderation.keep_back(by, job)
        services.jobs.show_end(job)
        await show_page(interaction, page_of(KEPT_BACK_TEXT))


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
    elif remembered := await services.disputes.in_message(by.guild_id, message.id):
        await show_page(interaction, picture_case(remembered))
        return
    else:
        raise no_result()
    job = await case_job(interaction, by, ActionKind.LOOK, job_id)
    line = await services.jobs.lineage(job.id)
    owner, allowance, own = job.account.user_id, None, None
    picture = await services.disputes.of_job(job)
    buttons: list[PersistentItem[Button]] = [ReleaseButton(job.id), KeepBackButton(job.id)] if job.withheld else []
    if owner > 0:
        roles = await fetched_role_ids(interaction, owner)
        account = Account(by.guild_id, owner)
        allowance = await services.moderation.allowance(account, roles)
        budgets = await services.jobs.budgets(account, roles)
        own = standing(each for each in budgets if each.scope is Scope.PERSON)
        buttons.append(BlockButton(job.id))
    if job.removed_at is None and job.succeeded and not job.withheld:
        buttons.append(CaseDeleteButton(job.id, message.id if result is not None else 0))
    if picture.remembered is not None:
        buttons.append(WhoseButton(picture.remembered.id))
    told = case_lines(picture.owner_ids, picture.question, picture.remembered)
    thumbnail = None
    if result is not None:
        shown = next(each for each in message.attachments if result_named(each.filename) == result)
        thumbnail = discord.ui.Thumbnail[Any](shown.url, spoiler=job.spoiler)

    def page(line: Sequence[Job], files: Sequence[discord.File]) -> discord.ui.LayoutView:
        head, *others = divided([*case_blocks(line, by.guild_id, allowance), *(["\n".join(told)] if told else [])])
        section = head if thumbnail is None else discord.ui.Section(head, accessory=thumbnail)
        return page_of(section, *others, *_withheld_part(files), row(*buttons), standing=own)

    await _show(interaction, job, line, page)


async def _show(
    interaction: Interaction,
    job: Job,
    line: Sequence[Job],
    page: Callable[[Sequence[Job], Sequence[discord.File]], discord.ui.LayoutView],
) -> None:
    """Show a case: with what is withheld, and with the words, unless Discord takes neither."""
    with_files = job.withheld
    while True:
        files = await _kept(interaction, job) if with_files else ()  # anew: discord.py closes what was refused
        try:
            await show_page(interaction, page(line, files), files)
        except discord.HTTPException as refused:
            _log.info("case.not_shown", interaction=interaction.id, reason=str(refused))
            if refused.code in BLOCKED_BY_AUTOMOD and (sayable := without_words(line)) != line:
                line = sayable
            elif files:
                with_files = False
            else:
                raise
        else:
            return


def _withheld_part(files: Sequence[discord.File]) -> Sequence[str | Part]:
    if not files:
        return ()
    gallery: Part = discord.ui.MediaGallery(*[discord.MediaGalleryItem(file, spoiler=True) for file in files])
    return DECIDE, gallery


async def _kept(interaction: Interaction, job: Job) -> Sequence[discord.File]:
    """Build the files of a withheld result; none where it is no longer kept."""
    services = ModerationServices.of(interaction)
    try:
        _, pictures = await services.history.pictures(job.account, job.id)
    except Refusal:
        return ()
    return (await services.kept_files(job, pictures, interaction.filesize_limit)).files


async def _withheld(interaction: Interaction, job_id: int) -> tuple[Moderator, Job]:
    """Give who decides about which result."""
    by = await require_moderator(interaction, case_attempt(ActionKind.RELEASE, job_id))
    return by, await case_job(interaction, by, ActionKind.RELEASE, job_id)


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
