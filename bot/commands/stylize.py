"""/stylize: a picture in another style."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

import spark
from bot.components.desk import desk_of
from bot.domain.orders.stylize import (
    WATERMARK_LANGUAGES,
    WATERMARK_MAX,
    WATERMARK_POSITIONS,
    StylizeOptions,
    stylize_order,
)
from bot.interactions import Interaction


def stylize_command() -> app_commands.Command[Any, ..., None]:
    """Build the command."""

    @app_commands.command(name="stylize", description="Redraw a picture in one of 22 styles.")
    @app_commands.describe(
        style="What it shall look like.",
        image="The picture; without one, the newest here, unless Discord hides newer messages from the bot.",
        watermark="Put a watermark on the picture; every watermark_ option does so too.",
        watermark_text="What the watermark says; Spark's own words if you choose none.",
        watermark_position="Which corner the watermark stands in; bottom right if you choose none.",
        watermark_opacity="How solid the watermark is, 0 (unseen) to 1 (solid); 1 if you choose none.",
        watermark_language="The language of Spark's own words; Chinese if you choose none.",
        spoiler="Hide the picture until it is clicked.",
    )
    @app_commands.choices(
        style=[Choice(name=style.label, value=slug) for slug, style in spark.STYLES.items()],
        watermark_position=[Choice(name=name, value=name) for name in WATERMARK_POSITIONS],
        watermark_language=[Choice(name=name, value=name) for name in WATERMARK_LANGUAGES],
    )
    async def stylize(
        interaction: Interaction,
        style: str,
        image: discord.Attachment | None = None,
        watermark: bool | None = None,
        watermark_text: Range[str, 1, WATERMARK_MAX] | None = None,
        watermark_position: str | None = None,
        watermark_opacity: Range[float, 0, 1] | None = None,
        watermark_language: str | None = None,
        spoiler: bool = False,
    ) -> None:
        desk = desk_of(interaction)
        options = StylizeOptions(
            style,
            watermark,
            watermark_text,
            watermark_position,
            watermark_opacity,
            watermark_language,
            spoiler,
        )
        await desk.answers.ask_of_picture(
            interaction,
            lambda: stylize_order(options),
            desk.finder.attached_or_newest(interaction, image),
        )

    return stylize
