"""/portrait: a new portrait of the person in a picture."""

from functools import partial

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

import spark
from bot.features.generation.services import GenerationServices
from bot.features.generation.size_choices import size_choices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.ordering import Ordering
from bot.orders.options import PROMPT_MAX, SEED_MAX
from bot.orders.portrait import PORTRAIT_MODES, PortraitOptions, portrait_order, sizes_to_portray
from bot.wording import commands


def _tenths() -> list[Choice[float]]:
    return [Choice(name=f"{tenth / 10:g}", value=tenth / 10) for tenth in range(11)]


async def _sizes(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the sizes with what a portrait costs."""
    price = GenerationServices.of(interaction).estimates.price_of(spark.Portrait.name)
    return size_choices(sizes_to_portray(typed), lambda _: price)


@app_commands.command(name="portrait", description=commands.PORTRAIT.description)
@app_commands.describe(**commands.PORTRAIT.options)
@app_commands.autocomplete(size=_sizes)
@app_commands.choices(mode=[Choice(name=name, value=name) for name in PORTRAIT_MODES])
@app_commands.choices(face_clarity=_tenths(), beautify=_tenths(), even_skin=_tenths())
@guarded
async def portrait(
    interaction: Interaction,
    image: discord.Attachment | None = None,
    prompt: Range[str, 1, PROMPT_MAX] | None = None,
    mode: str | None = None,
    face_clarity: float | None = None,
    beautify: float | None = None,
    even_skin: float | None = None,
    size: str | None = None,
    seed: Range[int, 1, SEED_MAX] | None = None,
    spoiler: bool = False,
) -> None:
    """Order a portrait made of a picture."""
    services = GenerationServices.of(interaction)
    options = PortraitOptions(prompt, mode, face_clarity, beautify, even_skin, size, seed, spoiler)
    order = portrait_order(options, services.rng)
    find = partial(services.finder.attached_or_newest, interaction, image)
    await Ordering.of(interaction).order_of_picture(interaction, order, find)
