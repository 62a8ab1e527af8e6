"""What is not taken of what moderators type or choose: amounts, days, options that contradict each other."""

from typing import Final

from bot.domain.money import usd_text
from bot.domain.refusals import Refusal, Refuser
from bot.wording.options import cannot_be

_FORM: Final = "Write dollars with a point, such as 2.50 or $0.005."
_LEAVE_OUT: Final = "Leave one of them out."


def not_an_amount(option: str, text: str) -> Refusal:
    """Say that no amount of dollars can be read, and how one is written."""
    return cannot_be(option, text, _FORM)


def below_zero(option: str, text: str) -> Refusal:
    """Say that an amount is below zero."""
    return cannot_be(option, text, "Write 0 dollars or more, such as 2.50.")


def more_than_can_be_set(option: str, text: str, most: int) -> Refusal:
    """Say that an amount is above the most that can be set, in nano-dollars."""
    return cannot_be(option, text, f"At most {usd_text(most)} can be set.")


def finer_than_is_counted(option: str, text: str) -> Refusal:
    """Say that an amount has more decimals than are counted."""
    return cannot_be(option, text, "Nothing finer than $0.000000001 is counted.")


def not_so_many_days(days: object, most: int) -> Refusal:
    """Say which numbers of days can be chosen."""
    return cannot_be("days", days, f"Choose 1 to {most}.")


def not_a_number_of_days(text: str, most: int) -> Refusal:
    """Say which numbers of days can be written in a form."""
    return cannot_be("days", text, f"Write 1 to {most}, or leave it empty.")


def member_and_role() -> Refusal:
    """Say that a limit is of a member or of a role, not of both."""
    return Refusal(
        Refuser.BOT, "That names a member and a role.", "Name one of them, or neither for the whole server."
    )


def no_amount() -> Refusal:
    """Say that it takes an amount to set a limit."""
    return Refusal(Refuser.BOT, "Which amount?", "Give `day`, `month` or both, such as 2.50.")


def amount_not_set(action: str) -> Refusal:
    """Say that an amount was given with an action that sets none."""
    return Refusal(
        Refuser.BOT, f"An amount does not go with {action}.", "Leave `day` and `month` out, or choose set."
    )


def allowed_and_disallowed() -> Refusal:
    """Say that the same channel cannot be allowed and disallowed at once."""
    return Refusal(Refuser.BOT, "`allow` and `disallow` name the same channel.", _LEAVE_OUT)


def set_and_cleared(what: str) -> Refusal:
    """Say that the log channel, or the allowed channels, cannot be set and cleared at once."""
    return Refusal(Refuser.BOT, f"That sets and clears the {what} at once.", _LEAVE_OUT)


def too_many_channels(most: int) -> Refusal:
    """Say that no more channels can be allowed."""
    return Refusal(Refuser.BOT, f"{most} channels are allowed, which is the most.", "Disallow one before.")
