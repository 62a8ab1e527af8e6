"""Files and pictures as the page shows them: from the page's own address, whatever their links are."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from sandbox.discord import Attachment, DiscordSandbox, Message
from sandbox.discord.model.components import address_of, media_of
from sandbox.discord.payloads import Json
from sandbox.discord.rules.components import ATTACHED


class Media:
    """Finds what components show."""

    def __init__(self, discord: DiscordSandbox) -> None:
        self._discord = discord

    def components(self, of: Iterable[Json], attachments: Sequence[Attachment]) -> list[Json]:
        """Copy components, each picture and file in them with a `shown` that the page can draw, or with null."""
        return [self._component(each, attachments) for each in of]

    def in_message(self, message: Message) -> Iterator[Attachment]:
        """Give every file of a message: its own, those that it forwards, those of others that it shows."""
        yield from message.attachments
        components = message.components
        if message.snapshot is not None:
            yield from message.snapshot.attachments
            components = [*components, *message.snapshot.components]
        for each in media_of(components):
            if (found := self._find(address_of(each), ())) is not None:
                yield found

    def _component(self, of: Json, attachments: Sequence[Attachment]) -> Json:
        told = dict(of)
        if "components" in of:
            told["components"] = self.components(of["components"], attachments)
        if of.get("accessory"):
            told["accessory"] = self._component(of["accessory"], attachments)
        if "items" in of:
            told["items"] = [item | {"shown": self._shown(item, attachments)} for item in of["items"]]
        if "media" in of or "file" in of:
            told["shown"] = self._shown(of, attachments)
        return told

    def _shown(self, of: Json, attachments: Sequence[Attachment]) -> Json | None:
        found = self._find(address_of(of), attachments)
        if found is None or found.gone:
            return None
        told = file(found)
        return told | {"alt": of.get("description") or told["alt"], "spoiler": bool(of.get("spoiler"))}

    def _find(self, url: str, attachments: Iterable[Attachment]) -> Attachment | None:
        if url.startswith(ATTACHED):
            return next((each for each in attachments if each.filename == url.removeprefix(ATTACHED)), None)
        return self._discord.attachment_of(url)


def file(of: Attachment) -> Json:
    """Tell a file as the page shows it."""
    return {
        "url": f"/files/{of.id}/{quote(of.filename)}",
        "name": of.filename,
        "type": of.content_type or "",
        "size": len(of.content),
        "alt": of.description or "",
        "spoiler": of.spoiler,
        "width": of.size[0] if of.size else None,
        "height": of.size[1] if of.size else None,
    }
