"""/help: what the bot can do, with examples to copy."""

from discord import app_commands

import spark
from bot.features.account.services import AccountServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.origins import account_of, role_ids_of
from bot.interactions.responses import tell
from bot.wording import commands
from bot.wording.help import HelpPrices, help_text


@app_commands.command(name="help", description=commands.HELP.description)
@guarded
async def help_(interaction: Interaction) -> None:
    """Tell what it can do, what it costs, and what is left."""
    services = AccountServices.of(interaction)
    budgets = await services.jobs.budgets(account_of(interaction), role_ids_of(interaction.user))
    await tell(interaction, help_text(_prices(services), budgets))


def _prices(services: AccountServices) -> HelpPrices:
    price_of, painting = services.estimates.price_of, spark.TextToImage.name
    return HelpPrices(
        standard=price_of(painting, *spark.STANDARD_SIZES["1:1"]),
        hd=price_of(painting, *spark.HD_SIZES["16:9"]),
        edit=price_of(services.edit_model),
        style=price_of(spark.StyleTemplate.name),
        portrait=price_of(spark.Portrait.name),
    )
