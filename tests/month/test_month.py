"""A month of hundreds of members on several servers and in direct messages: the books agree with Spark's bill.

Some of what they ask for is of pictures of others, who are asked, and some of it nobody is to have.
`MONTH_TIMES=10` plays it with ten times as many members and orders.
"""

import asyncio
import hashlib
import logging
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest
import structlog

from bot.domain.budgets import BudgetRefusal
from bot.domain.jobs import Job
from bot.domain.money import nano_from_usd, usd_text
from bot.domain.pictures.consents import ANSWERED_WITHIN, Verdict
from bot.domain.pictures.sources import InputImage, Source
from bot.domain.refusals import ListedWords, Refusal
from bot.interactions.ownership import OwnersAsked
from bot.interactions.permissions import require_allowed
from bot.orders.picture_orders import PictureOrder
from bot.store import AuditStore
from sandbox.clock import MovableClock
from sandbox.spark.latency import Latency
from sandbox.spark.order import Order as Painted
from sandbox.spark.server import SparkSandbox
from sandbox.spark.trouble import Trouble
from tests.month.books import Accepted, billed, closest, jobs_in, lines, prompt_of, spent, sums
from tests.month.script import FIRST, LEAP_DAY, LISTED_THERE, RULES, STUCK, Ask, Script, limits, trouble
from tests.month.stage import DAY, HOUR, OVERDUE, Bot, Running
from tests.spark.images.pictures import encoded, scene
from tests.spark.scripted import ScriptedServer, answer

TIMES = int(os.environ.get("MONTH_TIMES", "1"))
ANY_PICTURE = encoded(scene(64, 64), "PNG")
FITTED = InputImage(hashlib.sha256(ANY_PICTURE).hexdigest(), ANY_PICTURE, "PNG", 64, 64)
OPEN_ENDED = ("is lost", "is lost and made", "comes never", "is slow for ever", "is too slow")
"""What is given up when its hold is over."""
MADE_AND_LOST = ("is lost and made", "comes never", "is too slow")
"""What Spark makes and charges for, and the bot never hears of."""
UNSENT = "is not sent"
"""What becomes of a job that no budget holds any more, once its true price is known."""
MUST_HAPPEN = {
    *("refused by the person's day", "refused by the person's month", "refused by the guild's day"),
    *("refused by the everywhere's month", "refused by the total's day"),
    *("refused by a block", "refused by the operator", "refused by the queue", "asked with a grant"),
    *("refused by the operator's words", "refused by a server's words", "made of another server's words"),
    *("refused by the rule own", "refused by Never mine", "made of a picture of others under anyone"),
    *("edit asked under ask", "portrait asked under ask", "portrait asked under anyone"),
    *("said allowed", "said no", "said never", "said silence", "made once it was allowed"),
    *("allowed, and refused by the operator", "warned at 80 %", "warned at 100 %", "restart"),
}
_STILL = 0.02
"""Real seconds without what is waited for, after which the clock moves on."""
_MOVES = 3000
_log = logging.getLogger(__name__)


