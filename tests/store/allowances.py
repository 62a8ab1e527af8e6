"""What moderators have decided, as plain as can be: what the store's own answers are held against."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.domain.budgets import Account, Period, Scope
from bot.domain.limits import Ceilings, Subject
from bot.domain.moderation.decisions import Grant
from bot.store.ledger import TotalKey


@dataclass
class Allowances:
    """Every limit, grant and block of every server, and the operator's ceilings above them."""

    ceilings: Ceilings
    limits: dict[tuple[int, Subject, int, Period], int] = field(default_factory=dict)
    """By server, whom it is for, their id (0 for the server's own), and period."""
    grants: list[Grant] = field(default_factory=list)
    blocks: dict[Account, int | None] = field(default_factory=dict)
    """Until when (Unix milliseconds); None is for good."""

    def blocked(self, account: Account, now: int) -> bool:
        if account not in self.blocks:
            return False
        until = self.blocks[account]
        return until is None or until > now

    def of(self, account: Account, roles: frozenset[int], now: int) -> dict[TotalKey, int | None]:
        """Give every budget's limit that applies to an account now, in the order in which they are asked."""
        whose = [(Scope.PERSON, account.guild_id, account.user_id), (Scope.EVERYWHERE, 0, account.user_id)]
        if account.guild_id:
            whose.append((Scope.GUILD, account.guild_id, 0))
        at = datetime.fromtimestamp(now / 1000, UTC)
        return {
            (scope.value, guild_id, user_id, window): self._limit(scope, period, account, roles, now)
            for scope, guild_id, user_id in [*whose, (Scope.TOTAL, 0, 0)]
            for period, window in ((Period.DAY, f"{at:%Y-%m-%d}"), (Period.MONTH, f"{at:%Y-%m}"))
        }

    def _limit(
        self, scope: Scope, period: Period, account: Account, roles: frozenset[int], now: int
    ) -> int | None:
        ceiling = self.ceilings.of(scope, period)
        if scope in {Scope.EVERYWHERE, Scope.TOTAL}:
            return ceiling
        if scope is Scope.GUILD:
            return _lowest(self._set(account.guild_id, Subject.GUILD, 0, period), ceiling)
        everywhere = self.ceilings.of(Scope.EVERYWHERE, period)
        if not account.guild_id:
            return _lowest(ceiling, everywhere)
        own = self._set(account.guild_id, Subject.MEMBER, account.user_id, period)
        of_roles = [self._set(account.guild_id, Subject.ROLE, role, period) for role in roles]
        for base in (own, max((limit for limit in of_roles if limit is not None), default=None), ceiling):
            if base is not None:
                more = base + self.granted(account, now)
                server = self.ceilings.of(Scope.GUILD, period)
                return _lowest(more, everywhere, ceiling if server is None else None)
        return everywhere

    def granted(self, account: Account, now: int) -> int:
        return sum(
            grant.amount
            for grant in self.grants
            if grant.account == account and grant.granted_at <= now < grant.expires_at
        )

    def _set(self, guild_id: int, subject: Subject, subject_id: int, period: Period) -> int | None:
        return self.limits.get((guild_id, subject, subject_id, period))


def _lowest(*limits: int | None) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)
