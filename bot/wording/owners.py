"""Whose pictures are: what owners are asked, what comes of it, and why somebody may not work on a picture."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.kinds import Kind
from bot.domain.pictures.consents import Question, Verdict
from bot.domain.pictures.ownership import Known, Objection, Refused, Remembered
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import jump_url, listed, plain

ALLOW: Final = "Allow"
NO: Final = "No"
NEVER: Final = "Never mine"
TAKE_BACK: Final = "Let others ask again"
_OWN_WAY: Final = "Take a picture of your own, or make one with /imagine."
_IF_YOURS: Final = "If it is yours, a moderator can say so: right-click the picture → Apps → Spend case."
_TITLE_MAX: Final = 300
_POSTED_MAX: Final = 4
WHOSE: Final = "Whose picture…"
WHOSE_TITLE: Final = "Say whose picture it is"
WHOSE_ONE: Final = "It belongs to"
WHOSE_ONE_HINT: Final = "one of those who have posted it"
WHOSE_OTHER: Final = "Or to somebody else"
WHOSE_OTHER_HINT: Final = "their id, with Developer Mode: right-click → Copy User ID"
WHOSE_REASON_HINT: Final = "why; the record keeps it"
_MAY: Final[Mapping[str, str]] = {
    Kind.IMAGINE: "make another one like it?",
    Kind.EDIT: "change it?",
    Kind.STYLIZE: "redraw it in a style?",
    Kind.PORTRAIT: "make a new portrait from it?",
}


def question_text(question: Question, *, copied: bool) -> str:
    """Ask the owners of a picture who are still to answer; `copied` where a copy of it will stand in sight."""
    lines = [
        f"{_names(question.open_to)} **{_yours(question)}: may {_name(question.asker_id)} {_MAY[question.kind]}**",
        f"> {plain(question.title, _TITLE_MAX)}",
        f"It is made once you allow it, this one time. No word until <t:{question.until // 1000}:f> is a no.",
    ]
    if copied:
        lines.append(
            "I would post a copy of it there, since Spark takes a portrait's picture by its address only."
        )
    if question.allowed_by:
        lines.append(f"-# {_names(sorted(question.allowed_by))} said yes.")
    lines.append(
        f'-# "{NEVER}": nobody else can have it worked on here, nor ask again, in whatever copy. '
        "/settings is for all of your pictures."
    )
    return "\n".join(lines)


def asked_text(question: Question) -> str:
    """Tell whoever wants to work on a picture that its owners are asked, and until when."""
    owners = _names(question.owner_ids)
    are = "is" if len(question.owner_ids) == 1 else "are"
    return (
        f"**{owners} {are} asked whether you may.**\n"
        f"It is made once they allow it. [See the question]({question_url(question)}), "
        f"which is open until <t:{question.until // 1000}:f>."
    )


def ended_text(question: Question) -> str:
    """Write a question that is over."""
    owner, asker = _name(question.decided_by), _name(question.asker_id)
    words = f"> {plain(question.title, _TITLE_MAX)}"
    match question.verdict:
        case Verdict.ALLOWED:
            return f"✅ **{_names(question.owner_ids)} said yes to {asker}.**\n{words}"
        case Verdict.NEVER:
            so = f"**{owner} said no to {asker}.** Nobody else can have this picture worked on here."
            return f"{so}\n{words}"
        case Verdict.NO:
            return f"**{owner} said no to {asker}.**\n{words}"
        case Verdict.SET_ASIDE:
            return f"**I lost track of this question; {asker} may ask once more.**\n{words}"
        case _:
            return f"**No word came in time, so it is a no to {asker}.**\n{words}"


def told_no(question: Question) -> str:
    """Tell whoever has asked that it is a no."""
    if question.verdict is Verdict.SET_ASIDE:
        return (
            f"{_name(question.asker_id)}: **I lost track of [your question]({question_url(question)}).**\n"
            "I had to go back to an older copy of my records. If no picture has come, ask once more."
        )
    why = "No word came in time, so it is a no."
    if question.decided_by is not None:
        why = f"{_name(question.decided_by)} had rather not."
    return f"{_name(question.asker_id)}: **{why}**\n{_OWN_WAY} [Your question]({question_url(question)})"


def told_allowed_but(question: Question, refusal: Refusal) -> str:
    """Tell whoever has asked that it was allowed, and is not made all the same: why not."""
    return (
        f"{_name(question.asker_id)}: {refusal.text_in_public}\n"
        f"-# {_names(question.owner_ids)} said yes to [your question]({question_url(question)})."
    )


def taken_back() -> str:
    """Say that others may ask for a picture again."""
    return "**Others can ask you about this picture again.**\nNobody works on it before you say yes."


def picture_not_free(refused: Refused) -> Refusal:
    """Say why somebody may not work on a picture."""
    owner = _name(refused.owner_id)
    match refused.objection:
        case Objection.RULE:
            return Refusal(Refuser.SERVER, "On this server you change pictures of your own alone.", _OWN_WAY)
        case Objection.WORD:
            return Refusal(Refuser.BOT, f"{owner} keeps their pictures for themselves.", _OWN_WAY)
        case Objection.THIS_ONE if refused.owner_id > 0:
            return Refusal(Refuser.BOT, f"{owner} keeps this picture for themselves.", f"{_OWN_WAY} {_IF_YOURS}")
        case Objection.THIS_ONE:
            so = "Whoever posted this picture first keeps it for themselves."
            return Refusal(Refuser.BOT, so, f"{_OWN_WAY} {_IF_YOURS}")
        case Objection.RESULTS:
            return Refusal(Refuser.BOT, f"{owner} keeps what they make for themselves.", "Make one with /imagine.")
        case Objection.OWNER_UNKNOWN:
            so = "Nobody knows any more whose picture this is, so nobody can allow it."
            return Refusal(Refuser.BOT, so, _OWN_WAY)


def not_asked_in_private(owner_id: int) -> Refusal:
    """Say that a picture is somebody else's, whom nobody can ask in direct messages."""
    return Refusal(
        Refuser.BOT,
        f"This picture is <@{owner_id}>'s, who cannot be asked here.",
        "Ask for it on the server where it stands.",
    )


