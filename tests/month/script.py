"""Who lives in the month, and what happens in each of its rounds; all of it drawn from one seed."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.budgets import Account, Period
from bot.domain.jobs import Order, Origin, Place
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.moderation.decisions import Block, Grant
from bot.orders.imagine import ImagineOptions, imagine_order
from bot.store import ModerationStore, Terms
from sandbox.spark.trouble import Trouble
from tests.month.books import prompt_of
from tests.store.allowances import Allowances
from tests.store.scenes import CENT, HOUR, terms

FIRST = datetime(2028, 2, 1, tzinfo=UTC)
LEAP_DAY = "2028-02-29"
SERVERS = range(10, 16)
ARTISTS, PATRONS = 71, 72
STUCK = ("comes late", "comes never", "is slow", "is slow for ever", "is too slow")
FATES = (
    ("well",) * 80 + ("fails",) * 5 + ("is refused",) * 2 + ("is lost", "is lost and made") * 4 + ("waits",) * 3
)
"""What becomes of a job at Spark; of those of `STUCK` there are a few in a round."""


def trouble(fate: str, job_id: int) -> Trouble | None:
    """Script what befalls a job's first picture at Spark; None where nothing does."""

    def first(params: Mapping[str, Any]) -> bool:
        return str(params["prompt"]) == prompt_of(job_id)

    match fate:
        case "fails":
            return Trouble("submit", "fail", code="003001098", where=first)
        case "is refused":
            return Trouble("submit", "answer", code="003001098", where=first)
        case "is lost":
            return Trouble("submit", "reset", where=first)
        case "is lost and made":
            return Trouble("submit", "reset", accepted=True, where=first)
        case "waits":
            return Trouble("submit", "answer", status=429, body="{}", where=first)
        case "comes late" | "comes never":
            return Trouble("submit", "hang", accepted=True, where=first)
        case "is slow" | "is slow for ever" | "is too slow":
            return Trouble("submit", "never", where=first)
    return None


@dataclass(frozen=True)
class Ask:
    """What somebody asks for in a round, and what becomes of it if it is accepted."""

    origin: Origin
    order: Order
    fate: str


def limits(times: int) -> Terms:
    """Give the operator's ceilings; servers with more members may spend more."""
    return terms(
        unfinished=6,
        user_day=39_000_000,  # six pictures to the last
        user_month=14 * CENT,
        guild_day=9 * CENT * times,
        guild_month=100 * CENT * times,
        total_day=20 * CENT * times,
    )


class Script:
    """Draws the month: `times` more members and orders than in the suite."""

    def __init__(self, rng: random.Random, times: int) -> None:
        self.allowed = Allowances(limits(times).ceilings)
        self._rng = rng
        self._times = times
        self._next_id = 1
        self._members = [Account(SERVERS[n % len(SERVERS)], 1000 + n) for n in range(240 * times)]
        self._roles = {
            member.user_id: frozenset(role for role in (ARTISTS, PATRONS) if rng.random() < 0.3)
            for member in self._members
        }

    def rounds(self) -> Iterator[datetime]:
        """Give the moments of the month: one on each day, and the last second of the last two days."""
        for day in range(30):  # the leap day is the last but one
            yield FIRST + timedelta(days=day, hours=self._rng.randint(4, 20))
            if day in (27, 28):
                yield FIRST + timedelta(days=day + 1, seconds=-1)

    def asks(self, now: int, *, busy: bool) -> list[Ask]:
        """Draw what is asked for in a round; in a `busy` one, most of it on two servers."""
        rng = self._rng
        chosen = []
        for _ in range((26 if busy else 5) * self._times):
            # some ask for much, most for little
            account = self._members[int(len(self._members) * rng.random() ** 2)]
            if busy:
                server = rng.choice(SERVERS[:2])
                account = rng.choice([m for m in self._members[: 60 * self._times] if m.guild_id == server])
            if rng.random() < 0.15:
                account = Account(0, account.user_id)
            chosen.append(self._ask(account, now, rng.choice(FATES), rng.choice((1, 1, 2, 3, 4))))
        people = {ask.origin.account.user_id for ask in chosen}
        idle = [member for member in self._members if member.user_id not in people]
        stuck = [self._ask(idle.pop(rng.randrange(len(idle))), now, fate, 1) for fate in rng.sample(STUCK, 2)]
        return chosen + stuck

    async def decide(self, store: ModerationStore, now: int) -> None:
        """Have moderators change their minds on some server."""
        rng, allowed = self._rng, self.allowed
        account = rng.choice(self._members[: 20 * self._times])  # those who ask for most
        action = Action(
            account.guild_id, 99, ActionKind.LIMIT, About.MEMBER, account.user_id, "decided", "so", now
        )
        match rng.choice(
            ["role", "role", "member", "server", "grant", "grant", "grant", "block", "block", "clear"]
        ):
            case "role":
                limit = Limit(Subject.ROLE, rng.choice((ARTISTS, PATRONS)), *self._amount(3, 15))
            case "member":
                limit = Limit(Subject.MEMBER, account.user_id, *self._amount(0, 10))
            case "server":
                limit = Limit(
                    Subject.GUILD, 0, *self._amount(5 * self._times, 300 * self._times)
                )  # also above the operator's ceilings
            case "grant":
                hours = rng.choice((5, 30, 24 * 6))
                grant = Grant(account, rng.randint(1, 20) * CENT, "a poster", 99, now, now + hours * HOUR)
                await store.grant(grant, action)
                allowed.grants.append(grant)
                return
            case "block":
                until = now + rng.choice((30, 54)) * HOUR
                await store.block(Block(account, "spam", None, 99, now, until), action)
                allowed.blocks[account] = until
                return
            case _:
                cleared = await store.clear_limits(Subject.GUILD, 0, list(Period), action)
                mine = [key for key in allowed.limits if key[:2] == (account.guild_id, Subject.GUILD)]
                assert cleared == len(mine)
                for key in mine:
                    del allowed.limits[key]
                return
        await store.set_limits([limit], action)
        allowed.limits[account.guild_id, limit.subject, limit.subject_id, limit.period] = limit.amount

    def roles_of(self, account: Account) -> frozenset[int]:
        """Give the roles that a member has; nobody has any in direct messages."""
        return self._roles[account.user_id] if account.guild_id else frozenset()

    def _amount(self, least: int, most: int) -> tuple[Period, int]:
        return self._rng.choice(list(Period)), self._rng.randint(least, most) * CENT

    def _ask(self, account: Account, now: int, fate: str, count: int) -> Ask:
        job_id, self._next_id = self._next_id, self._next_id + 1
        size = self._rng.choice((None, None, None, "hd"))
        options = ImagineOptions(prompt_of(job_id), size=size, count=count)
        origin = Origin(
            id=job_id,
            account=account,
            role_ids=self.roles_of(account),
            channel_id=500,
            parent_channel_id=None,
            place=Place.CHANNEL if account.guild_id else Place.DM,
            upload_limit=10 * 2**20,
            application_id=900,
            interaction_token=None,
            asked_at=now,
        )
        return Ask(origin, imagine_order(options, self._rng), fate)