class Month:
    """Plays the script round by round, and remembers what was accepted, refused and told."""

    def __init__(self, clock: MovableClock, spark: SparkSandbox, url: str, image_url: str) -> None:
        self.accepted: dict[int, Accepted] = {}
        self.fates: dict[int, str] = {}
        self.happened: Counter[str] = Counter()
        self._clock = clock
        self._spark = spark
        self._script = Script(random.Random(2029), TIMES)
        shown = self._script.shown
        self._bot = Bot(url, limits(TIMES), clock, spark, random.Random(3), FITTED, image_url, shown)
        self._hanging: dict[int, Trouble] = {}
        self._slow: list[Ask] = []
        self._open: list[Ask] = []
        """About what an owner is asked."""

    async def play(self) -> Running:
        """Go through the whole month, with a restart in each week; give the bot as it stands at the end."""
        running = await self._bot.start(self._script.access)
        await self._script.lay_down(running.store.moderation, self._clock.now_ms())
        for n, moment in enumerate(self._script.rounds()):
            await self._clock.advance(moment.timestamp() - self._clock.time())
            for _ in range(2 * TIMES):
                await self._script.decide(running.store.moderation, self._clock.now_ms())
            await self._round(running, busy=n % 6 == 5)
            await self._clock.advance(2 * HOUR)
            await self._let_slow_ones_end()
            await self._let_silence_be_a_no(running)
            if n % 7 == 6:
                await self._bot.stop()
                self._script.shut_out(self._open)
                running = await self._bot.start(self._script.access)
                self.happened["restart"] += 1
        for _ in range(2):  # until every hold is over
            await self._clock.advance(DAY)
            await self._let_slow_ones_end()
            await self._let_silence_be_a_no(running)
        assert self._open == []
        open_ended = {job_id for job_id, fate in self.fates.items() if fate in OPEN_ENDED}
        await self._until(lambda: open_ended <= {job_id for job_id, _ in self._bot.letters.late})
        self.happened.update(f"warned at {percent} %" for *_, percent in self._bot.letters.warned)
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
        taken += await self._have_answered(running)
        letters = self._bot.letters

        async def delivered(*but: str) -> None:
            jobs = {ask.origin.id for ask in taken if ask.fate not in but}
            await letters.until(lambda: jobs <= letters.delivered)

        def sent(ask: Ask) -> bool:
            return any(submit.params["prompt"] == prompt_of(ask.origin.id) for submit in self._spark.submits)

        async with asyncio.timeout(60):
            # what Spark refuses for now is tried again within a second, and whatever its person asked for later
            while not all(a.origin.id in letters.delivered or (a.fate in STUCK and sent(a)) for a in taken):
                await self._clock.advance(0.1)
                await asyncio.sleep(0.02)
        taken = [ask if sent(ask) else replace(ask, fate=UNSENT) for ask in taken]
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
        script, now = self._script, self._clock.now_ms()
        ruled_out = script.ruled_out(ask, now)
        try:
            require_allowed(script.access, ask.origin.account)
            job = await self._ordered(running, ask)
        except OwnersAsked:
            assert ruled_out is None
            assert script.must_ask(ask)
            self.happened[f"{ask.order.kind} asked under {RULES[ask.origin.account.guild_id]}"] += 1
            self._open.append(ask)
            return None
        except BudgetRefusal as refusal:
            self.happened[f"refused by the {refusal.budget.scope}'s {refusal.budget.window.period}"] += 1
            return None
        except Refusal as refusal:
            if "on the way" in refusal.so:
                self.happened["refused by the queue"] += 1
            elif ruled_out is not None and isinstance(refusal, ListedWords) == ruled_out.endswith("words"):
                self.happened[f"refused by {ruled_out}"] += 1
            else:
                raise
            return None
        assert not script.must_ask(ask)
        self._note(job, ask)
        if ask.shown is not None and ask.shown.owner != job.account:
            self.happened[f"made of a picture of others under {RULES[job.account.guild_id]}"] += 1
        return job

    async def _ordered(self, running: Running, ask: Ask) -> Job:
        """Order by words as a command does, and of a picture as a message."""
        if isinstance(ask.order, PictureOrder):
            message = cast("discord.Message", SimpleNamespace(author=discord.Object(ask.origin.account.user_id)))

            async def find() -> Source:
                assert ask.shown is not None
                return ask.shown.source

            await running.ordering.order_by_message(ask.origin, message, ask.order, find)
            return await running.service.known(ask.origin.id)
        accepted = await running.service.accept(ask.origin, ask.order)
        assert accepted is not None
        if accepted.warned:
            self._bot.letters.warn(await running.service.warnings(ask.origin.account))
        running.service.begin(accepted.job, None)
        return accepted.job

    def _note(self, job: Job, ask: Ask) -> None:
        allowed, account, now = self._script.allowed, job.account, self._clock.now_ms()
        assert self._script.ruled_out(ask, now) is None
        assert job.id not in self.accepted
        self.accepted[job.id] = Accepted(job, allowed.of(account, ask.origin.role_ids, now))
        if account.guild_id and allowed.granted(account, now):
            self.happened["asked with a grant"] += 1
        if str(job.id).startswith(LISTED_THERE):
            self.happened["made of another server's words"] += 1

    async def _have_answered(self, running: Running) -> list[Ask]:
        """Have the owners answer who are there; give what becomes a job."""
        now = self._clock.now_ms()
        verdicts = {ask.origin.id: self._script.answers(ask, now) for ask in self._open}
        answered = [ask for ask in self._open if verdicts[ask.origin.id] is not None]
        self._open = [ask for ask in self._open if verdicts[ask.origin.id] is None]
        jobs = await asyncio.gather(*(self._answer(running, ask) for ask in answered))
        return [ask for ask, job in zip(answered, jobs, strict=True) if job is not None]

    async def _answer(self, running: Running, ask: Ask) -> Job | None:
        """Have an owner press twice at once; of what they allow there is one job, unless others are in its way."""
        shown, letters, now = ask.shown, self._bot.letters, self._clock.now_ms()
        assert shown is not None
        presses = (running.answers.answer(ask.origin.id, shown.owner.user_id, shown.answer) for _ in range(2))
        counts, over = sorted(await asyncio.gather(*presses, return_exceptions=True), key=bool)
        assert counts is None
        assert isinstance(over, Refusal)
        self._end(ask, shown.answer)
        job = await running.store.jobs.get(ask.origin.id)
        assert (job is None) == (ask.origin.id in letters.told)
        if job is not None:
            assert shown.answer is Verdict.ALLOWED
            self.happened["made once it was allowed"] += 1
            self._note(job, ask)
        elif shown.answer is Verdict.ALLOWED:
            by = self._script.ruled_out(ask, now) or "a limit"
            told = letters.told[ask.origin.id]
            assert (by == "a limit") == ("leaves" in told or "on the way" in told), told
            self.happened[f"allowed, and refused by {by}"] += 1
        return job

    def _end(self, ask: Ask, verdict: Verdict) -> None:
        assert ask.shown is not None
        assert self._bot.letters.ended[ask.origin.id] is verdict
        self.happened[f"said {verdict}"] += 1
        self._script.answered(ask.shown, verdict)

    async def _let_silence_be_a_no(self, running: Running) -> None:
        """Wait until the questions have ended that a day is over for; an owner comes too late."""
        over = self._clock.now_ms() - ANSWERED_WITHIN
        late = [ask for ask in self._open if ask.origin.asked_at <= over]
        self._open = [ask for ask in self._open if ask.origin.asked_at > over]
        await self._until(lambda: {ask.origin.id for ask in late} <= self._bot.letters.ended.keys())
        for ask in late:
            assert ask.shown is not None
            self._end(ask, Verdict.SILENCE)
            with pytest.raises(Refusal, match="over"):
                await running.answers.answer(ask.origin.id, ask.shown.owner.user_id, Verdict.ALLOWED)

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


