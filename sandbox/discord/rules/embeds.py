"""Embeds: Discord's limits for those that are sent, and those that it adds for the links of a text."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.discord.model.files import picture_size
from sandbox.discord.model.world import Page
from sandbox.discord.rules.request_fields import Form

MAX_EMBEDS = 10
MAX_FIELDS = 25
MAX_CHARACTERS = 6000
"""Titles, descriptions, field names and values, footers and authors of a message's embeds together."""


def read_embeds(form: Form, value: object) -> list[dict[str, Any]] | None:
    """Check the field `embeds` of a message; None where it is absent."""
    if value is None:
        return None
    embeds = form.objects(("embeds",), value, most=MAX_EMBEDS)
    characters = 0
    for index, embed in enumerate(embeds):
        path = ("embeds", index)
        texts = [
            form.text((*path, "title"), embed.get("title"), most=256),
            form.text((*path, "description"), embed.get("description"), most=4096),
            form.text((*path, "footer", "text"), (embed.get("footer") or {}).get("text"), most=2048),
            form.text((*path, "author", "name"), (embed.get("author") or {}).get("name"), most=256),
        ]
        fields = form.objects((*path, "fields"), embed.get("fields"), most=MAX_FIELDS)
        for number, field in enumerate(fields):
            where = (*path, "fields", number)
            texts += [
                form.text((*where, "name"), field.get("name"), least=1, most=256, required=True),
                form.text((*where, "value"), field.get("value"), least=1, most=1024, required=True),
            ]
        characters += sum(len(text) for text in texts)
    if characters > MAX_CHARACTERS:
        form.refuse(
            ("embeds",),
            "MAX_EMBED_SIZE_EXCEEDED",
            f"Embed size exceeds maximum size of {MAX_CHARACTERS}",
        )
    return [{**embed, "type": "rich"} for embed in embeds]


_LINK = re.compile(r"(?<!<)https?://[^\s<>]+")
_MOST = 5


def link_previews(text: str, pages: Mapping[str, Page]) -> list[dict[str, Any]]:
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