def owner_left(owner_id: int) -> Refusal:
    """Say that the owner of a picture is not on the server, where they would have to be asked."""
    return Refusal(Refuser.BOT, f"This picture is <@{owner_id}>'s, who is not on this server any more.", _OWN_WAY)


def not_asked_there(owner_ids: Sequence[int]) -> Refusal:
    """Say that the owners of a picture cannot be asked where it stands."""
    return Refusal(
        Refuser.BOT,
        f"This picture is {_names(owner_ids)}'s, and I cannot ask them.",
        f"I may not write where it stands, or they do not see it. {_OWN_WAY}",
    )


def words_not_said(owner_ids: Sequence[int]) -> Refusal:
    """Say that AutoMod does not let the bot tell a picture's owners what is to be made of it."""
    return Refusal(
        Refuser.SERVER,
        f"This server's AutoMod does not let me show {_names(owner_ids)} your words.",
        "Say it in other words.",
    )


def owners_not_found() -> Refusal:
    """Say that Discord cannot be asked now who the owners of a picture are."""
    return Refusal(Refuser.DISCORD, "Discord does not tell me now whose this is.", "Try again in a minute.")


def open_already(question: Question) -> Refusal:
    """Say that a picture's owners are being asked about it already."""
    owners = _names(question.owner_ids)
    return Refusal(
        Refuser.BOT,
        f"{owners} {'is' if len(question.owner_ids) == 1 else 'are'} being asked about this picture.",
        f"Wait for the answer to [that question]({question_url(question)}).",
    )


def too_many_open(most: int) -> Refusal:
    """Say that somebody has as many open questions as they may have."""
    return Refusal(
        Refuser.BOT, f"You have asked about {most} pictures.", "Ask about the next when one of them is answered."
    )


def no_before() -> Refusal:
    """Say that somebody was told no about a picture within the last day."""
    return Refusal(Refuser.BOT, "You have asked about this picture, and it was a no.", _OWN_WAY)


def picture_not_remembered() -> Refusal:
    """Say that nothing is known of a picture whose owner a moderator names."""
    return Refusal(Refuser.BOT, "I no longer know this picture.", "Open its case again, from its message.")


def nobody_named() -> Refusal:
    """Say that a moderator has not said whose a picture is."""
    return Refusal(Refuser.BOT, "Whose is it?", "Choose one of those who have posted it, or give somebody's id.")


def owners_changed() -> Refusal:
    """Say that a picture was taken for somebody else's since its owners were asked."""
    return Refusal(Refuser.BOT, "This picture was taken for somebody else's meanwhile.", "Ask for it once more.")


def not_yours_to_allow(question: Question) -> Refusal:
    """Say whom a question is for."""
    return Refusal(
        Refuser.BOT,
        f"This question is for {_names(question.owner_ids)}.",
        "Only whose picture it is can answer.",
    )


def answered_already(question: Question | None) -> Refusal:
    """Say that a question is over, or answered by whoever presses again."""
    if question is not None and question.verdict is None and question.allowed_by:
        return Refusal(
            Refuser.BOT, "You said yes before.", f"It is made once {_names(question.open_to)} said so, too."
        )
    return Refusal(Refuser.BOT, "This question is over.", "It says how it has ended.")


def question_url(question: Question) -> str:
    """Write the address of a question."""
    return jump_url(question.guild_id, question.message.channel_id, question.message.message_id)


def _names(user_ids: Sequence[int]) -> str:
    return listed([_name(each) for each in user_ids]) if user_ids else "somebody"


def _name(user_id: int | None) -> str:
    return "somebody who has erased their data" if user_id is None or user_id <= 0 else f"<@{user_id}>"


def _yours(question: Question) -> str:
    return "This is your picture" if len(question.owner_ids) == 1 else "This is made from pictures of yours"


def case_lines(owner_ids: Sequence[int], question: Question | None, remembered: Remembered | None) -> list[str]:
    """Tell moderators whose picture a result was made from, who allowed it, and who else has posted it."""
    if not owner_ids and remembered is None:
        return []
    whose = (
        f"**Made from a picture of** {_names(owner_ids)}" if owner_ids else "**Made from a picture of nobody's**"
    )
    if question is not None and question.verdict is Verdict.ALLOWED and question.decided_at is not None:
        whose += f" · allowed <t:{question.decided_at // 1000}:f>"
    return [whose, *(remembered_lines(remembered) if remembered is not None else ())]


def remembered_lines(remembered: Remembered) -> list[str]:
    """Tell moderators whose a picture is taken for, and who has posted it when."""
    posted = [
        f"{_name(each.owner_id)} <t:{each.posted_at // 1000}:f>{_said(each)}"
        for each in remembered.posted[:_POSTED_MAX]
    ]
    return [f"-# the picture is {_names(sorted(remembered.owner_ids))}'s · posted by {listed(posted)}"]


def settled_text(owner_id: int) -> str:
    """Say that a moderator's word on whose a picture is holds from now on."""
    return f"**The picture is {_name(owner_id)}'s from now on**, in whatever copy, on this server."


def _said(known: Known) -> str:
    said = ", never to be worked on" if known.never else ""
    return f"{said}, theirs by a moderator's word" if known.settled_at is not None else said
