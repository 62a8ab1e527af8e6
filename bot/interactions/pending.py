"""What somebody has begun and not yet sent: kept in the database for as long as Discord lets it be finished.

It is finished where it was begun, on the same server or in direct messages, and heard by whichever process.
"""

import secrets
from dataclasses import replace
from typing import Final, Generic, TypeVar

import discord
import structlog
from pydantic import TypeAdapter, ValidationError

from bot.domain.confirmation import Agreed
from bot.domain.jobs import INTERACTION_TOKEN_LIFE
from bot.domain.pictures.sources import InputImage, Source
from bot.interactions import Interaction
from bot.interactions.origins import account_of
from bot.interactions.which_picture import PictureChoice
from bot.orders.picture_orders import PictureOrder
from bot.store import PendingStore, PendingValue
from bot.wording.trouble import sent_already_or_too_late, too_late

_log = structlog.get_logger()
_KEY_BYTES: Final = 16

T = TypeVar("T")


class PendingKind(Generic[T]):
    """A kind of what is kept: its name in the database, and how its values are written there."""

    def __init__(self, name: str, values: TypeAdapter[T]) -> None:
        self.name = name
        self._values = values

    def written(self, value: T) -> PendingValue:
        """Write a value."""
        return PendingValue(self.name, self._values.dump_python(value, mode="json"))

    def read(self, written: PendingValue) -> T | None:
        """Read a value; None where another version has written it, which knows more or less of such values."""
        try:
            value = self._values.validate_python(written.value)
        except ValidationError as error:  # whose text holds people's words
            _log.info("pending.unreadable", kind=self.name, problems=error.error_count())
            return None
        if self.written(value).value != written.value:
            _log.info("pending.unreadable", kind=self.name, problems="fields that only one version knows")
            return None
        return value


class _AgreedKind(PendingKind[Agreed]):
    """Orders with their pictures, whose bytes are no JSON."""

    def written(self, value: Agreed) -> PendingValue:
        """Write an order, its picture's bytes beside it."""
        if (image := value.order.image) is None:
            return super().written(value)
        return replace(super().written(_with_image(value, replace(image, data=b""))), picture=image.data)

    def read(self, written: PendingValue) -> Agreed | None:
        """Read an order with its picture."""
        value = super().read(written)
        if value is None or written.picture is None or (image := value.order.image) is None:
            return value
        return _with_image(value, replace(image, data=written.picture))


def _with_image(agreed: Agreed, image: InputImage) -> Agreed:
    return replace(agreed, order=replace(agreed.order, image=image))


AGREED: Final[PendingKind[Agreed]] = _AgreedKind("agreed", TypeAdapter(Agreed))
"""Orders that their persons are asked about, or offered."""
ORDER: Final = PendingKind("order", TypeAdapter(PictureOrder))
"""Orders that still lack their picture."""
CHOICE: Final = PendingKind("choice", TypeAdapter(PictureChoice))
"""Orders whose picture is chosen from some."""
WORDS_TYPED: Final = PendingKind("words", TypeAdapter(str))
"""Lists of words that cannot be used as they were typed."""
PICTURES: Final = PendingKind("pictures", TypeAdapter(tuple[Source, ...]))
"""What a form, or the page of styles, was opened on."""


class Pending:
    """Keeps few values for a short while, each for the person who has begun it; raises `DatabaseAway`.

    When something was begun is read from its event's id: hosts' clocks may differ, and Discord's counts.
    """

    def __init__(self, store: PendingStore) -> None:
        self._store = store

    async def keep(self, kind: PendingKind[T], value: T, begun: Interaction) -> str:
        """Keep a value and give its key; of too many of one person's the oldest go."""
        key = secrets.token_hex(_KEY_BYTES)
        await self._store.keep(key, account_of(begun), kind.written(value), _moment_of(begun))
        return key

    async def take(self, kind: PendingKind[T], key: str, by: Interaction) -> T:
        """Take a value once, by an event, which gets it again; raises `Refusal` where it is gone."""
        found = await self._store.take(key, account_of(by), kind.name, _since(by), by.id)
        if found is None or (value := kind.read(found)) is None:
            raise sent_already_or_too_late()
        return value

    async def peek(self, kind: PendingKind[T], key: str, by: Interaction) -> T:
        """Look at a value, which stays; raises `Refusal` where it is gone."""
        found = await self._store.peek(key, account_of(by), kind.name, _since(by))
        if found is None or (value := kind.read(found)) is None:
            raise too_late()
        return value


def _moment_of(event: Interaction) -> int:
    """Tell when an event was, in Unix milliseconds."""
    return round(discord.utils.snowflake_time(event.id).timestamp() * 1000)


def _since(event: Interaction) -> int:
    """Tell from when on what was begun could still be finished with an event."""
    return _moment_of(event) - INTERACTION_TOKEN_LIFE
