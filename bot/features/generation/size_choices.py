"""What is offered while somebody types a size: its name, its pixels and what a picture costs."""

from collections.abc import Callable, Mapping

from discord.app_commands import Choice

from bot.domain.prices import Price
from bot.domain.sizes import Pixels
from bot.wording.prices import size_with_price


def size_choices(offered: Mapping[str, Pixels], price_of: Callable[[Pixels], Price]) -> list[Choice[str]]:
    """Build the choices; from memory alone, since Discord asks at each key."""
    return [
        Choice(name=size_with_price(text, pixels, price_of(pixels)), value=text)
        for text, pixels in offered.items()
    ]
