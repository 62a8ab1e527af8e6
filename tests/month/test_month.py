"""A month of hundreds of members on several servers and in direct messages: the books agree with Spark's bill.

`MONTH_TIMES=10` plays it with ten times as many members and orders.
"""

import asyncio
import logging
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import pytest
import structlog

from bot.domain.budgets import Account, BudgetRefusal
from bot.domain.jobs import Job
from bot.domain.money import nano_from_usd, usd_text
from bot.domain.refusals import Refusal
from bot.store import AuditStore
from sandbox.clock import MovableClock
from sandbox.spark.latency import Latency
from sandbox.spark.order import Order as Painted
from sandbox.spark.server import SparkSandbox
from sandbox.spark.trouble import Trouble
from tests.month.books import Accepted, billed, closest, lines, prompt_of, spent, sums
from tests.month.script import FIRST, LEAP_DAY, STUCK, Ask, Script, limits, trouble
from tests.month.stage import DAY, HOUR, OVERDUE, Bot, Running
from tests.spark.images.pictures import encoded, scene

TIMES = int(os.environ.get("MONTH_TIMES", "1"))
ANY_PICTURE = encoded(scene(64, 64), "PNG")
OPEN_ENDED = ("is lost", "is lost and made", "comes never", "is slow for ever", "is too slow")
"""What is given up when its hold is over."""
MADE_AND_LOST = ("is lost and made", "comes never", "is too slow")
"""What Spark makes and charges for, and the bot never hears of."""
MUST_HAPPEN = {
    *("refused by the person's day", "refused by the person's month", "refused by the guild's day"),
    *("refused by the total's day", "refused by a block", "refused by the queue", "asked with a grant"),
    *("warned at 80 %", "warned at 100 %", "restart"),
}
_STILL = 0.02
"""Real seconds without what is waited for, after which the clock moves on."""
_MOVES = 3000
_log = logging.getLogger(__name__)


class Month:
    """Plays the script round by round, and remembers what was accepted, refused and told."""

    def __init__(self, clock: MovableClock, spark: SparkSandbox, url: str) -> None:
        self.accepted: dict[int, Accepted] = {}
        self.fates: dict[int, str] = {}
        self.happened: Counter[str] = Counter()
        self._clock = clock
        self._spark = spark
        self._script = Script(random.Random(2028), TIMES)
        self._bot = Bot(url, limits(TIMES), clock, spark, random.Random(3))
        self._hanging: dict[int, Trouble] = {}
        self._slow: list[Ask] = []
        self._warned: set[tuple[Account, str, int]] = set()

    async def play(self) -> Running:
        """Go through the whole month, with a restart in each week; give the bot as it stands at the end."""
        running = await self._bot.start()
        for n, moment in enumerate(self._script.rounds()):
            await self._clock.advance(moment.timestamp() - self._clock.time())
            for _ in range(2 * TIMES):
                await self._script.decide(running.store.moderation, self._clock.now_ms())
            await self._round(running, busy=n % 6 == 5)
            await self._clock.advance(2 * HOUR)
            await self._let_slow_ones_end()
            if n % 7 == 6:
                await self._bot.stop()
                running = await self._bot.start()
                self.happened["restart"] += 1
        for _ in range(2):  # until every hold is over
            await self._clock.advance(DAY)
            await self._let_slow_ones_end()
        open_ended = {job_id for job_id, fate in self.fates.items() if fate in OPEN_ENDED}
        await self._until(lambda: open_ended <= {job_id for job_id, _ in self._bot.letters.late})
        return running

    async def close(self) -> None:
        await self._bot.stop()

    async def _round(self, running: Running, *, busy: bool) -> None:
        asks = self._script.asks(self._clock.now_ms(), busy=busy)
        for ask in asks:
            if (befalls := trouble(ask.fate, ask.origin.id)) is not None:
                self._spark.trouble.add(befalls)
                if befalls.kind == "hang":
                    self._hanging[ask.origin.id] = befalls
        answers = await asyncio.gather(*(self._ask(running, ask) for ask in asks))
        taken = [ask for ask, job in zip(asks, answers, strict=True) if job is not None]
        letters = self._bot.letters

        async def delivered(*but: str) -> None:
            jobs = {ask.origin.id for ask in taken if ask.fate not in but}
            await letters.until(lambda: jobs <= letters.delivered)

        stuck = {prompt_of(ask.origin.id) for ask in taken if ask.fate in STUCK}
        others = {ask.origin.id for ask in taken if ask.fate not in STUCK}
        async with asyncio.timeout(60):
            # what Spark refuses for now is tried again within a second, and whatever its person asked for later
            while not (stuck <= {s.params["prompt"] for s in self._spark.submits} and others <= letters.delivered):
                await self._clock.advance(0.1)
                await asyncio.sleep(0.02)
        await self._clock.advance(65)  # a submit without an answer is unknown after a minute
        await delivered("is slow", "is slow for ever", "is too slow")
        late = {(ask.origin.id, 1) for ask in taken if ask.fate == "comes late"}
        for job_id, _ in late:
            self._hanging[job_id].release()
        await letters.until(lambda: late <= letters.late)
        await self._clock.advance(OVERDUE)
        await delivered()
        self._slow += [ask for ask in taken if ask.fate in ("is slow", "is too slow")]
        self.fates |= {ask.origin.id: ask.fate for ask in taken}

    async def _ask(self, running: Running, ask: Ask) -> Job | None:
        account, allowed = ask.origin.account, self._script.allowed
        try:
            accepted = await running.service.accept(ask.origin, ask.order)
        except BudgetRefusal as refusal:
            self.happened[f"refused by the {refusal.budget.scope}'s {refusal.budget.window.period}"] += 1
            return None
        except Refusal as refusal:
            if allowed.blocked(account, self._clock.now_ms()):
                self.happened["refused by a block"] += 1
            elif "on the way" in refusal.so:
                self.happened["refused by the queue"] += 1
            else:
                raise
            return None
        assert accepted is not None
        job = accepted.job
        assert not allowed.blocked(account, self._clock.now_ms())
        limits = allowed.of(account, ask.origin.role_ids, self._clock.now_ms())
        self.accepted[job.id] = Accepted(job, limits)
        if account.guild_id and allowed.granted(account, self._clock.now_ms()):
            self.happened["asked with a grant"] += 1
        for warning in await running.service.warnings(account) if accepted.warned else ():
            told = (account, warning.window, warning.percent)
            assert told not in self._warned
            self._warned.add(told)
            self.happened[f"warned at {warning.percent} %"] += 1
        running.service.begin(job, None)
        return job

    async def _let_slow_ones_end(self) -> None:
        """Have Spark end what it was slow with: some in time to be taken, some after that."""
        begun = {prompt_of(ask.origin.id): ask for ask in self._slow}
        tasks = {str(task.order.params["prompt"]): task for task in self._spark.tasks.values()}
        ended = set()
        for prompt, ask in begun.items():
            age = self._clock.now_ms() - ask.origin.asked_at
            if age > 1000 * (HOUR if ask.fate == "is slow" else 1.5 * DAY):
                self._spark.finish(tasks[prompt].id)
                ended.add(ask.origin.id)
        self._slow = [ask for ask in self._slow if ask.origin.id not in ended]
        due = {(ask.origin.id, 1) for ask in begun.values() if ask.origin.id in ended and ask.fate == "is slow"}
        await self._until(lambda: due <= self._bot.letters.late)

    async def _until(self, holds: Callable[[], bool]) -> None:
        """Wait for something, moving the clock on where it does not come about by itself."""
        for _ in range(_MOVES):
            try:
                await self._bot.letters.until(holds, seconds=_STILL)
            except TimeoutError:
                await self._clock.advance(60)
            else:
                return
        raise TimeoutError("it never came true")


