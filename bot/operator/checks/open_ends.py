"""What lets strangers spend the operator's money without end, and what limits it without being chosen."""

from collections.abc import Iterator

from bot.domain.budgets import Period, Scope
from bot.domain.money import usd_text
from bot.operator.checks.findings import Finding, note
from bot.settings import Settings
from bot.wording.text import listed


def open_ends(settings: Settings) -> Iterator[Finding]:
    """Name what lets strangers spend the operator's money without end, and what limits it without being chosen."""
    amounts = {period: settings.limits.ceilings.of(Scope.TOTAL, period) for period in Period}
    keys = {period: f"total_{period}_usd" for period in Period}
    if unlimited := [f"limits.{keys[period]}" for period, amount in amounts.items() if amount is None]:
        text = f'"none" stands in {listed(unlimited)}: nothing limits what all people together spend'
        yield note("total limit", text)
    by_default = {period: key for period, key in keys.items() if key not in settings.limits.model_fields_set}
    if by_default:
        told = listed([f"{usd_text(amounts[period] or 0)} a {period}" for period in by_default])
        text = (
            f"all people together can spend {told}, which is the default; change it with "
            f'{listed([f"limits.{key}" for key in by_default.values()])}, where "none" is no limit'
        )
        yield note("total limit", text)
    if not settings.discord.allowed_guilds:
        so = "every server that adds the bot may use it"
        if settings.discord.allowed_guilds is not None:
            so = "no server may use the bot"
        yield note("access", f"{so}: discord.allowed_guilds names none")
