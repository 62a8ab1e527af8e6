"""Who lives in the month, and what happens in each of its rounds; all of it drawn from one seed."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import discord

import spark
from bot.domain.access import Access
from bot.domain.budgets import Account, Period
from bot.domain.jobs import Order, Origin, Place
from bot.domain.kinds import Kind
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.moderation.words import WordList
from bot.domain.pictures.consents import ANSWERED_WITHIN, Verdict
from bot.domain.pictures.ownership import PictureRule
from bot.orders.edit import EditOptions, edit_order
from bot.orders.imagine import ImagineOptions, imagine_order
from bot.orders.picture_orders import PictureOrder
from bot.orders.portrait import PortraitOptions, portrait_order
from bot.store import ModerationStore, Terms
from sandbox.spark.trouble import Trouble
from tests.month.books import prompt_of
from tests.month.owners import Shown
from tests.store.allowances import Allowances
from tests.store.scenes import CENT, HOUR, terms

FIRST = datetime(2028, 2, 1, tzinfo=UTC)
LEAP_DAY = "2028-02-29"
SERVERS = range(10, 16)
RULES = dict(zip(SERVERS, [*[PictureRule.ASK] * 4, PictureRule.OWN, PictureRule.ANYONE], strict=True))
WORDY = SERVERS[0]
"""The server that lists words."""
LISTED, LISTED_THERE = ("13", "29"), ("17", "21", "25", "31")
"""How the numbers begin of which nothing is made anywhere, and on that server."""
ARTISTS, PATRONS = 71, 72
STUCK = ("comes late", "comes never", "is slow", "is slow for ever", "is too slow")
FATES = (
    ("well",) * 80 + ("fails",) * 5 + ("is refused",) * 2 + ("is lost", "is lost and made") * 4 + ("waits",) * 3
)
"""What becomes of a job at Spark; of those of `STUCK` there are a few in a round."""
_REMEMBERED = 9 * 24 * HOUR
"""Milliseconds for which a picture is surely remembered: a day less than words are kept."""
ANSWERS = (Verdict.ALLOWED,) * 5 + (Verdict.NO, Verdict.NEVER, Verdict.SILENCE) * 2


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
    order: Order | PictureOrder
    fate: str
    shown: Shown | None = None
    """The picture that it is of."""


def limits(times: int) -> Terms:
    """Give the operator's words and ceilings; servers with more members may spend more."""
    ceilings = terms(
        unfinished=6,
        user_day=39_000_000,  # six pictures to the last
        user_month=14 * CENT,
        guild_day=9 * CENT * times,
        guild_month=100 * CENT * times,
        everywhere_day=5 * CENT,
        everywhere_month=12 * CENT,
        total_day=23 * CENT * times,
    )
    return replace(ceilings, words=WordList(map(entry, LISTED)))


def entry(beginning: str) -> str:
    """Give the entry of a list that rules out prompts by how their number begins."""
    return f"number {beginning}*"


