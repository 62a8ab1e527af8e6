"""What moderators type: amounts of dollars, days, reasons; checked as every option is."""

import re
from decimal import Decimal
from typing import Final

from bot.domain.money import NANO_PER_USD, nano_from_usd, usd_text
from bot.orders.options import checked_text
from bot.wording.options import shown, wrong

REASON_MAX: Final = 300
DAYS_MAX: Final = 366
AMOUNT_MAX: Final = 1_000_000 * NANO_PER_USD
"""Nano-dollars; far below what a database holds, even where many of them are added up."""
_AMOUNT: Final = re.compile(r"(?P<minus>-?)\$?(?P<number>[0-9]{1,20}(?:\.[0-9]{1,20})?)", re.ASCII)
_FORM: Final = "Write dollars with a point, such as 2.50 or $0.005."


def typed_amount(option: str, text: str) -> int:
    """Read an amount such as `2.50` or `$2.50`, in nano-dollars; raises `Refusal`."""
    match = _AMOUNT.fullmatch(_text(option, text).strip().replace("$-", "-$"))
    if match is None:
        raise wrong(option, f"it is {shown(text)}", _FORM)
    usd = Decimal(match["number"])
    if match["minus"] and usd:
        raise wrong(option, f"it is {shown(text)}, below zero", _FORM)
    if usd * NANO_PER_USD > AMOUNT_MAX:
        raise wrong(option, f"it is {shown(text)}", f"At most {usd_text(AMOUNT_MAX)} can be set.")
    if usd * NANO_PER_USD % 1:
        raise wrong(option, f"it is {shown(text)}", "Nothing finer than $0.000000001 is counted.")
    return nano_from_usd(usd)


def checked_reason(reason: str, option: str = "reason") -> str:
    """Give a reason as it is kept; raises `Refusal` where it says nothing, or too much."""
    return " ".join(checked_text(option, _text(option, reason), REASON_MAX).split())


def checked_days(days: int) -> int:
    """Give a number of days; raises `Refusal` where it is not one to a year."""
    if type(days) is not int or not 1 <= days <= DAYS_MAX:
        raise wrong("days", f"it is {shown(days)}", f"Choose 1 to {DAYS_MAX} days.")
    return days


def typed_days(text: str) -> int | None:
    """Read a number of days that was typed into a form; None where nothing was. Raises `Refusal`."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(DAYS_MAX))):
        raise wrong("days", f"it is {shown(text)}", f"Write 1 to {DAYS_MAX}, or leave it empty.")
    return checked_days(int(text))


def _text(option: str, value: object) -> str:
    # a hand-made interaction sends what it likes
    if not isinstance(value, str):
        raise wrong(option, f"it is {shown(value)}", "It takes text.")
    return value
