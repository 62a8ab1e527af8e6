"""The page of styles, as people use it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.discord import Interaction, Member, Message
from sandbox.discord.model.components import every, media_of, texts_of
from tests.e2e.harness import Harness
from tests.e2e.pressing import answered, chosen


def pressable(page: Message) -> Mapping[str, Mapping[str, Any]]:
    """List what can be pressed and opened, by what stands on it."""
    named = (c for c in every(page.components) if c.get("custom_id"))
    return {str(c.get("label") or c.get("placeholder")): c for c in named}


def head(page: Message) -> str:
    return texts_of(page.components)[0]


def sheets(page: Message) -> Sequence[str]:
    return [each.filename for each in page.attachments if list(media_of(page.components))]


def order_button(page: Message) -> Mapping[str, Any]:
    return next(c for c in every(page.components) if str(c.get("custom_id")).startswith("styles-order:"))


async def choose_style(bot: Harness, member: Member, page: Message, style: str) -> None:
    """Choose a style on its page, and wait until the page names it."""
    await chosen(bot, member, page, "Choose a style…", style)
    await bot.until(lambda: f"**{style}**" in head(page))


async def choose_picture(bot: Harness, member: Member, page: Message, picture: str) -> None:
    await chosen(bot, member, page, "Picture", picture)
    await bot.until(lambda: f"[{picture}]" in head(page))


async def styled(bot: Harness, member: Member, page: Message, style: str) -> Interaction:
    """Choose a style on its page, and press the button that orders it."""
    await choose_style(bot, member, page, style)
    return await ordered(bot, member, page)


async def ordered(bot: Harness, member: Member, page: Message) -> Interaction:
    return await answered(bot, await bot.discord.click(member, page, order_button(page)["custom_id"]))
