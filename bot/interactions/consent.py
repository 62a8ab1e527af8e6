"""What is asked before an order goes on: that a copy is posted, that it may disappoint, that much is spent."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.confirmation import Agreed, PriceNotAgreed
from bot.domain.prices import Price
from bot.wording import questions


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
    return NeedsConsent(questions.copy_question(source), questions.COPY_LABEL, replace(agreed, order=with_copy))


def consent_to_price(asked: PriceNotAgreed) -> NeedsConsent:
    """Ask whether the order's price may be spent."""
    question, label = questions.price_question(asked), questions.price_label(asked.price)
    return NeedsConsent(question, label, Agreed(asked.order, asked.price.nano))


def consent_to_disappointment(agreed: Agreed, why: Sequence[str], price: Price) -> NeedsConsent:
    """Ask whether the order is to be made although it may disappoint; its price is agreed to with it."""
    question = questions.disappointment_question(agreed.order, why, price)
    return NeedsConsent(question, questions.disappointment_label(price), replace(agreed, price=price.nano))
