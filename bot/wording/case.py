"""A result's case, for moderators: who asked for it, from what, what each cost, what holds; and its forms."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.jobs import Job
from bot.domain.moderation.in_force import Allowance
from bot.domain.refusals import Refusal, Refuser
from bot.domain.states import JobState
from bot.wording.history import small_facts
from bot.wording.limits import allowance_lines
from bot.wording.lineage import origins_between
from bot.wording.text import jump_url, plain
from bot.wording.withheld import withheld_fact

SPEND_CASE: Final = "Spend case"
"""Names the menu that opens it."""
BLOCK: Final = "Block…"
BLOCK_TITLE: Final = "Block whoever asked for it"
DELETE: Final = "Delete…"
DELETE_TITLE: Final = "Delete it for everybody"
REASON: Final = "Reason"
BLOCK_REASON_HINT: Final = "why; moderators alone see it"
DELETE_REASON_HINT: Final = "why; the record keeps it"
TOLD: Final = "What they are told"
TOLD_HINT: Final = "else only that they are stopped"
TOLD_REFUSED: Final = "words for the member"
"""What they are told, as a refusal names it."""
DAYS: Final = "For how many days"
DAYS_HINT: Final = "else until somebody lifts it"
_TITLE_MAX: Final = 120
_NOT_POSTED: Final[Mapping[JobState, str]] = {
    JobState.OPEN: "being made",
    JobState.DELIVERING: "about to be posted",
    JobState.DELIVERED: "no picture came of it",
    JobState.UNDELIVERABLE: "Discord never took it",
    JobState.CANCELLED: "cancelled",
}


def case_blocks(line: Sequence[Job], guild_id: int, allowance: Allowance | None) -> list[str]:
    """Write the case of a line's first job; the others are those that its picture goes back to.

    Jobs of other places are not shown. Gives what was made, what it was made from, and what its owner may spend:
    2,000 characters at most.
    """
    job = line[0]
    head = [f"**{SPEND_CASE}**", *_entry(job), _time(job)]
    foot = _limits(job, allowance)
    made_from = origins_between(head, (_origin(parent, guild_id) for parent in line[1:]), foot)
    return ["\n".join(part) for part in (head, made_from, foot) if part]


def _origin(parent: Job, guild_id: int) -> str:
    return "\n".join(_entry(parent)) if parent.account.guild_id == guild_id else "a picture from another place"


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
    if (withheld := withheld_fact(job)) is not None:
        return withheld
    if job.result_channel_id is None or job.result_id is None:
        return _NOT_POSTED[job.state]
    return f"[see it]({jump_url(job.result_guild_id, job.result_channel_id, job.result_id)})"


def _time(job: Job) -> str:
    where = "" if job.erased_at is not None else f" in <#{job.channel_id}>"
    return f"-# job {job.id} · asked for <t:{job.accepted_at // 1000}:f>{where}"


def _limits(job: Job, allowance: Allowance | None) -> list[str]:
    if allowance is None:
        return []
    return [f"**What {_owner(job)} may spend now**", *allowance_lines(allowance)]


def no_result() -> Refusal:
    """Say that the message whose case was asked for shows no result."""
    return Refusal(
        Refuser.BOT,
        "That message shows no picture that I have made.",
        "Choose the message with the picture, or the one above its thread.",
    )


def owner_not_known() -> Refusal:
    """Say that nobody can be blocked for a result whose owner had their data erased."""
    return Refusal(
        Refuser.BOT,
        "Nobody knows any more who asked for this.",
        "They have erased their data. /spend block takes a member by name.",
    )


def unknown_form() -> Refusal:
    """Say that a sent form is none that can be read."""
    return Refusal(
        Refuser.BOT,
        "I no longer know this form.",
        "Open it again from the menu of the message.",
    )
