"""What is refused about jobs: to begin one more, or to find, show, cancel or repeat an earlier one."""

from bot.domain.kinds import Kind
from bot.domain.money import usd_text
from bot.domain.refusals import Refusal, Refuser
from bot.domain.remedies import MakeFewer
from bot.wording.text import counted, pictures_text


def already_on_it() -> Refusal:
    """Say that a button was pressed twice."""
    return Refusal(Refuser.BOT, "Already on it.", "Your picture comes here when it is ready.")


def too_many_on_the_way(wanted: int, unfinished: int, most: int, fewer: MakeFewer | None = None) -> Refusal:
    """Say how many pictures somebody has on the way, may have at most, and can ask for now."""
    if unfinished:
        so = f"You have {pictures_text(unfinished)} on the way, and {most} is the most."
    else:
        so = f"That is {pictures_text(wanted)}, and {most} is the most."
    if fewer is None:
        return Refusal(Refuser.BOT, so, "Ask again when some have arrived.")
    fits = f"{counted(fewer.count).capitalize()} more {'fits' if fewer.count == 1 else 'fit'} now"
    return Refusal(Refuser.BOT, so, f"{fits}; the rest when some have arrived.", remedies=(fewer,))


def unknown_job() -> Refusal:
    """Say that a button's job has no record any more."""
    return Refusal(Refuser.BOT, "I no longer know this picture.", "Ask for it again; /help shows the commands.")


def somebody_elses(kind: str, *, succeeded: bool) -> Refusal:
    """Say that a job is for its owner alone, and how to begin one's own."""
    own_way = f"Make your own with /{kind}."
    if succeeded:
        own_way = f"Make your own with /{kind}, or change this one with **{Kind.EDIT.button}** under the picture."
    return Refusal(Refuser.BOT, "This one is somebody else's.", own_way)


def nothing_missing(kind: str) -> Refusal:
    """Say that there is nothing to try again, since every picture has come."""
    return Refusal(Refuser.BOT, "Every picture has come.", f"Look above for it, or make another with /{kind}.")


def tried_again_before(kind: str) -> Refusal:
    """Say that a job has been tried again already, and has brought its picture."""
    return Refusal(Refuser.BOT, "It has come already.", f"Look below for it, or make another with /{kind}.")


def would_fail_again(why: str | None) -> Refusal:
    """Say that the same would come to nothing once more, and why where that was told."""
    return Refusal(
        Refuser.BOT,
        "The same would come to nothing again.",
        f"{why or 'Spark does not make it as it is.'} Details has the command to copy and change.",
    )


def no_hd() -> Refusal:
    """Say that a picture cannot be made larger."""
    return Refusal(Refuser.BOT, "There is no HD of this one.", "It is HD already, or Spark makes none of it.")


def no_words() -> Refusal:
    """Say that no variations can be made of a picture that has no words."""
    return Refusal(
        Refuser.BOT, "This picture has no words to vary it by.", "Use **Edit**, and say what to change."
    )


def picture_gone() -> Refusal:
    """Say that a job cannot be done once more without its picture."""
    return Refusal(
        Refuser.BOT,
        "Its picture is no longer kept.",
        "Send that again with the same words; Details has them.",
    )


def result_delayed() -> Refusal:
    """Say that Spark does not give out a finished picture now."""
    return Refusal(Refuser.SPARK, "It is made, but Spark does not give it out now.", "Try again in a few minutes.")


def no_longer_kept() -> Refusal:
    """Say that a picture which was kept for its owner has been posted or deleted meanwhile."""
    return Refusal(
        Refuser.BOT, "It was posted or deleted since you opened this.", "/history shows how it stands now."
    )


def result_lost(charged: int) -> Refusal:
    """Say that there is no picture of a job any more, which has cost so many nano-dollars."""
    return Refusal(
        Refuser.BOT,
        "This picture is lost: Discord never took it.",
        f"It cost {usd_text(charged)}. Tell whoever runs this bot, who can make up for it.",
    )
