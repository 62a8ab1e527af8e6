"""What is refused about jobs: to begin one more, or to find, show, cancel or repeat an earlier one."""

from typing import Final

from bot.domain.refusals import Refusal, Refuser

TO_SHOW: Final = "to show this"
TO_CANCEL: Final = "to cancel this"
TO_TRY_AGAIN: Final = "to try again"
TO_PAINT_AGAIN: Final = "to paint this again"


def already_on_it() -> Refusal:
    """Say that a button was pressed twice."""
    return Refusal(
        Refuser.BOT,
        "this click: it is already on it",
        "The same button was pressed before, and that job is not done yet.",
        "Wait for its result; it will be posted.",
    )


def too_many_on_the_way(wanted: int, unfinished: int, most: int) -> Refusal:
    """Say how many pictures somebody has asked for, has on the way already, and may have there at most."""
    return Refusal(
        Refuser.BOT,
        "this: too much of yours would be on the way",
        f"You asked for {wanted}; {unfinished} of yours are on the way, and at most {most} may be.",
        "Ask for fewer, or try again when some of them have arrived.",
    )


def unknown_job() -> Refusal:
    """Say that a button's job has no record any more."""
    return Refusal(
        Refuser.BOT,
        "this click: the job is no longer known",
        "Its record has been erased.",
        "Ask for it anew with a command; /help shows them.",
    )


def somebody_elses(what: str, kind: str, *, succeeded: bool) -> Refusal:
    """Say that a job is for its owner alone, and how to begin one's own; `what` completes "This bot refused …"."""
    own_way = f"You can start your own with /{kind}."
    if succeeded:
        own_way = f"Start your own with /{kind}, or change this one with Edit… under the picture."
    return Refusal(
        Refuser.BOT,
        f"{what}: this one is somebody else's",
        "It belongs to the member who asked for it, and is paid from their budget.",
        own_way,
    )


def nothing_missing(kind: str) -> Refusal:
    """Say that there is nothing to try again, since every picture has come."""
    return Refusal(
        Refuser.BOT,
        "to try again: nothing is missing",
        "Every picture of that job has arrived by now.",
        f"Look above for it, or ask for another with /{kind}.",
    )


def tried_again_before(kind: str) -> Refusal:
    """Say that a job has been tried again already, and has brought its picture."""
    return Refusal(
        Refuser.BOT,
        "to try again: that has been done",
        "An earlier click on this button has brought the picture.",
        f"Look below for it, or ask for another with /{kind}.",
    )


def would_fail_again(why: str | None) -> Refusal:
    """Say that the same would come to nothing once more, and why where that was told."""
    return Refusal(
        Refuser.BOT,
        "to try this again: the same would only fail again",
        why or "It is refused as it is.",
        "Details has the command to copy: change what is wrong, and send it.",
    )


def picture_gone() -> Refusal:
    """Say that a job cannot be done once more without its picture."""
    return Refusal(
        Refuser.BOT,
        "to do this once more: its picture is gone",
        "A picture that somebody sent is kept for a while only, and this one's time is over.",
        "Send the picture again, with the same words; Details shows them.",
    )


def result_delayed() -> Refusal:
    """Say that Spark does not give out a finished picture now."""
    return Refusal(
        Refuser.SPARK,
        "to give the picture out now",
        "It is made and paid for, but Spark is in trouble, or cannot be reached.",
        "Try again in a few minutes.",
    )


def no_longer_kept() -> Refusal:
    """Say that a picture which was kept for its owner has been posted or deleted meanwhile."""
    return Refusal(
        Refuser.BOT,
        "to show this here: it is not kept any more",
        "It has been posted, or deleted, since you opened this.",
        "Open /history anew.",
    )


def result_lost(charged: int) -> Refusal:
    """Say that there is no picture of a job any more, which has cost so many nano-dollars."""
    return Refusal(
        Refuser.BOT,
        "to show this: there is no picture any more",
        "Discord did not take it, and the time for which it was kept is over.",
        "Ask for it again; tell whoever runs this bot that it was lost.",
        charged_nano=charged,
    )
