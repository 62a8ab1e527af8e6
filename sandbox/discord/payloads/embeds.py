"""Embeds, with the links through which their pictures are shown."""

from collections.abc import Iterable, Sequence
from typing import Any

from sandbox.discord.model.files import Attachment
from sandbox.discord.payloads import Json
from sandbox.discord.rules.links import Cdn

_PICTURES = ("image", "thumbnail")
_ATTACHED = "attachment://"


def embed(of: Json, attachments: Sequence[Attachment], cdn: Cdn) -> Json:
    """Write an embed; a picture that names one of the message's files gets that file's link."""
    written = dict(of)
    for place in _PICTURES:
        if picture := of.get(place):
            written[place] = {**picture, **_links(picture["url"], attachments, cdn)}
    return written


def shown_in(embeds: Iterable[Json], attachments: Iterable[Attachment]) -> set[Attachment]:
    """Tell which files embeds show: a message does not list those among its attachments."""
    urls = {embed[place]["url"] for embed in embeds for place in _PICTURES if embed.get(place)}
    return {attachment for attachment in attachments if f"{_ATTACHED}{attachment.filename}" in urls}


def _links(url: str, attachments: Sequence[Attachment], cdn: Cdn) -> dict[str, Any]:
    if not url.startswith(_ATTACHED):
        return {"proxy_url": cdn.proxy(url)}
    for attachment in attachments:
        if attachment.filename == url.removeprefix(_ATTACHED):
            size = {} if attachment.size is None else dict(zip(("width", "height"), attachment.size, strict=True))
            return {"url": cdn.sign(attachment), "proxy_url": cdn.sign_proxied(attachment), **size}
    return {}
