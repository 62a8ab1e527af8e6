"""What is not taken of what moderators type or choose: amounts, days, options that contradict each other."""

from typing import Final

from bot.domain.money import usd_text
from bot.domain.refusals import Refusal
from bot.wording.options import shown, wrong

_FORM: Final = "Write dollars with a point, such as 2.50 or $0.005."
_LEAVE_OUT: Final = "Leave one of them out."


def not_an_amount(option: str, text: str) -> Refusal:
    """Say that no amount of dollars can be read, and how one is written."""
    return wrong(option, f"it is {shown(text)}", _FORM)


def below_zero(option: str, text: str) -> Refusal:
    """Say that an amount is below zero."""
    return wrong(option, f"it is {shown(text)}, below zero", _FORM)


def more_than_can_be_set(option: str, text: str, most: int) -> Refusal:
    """Say that an amount is above the most that can be set, in nano-dollars."""
    return wrong(option, f"it is {shown(text)}", f"At most {usd_text(most)} can be set.")


def finer_than_is_counted(option: str, text: str) -> Refusal:
    """Say that an amount has more decimals than are counted."""
    return wrong(option, f"it is {shown(text)}", "Nothing finer than $0.000000001 is counted.")


def not_so_many_days(days: object, most: int) -> Refusal:
    """Say which numbers of days can be chosen."""
    return wrong("days", f"it is {shown(days)}", f"Choose 1 to {most} days.")


def not_a_number_of_days(text: str, most: int) -> Refusal:
    """Say which numbers of days can be written in a form."""
    return wrong("days", f"it is {shown(text)}", f"Write 1 to {most}, or leave it empty.")


def member_and_role() -> Refusal:
    """Say that a limit is of a member or of a role, not of both."""
    return wrong("options", "they name a member and a role", "Name one of them, or neither for this server.")


def no_amount() -> Refusal:
    """Say that it takes an amount to set a limit."""
    return wrong("options", "they name no amount", "Give day, month or both, such as 2.50.")


def amount_not_set(action: str) -> Refusal:
    """Say that an amount was given with an action that sets none."""
    return wrong("options", f"an amount does not go with {action}", "Leave day and month out, or choose set.")


def allowed_and_disallowed() -> Refusal:
    """Say that the same channel cannot be allowed and disallowed at once."""
    return wrong("options", "allow and disallow name the same channel", _LEAVE_OUT)


def set_and_cleared(what: str) -> Refusal:
    """Say that the log channel, or the allowed channels, cannot be set and cleared at once."""
    return wrong("options", f"they set and clear the {what}", _LEAVE_OUT)


def too_many_channels(most: int) -> Refusal:
    """Say that no more channels can be allowed."""
    return wrong("allow", f"{most} channels are allowed already", "Disallow one before.")
