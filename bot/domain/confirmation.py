"""Asking before much is spent: what a person is asked, and what they have agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass

import spark
from bot.domain.budgets import Budget
from bot.domain.jobs import Order
from bot.domain.money import usd_text
from bot.domain.prices import Price


@dataclass(frozen=True, slots=True)
class Agreed:
    """An order, and what its person has agreed to."""

    order: Order
    price: int = 0
    """Nano-dollars that they have agreed to spend on it; 0 where they were not asked."""


def disappointments(order: Order) -> tuple[str, ...]:
    """Say why an order's pictures may be of no use at all; whoever repeats a job has seen what came of it."""
    if order.repeats_id is not None:
        return ()
    cautions = (caution for task in order.tasks for caution in spark.parse(task.model, task.params).warnings)
    return tuple(dict.fromkeys(caution.text for caution in cautions if caution.in_vain))


class PriceNotAgreed(Exception):
    """An order that costs more than is spent without asking; it carries what there is to say."""

    def __init__(self, order: Order, price: Price, above: int, budgets: Sequence[Budget]) -> None:
        """Build with the price, what may be spent without asking (nano-dollars), and what the person has left."""
        super().__init__(f"{usd_text(price.nano)} for {order.kind}")
        self.order = order
        self.price = price
        self.above = above
        self.budgets = budgets
