"""/imagine: words into pictures."""

from discord import app_commands
from discord.app_commands import Choice, Range

from bot.domain.jobs import Order
from bot.features.generation.services import GenerationServices
from bot.features.generation.size_choices import size_choices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.ordering import Ordering
from bot.orders.imagine import (
    COUNT_MAX,
    ENHANCE,
    MODEL,
    ImagineOptions,
    checked_options,
    imagine_order,
    imagine_price,
    sizes_to_imagine,
)
from bot.orders.options import PROMPT_MAX, SEED_MAX
from bot.wording import commands
from bot.wording.prices import count_with_price


async def _sizes(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the sizes with what one picture costs in them."""
    services = GenerationServices.of(interaction)
    own = await services.preferences.of(interaction.user.id)
    price_of = services.estimates.price_of
    return size_choices(sizes_to_imagine(typed, own.usual_size), lambda pixels: price_of(MODEL, *pixels))


async def _counts(interaction: Interaction, typed: object) -> list[Choice[int]]:
    """Offer the counts with what they cost in the size that is chosen so far."""
    services = GenerationServices.of(interaction)
    own = await services.preferences.of(interaction.user.id)
    options = ImagineOptions(prompt="", size=interaction.namespace.size)
    price = imagine_price(options, services.estimates.price_of, own)
    names = {count: count_with_price(count, price) for count in range(1, COUNT_MAX + 1)}
    fitting = [count for count in names if str(count).startswith(str(typed).strip())]
    return [Choice(name=names[count], value=count) for count in fitting or names]


@app_commands.command(name="imagine", description=commands.IMAGINE.description)
@app_commands.describe(**commands.IMAGINE.options)
@app_commands.autocomplete(size=_sizes)
@app_commands.autocomplete(count=_counts)
@app_commands.choices(enhance=[Choice(name=name, value=name) for name in ENHANCE])
@guarded
async def imagine(
    interaction: Interaction,
    prompt: Range[str, 1, PROMPT_MAX],
    size: str | None = None,
    count: Range[int, 1, COUNT_MAX] = 1,
    seed: Range[int, 1, SEED_MAX] | None = None,
    enhance: str | None = None,
    spoiler: bool = False,
) -> None:
    """Order pictures made of words."""
    options = ImagineOptions(prompt, size, count, seed, enhance, spoiler)
    services = GenerationServices.of(interaction)
    price = services.estimates.price_of(MODEL, *checked_options(options).size) * options.count

    async def order() -> Order:
        own = await services.preferences.of(interaction.user.id)
        return imagine_order(options, services.rng, own)

    await Ordering.of(interaction).order(interaction, price, order)
