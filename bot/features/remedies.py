"""The buttons under a refusal, for whoever it was told: one for each thing that one press does about it."""

from collections.abc import Callable, Sequence
from typing import Any

import discord

from bot.domain.confirmation import Agreed
from bot.domain.jobs import Order
from bot.domain.prices import Price
from bot.domain.refusals import Remedy
from bot.domain.remedies import AskModerator, MakeFewer, MendWords
from bot.features.generation.attaching import AttachButton
from bot.features.generation.consent import ConsentButton
from bot.features.moderation.asking import AskModeratorButton
from bot.features.moderation.words import MendWordsButton
from bot.interactions import Interaction
from bot.interactions.items import PersistentItem, view_of
from bot.interactions.pending import AGREED, ORDER, WORDS_TYPED, Pending
from bot.orders.picture_orders import AttachPicture
from bot.wording.asking import make_fewer_label


class RemedyButtons:
    """Draws them; an order that is offered is kept for as long as its refusal can be pressed."""

    def __init__(self, pending: Pending, price: Callable[[Order], Price]) -> None:
        self._pending = pending
        self._price = price

    async def view(self, refused: Interaction, remedies: Sequence[Remedy]) -> discord.ui.View:
        """Draw the buttons for whoever was refused; raises `DatabaseAway`."""
        return view_of(*[await self._button(refused, remedy) for remedy in remedies])

    async def _button(self, refused: Interaction, remedy: Remedy) -> PersistentItem[Any]:
        match remedy:
            case MakeFewer(order=order):
                price = self._price(order)  # pressing agrees to it
                key = await self._pending.keep(AGREED, Agreed(order, price.nano), refused)
                return ConsentButton(key, make_fewer_label(remedy.count, price))
            case AttachPicture(order=order):
                return AttachButton(await self._pending.keep(ORDER, order, refused))
            case AskModerator(period=period):
                return AskModeratorButton(period)
            case MendWords(typed=typed):
                return MendWordsButton(await self._pending.keep(WORDS_TYPED, typed, refused))
            case _:
                raise AssertionError(f"no button for {remedy!r}")
