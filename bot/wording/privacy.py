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


def words_gone(job: Job, what: str) -> Refusal:
    """Say that a job's words, options and links are no longer kept."""
    return Refusal(
        Refuser.BOT,
        f"{what}: its words are no longer kept",
        "The words, the options and the links of this one were erased: "
        "on the word of whoever asked for it, or because their time was over.",
        f"Ask for it anew with /{job.kind}; a picture that still stands in Discord can be changed "
        "by right-click → Apps → Edit image.",
    )


def still_on_the_way() -> Refusal:
    """Say that nothing is erased while something is being made."""
    return Refusal(
        Refuser.BOT,
        "to erase your data now: something of yours is on the way",
        "A picture is waiting, being made or being posted, or its outcome is not known yet; "
        "without its words it could not reach you.",
        "Wait for it, or cancel it; /history shows how it stands. Nothing was erased.",
    )


def privacy_text(keeping: Keeping) -> str:
    """Tell a person what is kept of them, and for how long."""
    return "\n".join(
        [
            "**What this bot keeps about you**, on all servers and in direct messages together",
            f"- Your words, the options, and where the results stand: {_span(keeping.prompts)}.",
            f"- Pictures that you send: {_span(min(keeping.inputs, keeping.prompts))} after the last job on them.",
            f"- Results stand in Discord. One that Discord does not take is kept for {_span(keeping.results)}.",
            f"- What you were refused, and which hints you were shown: {_span(keeping.prompts)}.",
            "- What you chose in /settings: until you erase it.",
            "- What each picture cost, when, and on which server: for good. The accounts must add up.",
            "- What moderators have decided about you: limits, grants, blocks, and the record of it.",
            "To paint, Spark gets your words, options and pictures; it is not told who you are.",
            "",
            "**Export** sends you all of it as a file that only you see. "
            "**Erase** asks once more, and says what goes and what stays.",
        ]
    )


def exported_text(*, without_pictures: bool) -> str:
    """Say what the file is that holds all that is kept of a person, and whether their pictures are left out."""
    left_out = "**Without the pictures that you sent:** with them Discord would not take it.\n"
    return (
        "**All that this bot keeps of you**, on all servers and in direct messages.\n"
        f"{left_out if without_pictures else ''}-# Only you see this: save it before you close it."
    )


def too_much_kept() -> Refusal:
    """Say that Discord does not take all that is kept of a person, even without the pictures."""
    return Refusal(
        Refuser.DISCORD,
        "a file of this size",
        "So much is kept of you that it does not fit, even without the pictures.",
        "Ask whoever runs this bot for it, or on a server whose members may upload larger files.",
    )


def export_not_taken() -> Refusal:
    """Say that Discord did not take the file with all that is kept of a person."""
    return Refusal(
        Refuser.DISCORD,
        "to take the file",
        "The message was closed, or Discord is in trouble or cannot be reached.",
        "Try again in a few minutes.",
    )


def erase_question(now_ms: int) -> str:
    """Ask whether a person's data really is to be erased: what goes, what stays, and why."""
    return "\n".join(
        [
            "**Erase your data, on all servers and in direct messages?** It cannot be brought back.",
            "**At once go** your words, the options, the pictures that you sent, results that Discord did not "
            "take, the links to your results, what you were refused, and your /settings.",
            "**What it cost stays, under a random number in place of you:** from past months at once, from this "
            f"month <t:{counted_until(now_ms)}:R>. Until then it counts to your limit, "
            "else erasing would give you a new one.",
            "**What moderators have decided about you stays:** limits, grants, blocks and the record of it, "
            "else erasing would lift them.",
            "**What stands in Discord stays there:** results, threads named after your words. Delete it "
            "before; afterwards the bot no longer knows what is yours. Again, Details and Try again "
            "no longer work under your earlier results.",
            "-# Nothing is charged or given back.",
        ]
    )


def erased_text(erasure: Erasure) -> str:
    """Say what was erased, and when where that was before."""
    amounts = f"What it cost this month goes under a random number <t:{counted_until(erasure.asked_at)}:R>."
    if erasure.repeated:
        asked = f"<t:{erasure.asked_at // 1000}:R>"
        return f"**Your data was erased {asked}.** Nothing of yours has come since.\n{amounts}"
    if not erasure.jobs:
        return (
            "**Erased:** what you were refused. "
            f"No words, options, pictures or links of yours were kept any more.\n{amounts}"
        )
    many = "1 job" if erasure.jobs == 1 else f"{erasure.jobs:,} jobs"
    return f"**Erased:** the words, options, pictures and links of {many}, and what you were refused.\n{amounts}"


def erased_unsaid() -> Refusal:
    """Say that a person's data is erased, although the message that should have said so could not be changed."""
    return Refusal(
        Refuser.DISCORD,
        "to say here that it is done",
        "Your data is erased; the message was closed, or Discord is in trouble or cannot be reached.",
        "There is nothing left to do; /history shows what is left.",
    )


def _span(seconds: float) -> str:
    days, rest = divmod(int(seconds), _DAY)
    if rest or not days:
        return seconds_text(seconds)
    return "1 day" if days == 1 else f"{days} days"