class Script:
    """Draws the month: `times` more members and orders than in the suite."""

    def __init__(self, rng: random.Random, times: int) -> None:
        self.allowed = Allowances(limits(times).ceilings)
        self.access = Access()
        self.shown: list[Shown] = []
        self._rng = rng
        self._times = times
        self._next_id = 1
        self._members = [Account(SERVERS[n % len(SERVERS)], 1000 + n) for n in range(240 * times)]
        self._roles = {
            member.user_id: frozenset(role for role in (ARTISTS, PATRONS) if rng.random() < 0.3)
            for member in self._members
        }
        self._painting = random.Random(rng.random())
        """For pictures: which of them are shown again depends on what was allowed, and nothing else is to."""
        self._never: set[int] = set()
        self._decided: list[Shown] = []
        """Pictures about which their owners have said something, and nobody asks now."""

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
        pictures = [self._of_a_picture(idle.pop(rng.randrange(len(idle))), now) for _ in range(6 * self._times)]
        return chosen + stuck + pictures

    def ruled_out(self, ask: Ask, now: int) -> str | None:
        """Tell who will not have it, as plain as can be; None where only a limit can be in its way."""
        account, number, shown = ask.origin.account, str(ask.origin.id), ask.shown
        if account.user_id in self.access.blocked_users:
            return "the operator"
        if self.allowed.blocked(account, now):
            return "a block"
        if number.startswith(LISTED):
            return "the operator's words"
        if account.guild_id == WORDY and number.startswith(LISTED_THERE):
            return "a server's words"
        if shown is None or shown.owner == account:
            return None
        if shown.number in self._never:
            return "Never mine"
        return "the rule own" if RULES[account.guild_id] is PictureRule.OWN else None

    def must_ask(self, ask: Ask) -> bool:
        """Whether somebody needs the leave of a picture's owner."""
        if ask.shown is None or ask.shown.owner == ask.origin.account:
            return False
        return RULES[ask.origin.account.guild_id] is PictureRule.ASK or ask.order.kind == Kind.PORTRAIT

    def answers(self, ask: Ask, now: int) -> Verdict | None:
        """Give what an owner answers now: some at once, others in the next round; None where it is nothing."""
        assert ask.shown is not None
        in_time = now < ask.origin.asked_at + ANSWERED_WITHIN
        there = in_time and (ask.shown.at_once or ask.origin.asked_at < now)
        return ask.shown.answer if there and ask.shown.answer is not Verdict.SILENCE else None

    def answered(self, shown: Shown, verdict: Verdict) -> None:
        """Remember what an owner has said; others may post the picture again."""
        if verdict is Verdict.NEVER:
            self._never.add(shown.number)
        if verdict in {Verdict.ALLOWED, Verdict.NEVER}:
            self._decided.append(shown)

    async def lay_down(self, store: ModerationStore, now: int) -> None:
        """Have moderators give each server its rule for pictures, and one its list of words."""
        for server, rule in RULES.items():
            words = tuple(map(entry, LISTED_THERE)) if server == WORDY else ()
            said = Action(server, 99, ActionKind.SETTINGS, About.GUILD, server, "laid down the rules", None, now)
            await store.change_rules(partial(replace, pictures=rule, words=words), said)

    def shut_out(self, open_asks: Sequence[Ask]) -> None:
        """Have the operator block one who asks for much, and those who wait for an owner's yes."""
        much = self._rng.choice(self._members[20 * self._times : 40 * self._times]).user_id
        waiting = [a.origin.account.user_id for a in open_asks if a.shown and a.shown.answer is Verdict.ALLOWED]
        self.access = Access(blocked_users=self.access.blocked_users | {much, *waiting})

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

    def _of_a_picture(self, asker: Account, now: int) -> Ask:
        """Draw what somebody asks of a picture: their own, somebody's new one, or one that they post again."""
        rng, drawn = self._painting, self._painting.random()
        again = [
            each for each in self._decided if self._is_anothers(asker, each) and each.since > now - _REMEMBERED
        ]
        others = [each for each in self._members if each.guild_id == asker.guild_id and each != asker]
        answer, at_once, message_id = rng.choice(ANSWERS), rng.random() < 0.4, self._message_id(now)
        if drawn < 0.3 and again:
            self._decided.remove(before := rng.choice(again))
            shown = replace(before, poster_id=asker.user_id, message_id=message_id, copy=before.copy + 1)
        else:
            owner = asker if drawn < 0.45 else rng.choice(others)
            shown = Shown(len(self.shown), owner, now, message_id, owner.user_id)
        shown = replace(shown, answer=answer, at_once=at_once)
        self.shown.append(shown)
        words = prompt_of(self._next_id)
        order = (
            portrait_order(PortraitOptions(words), rng)
            if rng.random() < 0.3
            else edit_order(EditOptions(words), spark.Edit.name, rng)
        )
        return Ask(self._origin(asker, now), order, rng.choice(FATES), shown)

    def _is_anothers(self, asker: Account, shown: Shown) -> bool:
        return shown.owner.guild_id == asker.guild_id and shown.owner != asker

    def _message_id(self, now: int) -> int:
        return discord.utils.time_snowflake(datetime.fromtimestamp(now / 1000, UTC)) + len(self.shown)

    def _ask(self, account: Account, now: int, fate: str, count: int) -> Ask:
        size = self._rng.choice((None, None, None, "hd"))
        options = ImagineOptions(prompt_of(self._next_id), size=size, count=count)
        order = imagine_order(options, self._rng)
        return Ask(self._origin(account, now), order, fate)

    def _origin(self, account: Account, now: int) -> Origin:
        job_id, self._next_id = self._next_id, self._next_id + 1
        return Origin(
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
