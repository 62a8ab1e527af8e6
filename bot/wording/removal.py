"""Deleting a result: the question, who may not, what became of it, and what it cost."""

from bot.domain.budgets import Account
from bot.domain.jobs import Job
from bot.domain.money import usd_text
from bot.domain.refusals import Refusal, Refuser
from bot.domain.removal import CopyFate, is_all
from bot.wording.text import jump_url

_BY_HAND = "Press again in a minute, or ask a moderator to delete it by hand."


def removal_question(job: Job, message_id: int) -> str:
    """Ask whether a message with a job's pictures really is to be deleted."""
    copied = is_all(job, message_id) and job.source is not None and job.source.copy is not None
    copy = " The copy of your picture that was posted for Spark goes too." if copied else ""
    return f"**Delete it for everybody?**\nIt cannot be brought back.{copy}\n-# {_cost_kept(job, message_id)}"


def removal_done(job: Job, message_id: int, copy: CopyFate) -> str:
    """Say that a message with a job's pictures is deleted, and what became of the copy of its input picture."""
    lines = ["**Deleted.**", _copy_words(job, copy), f"-# {_cost_kept(job, message_id)}"]
    return "\n".join(filter(None, lines))


def kept_deleted(job: Job) -> str:
    """Say that a result is deleted which nobody but its owner has seen."""
    return f"**Deleted.**\n-# {_charged(job)}"


def not_of_this_job() -> Refusal:
    """Say that a button names a message that is not its job's."""
    return Refusal(Refuser.BOT, "This is not that picture's message.", "Press Delete under the picture itself.")


def not_deleted() -> Refusal:
    """Say that Discord did not delete a result's message."""
    return Refusal(
        Refuser.DISCORD,
        "Discord does not let me delete it now.",
        "Try again in a minute, or ask a moderator to delete the message by hand.",
    )


def deletion_recorded(owner: Account) -> str:
    """Say in the record of acts that a moderator deleted somebody's result."""
    return f"deleted what <@{owner.user_id}> had made" if owner.user_id > 0 else "deleted a result"


def owner_unknown() -> Refusal:
    """Say that nobody but a moderator can delete what has no owner any more."""
    return Refusal(
        Refuser.BOT,
        "Nobody knows any more whose this is.",
        "Whoever may manage messages here can delete it.",
    )


def not_yours_to_delete(owner_id: int) -> Refusal:
    """Say whose a result is, and who may delete it."""
    return Refusal(
        Refuser.BOT,
        "This is somebody else's picture.",
        f"<@{owner_id}> can delete it, or whoever may manage messages here.",
    )


def still_being_posted() -> Refusal:
    """Say that a result cannot be deleted before all of it is there."""
    return Refusal(Refuser.BOT, "It is still being posted.", "Try again in a moment.")


def removed_text(job: Job) -> str:
    """Write the status message of a job whose pictures were deleted; its words go with them."""
    who = "" if job.removed_by == job.account.user_id else ", who moderates here"
    return f"🗑️ Deleted by <@{job.removed_by}>{who}\n-# {_charged(job)}"


def _cost_kept(job: Job, message_id: int) -> str:
    return _charged(job) if is_all(job, message_id) else "What it cost is not given back."


def _charged(job: Job) -> str:
    if not job.cost_nano:
        return "Nothing was charged for it."
    return f"It has cost {usd_text(job.cost_nano)}, which is not given back."


def _copy_words(job: Job, fate: CopyFate) -> str:
    copy = "The copy of the picture that was posted for Spark"
    match fate:
        case CopyFate.NONE:
            return ""
        case CopyFate.DELETED:
            return f"{copy} is deleted too."
        case CopyFate.GONE:
            return f"{copy} had been deleted before."
        case CopyFate.NEEDED:
            return f"{copy} stays: another portrait is being made from it, and takes it along when it is deleted."
        case CopyFate.KEPT:
            return f"{copy} still stands{_copy_place(job)}: Discord did not let me delete it now. {_BY_HAND}"


def _copy_place(job: Job) -> str:
    posted = job.source.copy if job.source else None
    if posted is None or posted.channel_id != job.channel_id:
        return ""  # in a channel of whoever runs the bot
    return f" [here]({jump_url(job.account.guild_id, posted.channel_id, posted.message_id)})"
