"""Reporting a picture: the form, what whoever reports it is told, and what moderators read and press."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.domain.moderation.complaints import Complaint, Grievance, Reported
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import jump_url, plain

REPORT_PICTURE: Final = "Report picture"
"""Names the menu that opens the form."""
TITLE: Final = "Report this picture"
GRIEVANCE: Final = "What is wrong with it?"
GRIEVANCES: Final[Mapping[Grievance, str]] = {
    Grievance.PERSON: "It shows somebody who does not want that",
    Grievance.MINOR: "It harms somebody under 18",
    Grievance.EXPLICIT: "Nudity or sex",
    Grievance.VIOLENCE: "Violence or gore",
    Grievance.HATE: "Hate or harassment",
    Grievance.OTHER: "Something else",
}
ANYTHING_ELSE: Final = "What else should moderators know?"
ANYTHING_ELSE_HINT: Final = "who is in it, for instance; they alone read this"
REASON: Final = "What is wrong with it"
"""The choice, as a refusal names it."""
NOTHING_WRONG: Final = "Nothing wrong"
_TITLE_MAX: Final = 120
_WORDS_MAX: Final = 140
_TELL_THEM: Final = "Tell a moderator of this server, or Discord: right-click the message → Report Message."


def thanks_text(grievance: Grievance) -> str:
    """Tell whoever has reported a picture what comes of it, and who else acts on what harms somebody under age."""
    thanks = "**Thank you: the moderators have it.**\nWhoever made the picture is not told that it was you."
    if grievance is not Grievance.MINOR:
        return thanks
    return f"{thanks}\nDiscord acts on it, too: right-click the message → Report Message."


def log_text(reported: Reported, *, with_words: bool) -> str:
    """Tell moderators what was reported of a picture, and what was done about it; the last line is its mark.

    `with_words` tells whether AutoMod lets people's own words stand there.
    """
    shown, job = reported.shown, reported.job
    url = jump_url(job.account.guild_id, shown.channel_id, shown.message_id)
    owner = "somebody who has erased their data" if job.account.user_id < 0 else f"<@{job.account.user_id}>"
    by = "a member" if reported.count == 1 else f"{reported.count} members"
    lines = [
        f"{_mark(reported)} **Reported by {by}:** [this picture]({url}) · asked for by {owner}",
        f"> {plain(job.title, _TITLE_MAX)}" if with_words else "-# AutoMod does not let me repeat the words.",
        *(_complaint(each, with_words=with_words) for each in reported.complaints),
    ]
    if (others := reported.count - len(reported.complaints)) > 0:
        lines.append(f"- {others} more")
    return "\n".join([*lines, *_answers(reported, owner), log_mark(reported)])


def log_mark(reported: Reported) -> str:
    """Give the last line of what moderators read, by which it is known again."""
    return f"-# For moderators, who alone know who reported it · no. {reported.shown.message_id}"


def _mark(reported: Reported) -> str:
    return "✅" if reported.settled else "🚩"


def _complaint(complaint: Complaint, *, with_words: bool) -> str:
    words = f": {plain(complaint.words, _WORDS_MAX)}" if complaint.words and with_words else ""
    return f"- **{GRIEVANCES[complaint.grievance]}** · <@{complaint.user_id}>{words}"


def _answers(reported: Reported, owner: str) -> Iterator[str]:
    for act in reported.acts:
        yield f"<@{act.actor_id}> {act.what} <t:{act.at // 1000}:R>."
    job = reported.job
    if job.removed_at is not None and job.removed_by == job.account.user_id:
        yield f"{owner} deleted it <t:{job.removed_at // 1000}:R>."
    if reported.owner_blocked:
        yield f"{owner} is blocked."


def no_picture_of_mine() -> Refusal:
    """Say that the message that was to be reported shows no result."""
    return Refusal(Refuser.BOT, "That message shows no picture that I have made.", _TELL_THEM)


def no_moderators_here() -> Refusal:
    """Say that in direct messages there is nobody to report to."""
    return Refusal(
        Refuser.BOT,
        "There are no moderators in direct messages.",
        "Tell Discord: right-click the message → Report Message.",
    )


def no_log_channel() -> Refusal:
    """Say that a server has no log channel, or none that the bot can write in."""
    return Refusal(Refuser.SERVER, "I have no place here where moderators would read it.", _TELL_THEM)


def no_longer_known() -> Refusal:
    """Say that the record of a picture is erased."""
    return Refusal(Refuser.BOT, "I no longer know this picture.", _TELL_THEM)


def your_own() -> Refusal:
    """Say that somebody would report their own result."""
    return Refusal(Refuser.BOT, "This is your own picture.", "⋯ More → Delete takes it away.")


def deleted_already() -> Refusal:
    """Say that what would be reported is deleted."""
    return Refusal(Refuser.BOT, "This picture is deleted.", "There is nothing left to do.")


def reported_before() -> Refusal:
    """Say that somebody has reported this picture already."""
    return Refusal(
        Refuser.BOT, "You have reported this picture already.", "The moderators have it; that is all it takes."
    )


def cleared_before() -> Refusal:
    """Say to whoever reports a picture that moderators have looked at it."""
    return Refusal(
        Refuser.SERVER,
        "A moderator has looked at this picture already.",
        "They found nothing wrong with it. Tell one of them if you know more.",
    )


def answered_before(by: int) -> Refusal:
    """Say to a moderator that another one has found nothing wrong with it."""
    return Refusal(
        Refuser.BOT, f"<@{by}> has found nothing wrong with it already.", "There is nothing left to do."
    )


def hidden_before() -> Refusal:
    """Say to a moderator that a picture is hidden already."""
    return Refusal(Refuser.BOT, "It is hidden already.", "Delete takes it away for everybody.")


def no_longer_kept() -> Refusal:
    """Say to a moderator that what was reported is no longer kept."""
    return Refusal(
        Refuser.BOT,
        "What was reported here is no longer kept.",
        "Right-click the picture → Apps → Spend case still shows what is known.",
    )
