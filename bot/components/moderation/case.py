"""A result's case: shown from its message's menu, with buttons that lead to blocking its owner or deleting it."""

import re
from typing import Any, Final, Self

import discord

from bot.components.acknowledging import change
from bot.components.desk import desk_of
from bot.components.forms.fields import short_field, words_field
from bot.components.moderation.people import fetched_role_ids
from bot.components.moderation.rights import SPEND_CASE, Tried
from bot.domain.budgets import Account
from bot.domain.jobs import Job, result_named
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.moderation.typed import REASON_MAX
from bot.domain.orders.repeats import require_id, unknown_job
from bot.domain.refusals import Refusal, Refuser
from bot.moderation.service import Moderator
from bot.usage.case import case_text

Interaction = discord.Interaction[Any]
Button = discord.ui.Button[discord.ui.View]
CASE_FORMS: Final = "case:"
"""What the custom ids of its forms begin with."""
_DAYS_DIGITS: Final = 3


class BlockButton(discord.ui.DynamicItem[Button], template=r"case-block:(?P<job_id>[0-9]{1,20})"):
    """Opens the form that blocks whoever asked for a result."""

    def __init__(self, job_id: int) -> None:
        style = discord.ButtonStyle.danger
        super().__init__(discord.ui.Button(label="Block…", style=style, custom_id=f"case-block:{job_id}"))
        self._job_id = job_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["job_id"]))

    async def callback(self, interaction: Interaction) -> None:
        """Open the form, if it is a moderator who clicks."""
        form = discord.ui.Modal(
            title="Block its owner", custom_id=f"{CASE_FORMS}block:{self._job_id}", timeout=None
        )
        form.add_item(_reason("Why; moderators alone see it"))
        form.add_item(
            words_field(
                "tell", "What they are told", longest=REASON_MAX, required=False, hint="only that they are blocked"
            )
        )
        form.add_item(
            short_field("days", "For how many days", longest=_DAYS_DIGITS, hint="until somebody lifts it")
        )
        await _open(interaction, form, case_tried(ActionKind.BLOCK, self._job_id), self._job_id)


class CaseDeleteButton(
    discord.ui.DynamicItem[Button],
    template=r"case-delete:(?P<job_id>[0-9]{1,20}):(?P<message_id>[0-9]{1,20})",
):
    """Opens the form that deletes a result."""

    def __init__(self, job_id: int, message_id: int) -> None:
        style = discord.ButtonStyle.danger
        custom_id = f"case-delete:{job_id}:{message_id}"
        super().__init__(discord.ui.Button(label="Delete…", style=style, custom_id=custom_id))
        self._job_id = job_id
        self._message_id = message_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["job_id"]), int(match["message_id"]))

    async def callback(self, interaction: Interaction) -> None:
        """Open the form, if it is a moderator who clicks."""
        custom_id = f"{CASE_FORMS}delete:{self._job_id}:{self._message_id}"
        form = discord.ui.Modal(title="Delete it for everybody", custom_id=custom_id, timeout=None)
        form.add_item(_reason("Why; the record keeps it"))
        await _open(interaction, form, case_tried(ActionKind.DELETE, self._job_id), self._job_id)


async def show_case(interaction: Interaction, message: discord.Message, head_id: int, by: Moderator) -> None:
    """Fill an interaction's answer with the case of the result that a message shows, or of the job of a head."""
    desk = desk_of(interaction)
    named = (
        [result_named(each.filename) for each in message.attachments] if desk.finder.reader.wrote(message) else []
    )
    result = next((each for each in named if each is not None), None)
    if result is not None:
        job_id = result.job_id
    elif desk.finder.reader.wrote(message) and (headed := await desk.service.with_head(head_id)):
        job_id = headed.id
    else:
        raise _no_result()
    job = await case_job(interaction, by, ActionKind.LOOK, job_id)
    line = await desk.service.lineage(job.id)
    owner = job.account.user_id
    allowance = None
    view = discord.ui.View(timeout=None)
    if owner > 0:
        roles = await fetched_role_ids(interaction, owner)
        allowance = await desk.moderation.allowance(Account(by.guild_id, owner), roles)
        view.add_item(BlockButton(job.id))
    if job.removed_at is None and job.succeeded:
        view.add_item(CaseDeleteButton(job.id, message.id if result is not None else 0))
    await change(interaction, case_text(line, by.guild_id, allowance), view if view.children else None)


async def case_job(interaction: Interaction, by: Moderator, kind: ActionKind, job_id: int) -> Job:
    """Read a job of the moderator's own server; raises `Refusal` for any other, and records the attempt."""
    desk = desk_of(interaction)
    job = await desk.service.known(require_id(job_id))
    if job.account.guild_id != by.guild_id:
        await desk.moderation.refused(
            by, kind, (About.JOB, job.id), "tried to reach a job that is not of this server"
        )
        raise unknown_job()
    return job


def case_tried(kind: ActionKind, job_id: int) -> Tried:
    """Name what somebody tries with a case's button or form."""
    return Tried(SPEND_CASE, kind, About.JOB, job_id)


async def _open(interaction: Interaction, form: discord.ui.Modal, tried: Tried, job_id: int) -> None:
    desk = desk_of(interaction)

    async def show() -> None:
        by = await desk.rights.require(interaction, tried)
        await case_job(interaction, by, tried.kind, job_id)
        form.stop()  # else discord.py would keep it for good, and handle it a second time
        await interaction.response.send_modal(form)

    await desk.answers.open(interaction, show)


def _reason(hint: str) -> Any:
    return words_field("reason", "Reason", longest=REASON_MAX, required=True, hint=hint)


def _no_result() -> Refusal:
    return Refusal(
        Refuser.BOT,
        "this: that message shows no result of this bot's",
        "A case is about a picture that somebody has asked this bot for.",
        "Choose the message with the picture, or the one above its thread.",
    )
