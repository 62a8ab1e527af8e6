"""What one press does about a refusal: fewer pictures, or asking those who may allow more."""

from dataclasses import dataclass, replace

from bot.domain.budgets import Period
from bot.domain.jobs import Order
from bot.domain.refusals import Remedy


@dataclass(frozen=True, slots=True)
class MakeFewer(Remedy):
    """The same order with as many pictures as fit."""

    order: Order

    @property
    def count(self) -> int:
        """Tell how many fit."""
        return len(self.order.tasks)


@dataclass(frozen=True, slots=True)
class AskModerator(Remedy):
    """A word to the moderators that somebody's own limit is too low for them."""

    period: Period


@dataclass(frozen=True, slots=True)
class MendWords(Remedy):
    """The form of a server's list once more, as it was typed."""

    typed: str


def make_fewer(order: Order, fitting: int) -> MakeFewer | None:
    """Offer the first pictures of an order, of which so many fit; None where none does."""
    return MakeFewer(replace(order, tasks=order.tasks[:fitting])) if fitting > 0 else None
