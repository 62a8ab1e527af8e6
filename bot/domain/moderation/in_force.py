"""Limits in force: what holds for a member now, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.budgets import Period, Scope
from bot.domain.limits import Ceilings, Limits, Subject
from bot.domain.moderation.decisions import Block, Grant


class SetBy(StrEnum):
    """Where a limit comes from."""

    MEMBER = "member"
    """Set for the member alone."""
    ROLE = "role"
    """The highest that is set for one of the member's roles."""
    GUILD = "guild"
    """Set for the whole server."""
    OPERATOR = "operator"
    """From the operator's settings."""


@dataclass(frozen=True, slots=True)
class InForce:
    """One limit as it holds now, in nano-dollars."""

    scope: Scope
    period: Period
    amount: int | None
    """What holds, with grants and under the operator's ceiling; None is no limit."""
    set_by: SetBy
    role_id: int | None
    """The role that it comes from."""
    base: int | None
    """Before grants and ceiling."""
    granted: int
    """What grants add to it; of a server nothing."""

    @property
    def held_down(self) -> bool:
        """Whether the operator's ceiling leaves less than moderators have allowed."""
        return self.amount is not None and self.base is not None and self.amount < self.base + self.granted


@dataclass(frozen=True, slots=True)
class Allowance:
    """All that limits a member on a server now."""

    limits: tuple[InForce, ...]
    """The member's for the day and the month, then the server's."""
    grants: Sequence[Grant]
    """Those that count, the first to end first."""
    block: Block | None


def limits_in_force(limits: Limits, ceilings: Ceilings) -> tuple[InForce, ...]:
    """Tell what holds for a member and for the server, by day and month."""
    return tuple(_in_force(scope, period, limits, ceilings) for scope in _SCOPES for period in Period)


_SCOPES = (Scope.PERSON, Scope.GUILD)


def _in_force(scope: Scope, period: Period, limits: Limits, ceilings: Ceilings) -> InForce:
    set_by, base, role_id = SetBy.OPERATOR, ceilings.of(scope, period), None
    of_period = [each for each in limits.settings if each.period is period]
    if scope is Scope.GUILD:
        if server := next((each for each in of_period if each.subject is Subject.GUILD), None):
            set_by, base = SetBy.GUILD, server.amount
    elif own := next((each for each in of_period if each.subject is Subject.MEMBER), None):
        set_by, base = SetBy.MEMBER, own.amount
    elif roles := [each for each in of_period if each.subject is Subject.ROLE]:
        best = max(roles, key=lambda each: each.amount)
        set_by, base, role_id = SetBy.ROLE, best.amount, best.subject_id
    granted = limits.granted if scope is Scope.PERSON else 0
    return InForce(scope, period, limits.of(scope, period, ceilings), set_by, role_id, base, granted)
