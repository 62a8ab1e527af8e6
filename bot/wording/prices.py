"""What something is expected to cost, as people read it before they ask for it."""

from bot.domain.money import usd_text
from bot.domain.prices import Price
from bot.domain.sizes import Pixels
from bot.wording.text import pictures_text


def price_text(price: Price) -> str:
    """Write a price: `$0.0065`, or `about $0.03` while it is not learnt."""
    return usd_text(price.nano) if price.learnt else f"about {usd_text(price.nano)}"


def count_with_price(count: int, price: Price | None) -> str:
    """Name a count as it is offered, given one picture's price where it is known: `2 pictures · $0.013`."""
    pictures = pictures_text(count)
    return pictures if price is None else f"{pictures} · {price_text(price * count)}"


def size_with_price(name: str, pixels: Pixels, price: Price) -> str:
    """Name a size as it is offered: `16:9 HD · 2560×1440 · $0.013`."""
    width, height = pixels
    shape = f"{name.replace('hd', 'HD')} · " if ":" in name else ""
    return f"{shape}{width}×{height} · {price_text(price)}"