@pytest.fixture
async def image_url() -> AsyncIterator[str]:
    """Where Spark fetches the pictures of portraits."""
    async with ScriptedServer([answer(200, ANY_PICTURE, {"Content-Type": "image/png"})]) as server:
        yield f"{server.url}/picture.png"


def any_picture(_order: Painted) -> bytes:
    return ANY_PICTURE


# invariant I6, I16
@pytest.mark.timeout(120 * TIMES)
async def test_the_books_of_a_month_agree_with_sparks_own_bill(
    sqlite_url: str, image_url: str, log: list[MutableMapping[str, Any]]
) -> None:
    clock = MovableClock(FIRST.timestamp())
    async with SparkSandbox(
        clock=clock, rng=random.Random(5), latency=Latency.instant(), paint=any_picture
    ) as sandbox:
        month = Month(clock, sandbox, sqlite_url, image_url)
        try:
            running = await month.play()
            audit = await AuditStore(running.database).audit()
            entries = await lines(running.database)
            kept = await spent(running.database)
            jobs = await jobs_in(running.database)
        finally:
            await month.close()
        bill = billed(sandbox.tasks.values(), month.accepted)
        charged = nano_from_usd(sandbox.bill)

    assert [entry for entry in log if "incident" in entry] == []
    # what was refused, or not allowed, is no job, has cost nothing and was never sent
    assert jobs == month.accepted.keys() == {entry.name[0] for entry in entries}
    assert {submit.params["prompt"] for submit in sandbox.submits} <= set(map(prompt_of, month.accepted))

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
    assert set(nearest) == {"person", "everywhere", "guild", "total"}
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
