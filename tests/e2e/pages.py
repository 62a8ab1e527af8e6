"""Private pages, as their person reads them."""

from sandbox.discord import Message
from sandbox.discord.model.components import ComponentType, every, media_of, texts_of


def words_of(message: Message) -> str:
    """Read a message from the top: its text, or all texts of a page."""
    return message.content or "\n".join(texts_of(message.components))


def controls_of(message: Message) -> list[str]:
    """Name what can be pressed and chosen on a page, in order."""
    kinds = {ComponentType.BUTTON, ComponentType.STRING_SELECT}
    found = [each for each in every(message.components) if each["type"] in kinds]
    return [each.get("label") or each["placeholder"] for each in found]


def edge_of(message: Message) -> int | None:
    """Give the colour of a page's edge."""
    [box] = message.components
    colour: int | None = box.get("accent_color")
    return colour


def pictures_on(message: Message) -> list[str]:
    """Give the addresses of the pictures on a page, in order."""
    return [each["media"]["url"] for each in media_of(message.components)]
