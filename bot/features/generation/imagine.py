"""/imagine: words into pictures."""

from dataclasses import replace

from discord import app_commands
from discord.app_commands import Choice, Range

from bot.domain.jobs import Order, seed_in
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.ordering import Ordering
from bot.orders.imagine import (
    ASPECTS,
    COUNT_MAX,
    ENHANCE,
    QUALITIES,
    ImagineOptions,
    imagine_order,
    imagine_price,
    preferred,
)
from bot.orders.options import PROMPT_MAX, SEED_MAX
from bot.wording import commands
from bot.wording.prices import count_with_price

_SIZE_MIN, _SIZE_MAX = 512, 3024


async def _counts(interaction: Interaction, typed: object) -> list[Choice[int]]:
    """Offer the counts with what they cost in the size that is chosen so far."""
    chosen = interaction.namespace
    options = ImagineOptions(
        prompt="", aspect=chosen.aspect, quality=chosen.quality, width=chosen.width, height=chosen.height
    )
    services = GenerationServices.of(interaction)
    own = await services.preferences.of(interaction.user.id)
    price = imagine_price(preferred(options, own), services.estimates.price_of)
    names = {count: count_with_price(count, price) for count in range(1, COUNT_MAX + 1)}
    fitting = [count for count in names if str(count).startswith(str(typed).strip())]
    return [Choice(name=names[count], value=count) for count in fitting or names]


@app_commands.command(name="imagine", description=commands.IMAGINE.description)
@app_commands.describe(**commands.IMAGINE.options)
@app_commands.autocomplete(count=_counts)
@app_commands.choices(
    aspect=[Choice(name=name, value=name) for name in ASPECTS],
    quality=[Choice(name=name, value=name) for name in QUALITIES],
    enhance=[Choice(name=name, value=name) for name in ENHANCE],
)
@guarded
async def imagine(
    interaction: Interaction,
    prompt: Range[str, 1, PROMPT_MAX],
    aspect: str | None = None,
    quality: str | None = None,
    width: Range[int, _SIZE_MIN, _SIZE_MAX] | None = None,
    height: Range[int, _SIZE_MIN, _SIZE_MAX] | None = None,
    seed: Range[int, 1, SEED_MAX] | None = None,
    enhance: str | None = None,
    count: Range[int, 1, COUNT_MAX] = 1,
    spoiler: bool = False,
) -> None:
    """Order pictures made of words."""
    options = ImagineOptions(
        prompt=prompt,
        aspect=aspect,
        quality=quality,
        width=width,
        height=height,
        seed=seed,
        enhance=enhance,
        count=count,
        spoiler=spoiler,
    )
    services = GenerationServices.of(interaction)
    order = imagine_order(options, services.rng)

    async def filled() -> Order:
        own = await services.preferences.of(interaction.user.id)
        return imagine_order(replace(preferred(options, own), seed=seed_in(order.tasks[0].params)), services.rng)

    await Ordering.of(interaction).order(interaction, order, filled)
