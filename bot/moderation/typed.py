"""What moderators type: amounts of dollars, days, reasons; checked as every option is."""

import re
from decimal import Decimal
from typing import Final

from bot.domain.moderation.words import ENTRIES_MAX, LIST_MAX, ReadList
from bot.domain.money import NANO_PER_USD, nano_from_usd
from bot.domain.remedies import MendWords
from bot.orders.options import checked_text
from bot.wording.listed_words import faulty_lines, too_many_entries
from bot.wording.moderators_options import (
    below_zero,
    finer_than_is_counted,
    more_than_can_be_set,
    not_a_number_of_days,
    not_an_amount,
    not_so_many_days,
)
from bot.wording.options import wrong_type

REASON_MAX: Final = 300
DAYS_MAX: Final = 366
AMOUNT_MAX: Final = 1_000_000 * NANO_PER_USD
"""Nano-dollars; far below what a database holds, even where many of them are added up."""
_AMOUNT: Final = re.compile(r"(?P<minus>-?)\$?(?P<number>[0-9]{1,20}(?:\.[0-9]{1,20})?)", re.ASCII)


def typed_amount(option: str, text: str) -> int:
    """Read an amount such as `2.50` or `$2.50`, in nano-dollars; raises `Refusal`."""
    match = _AMOUNT.fullmatch(_text(option, text).strip().replace("$-", "-$"))
    if match is None:
        raise not_an_amount(option, text)
    usd = Decimal(match["number"])
    if match["minus"] and usd:
        raise below_zero(option, text)
    if usd * NANO_PER_USD > AMOUNT_MAX:
        raise more_than_can_be_set(option, text, AMOUNT_MAX)
    if usd * NANO_PER_USD % 1:
        raise finer_than_is_counted(option, text)
    return nano_from_usd(usd)


def checked_reason(reason: str, option: str = "reason") -> str:
    """Give a reason as it is kept; raises `Refusal` where it says nothing, or too much."""
    return " ".join(checked_text(option, _text(option, reason), REASON_MAX).split())


def checked_days(days: int) -> int:
    """Give a number of days; raises `Refusal` where it is not one to a year."""
    if type(days) is not int or not 1 <= days <= DAYS_MAX:
        raise not_so_many_days(days, DAYS_MAX)
    return days


def typed_days(text: str) -> int | None:
    """Read a number of days that was typed into a form; None where nothing was. Raises `Refusal`."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(DAYS_MAX))):
        raise not_a_number_of_days(text, DAYS_MAX)
    return checked_days(int(text))


def typed_words(text: str) -> tuple[str, ...]:
    """Read a server's list of words, one a line; raises `Refusal` where a line cannot be used, or too many are."""
    read = ReadList.of(text)
    if read.faulty:
        raise faulty_lines(read.faulty, MendWords(text))
    if len(read.entries) > ENTRIES_MAX or len(text) > LIST_MAX:
        raise too_many_entries(len(read.entries), MendWords(text))
    return read.entries


def _text(option: str, value: object) -> str:
    # a hand-made interaction sends what it likes
    if not isinstance(value, str):
        raise wrong_type(option, value, (str,))
    return value
