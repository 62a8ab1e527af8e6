"""What a grant would change: refused where that is nothing, or more than the operator allows."""

from collections.abc import Iterator

from bot.domain.budgets import Period, Scope
from bot.domain.limits import Ceilings, Limits, Subject, highest_allowed
from bot.wording.limits import grant_above_ceiling, without_effect


def require_effect(limits: Limits, amount: int, ceilings: Ceilings) -> None:
    """Raise `Refusal` where a grant would raise neither the day's nor the month's limit, or pass a ceiling."""
    raised = list(_raised(limits, ceilings))
    for period, before, highest in raised:
        if highest is not None and before + amount > highest:
            raise grant_above_ceiling(amount, before, highest, period)
    if not raised:
        raise without_effect(
            limited=any(limits.of(Scope.PERSON, period, ceilings) is not None for period in Period)
        )


def rooms_above(limits: Limits, ceilings: Ceilings) -> list[int]:
    """Tell how much may be granted, for each limit that has a ceiling above it."""
    return [highest - before for _, before, highest in _raised(limits, ceilings) if highest is not None]


def _raised(limits: Limits, ceilings: Ceilings) -> Iterator[tuple[Period, int, int | None]]:
    """Give the limits that a grant raises: each as it is, and the most that it may be."""
    for period in Period:
        before = limits.of(Scope.PERSON, period, ceilings)
        highest = highest_allowed(Subject.MEMBER, period, ceilings)
        if before is not None and (highest is None or before < highest):
            yield period, before, highest
