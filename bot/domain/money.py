"""Money: integer nano-dollars inside, `Decimal` where people and Spark are met, never a float."""

from decimal import ROUND_HALF_EVEN, Decimal

NANO_PER_USD = 1_000_000_000


def nano_from_usd(usd: Decimal) -> int:
    """Turn dollars into nano-dollars, rounding what is finer than one to the nearest even."""
    return int((usd * NANO_PER_USD).to_integral_value(ROUND_HALF_EVEN))


def usd_from_nano(nano: int) -> Decimal:
    """Turn nano-dollars into exact dollars."""
    return Decimal(nano) / NANO_PER_USD


def usd_text(nano: int) -> str:
    """Write an amount for people: `$1.00`, `$0.0065`; two decimals or as many as it needs."""
    whole, fraction = divmod(abs(nano), NANO_PER_USD)
    digits = f"{fraction:09d}".rstrip("0").ljust(2, "0")
    return f"{'-' if nano < 0 else ''}${whole:,}.{digits}"
