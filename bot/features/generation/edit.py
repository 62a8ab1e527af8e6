"""/edit: a picture changed by words."""

from functools import partial

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.ordering import Ordering
from bot.orders.edit import EDIT_MODELS, EditOptions, edit_order
from bot.orders.options import PROMPT_MAX, SEED_MAX
from bot.wording import commands

_SIZE_MIN, _SIZE_MAX = 512, 2016


@app_commands.command(name="edit", description=commands.EDIT.description)
@app_commands.describe(**commands.EDIT.options)
@app_commands.choices(model=[Choice(name=name, value=name) for name in EDIT_MODELS])
@guarded
async def edit(
    interaction: Interaction,
    prompt: Range[str, 1, PROMPT_MAX],
    image: discord.Attachment | None = None,
    model: str | None = None,
    strength: Range[float, 0, 1] | None = None,
    seed: Range[int, 1, SEED_MAX] | None = None,
    width: Range[int, _SIZE_MIN, _SIZE_MAX] | None = None,
    height: Range[int, _SIZE_MIN, _SIZE_MAX] | None = None,
    spoiler: bool = False,
) -> None:
    """Order a picture changed by words."""
    services = GenerationServices.of(interaction)
    options = EditOptions(prompt, model, strength, seed, width, height, spoiler)
    order = edit_order(options, services.edit_model, services.rng)
    find = partial(services.finder.attached_or_newest, interaction, image)
    await Ordering.of(interaction).order_of_picture(interaction, order, find)
