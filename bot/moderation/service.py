"""What moderators do: checked against the operator's ceilings, changed and recorded in one transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.domain.budgets import Account, Budget, Period, windows_at
from bot.domain.jobs import Job
from bot.domain.limits import Ceilings, Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.moderation.in_force import Allowance, limits_in_force
from bot.domain.moderation.server_rules import ServerRules
from bot.domain.money import NANO_PER_USD
from bot.moderation.grants import require_effect, rooms_above
from bot.moderation.limits import require_allowed_amount
from bot.store import Store
from bot.wording import actions
from bot.wording.asking import asked_before, granted_before
from bot.wording.text import listed
from bot.wording.withheld import not_withheld
from spark.clock import Clock

_log = structlog.get_logger()
_DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Moderator:
    """Who acts, on which server; whether they may was asked before."""

    guild_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose limit is meant: a member's, a role's, or the server's own (id 0)."""

    subject: Subject
    subject_id: int = 0

    def about(self, guild_id: int) -> tuple[About, int]:
        """Give whom or what an action on it is about."""
        return About(self.subject.value), self.subject_id or guild_id


class Moderation:
    """Limits, grants, blocks and rules of servers; each method acts for one server alone."""

    def __init__(self, store: Store, ceilings: Ceilings, clock: Clock, acted: Callable[[], None]) -> None:
        """Build with the operator's ceilings, and with what is called after every recorded action."""
        self._store = store
        self.ceilings = ceilings
        self._clock = clock
        self._acted = acted

    async def allowance(self, account: Account, role_ids: frozenset[int]) -> Allowance:
        """Tell all that limits a member now."""
        now = self._clock.now_ms()
        return Allowance(
            limits_in_force(await self._store.limits.of(account, role_ids, now), self.ceilings),
            await self._store.limits.grants_of(account, now),
            await self._store.moderation.block_of(account, now),
        )

    async def limits_set(self, guild_id: int) -> Sequence[Limit]:
        """Read every limit that moderators have set on a server: its own, then the roles', then the members'."""
        return await self._store.limits.of_server(guild_id)

    async def set_limit(self, by: Moderator, whose: Whose, amounts: Mapping[Period, int]) -> None:
        """Set limits for the day, the month or both, in nano-dollars; raises `Refusal` above a ceiling."""
        for period, amount in amounts.items():
            require_allowed_amount(whose.subject, period, amount, self.ceilings)
        action = self.action(by, ActionKind.LIMIT, whose.about(by.guild_id), actions.set_limits(amounts))
        chosen = [Limit(whose.subject, whose.subject_id, *each) for each in amounts.items()]
        await self._store.moderation.set_limits(chosen, action)
        self.told(action)

    async def clear_limit(self, by: Moderator, whose: Whose) -> bool:
        """Take limits away; False, and nothing recorded, where there were none."""
        action = self.action(by, ActionKind.LIMIT, whose.about(by.guild_id), actions.TOOK_LIMIT_AWAY)
        cleared = await self._store.moderation.clear_limits(whose.subject, whose.subject_id, list(Period), action)
        if cleared:
            self.told(action)
        return cleared > 0

    async def grant(
        self,
        by: Moderator,
        user_id: int,
        role_ids: frozenset[int],
        amount: int,
        reason: str,
        days: int,
        asked_at: int | None = None,
    ) -> Grant:
        """Give a member more for some days; raises `Refusal` where that is more than allowed, or for nothing.

        So it does where somebody else has given them more since they asked for it (Unix milliseconds).
        """
        now, account = self._clock.now_ms(), Account(by.guild_id, user_id)
        require_effect(await self._store.limits.of(account, role_ids, now), amount, self.ceilings)
        ends_at = now + days * _DAY_MS
        what = actions.granted(amount, ends_at)
        action = self.action(by, ActionKind.GRANT, (About.MEMBER, user_id), what, reason)
        grant = Grant(account, amount, reason, by.user_id, now, ends_at)
        if before := await self._store.moderation.grant(grant, action, asked_at):
            raise granted_before(before)
        self.told(action)
        return grant

    async def end_grants(self, by: Moderator, user_id: int, reason: str) -> int:
        """End a member's grants; how many counted."""
        action = self.action(by, ActionKind.GRANT, (About.MEMBER, user_id), actions.ENDED_GRANTS, reason)
        ended = await self._store.moderation.end_grants(Account(by.guild_id, user_id), action)
        if ended:
            self.told(action)
        return ended

    async def suggested_grant(self, account: Account, role_ids: frozenset[int], budget: Budget) -> int:
        """Suggest to grant as much as a budget holds, or what the ceilings leave of that, in nano-dollars."""
        limits = await self._store.limits.of(account, role_ids, self._clock.now_ms())
        wanted = budget.limit or NANO_PER_USD
        return min([wanted, *rooms_above(limits, self.ceilings)])

    async def require_unasked(self, account: Account, period: Period) -> None:
        """Raise `Refusal` where a member has asked for more than a limit already today."""
        today, _ = windows_at(self._clock.now_ms())
        since = today.resets_at * 1000 - _DAY_MS
        if await self._store.moderation.was_asked(account, actions.asked_for_more(period), since):
            raise asked_before()

    async def asked(self, account: Account, period: Period) -> None:
        """Record that a member has asked moderators for more than a limit."""
        by = Moderator(account.guild_id, account.user_id)
        what = actions.asked_for_more(period)
        action = self.action(by, ActionKind.ASK, (About.MEMBER, account.user_id), what)
        await self._store.moderation.record_told(action)
        _log.info("moderation.asked", server=account.guild_id, user=account.user_id, period=period)

    async def block(self, by: Moderator, user_id: int, reason: str, days: int | None, told: str | None) -> Block:
        """Stop a member, for some days or until somebody lifts it."""
        now = self._clock.now_ms()
        until = None if days is None else now + days * _DAY_MS
        what = actions.blocked_member(until)
        action = self.action(by, ActionKind.BLOCK, (About.MEMBER, user_id), what, reason)
        block = Block(Account(by.guild_id, user_id), reason, told, by.user_id, now, until)
        await self._store.moderation.block(block, action)
        self.told(action)
        return block

    async def unblock(self, by: Moderator, user_id: int, reason: str | None) -> bool:
        """Let a member go on; False, and nothing recorded, where they were not blocked."""
        action = self.action(by, ActionKind.UNBLOCK, (About.MEMBER, user_id), actions.LIFTED_BLOCK, reason)
        lifted = await self._store.moderation.unblock(Account(by.guild_id, user_id), action)
        if lifted:
            self.told(action)
        return lifted

    async def rules(self, guild_id: int) -> ServerRules:
        """Read a server's rules."""
        return await self._store.moderation.rules(guild_id)

    async def change_rules(
        self, by: Moderator, change: Callable[[ServerRules], ServerRules], what: Collection[str]
    ) -> ServerRules:
        """Change a server's rules, and give those that hold then; `change` may raise `Refusal`."""
        action = self.action(by, ActionKind.SETTINGS, (About.GUILD, by.guild_id), listed(list(what)))
        rules = await self._store.moderation.change_rules(change, action)
        self.told(action)
        return rules

    async def release(self, by: Moderator, job: Job) -> None:
        """Have a withheld result posted without its words; raises `Refusal` where it is withheld no longer."""
        action = self.action(by, ActionKind.RELEASE, (About.JOB, job.id), actions.RELEASED)
        if not await self._store.automod.release(job.id, action):
            raise not_withheld()
        self.told(action)

    async def keep_back(self, by: Moderator, job: Job) -> None:
        """Leave a withheld result to its owner alone; raises `Refusal` where it is withheld no longer."""
        action = self.action(by, ActionKind.RELEASE, (About.JOB, job.id), actions.KEPT_BACK)
        if not await self._store.automod.keep_back(job.id, action):
            raise not_withheld()
        self.told(action)

    async def did(
        self, by: Moderator, kind: ActionKind, about: tuple[About, int], what: str, reason: str | None = None
    ) -> None:
        """Record what changed nothing here, such as a deletion or an export."""
        await self._record(self.action(by, kind, about, what, reason))

    async def refused(self, by: Moderator, kind: ActionKind, about: tuple[About, int], what: str) -> None:
        """Record what somebody tried without the right to it."""
        await self._record(self.action(by, kind, about, what, refused=True))

    async def _record(self, action: Action) -> None:
        await self._store.moderation.record(action)
        self.told(action)

    def action(
        self,
        by: Moderator,
        kind: ActionKind,
        about: tuple[About, int],
        what: str,
        reason: str | None = None,
        *,
        refused: bool = False,
    ) -> Action:
        """Say what somebody does now, to be recorded with it."""
        return Action(by.guild_id, by.user_id, kind, *about, what, reason, self._clock.now_ms(), refused)

    def told(self, action: Action) -> None:
        """Log an action that was recorded, and have it told."""
        _log.info(
            "moderation.acted" if not action.refused else "moderation.refused",
            kind=action.kind,
            server=action.guild_id,
            by=action.actor_id,
            about=action.subject_id,
        )
        self._acted()
