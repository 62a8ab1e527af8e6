"""What a grant would change: refused where that is nothing, or more than the operator allows."""

from bot.domain.budgets import Period, Scope
from bot.domain.limits import Ceilings, Limits, Subject, highest_allowed
from bot.domain.money import usd_text
from bot.domain.refusals import Refusal, Refuser


def require_effect(limits: Limits, amount: int, ceilings: Ceilings) -> None:
    """Raise `Refusal` where a grant would raise neither the day's nor the month's limit, or pass a ceiling."""
    raises = False
    for period in Period:
        before = limits.of(Scope.PERSON, period, ceilings)
        highest = highest_allowed(Subject.MEMBER, period, ceilings)
        if before is None or (highest is not None and before >= highest):
            continue
        raises = True
        if highest is not None and before + amount > highest:
            raise _above(amount, before, highest, period, ceilings)
    if not raises:
        raise _without_effect(limits, ceilings)


def _above(amount: int, before: int, highest: int, period: Period, ceilings: Ceilings) -> Refusal:
    whose = "a person" if ceilings.of(Scope.GUILD, period) is None else "this whole server"
    return Refusal(
        Refuser.BOT,
        f"a grant of {usd_text(amount)}: with it the limit for the {period} would pass the operator's ceiling",
        f"The limit for the {period} is {usd_text(before)} now, "
        f"and whoever runs this bot allows {whose} {usd_text(highest)}.",
        f"Grant {usd_text(highest - before)} or less, or ask whoever runs this bot for more.",
    )


def _without_effect(limits: Limits, ceilings: Ceilings) -> Refusal:
    what = "this grant: it would change nothing"
    if all(limits.of(Scope.PERSON, period, ceilings) is None for period in Period):
        return Refusal(
            Refuser.BOT,
            what,
            "No limit holds for this member, so there is nothing to add to.",
            "/spend limit sets one.",
        )
    return Refusal(
        Refuser.BOT,
        what,
        "This member has all that whoever runs this bot allows a person here. "
        "As there is no limit for the whole server, moderators may only lower it.",
        "Ask whoever runs this bot for more.",
    )
