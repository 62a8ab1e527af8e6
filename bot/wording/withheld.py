"""What a server's AutoMod does not let stand: jobs that it stops, and results that are for their owners alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain.jobs import AutoMod, Job
from bot.domain.money import usd_text
from bot.domain.refusals import Refusal, Refuser
from bot.domain.states import JobState
from bot.wording.text import pictures_text

POST_WITHOUT_WORDS: Final = "Post without words"
KEEP_BACK: Final = "Keep back"
RELEASED_TEXT: Final = "**It is being posted, without its words.**"
KEPT_BACK_TEXT: Final = "**It is kept back.** Whoever asked for it can still see it, while it is kept."
NOT_TO_BE_SAID: Final = "(words that AutoMod lets nobody say here)"
DECIDE: Final = "**AutoMod did not let this stand**\nOnly whoever asked for it, and you here, can see it."


def title_to_say(job: Job) -> str:
    """Give a job's title as it can be said on its server."""
    return job.title if job.automod is None or job.erased_at is not None else NOT_TO_BE_SAID


def without_words(line: Sequence[Job]) -> Sequence[Job]:
    """Give jobs as they can be told of where AutoMod lets nobody say their words."""
    return [replace(job, title=NOT_TO_BE_SAID) for job in line]


def withheld_end(job: Job) -> str | None:
    """Write the status message of a job of which AutoMod lets nothing stand; None for any other."""
    one = job.pictures == 1
    if job.posted:
        return None
    if job.automod is AutoMod.REFUSED and job.state is JobState.CANCELLED:
        return (
            "✋ These words may not be said on this server. Say it in others.\n"
            "-# Its AutoMod stopped them before anything was made · Nothing was charged"
        )
    if job.withheld:
        return (
            f"📦 Your {'picture is' if one else 'pictures are'} made, and this server's AutoMod holds "
            f"{'it' if one else 'them'} back.\n"
            f"Only you can see {'it' if one else 'them'}. A moderator can post {'it' if one else 'them'} without "
            f"the words.\n-# {_made(job)}"
        )
    if job.automod is AutoMod.KEPT_BACK:
        return (
            f"📦 A moderator keeps {'this picture' if one else 'these pictures'} back.\n"
            f"/history still shows you what is kept.\n-# {_made(job)}"
        )
    return None


def withheld_fact(job: Job) -> str | None:
    """Tell in a few words that AutoMod keeps a result from standing; None where it does not."""
    if job.withheld:
        return "AutoMod holds it back"
    return "kept back by a moderator" if job.automod is AutoMod.KEPT_BACK else None


def not_withheld() -> Refusal:
    """Say that there is nothing to decide about, or to delete."""
    return Refusal(
        Refuser.BOT,
        "AutoMod does not hold this back any more.",
        "It was posted, kept back or deleted meanwhile, or is no longer kept.",
    )


def _made(job: Job) -> str:
    return f"{pictures_text(job.pictures)} · {usd_text(job.cost_nano)}, charged because it was made"
