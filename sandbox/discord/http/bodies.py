"""Request bodies: JSON, or a multipart form with payload_json and files."""

import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.discord.model.files import Upload
from sandbox.discord.rules.errors import INVALID_JSON, DiscordError

_FILE_PART = re.compile(r"files\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carried."""

    json: Any = None
    files: tuple[Upload, ...] = ()


async def read_body(request: web.Request) -> Body:
    """Read a request's body; `DiscordError` 50109 where its JSON is none."""
    if request.content_type.startswith("multipart/"):
        return await _read_form(request)
    text = await request.text()
    return Body(_parse(text) if text else None)


async def _read_form(request: web.Request) -> Body:
    payload: Any = None
    files: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "payload_json":
            payload = _parse(await part.text())
        elif part.name and (match := _FILE_PART.fullmatch(part.name)):
            content = bytes(await part.read())
            files.append(Upload(int(match[1]), part.filename or "unknown", content))
    return Body(payload, tuple(files))


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise DiscordError(INVALID_JSON) from error
