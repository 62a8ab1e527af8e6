"""What a grant would change: refused where that is nothing, or more than the operator allows."""

from bot.domain.budgets import Period, Scope
from bot.domain.limits import Ceilings, Limits, Subject, highest_allowed
from bot.wording.limits import grant_above_ceiling, without_effect


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
            raise grant_above_ceiling(amount, before, highest, period)
    if not raises:
        raise without_effect(
            limited=any(limits.of(Scope.PERSON, period, ceilings) is not None for period in Period)
        )
