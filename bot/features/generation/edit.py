"""/edit: a picture changed by words."""

from functools import partial

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.features.generation.services import GenerationServices
from bot.features.generation.size_choices import size_choices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.ordering import Ordering
from bot.orders.edit import EDIT_MODELS, EditOptions, edit_order, sizes_to_edit
from bot.orders.options import PROMPT_MAX, SEED_MAX
from bot.wording import commands


async def _sizes(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the sizes of the model that makes them, with what a picture costs."""
    price = GenerationServices.of(interaction).estimates.price_of(EDIT_MODELS["structure"])
    return size_choices(sizes_to_edit(typed), lambda _: price)


@app_commands.command(name="edit", description=commands.EDIT.description)
@app_commands.describe(**commands.EDIT.options)
@app_commands.autocomplete(size=_sizes)
@app_commands.choices(model=[Choice(name=name, value=name) for name in EDIT_MODELS])
@guarded
async def edit(
    interaction: Interaction,
    prompt: Range[str, 1, PROMPT_MAX],
    image: discord.Attachment | None = None,
    model: str | None = None,
    strength: Range[float, 0, 1] | None = None,
    size: str | None = None,
    seed: Range[int, 1, SEED_MAX] | None = None,
    spoiler: bool = False,
) -> None:
    """Order a picture changed by words."""
    services = GenerationServices.of(interaction)
    options = EditOptions(prompt, model, strength, size, seed, spoiler)
    order = edit_order(options, services.edit_model, services.rng)
    find = partial(services.finder.attached_or_newest, interaction, image)
    await Ordering.of(interaction).order_of_picture(interaction, order, find)
