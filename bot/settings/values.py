"""How single values of the settings are written, and what is refused of them."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from yarl import URL

from bot.domain.money import nano_from_usd
from bot.domain.pictures.hosts import Hosts
from bot.store import driver_url


def nano(usd: Decimal | None) -> int | None:
    """Give an amount in nano-dollars; None is no limit."""
    return None if usd is None else nano_from_usd(usd)


def _listed(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _hosts(entries: frozenset[str]) -> frozenset[str]:
    Hosts.of(entries)
    return entries


def _dollars(value: object) -> object:
    if value == "none":  # TOML has no null
        return None
    # TOML's 1.00 is a float: its shortest text is what the operator wrote
    return Decimal(repr(value)) if isinstance(value, float) else value


def _database(address: str) -> str:
    driver_url(address)
    return address


def _sendable(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("has a space, a line break or a letter that none has; copy it anew, and nothing else")
    return secret


def _web(address: str) -> str:
    return _address(address, "http", "https")


def _gateway(address: str) -> str:
    return _address(address, "ws", "wss")


def _address(address: str, *schemes: str) -> str:
    try:
        url = URL(address)
        usable = url.scheme in schemes and bool(url.host)
    except ValueError:  # such as a port that is no number
        usable = False
    if not usable:
        raise ValueError(f"must be an address such as {schemes[-1]}://host")
    return address


Listed = BeforeValidator(_listed)
"""A list, in the environment with commas."""
HostNames = Annotated[frozenset[str], Listed, AfterValidator(_hosts)]
Amount = Annotated[Decimal, Field(ge=0, le=1_000_000_000)]
Usd = Annotated[Amount, BeforeValidator(_dollars)]
Ceiling = Annotated[Amount | None, BeforeValidator(_dollars)]
"""An amount; `"none"` is no limit."""
Positive = Annotated[int, Field(gt=0, le=1_000_000_000)]
ShardCount = Annotated[int, Field(gt=0, le=100_000)]
Id = Annotated[int, Field(gt=0, lt=2**63)]
"""One of Discord's."""
Secret = Annotated[SecretStr, AfterValidator(_sendable)]
WebAddress = Annotated[str, AfterValidator(_web)]
GatewayAddress = Annotated[str, AfterValidator(_gateway)]
DatabaseAddress = Annotated[str, AfterValidator(_database)]
