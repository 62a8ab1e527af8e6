"""Which picture is meant, where that is not clear: its person is shown the newest, and takes one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.pictures.sources import Source
from bot.domain.prices import Price
from bot.orders.picture_orders import PictureOrder


class NotClear(Exception):
    """More than one picture may be meant; it carries the newest, and the address of what may hide another."""

    def __init__(self, pictures: Sequence[Source], hidden_url: str | None) -> None:
        super().__init__(f"{len(pictures)} pictures")
        self.pictures = pictures
        self.hidden_url = hidden_url


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """An order, and the pictures that it may be of."""

    order: PictureOrder
    pictures: Sequence[Source]
    price: Price
    guild_id: int
    """The server where they are; 0 in direct messages."""
    hidden_url: str | None
    """The address of a newer message that Discord does not show the bot."""


class NeedsPicture(Exception):
    """An order whose person is asked first which picture it is of."""

    def __init__(self, choice: PictureChoice) -> None:
        super().__init__(choice.order.kind)
        self.choice = choice
