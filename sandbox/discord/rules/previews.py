"""Links in messages: what Discord finds behind them, and shows of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.discord.model.files import picture_size

_LINK = re.compile(r"(?<!<)https?://[^\s<>]+")
_MOST = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Something on the web outside: a picture by itself, or a page with a title that shows one."""

    url: str
    picture: bytes = field(repr=False)
    title: str | None = None

    @property
    def picture_url(self) -> str:
        """Where the picture stands."""
        return self.url if self.title is None else f"{self.url.rstrip('/')}/preview.png"


def previews(text: str, pages: Mapping[str, Page]) -> list[dict[str, Any]]:
    """Write the embeds that Discord adds for the links of a text."""
    found = (pages[link] for link in dict.fromkeys(_LINK.findall(text)) if link in pages)
    return [_preview(page) for page in found][:_MOST]


def _preview(page: Page) -> dict[str, Any]:
    thumbnail: dict[str, Any] = {"url": page.picture_url}
    if (size := picture_size(page.picture)) is not None:
        thumbnail |= {"width": size[0], "height": size[1]}
    if page.title is None:
        return {"type": "image", "url": page.url, "thumbnail": thumbnail}
    return {"type": "article", "url": page.url, "title": page.title, "thumbnail": thumbnail}
