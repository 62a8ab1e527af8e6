"""Limits: the operator's ceilings, and what moderators have set below them.

A person's limit is the own one, else the highest among the person's roles, else the operator's default; grants
add to it. Moderators may raise people above that default only where the operator has set a limit for the server,
which then holds them all together; elsewhere they may only lower. Nobody gets more on one server than the operator
allows a person over all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.budgets import Period, Scope


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The operator's limits in nano-dollars, from the settings; None is no limit."""

    user_day: int | None
    user_month: int | None
    guild_day: int | None
    guild_month: int | None
    total_day: int | None
    total_month: int | None
    everywhere_day: int | None = None
    """Of one person, over all servers and direct messages."""
    everywhere_month: int | None = None

    def of(self, scope: Scope, period: Period) -> int | None:
        """Give the operator's limit of one scope and period."""
        by_day = period is Period.DAY
        match scope:
            case Scope.PERSON:
                return self.user_day if by_day else self.user_month
            case Scope.EVERYWHERE:
                return self.everywhere_day if by_day else self.everywhere_month
            case Scope.GUILD:
                return self.guild_day if by_day else self.guild_month
            case Scope.TOTAL:
                return self.total_day if by_day else self.total_month


class Subject(StrEnum):
    """Whom a moderator's limit is for."""

    MEMBER = "member"
    ROLE = "role"
    GUILD = "guild"


@dataclass(frozen=True, slots=True)
class Limit:
    """What a moderator has set, in nano-dollars; the server's own has subject id 0."""

    subject: Subject
    subject_id: int
    period: Period
    amount: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What moderators have set that applies to one account."""

    settings: Sequence[Limit] = ()
    granted: int = 0
    """The sum of the account's grants that count now, in nano-dollars."""

    def of(self, scope: Scope, period: Period, ceilings: Ceilings) -> int | None:
        """Give the limit that holds for one scope and period; None is no limit."""
        ceiling = ceilings.of(scope, period)
        match scope:
            case Scope.PERSON:
                limit = self._person(period, ceiling)
                if ceilings.of(Scope.GUILD, period) is None:
                    limit = _lower_of(limit, ceiling)
                return _lower_of(limit, ceilings.of(Scope.EVERYWHERE, period))
            case Scope.GUILD:
                return _lower_of(next(iter(self._amounts(Subject.GUILD, period)), None), ceiling)
            case Scope.EVERYWHERE | Scope.TOTAL:
                return ceiling

    def _person(self, period: Period, default: int | None) -> int | None:
        own = next(iter(self._amounts(Subject.MEMBER, period)), None)
        base = own if own is not None else max(self._amounts(Subject.ROLE, period), default=default)
        return None if base is None else base + self.granted

    def _amounts(self, subject: Subject, period: Period) -> list[int]:
        return [each.amount for each in self.settings if each.subject is subject and each.period is period]


def is_raisable(limit: int | None, scope: Scope, period: Period, ceilings: Ceilings) -> bool:
    """Whether moderators may allow more than the limit that holds for one scope and period of a server's."""
    if limit is None or scope is Scope.EVERYWHERE or scope is Scope.TOTAL:
        return False
    highest = highest_allowed(Subject.GUILD if scope is Scope.GUILD else Subject.MEMBER, period, ceilings)
    return highest is None or limit < highest


def highest_allowed(subject: Subject, period: Period, ceilings: Ceilings) -> int | None:
    """Tell the most that moderators may allow; None is as much as they like."""
    of_server = ceilings.of(Scope.GUILD, period)
    if subject is Subject.GUILD:
        return of_server
    of_person = ceilings.of(Scope.PERSON, period) if of_server is None else of_server
    return _lower_of(of_person, ceilings.of(Scope.EVERYWHERE, period))


def _lower_of(limit: int | None, ceiling: int | None) -> int | None:
    """Hold a moderator's limit under the operator's ceiling."""
    return ceiling if limit is None else limit if ceiling is None else min(limit, ceiling)
