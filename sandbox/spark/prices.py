"""What a task costs here; the vendor documents no prices, so these are only plausible."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sandbox.spark import catalogue

_ABOVE_1K: Final = 2_000_000  # pixels: the largest recommended 1K size has 1.76 million, the smallest 2K one 3.6

_USD: Final[Mapping[str, Decimal]] = MappingProxyType(
    {
        catalogue.T2I: Decimal("0.0065"),
        catalogue.I2I: Decimal("0.0080"),
        catalogue.EDIT: Decimal("0.0080"),
        catalogue.STYLE: Decimal("0.0050"),
        catalogue.PORTRAIT: Decimal("0.0200"),
    }
)
_USD_2K: Final[Mapping[str, Decimal]] = MappingProxyType({catalogue.T2I: Decimal("0.0130")})


def price(model: str, size: tuple[int, int]) -> Decimal:
    """Tell what one picture of this size (width, height) costs, in USD."""
    if size[0] * size[1] > _ABOVE_1K and model in _USD_2K:
        return _USD_2K[model]
    return _USD[model]


def first_prices() -> Mapping[str, Decimal]:
    """Tell what a bot is to expect of each model, and of what it makes in 2K (`…_hd`), in USD."""
    return {**_USD, **{f"{model}_hd": usd for model, usd in _USD_2K.items()}}


def usd_text(usd: Decimal) -> str:
    """Write an amount for people: `$1.00`, `$0.0065`; two decimals or as many as it needs."""
    whole, _, fraction = f"{usd:,f}".partition(".")
    return f"${whole}.{fraction.rstrip('0').ljust(2, '0')}"