@pytest.fixture
def log() -> Iterator[list[MutableMapping[str, Any]]]:
    with structlog.testing.capture_logs() as entries:
        yield entries


def any_picture(_order: Painted) -> bytes:
    return ANY_PICTURE


# invariant I6
@pytest.mark.timeout(120 * TIMES)
async def test_the_books_of_a_month_agree_with_sparks_own_bill(
    sqlite_url: str, log: list[MutableMapping[str, Any]]
) -> None:
    clock = MovableClock(FIRST.timestamp())
    async with SparkSandbox(
        clock=clock, rng=random.Random(5), latency=Latency.instant(), paint=any_picture
    ) as sandbox:
        month = Month(clock, sandbox, sqlite_url)
        try:
            running = await month.play()
            audit = await AuditStore(running.database).audit()
            entries = await lines(running.database)
            kept = await spent(running.database)
        finally:
            await month.close()
        bill = billed(sandbox.tasks.values(), month.accepted)
        charged = nano_from_usd(sandbox.bill)

    assert [entry for entry in log if "incident" in entry] == []
    assert audit.problems == ()
    assert audit.entries == len(entries)
    ends_and_begins = [entry for entry in entries if entry.kind != "raise"]
    assert len(ends_and_begins) == 2 * sum(len(each.job.tasks) for each in month.accepted.values())

    # every picture that Spark charges for is settled at its price, but for those of which the bot never heard
    settled = {line.name: line.amount for line in entries if line.kind == "settle"}
    lost = {
        name: cost for name, cost in bill.items() if month.fates[name[0]] in MADE_AND_LOST and name not in settled
    }
    assert settled == {name: cost for name, cost in bill.items() if name not in lost}
    assert sum(settled.values()) + sum(lost.values()) == charged
    assert len(lost) == sum(fate in MADE_AND_LOST for fate in month.fates.values())
    assert kept == sums(settled, month.accepted)

    # no budget was passed by any accept, and some were used to the last
    nearest = closest(entries, month.accepted)
    assert set(nearest) == {"person", "guild", "total"}
    people = {each.job.account for each in month.accepted.values()}
    _log.info(
        "%d jobs of %d accounts, %d entries; Spark's bill %s, of that %s never heard of; %s; %s; nearest %s",
        len(month.accepted),
        len(people),
        len(entries),
        usd_text(charged),
        usd_text(sum(lost.values())),
        dict(Counter(month.fates.values())),
        dict(month.happened),
        {scope: usd_text(left) for scope, left in nearest.items()},
    )
    assert kept["total", 0, 0, LEAP_DAY] > 0
    assert month.happened.keys() >= MUST_HAPPEN, MUST_HAPPEN - month.happened.keys()
    assert {*STUCK, *OPEN_ENDED} <= set(month.fates.values())
