"""/help: what the bot can do, with examples to copy."""

from collections.abc import Sequence

from discord import app_commands

import spark
from bot.domain.budgets import Budget, Period, Scope
from bot.domain.money import usd_text
from bot.features.account.services import AccountServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.origins import account_of
from bot.interactions.people import role_ids_of
from bot.interactions.responses import tell
from bot.jobs.estimates import Estimates
from bot.wording.prices import price_text
from bot.wording.text import code_block


@app_commands.command(name="help", description="See what this bot can do, and what it costs.")
@guarded
async def help_(interaction: Interaction) -> None:
    """Tell what it can do, what it costs, and what is left."""
    services = AccountServices.of(interaction)
    budgets = await services.jobs.budgets(account_of(interaction), role_ids_of(interaction.user))
    await tell(interaction, help_text(services.estimates, services.edit_model, budgets))


def help_text(estimates: Estimates, edit_model: str, budgets: Sequence[Budget]) -> str:
    """Write the help, in fewer than 1,800 characters."""
    return "\n".join(
        [
            "**Words become pictures** · examples to copy",
            code_block("/imagine prompt:a red fox in snow"),
            code_block("/imagine prompt:a lighthouse at dusk aspect:16:9 quality:hd"),
            "**Pictures become other pictures** · attach one as `image`",
            "-# Without one, the newest picture here is taken; if Discord hides a newer message from the bot, "
            "it asks which you mean.",
            code_block("/edit prompt:make it night"),
            code_block("/stylize style:Watercolor Style"),
            code_block("/portrait prompt:as an astronaut"),
            "**Or without commands**",
            "- Reply to one of this bot's pictures, the ping left on, with what to change: *make it snowy*.",
            "- Right-click any picture (on a phone: hold it) → Apps → **Edit image**, **Stylize image**, "
            "**Make a portrait**; the way for pictures that Discord hides from the bot.",
            "- Attach a picture to a message that mentions this bot and says what to change.",
            "- Use the buttons under a result; **Details** shows how it was made.",
            "",
            _costs(estimates, edit_model),
            _left(budgets),
            "-# What you have made: /history · what you have spent: /usage",
        ]
    )


def _costs(estimates: Estimates, edit_model: str) -> str:
    def price(sizes: dict[str, tuple[int, int]]) -> str:
        return price_text(estimates.price_of(spark.TextToImage.name, *sizes["1:1"]))

    standard, hd = price(dict(spark.STANDARD_SIZES)), price(dict(spark.HD_SIZES))
    edit = price_text(estimates.price_of(edit_model))
    style = price_text(estimates.price_of(spark.StyleTemplate.name))
    portrait = price_text(estimates.price_of(spark.Portrait.name))
    larger = "" if hd == standard else f" (hd {hd})"
    return (
        f"**Costs** · a picture {standard}{larger}, an edit {edit}, a style {style}, "
        f"a portrait {portrait}; what fails is free."
    )


def _left(budgets: Sequence[Budget]) -> str:
    """Say in one line what a person may still spend: the tightest limit of all that apply."""
    limited = [(budget.left, budget) for budget in budgets if budget.left is not None]
    if not limited:
        return "**Your limit** · none here."
    left, tightest = min(limited, key=lambda pair: pair[0])
    period = "today" if tightest.window.period is Period.DAY else "this month"
    whose = {Scope.PERSON: "", Scope.GUILD: ", shared by this server", Scope.TOTAL: ", shared by all"}[
        tightest.scope
    ]
    return (
        f"**Your limit** · {usd_text(left)} of {usd_text(tightest.limit or 0)} left {period}{whose}; "
        f"it starts anew <t:{tightest.window.resets_at}:R>."
    )
