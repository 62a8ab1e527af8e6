"""What something is expected to cost, as people read it before they ask for it."""

from bot.domain.money import usd_text
from bot.domain.prices import Price
from bot.wording.text import pictures_text


def price_text(price: Price) -> str:
    """Write a price: `$0.0065`, or `about $0.03` while it is not learnt."""
    return usd_text(price.nano) if price.learnt else f"about {usd_text(price.nano)}"


def count_with_price(count: int, price: Price | None) -> str:
    """Name a count as it is offered, given one picture's price where it is known: `2 pictures · $0.013`."""
    pictures = pictures_text(count)
    return pictures if price is None else f"{pictures} · {price_text(price * count)}"
