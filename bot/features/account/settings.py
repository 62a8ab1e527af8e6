"""/settings: how /imagine makes pictures by default, what my replies mean, and who may use my pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Final, Literal, TypeAlias

import discord
from discord import app_commands

from bot.domain.pictures.ownership import PictureWord
from bot.domain.preferences import ENHANCE, Preferences, Replies
from bot.domain.sizes import Quality, Shape
from bot.features.account.services import AccountServices
from bot.interactions import Interaction
from bot.interactions.fields import select_options
from bot.interactions.guard import guarded, in_place
from bot.interactions.items import PersistentItem, Select, one_of
from bot.interactions.pages import Part, page_of, row, show_page, tell_page
from bot.orders.imagine import prices_of_qualities
from bot.orders.options import checked_choice
from bot.wording import commands
from bot.wording import settings as says

Setting: TypeAlias = Literal["shape", "quality", "enhance", "replies", "pictures", "results"]
_CHOICES: Final[Mapping[Setting, Sequence[str]]] = {
    "shape": tuple(Shape),
    "quality": tuple(Quality),
    "enhance": ENHANCE,
    "replies": tuple(Replies),
    "pictures": ("server", *PictureWord),
    "results": ("anyone", "nobody"),
}
"""The first is the usual one, but of replies."""


class SettingSelect(PersistentItem[Select], custom_id="setting:{setting}"):
    """Changes one of a person's own settings."""

    setting: Annotated[Setting, one_of("shape", "quality", "enhance", "replies", "pictures", "results")]
    options: Sequence[discord.SelectOption] = ()

    def _draw(self) -> Select:
        return Select(options=list(self.options))

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Keep what was chosen, and show the page with it."""
        chosen = self.item.values[0]
        checked_choice(self.setting, chosen, dict.fromkeys(_CHOICES[self.setting]))
        kept = await AccountServices.of(interaction).preferences.change(
            interaction.user.id, lambda own: _changed(own, self.setting, chosen)
        )
        await show_page(interaction, _page(interaction, kept))


def _changed(own: Preferences, setting: Setting, chosen: str) -> Preferences:
    usual = chosen == _CHOICES[setting][0]
    match setting:
        case "shape":
            return replace(own, shape=None if usual else Shape(chosen))
        case "quality":
            return replace(own, quality=None if usual else Quality(chosen))
        case "enhance":
            return replace(own, enhance=None if usual else chosen)
        case "replies":
            return replace(own, replies=Replies(chosen))
        case "pictures":
            return replace(own, pictures=None if usual else PictureWord(chosen))
        case "results":
            return replace(own, results=usual)


def _page(interaction: Interaction, own: Preferences) -> discord.ui.LayoutView:
    """Build the page: what is chosen stands in each select."""
    services = AccountServices.of(interaction)
    prices = prices_of_qualities(own.usual_size.shape, services.estimates.price_of)
    bot = interaction.client.user.mention if interaction.client.user else ""
    parts: list[str | Part | None] = [says.TITLE]
    rows: Sequence[tuple[Setting, str, Sequence[str]]] = (
        ("shape", says.SHAPE, tuple(Shape)),
        ("quality", says.QUALITY, says.qualities(prices)),
        ("enhance", says.ENHANCE, says.ENHANCED),
        ("replies", says.replies(bot), says.REPLIES),
        ("pictures", says.PICTURES, says.PICTURES_ALLOWED),
        ("results", says.RESULTS, says.RESULTS_ALLOWED),
    )
    kept: Mapping[Setting, str | None] = {
        "shape": own.shape,
        "quality": own.quality,
        "enhance": own.enhance,
        "replies": own.replies,
        "pictures": own.pictures,
        "results": None if own.results else "nobody",
    }
    for setting, text, names in rows:
        choices = _CHOICES[setting]
        chosen = kept[setting] or choices[0]
        options = select_options(zip(choices, names, strict=True), chosen)
        parts += [text, row(SettingSelect(setting, options))]
    return page_of(*parts)


@app_commands.command(name="settings", description=commands.SETTINGS.description)
@guarded
async def settings(interaction: Interaction) -> None:
    """Show the page."""
    own = await AccountServices.of(interaction).preferences.of(interaction.user.id)
    await tell_page(interaction, _page(interaction, own))
