"""Members' pictures, ready to be attached; painted by the project itself when they are first looked at."""

import asyncio
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image

from sandbox.spark import catalogue
from sandbox.spark.order import Order
from sandbox.spark.painter import paint


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its file name, and the words that it is painted from."""

    name: str
    words: str
    seed: int


PICTURES: Final[Sequence[Picture]] = (
    Picture("ada.jpg", "portrait of a woman in a red coat", 7),
    Picture("ben.jpg", "portrait of a man with a beard, forest behind", 12),
    Picture("fox.jpg", "a red fox in snow", 3),
    Picture("lighthouse.jpg", "a lighthouse at dawn", 5),
)
_SIDE: Final = 1024


class Album:
    """Paints each picture once."""

    def __init__(self) -> None:
        self._painting: dict[str, asyncio.Task[bytes]] = {}
        self._known: Mapping[str, Picture] = {picture.name: picture for picture in PICTURES}

    async def get(self, name: str) -> bytes | None:
        """Give a picture's bytes (JPEG); None where there is none of this name."""
        if name not in self._known:
            return None
        if name not in self._painting:
            self._painting[name] = asyncio.create_task(asyncio.to_thread(_painted, self._known[name]))
        return await asyncio.shield(self._painting[name])


def _painted(picture: Picture) -> bytes:
    order = Order(catalogue.T2I, {"prompt": picture.words}, picture.seed, (_SIDE, _SIDE))
    with Image.open(io.BytesIO(paint(order))) as image, io.BytesIO() as file:
        image.convert("RGB").save(file, "JPEG", quality=88)
        return file.getvalue()
