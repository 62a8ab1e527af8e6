"""What is kept of a person, what of it is exported, and what is erased."""

from typing import Final

from bot.domain.jobs import Job
from bot.domain.privacy import Erasure, Keeping, counted_until
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import seconds_text

EXPORT: Final = "Export my data"
ERASE: Final = "Erase my data…"
ERASE_NOW: Final = "Erase it"
EXPORT_NAME: Final = "my-data.zip"
ABOUT_EXPORT: Final = "Times are UTC, amounts are USD. An id names a person, a server or a message in Discord."
"""Stands in the export itself, at its beginning."""
ERASED_WORDS: Final = "(words no longer kept)"
"""Stands where a job's words were."""
_DAY = 24 * 60 * 60


def words_gone(job: Job) -> Refusal:
    """Say that a job's words, options and links are no longer kept."""
    return Refusal(
        Refuser.BOT,
        "The words of this one are no longer kept.",
        f"Ask for it again with /{job.kind}; a picture that still stands here can be changed: "
        "right-click → Apps → Edit image.",
    )


def still_on_the_way() -> Refusal:
    """Say that nothing is erased while something is being made."""
    return Refusal(
        Refuser.BOT,
        "Nothing was erased: something of yours is still on the way.",
        "Wait for it or cancel it; /history shows how it stands.",
    )


def privacy_text(keeping: Keeping) -> str:
    """Tell a person what is kept of them, and for how long."""
    return "\n".join(
        [
            "**What I keep about you**, on all servers and in direct messages",
            f"- Your words, the options, and where the results stand: {_span(keeping.prompts)}",
            f"- Pictures that you send: {_span(min(keeping.inputs, keeping.prompts))} after the last use",
            f"- Results that Discord does not take: {_span(keeping.results)}; all others stand in Discord alone",
            f"- What I said no to, what you reported, and which hints you saw: {_span(keeping.prompts)}",
            "- Which pictures are yours, as marks to know them by, and what you were asked about them: "
            f"{_span(keeping.prompts)}; **Never mine** until you erase it",
            "- What you have begun and not sent, such as a form: 15 minutes",
            "- What you chose in /settings, and your favourites: until you erase them",
            "- What each picture cost, when, and on which server: for good, as the books must add up",
            "- What moderators decided about you: limits, grants, blocks, and the record of it",
            "",
            "Spark gets your words, options and pictures to paint with. It is not told who you are.",
        ]
    )


def exported_text(*, without_pictures: bool) -> str:
    """Say what the file is that holds all that is kept of a person, and whether their pictures are left out."""
    left_out = "The pictures that you sent are left out: with them Discord would not take it.\n"
    return (
        "**All that I keep of you**, on all servers and in direct messages.\n"
        f"{left_out if without_pictures else ''}-# Only you see this: save it before you close it."
    )


def too_much_kept() -> Refusal:
    """Say that Discord does not take all that is kept of a person, even without the pictures."""
    return Refusal(
        Refuser.DISCORD,
        "All that is kept of you is more than Discord takes here.",
        "Ask whoever runs this bot for it, or export it on a server that takes larger files.",
    )


def export_not_taken() -> Refusal:
    """Say that Discord did not take the file with all that is kept of a person."""
    return Refusal(Refuser.DISCORD, "Discord did not take the file.", "Try again in a few minutes.")


def erase_question(now_ms: int) -> str:
    """Ask whether a person's data really is to be erased: what goes, what stays, and why."""
    return "\n".join(
        [
            "**Erase your data, on all servers and in direct messages?** It cannot be brought back.",
            "**What goes at once**",
            "- your words, the options, the pictures that you sent, what I said no to, what you reported, "
            "/settings, favourites",
            "- whose your pictures are: those of which you said **Never mine** stay nobody's to work on",
            "- the links to your results, and results that Discord did not take",
            "- Again, Try again and Details under your earlier results: they no longer work",
            "**What stays**",
            "- what you made, and threads named after it, in Discord: delete that before: I cannot find it then",
            "- what it cost, under a random number in place of you: from past months at once, from this month "
            f"<t:{counted_until(now_ms)}:R>, else erasing would give you a new limit",
            "- what moderators decided about you, else erasing would lift it",
        ]
    )


def erased_text(erasure: Erasure) -> str:
    """Say what was erased, and when where that was before."""
    amounts = f"What this month cost goes under a random number <t:{counted_until(erasure.asked_at)}:R>."
    if erasure.repeated:
        asked = f"<t:{erasure.asked_at // 1000}:R>"
        return f"**Your data was erased {asked}.** Nothing of yours has come since.\n{amounts}"
    if not erasure.jobs:
        return f"**Your data is erased.** Nothing but what I said no to was kept any more.\n{amounts}"
    many = "1 order" if erasure.jobs == 1 else f"{erasure.jobs:,} orders"
    return f"**Your data is erased:** the words, options, pictures and links of {many}.\n{amounts}"


def erased_unsaid() -> Refusal:
    """Say that a person's data is erased, although the message that should have said so could not be changed."""
    return Refusal(
        Refuser.DISCORD,
        "Your data is erased, but Discord did not let me say so there.",
        "There is nothing left to do; /history shows what is left.",
    )


def _span(seconds: float) -> str:
    days, rest = divmod(int(seconds), _DAY)
    if rest or not days:
        return seconds_text(seconds)
    return "1 day" if days == 1 else f"{days} days"
