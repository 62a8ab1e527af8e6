"""What is asked before an order goes on: that a copy is posted, that it may disappoint, that much is spent."""

from collections.abc import Sequence
from dataclasses import replace

import spark
from bot.domain.confirmation import Agreed, PriceNotAgreed
from bot.domain.jobs import Order
from bot.domain.prices import Price
from bot.wording.questions import disappointment_label, disappointment_question, price_label, price_question

_POST_IT = "Post it here and go on"


class NeedsConsent(Exception):
    """An order whose person is asked first; it carries the question, and what they order by agreeing."""

    def __init__(self, question: str, label: str, agreed: Agreed) -> None:
        super().__init__(label)
        self.question = question
        self.label = label
        """What stands on the button that agrees."""
        self.agreed = agreed


def consent_to_copy(agreed: Agreed) -> NeedsConsent:
    """Ask whether a copy of the order's picture may be posted: say why, and what happens then."""
    order = agreed.order
    source = order.source
    if source is None:
        raise AssertionError("only for a picture is a person asked")
    with_copy = replace(order, source=replace(source, copy_agreed=True))
    return NeedsConsent(_copy_question(order), _POST_IT, replace(agreed, order=with_copy))


def consent_to_price(asked: PriceNotAgreed) -> NeedsConsent:
    """Ask whether the order's price may be spent."""
    return NeedsConsent(price_question(asked), price_label(asked.price), Agreed(asked.order, asked.price.nano))


def consent_to_disappointment(agreed: Agreed, why: Sequence[str], price: Price) -> NeedsConsent:
    """Ask whether the order is to be made although it may disappoint; its price is agreed to with it."""
    question = disappointment_question(agreed.order, why, price)
    return NeedsConsent(question, disappointment_label(price), replace(agreed, price=price.nano))


def _copy_question(order: Order) -> str:
    source = order.source
    if source is not None and source.needs_copy:
        done = "; ".join(source.changes) or "converted"
        why = f"this one has to be changed first ({done})"
        instead = "send a screenshot of it, or a JPEG or PNG that needs no such change"
        if source.changes == (spark.PLACE_REMOVED,):
            instead = "send a screenshot of it, which does not tell where it was taken"
    else:
        why = "Discord no longer has the file that came with the command"
        instead = "attach it to a new /portrait"
    return (
        "**May the bot post a copy of this picture here?**\n"
        f"Spark takes a portrait's picture by its address only, and {why}. "
        "The bot would post the copy in this channel, where everybody sees it, and then go on.\n"
        f"If you had rather not, do nothing, or {instead}.\n"
        "-# Nothing was charged."
    )
