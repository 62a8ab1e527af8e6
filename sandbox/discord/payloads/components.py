"""Components as Discord tells them: with every field, and with links to what they show."""

from collections.abc import Iterable, Sequence
from typing import Any
from zlib import crc32

from sandbox.discord.model.components import ComponentType, address_of, media_of
from sandbox.discord.model.files import Attachment
from sandbox.discord.payloads import Json
from sandbox.discord.rules.components import ATTACHED
from sandbox.discord.rules.links import Cdn

_UNSAID: dict[int, Json] = {
    ComponentType.THUMBNAIL: {"description": None, "spoiler": False},
    ComponentType.FILE: {"spoiler": False},
    ComponentType.SEPARATOR: {"divider": True, "spacing": 1},
    ComponentType.CONTAINER: {"accent_color": None, "spoiler": False},
}


def components(of: Iterable[Json], attachments: Sequence[Attachment], cdn: Cdn) -> list[Json]:
    """Write a message's components; those that name its files get those files' links."""
    return [_component(each, attachments, cdn) for each in of]


def shown_in(of: list[Json], attachments: Iterable[Attachment]) -> set[Attachment]:
    """Tell which files components show."""
    addresses = {address_of(each) for each in media_of(of)}
    return {each for each in attachments if f"{ATTACHED}{each.filename}" in addresses}


def _component(of: Json, attachments: Sequence[Attachment], cdn: Cdn) -> Json:
    written: dict[str, Any] = {**_UNSAID.get(of["type"], {}), **_said(of)}
    if "components" in of:
        written["components"] = components(of["components"], attachments, cdn)
    if of.get("accessory"):
        written["accessory"] = _component(of["accessory"], attachments, cdn)
    if "items" in of:
        unsaid = _UNSAID[ComponentType.THUMBNAIL]
        written["items"] = [
            {**unsaid, **_said(item), "media": _media(address_of(item), attachments, cdn)} for item in of["items"]
        ]
    if of["type"] == ComponentType.THUMBNAIL:
        written["media"] = _media(address_of(of), attachments, cdn)
    if of["type"] == ComponentType.FILE:
        found = _file(address_of(of), attachments)
        written["file"] = _media(address_of(of), attachments, cdn)
        written["name"] = found.filename if found else None
        written["size"] = len(found.content) if found else None
    return written


def _said(of: Json) -> Json:
    return {key: value for key, value in of.items() if value is not None}


def _media(url: str, attachments: Sequence[Attachment], cdn: Cdn) -> Json:
    found = _file(url, attachments)
    if found is None:
        return {"id": str(crc32(url.encode())), "url": url, "proxy_url": cdn.proxy(url)}
    width, height = found.size or (None, None)
    return {
        "id": str(found.id),
        "attachment_id": str(found.id),
        "url": cdn.sign(found),
        "proxy_url": cdn.sign_proxied(found),
        "content_type": found.content_type,
        "width": width,
        "height": height,
    }


def _file(url: str, attachments: Iterable[Attachment]) -> Attachment | None:
    return next((each for each in attachments if f"{ATTACHED}{each.filename}" == url), None)
