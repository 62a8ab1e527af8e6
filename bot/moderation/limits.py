"""What a moderator may set as a limit."""

from bot.domain.budgets import Period, Scope
from bot.domain.limits import Ceilings, Subject, highest_allowed
from bot.wording.limits import above_ceiling


def require_allowed_amount(subject: Subject, period: Period, amount: int, ceilings: Ceilings) -> None:
    """Raise `Refusal` where a limit would pass what the operator allows."""
    highest = highest_allowed(subject, period, ceilings)
    if highest is None or amount <= highest:
        return
    raise above_ceiling(amount, highest, period, of_server=highest == ceilings.of(Scope.GUILD, period))
