"""A result's case, for moderators: who asked for it, from what, what each cost, what holds; and its forms."""

from collections.abc import Sequence
from typing import Final

from bot.domain.jobs import Job
from bot.domain.moderation.in_force import Allowance
from bot.domain.refusals import Refusal, Refuser
from bot.wording.history import small_facts
from bot.wording.limits import allowance_lines
from bot.wording.lineage import with_origins
from bot.wording.text import jump_url, plain

SPEND_CASE: Final = "Spend case"
"""Names the menu that opens it."""
BLOCK: Final = "Block…"
BLOCK_TITLE: Final = "Block its owner"
DELETE: Final = "Delete…"
DELETE_TITLE: Final = "Delete it for everybody"
REASON: Final = "Reason"
BLOCK_REASON_HINT: Final = "Why; moderators alone see it"
DELETE_REASON_HINT: Final = "Why; the record keeps it"
TOLD: Final = "What they are told"
TOLD_HINT: Final = "only that they are blocked"
TOLD_REFUSED: Final = "words for the member"
"""What they are told, as a refusal names it."""
DAYS: Final = "For how many days"
DAYS_HINT: Final = "until somebody lifts it"
_TITLE_MAX: Final = 120


def case_text(line: Sequence[Job], guild_id: int, allowance: Allowance | None) -> str:
    """Write the case of a line's first job; the others are those that its picture goes back to.

    Jobs of other places are not shown. Gives 2,000 characters at most.
    """
    job = line[0]
    head = [f"**{SPEND_CASE}**", *_entry(job), _time(job)]
    foot = _limits(job, allowance)
    return with_origins(head, (_origin(parent, guild_id) for parent in line[1:]), foot)


def _origin(parent: Job, guild_id: int) -> str:
    return "\n".join(_entry(parent)) if parent.account.guild_id == guild_id else "a picture of another place"


def _entry(job: Job) -> list[str]:
    return [
        f"**{plain(job.title, _TITLE_MAX)}** · asked for by {_owner(job)}",
        f"-# {small_facts(job)} · {_standing(job)}",
    ]


def _owner(job: Job) -> str:
    return "somebody who has erased their data" if job.account.user_id < 0 else f"<@{job.account.user_id}>"


def _standing(job: Job) -> str:
    if job.removed_at is not None:
        by = "" if job.removed_by is None else f" by <@{job.removed_by}>"
        return f"deleted <t:{job.removed_at // 1000}:f>{by}"
    if job.result_channel_id is None or job.result_id is None:
        return f"{job.state}"
    return f"[see it]({jump_url(job.result_guild_id, job.result_channel_id, job.result_id)})"


def _time(job: Job) -> str:
    where = "" if job.erased_at is not None else f" in <#{job.channel_id}>"
    return f"-# job {job.id} · asked for <t:{job.accepted_at // 1000}:f>{where}"


def _limits(job: Job, allowance: Allowance | None) -> list[str]:
    if allowance is None:
        return []
    return [f"**What holds for {_owner(job)} now**", *allowance_lines(allowance)]


def no_result() -> Refusal:
    """Say that the message whose case was asked for shows no result."""
    return Refusal(
        Refuser.BOT,
        "this: that message shows no result of this bot's",
        "A case is about a picture that somebody has asked this bot for.",
        "Choose the message with the picture, or the one above its thread.",
    )


def owner_not_known() -> Refusal:
    """Say that nobody can be blocked for a result whose owner had their data erased."""
    return Refusal(
        Refuser.BOT,
        "to block its owner: it knows no more who that was",
        "They have erased what this bot kept of them.",
        "Block the member by name: /spend block.",
    )


def unknown_form() -> Refusal:
    """Say that a sent form is none that can be read."""
    return Refusal(
        Refuser.BOT,
        "this form: it is not one of its own",
        "It may have been opened by an older version of this bot.",
        "Open it anew from the menu of the message.",
    )
