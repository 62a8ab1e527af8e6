import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Hashable
from itertools import pairwise

import pytest

import spark
from sandbox.clock import MovableClock
from spark import GrowingIntervals, Poller, Task, TaskStatus
from tests.spark.conftest import client_of
from tests.spark.scripted import ScriptedServer, answer

MODEL = "spark_t2i_3_0"


def seen(task_id: str, status: TaskStatus, progress: float | None = None) -> Task:
    return Task(task_id, MODEL, status, status.value, progress=progress)


class Spark:
    """Tells each task finished at the time set for it, or raises what is set for it."""

    def __init__(self, clock: MovableClock) -> None:
        self.clock = clock
        self.ends: dict[str, float] = {}
        self.status = TaskStatus.COMPLETED
        self.trouble: Callable[[str], Exception | None] = lambda _: None
        self.looks: list[tuple[float, str]] = []
        self.progress: float | None = None

    async def look(self, task_id: str) -> Task:
        self.looks.append((self.clock.monotonic(), task_id))
        await asyncio.sleep(0)
        if (error := self.trouble(task_id)) is not None:
            raise error
        if self.clock.monotonic() >= self.ends.get(task_id, 1e9):
            return seen(task_id, self.status)
        return seen(task_id, TaskStatus.IN_PROGRESS, self.progress)

    def times(self, task_id: str = "t-1") -> list[float]:
        return [when for when, looked in self.looks if looked == task_id]


class Noted:
    """Keeps what it is told of looks: the kind, since when and until when, and whether the task had ended."""

    next_look = GrowingIntervals().next_look
    likelihood = GrowingIntervals().likelihood

    def __init__(self) -> None:
        self.told: list[tuple[Hashable, float, float, bool]] = []

    def record(self, kind: Hashable, after: float, by: float, *, ended: bool) -> None:
        self.told.append((kind, after, by, ended))

    def recall(self, kind: Hashable, found_at: float) -> None:
        raise AssertionError((kind, found_at))

    @property
    def ends(self) -> list[tuple[Hashable, float, float, bool]]:
        return [look for look in self.told if look[-1]]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def service(clock: MovableClock) -> Spark:
    return Spark(clock)


@pytest.fixture
def schedule() -> Noted:
    return Noted()


@pytest.fixture
async def poller(clock: MovableClock, service: Spark, schedule: Noted) -> AsyncIterator[Poller]:
    async with Poller(service, schedule, clock, requests_per_second=10) as running:
        yield running


async def move(clock: MovableClock, seconds: float, step: float = 0.25) -> None:
    for _ in range(round(seconds / step)):
        await settle()
        await clock.advance(step)
    await settle()


async def settle() -> None:
    for _ in range(8):
        await asyncio.sleep(0)


def not_found(message: str = "no such task") -> spark.NotFound:
    return spark.NotFound(404, "", message=message, may_have_been_accepted=False)


async def test_all_that_waits_has_one_alarm(
    clock: MovableClock, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarms: list[float] = []
    sleep = clock.sleep

    async def noted(seconds: float) -> None:
        alarms.append(seconds)
        await sleep(seconds)

    monkeypatch.setattr(clock, "sleep", noted)
    for n in range(5):
        poller.watch(f"t-{n}", MODEL, clock.time())
        await settle()
    assert alarms == [1.0]


async def test_a_task_is_looked_at_until_it_is_finished(
    clock: MovableClock, service: Spark, schedule: Noted, poller: Poller
) -> None:
    service.ends["t-1"] = 12.0
    watched = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 11.5)
    assert not watched.done()
    assert len(poller) == 1
    await move(clock, 2.5)
    assert watched.result().succeeded
    assert len(poller) == 0
    looks = len(service.looks)
    assert 8 <= looks <= 12
    times = service.times()
    assert schedule.ends == [(MODEL, times[-2], times[-1], True)]
    assert schedule.told == [(MODEL, before, when, when == times[-1]) for before, when in pairwise([0.0, *times])]
    await move(clock, 60)
    assert len(service.looks) == looks


async def test_a_failed_task_is_given_back_and_teaches_nothing(
    clock: MovableClock, service: Spark, schedule: Noted, poller: Poller
) -> None:
    service.ends["t-1"] = 0.0
    service.status = TaskStatus.FAILED
    watched = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 2)
    assert watched.result().failed
    assert schedule.told == []


async def test_a_task_from_before_a_restart_is_looked_at_once_and_teaches_nothing(
    clock: MovableClock, service: Spark, schedule: Noted, poller: Poller
) -> None:
    service.ends["t-1"] = 0.0
    watched = poller.watch("t-1", MODEL, clock.time() - 300)
    await settle()
    assert watched.result().succeeded
    assert schedule.told == []


async def test_unfinished_looks_are_told_and_a_broken_listener_ends_nothing(
    clock: MovableClock, service: Spark, poller: Poller, caplog: pytest.LogCaptureFixture
) -> None:
    service.ends = {"t-1": 5.0, "t-2": 5.0}
    service.progress = 0.5
    told: list[float | None] = []

    def broken(_: Task) -> None:
        raise LookupError

    first = poller.watch("t-1", MODEL, clock.time(), lambda task: told.append(task.progress))
    second = poller.watch("t-2", MODEL, clock.time(), broken)
    await move(clock, 10)
    assert first.result().succeeded
    assert second.result().succeeded
    assert set(told) == {0.5}
    assert "listener" in caplog.text


async def test_a_task_watched_twice_gives_the_same_future(clock: MovableClock, poller: Poller) -> None:
    assert poller.watch("t-1", MODEL, clock.time()) is poller.watch("t-1", MODEL, clock.time())


async def test_forgetting_a_task_ends_its_looks(clock: MovableClock, service: Spark, poller: Poller) -> None:
    watched = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 3)
    looks = len(service.looks)
    poller.forget("t-1")
    poller.forget("never-watched")
    await move(clock, 30)
    assert watched.cancelled()
    assert len(service.looks) == looks
    assert len(poller) == 0


async def test_a_cancelled_watch_ends_its_looks_and_can_be_begun_anew(
    clock: MovableClock, service: Spark, poller: Poller
) -> None:
    service.ends["t-1"] = 5.0
    poller.watch("t-1", MODEL, clock.time()).cancel()
    again = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 10)
    assert again.result().succeeded


@pytest.mark.parametrize(
    "error",
    [
        spark.ServerError(502, "", may_have_been_accepted=False),
        spark.ConnectionFailed("refused"),
        spark.RequestTimeout("late", may_have_been_accepted=False),
        spark.UnreadableAnswer(200, "junk", may_have_been_accepted=False),
        spark.BadRequest(400, "", may_have_been_accepted=False),
        RuntimeError("a bug"),
    ],
)
async def test_trouble_ends_no_watch_and_is_met_with_longer_pauses(
    clock: MovableClock, service: Spark, poller: Poller, error: Exception
) -> None:
    service.ends["t-1"] = 0.0
    service.trouble = lambda _: error if clock.monotonic() < 40 else None
    watched = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 39)
    times = service.times()
    assert not watched.done()
    assert len(times) <= 7
    assert times[-1] - times[-2] > times[1] - times[0]
    await move(clock, 40)
    assert watched.result().succeeded


async def test_a_task_that_is_not_visible_yet_is_waited_for(
    clock: MovableClock, service: Spark, poller: Poller
) -> None:
    service.ends["t-1"] = 45.0
    service.trouble = lambda _: not_found() if clock.monotonic() < 40 else None
    watched = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 70)
    assert watched.result().succeeded


async def test_a_task_that_stays_missing_for_a_minute_is_gone(
    clock: MovableClock, service: Spark, poller: Poller
) -> None:
    service.trouble = lambda _: not_found()
    watched = poller.watch("t-1", MODEL, clock.time() - 500)
    await move(clock, 59)
    assert not watched.done()
    await move(clock, 40)
    assert isinstance(watched.exception(), spark.NotFound)
    assert len(poller) == 0


async def test_a_proxys_404_says_nothing_of_the_task(clock: MovableClock, service: Spark, poller: Poller) -> None:
    service.trouble = lambda _: not_found(message="")
    watched = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 600)
    assert not watched.done()


@pytest.mark.parametrize("between", [None, spark.ServerError(502, "", may_have_been_accepted=False)])
async def test_a_minute_of_404_is_counted_without_breaks(
    clock: MovableClock, service: Spark, poller: Poller, between: Exception | None
) -> None:
    service.trouble = lambda _: not_found() if int(clock.monotonic()) // 30 % 2 else between
    watched = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 600)
    assert not watched.done()


@pytest.mark.parametrize("kind", [spark.Unauthorized, spark.Forbidden])
async def test_a_refused_key_slows_the_looks_and_is_logged_once(
    clock: MovableClock,
    service: Spark,
    poller: Poller,
    caplog: pytest.LogCaptureFixture,
    kind: type[spark.StatusError],
) -> None:
    caplog.set_level(logging.INFO)
    error = kind(401, "", may_have_been_accepted=False)
    service.ends = {"t-1": 0.0, "t-2": 0.0}
    service.trouble = lambda _: error if clock.monotonic() < 300 else None
    watched = [poller.watch(task_id, MODEL, clock.time()) for task_id in service.ends]
    await move(clock, 299)
    assert len(service.looks) == 2 * 5
    assert caplog.text.count("refuses the key") == 1
    await move(clock, 62)
    assert all(each.result().succeeded for each in watched)
    assert caplog.text.count("takes the key again") == 1


@pytest.mark.parametrize(("asked", "pause"), [(30.0, 30.0), (None, 5.0), (86_400.0, 300.0)])
async def test_a_rate_limit_holds_up_all_looks(
    clock: MovableClock, service: Spark, poller: Poller, asked: float | None, pause: float
) -> None:
    error = spark.RateLimited(429, "", retry_after=asked, may_have_been_accepted=False)
    service.trouble = lambda _: error if len(service.looks) == 1 else None
    for number in range(5):
        poller.watch(f"t-{number}", MODEL, clock.time())
    await move(clock, pause + 3)
    first, second = [when for when, _ in service.looks][:2]
    assert second - first == pytest.approx(pause, abs=0.5)


def too_many() -> spark.RateLimited:
    return spark.RateLimited(429, "", retry_after=1.0, may_have_been_accepted=False)


async def test_refused_looks_halve_the_rate_once_for_all_that_were_under_way_and_it_grows_again(
    clock: MovableClock,
) -> None:
    started: list[float] = []
    refused = asyncio.Event()

    class Busy:
        async def look(self, task_id: str) -> Task:
            started.append(clock.monotonic())
            if len(started) <= 10:
                await refused.wait()
                raise too_many()
            return seen(task_id, TaskStatus.IN_PROGRESS)

    async with Poller(Busy(), Eager(), clock, requests_per_second=20) as poller:
        for number in range(200):
            poller.watch(f"t-{number}", MODEL, clock.time())
        await move(clock, 1.0, step=0.01)
        held_up = clock.monotonic()
        started_before = len(started)
        refused.set()
        await move(clock, 60, step=0.01)
    assert started_before == 21
    after = Counter(int(when - held_up) for when in started[started_before:])
    assert after[0] == 0  # as Spark asked
    assert 9 <= after[1] <= 12
    assert [after[second] for second in (10, 20, 45)] == sorted(after[second] for second in (10, 20, 45))
    assert after[50] == pytest.approx(20, abs=1)
    assert max(after.values()) <= 21


async def test_however_often_looks_are_refused_some_are_made(clock: MovableClock, service: Spark) -> None:
    service.trouble = lambda _: too_many() if clock.monotonic() < 300 else None
    async with Poller(service, Eager(), clock, requests_per_second=64) as poller:
        poller.watch("t-1", MODEL, clock.time())
        await move(clock, 310)
    assert service.times()[-1] > 300


class Eager(GrowingIntervals):
    """Wants a look every second; what is called sure has ended by then, what is called vain has not."""

    def next_look(self, kind: Hashable, elapsed: float, progress: float | None = None) -> float:  # noqa: ARG002
        return 1.0

    def likelihood(self, kind: Hashable, after: float, elapsed: float) -> float:  # noqa: ARG002
        return {"sure": 1.0, "vain": 0.0}.get(str(kind), 0.5)


async def test_where_the_ceiling_binds_those_likely_to_have_ended_go_first(
    clock: MovableClock, service: Spark
) -> None:
    async with Poller(service, Eager(), clock, requests_per_second=2) as poller:
        for number in range(6):
            poller.watch(f"vain-{number}", "vain", clock.time())
            poller.watch(f"sure-{number}", "sure", clock.time())
        await move(clock, 4)
    first = [task_id.partition("-")[0] for _, task_id in service.looks][:6]
    assert first == ["sure"] * 6


async def test_those_unlikely_to_have_ended_do_not_starve(clock: MovableClock, service: Spark) -> None:
    async with Poller(service, Eager(), clock, requests_per_second=2) as poller:
        poller.watch("vain", "vain", clock.time())
        for number in range(20):
            poller.watch(f"sure-{number}", "sure", clock.time())
        await move(clock, 60)
    assert 2 <= len(service.times("vain")) <= 6


async def test_a_crowd_begins_to_be_looked_at_before_it_is_due(clock: MovableClock, service: Spark) -> None:
    class Late(Eager):
        def next_look(self, kind: Hashable, elapsed: float, progress: float | None = None) -> float:  # noqa: ARG002
            return 10.0

    async with Poller(service, Late(), clock, requests_per_second=10) as poller:
        poller.watch("alone", MODEL, clock.time())
        await move(clock, 12, step=0.01)
        assert service.times("alone")[0] == pytest.approx(10, abs=0.1)
        begun = clock.monotonic()
        for number in range(30):
            poller.watch(f"t-{number}", MODEL, clock.time())
        await move(clock, 15, step=0.01)
    firsts = [service.times(f"t-{number}")[0] - begun for number in range(30)]
    assert 7 <= min(firsts) < 9
    assert max(firsts) < 11


async def test_an_overdue_task_is_looked_at_slowly_and_still_found(
    clock: MovableClock, service: Spark, poller: Poller
) -> None:
    service.ends["t-1"] = 1500.0
    watched = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 1600, step=1)
    late = [when for when in service.times() if when > 920]
    assert watched.result().succeeded
    assert all(after - before >= 59 for before, after in pairwise(late))
    assert len(late) >= 9


async def test_fresh_tasks_go_before_overdue_ones_which_do_not_starve(
    clock: MovableClock, service: Spark, poller: Poller
) -> None:
    for number in range(200):
        poller.watch(f"late-{number}", MODEL, clock.time() - 2000)
    await move(clock, 30)  # each overdue one was looked at
    for number in range(200):
        poller.watch(f"fresh-{number}", MODEL, clock.time())
    await move(clock, 60)
    service.looks.clear()
    await move(clock, 60)
    kinds = Counter(task_id.partition("-")[0] for _, task_id in service.looks)
    assert kinds["fresh"] > 5 * kinds["late"] > 0


async def test_ten_thousand_tasks_stay_under_the_ceiling_and_all_end(clock: MovableClock, service: Spark) -> None:
    async with Poller(service, GrowingIntervals(), clock, requests_per_second=100, slow_after=1e6) as poller:
        tasks_before = len(asyncio.all_tasks())
        watched = []
        for number in range(10_000):
            service.ends[f"t-{number}"] = 20.0 + number % 50
            watched.append(poller.watch(f"t-{number}", MODEL, clock.time()))
        await settle()
        assert len(asyncio.all_tasks()) - tasks_before < 70
        await move(clock, 220, step=0.01)
        assert all(each.result().succeeded for each in watched)
    for second, looks in Counter(int(when) for when, _ in service.looks).items():
        assert looks <= 101, second
    assert {task_id for _, task_id in service.looks} == set(service.ends)


async def test_a_slow_spark_is_not_asked_by_more_than_64_at_a_time(clock: MovableClock) -> None:
    class Stuck:
        looking = 0

        async def look(self, _: str) -> Task:
            self.looking += 1
            await asyncio.Event().wait()
            raise AssertionError

    stuck = Stuck()
    async with Poller(stuck, GrowingIntervals(), clock, requests_per_second=1000) as poller:
        for number in range(200):
            poller.watch(f"t-{number}", MODEL, clock.time())
        await move(clock, 10, step=0.01)
        assert stuck.looking == 64


async def test_the_end_of_a_look_lets_the_next_one_start(clock: MovableClock) -> None:
    gate = asyncio.Event()

    class Slow:
        async def look(self, task_id: str) -> Task:
            await gate.wait()
            return seen(task_id, TaskStatus.COMPLETED)

    async with Poller(Slow(), GrowingIntervals(), clock, requests_per_second=1000) as poller:
        watched = [poller.watch(f"t-{number}", MODEL, clock.time()) for number in range(65)]
        await move(clock, 10, step=0.01)
        gate.set()
        await settle()
        assert all(each.result().succeeded for each in watched)


async def test_a_new_task_wakes_a_scheduler_that_had_nothing_to_do(
    clock: MovableClock, service: Spark, poller: Poller
) -> None:
    await move(clock, 100)
    service.ends["t-1"] = 0.0
    watched = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 1.5)
    assert watched.result().succeeded


async def test_a_new_task_does_not_wait_for_the_later_looks_of_others(
    clock: MovableClock, service: Spark, poller: Poller
) -> None:
    poller.watch("slow", MODEL, clock.time() - 2000)
    await move(clock, 2)  # the next look is at it, in a minute
    service.ends["t-1"] = 0.0
    watched = poller.watch("t-1", MODEL, clock.time())
    await move(clock, 1.5)
    assert watched.result().succeeded


async def test_closing_cancels_what_is_watched(clock: MovableClock, service: Spark) -> None:
    async with Poller(service, GrowingIntervals(), clock) as poller:
        watched = poller.watch("t-1", MODEL, clock.time())
        await settle()
    assert watched.cancelled()


async def test_a_scheduler_that_breaks_tells_every_watcher(
    clock: MovableClock, poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> float:
        raise LookupError

    monkeypatch.setattr(poller, "_start_looks", broken)
    watched = poller.watch("t-1", MODEL, clock.time())
    await settle()
    with pytest.raises(LookupError):
        watched.result()


async def test_drives_a_real_client(server: ScriptedServer, clock: MovableClock) -> None:
    running = answer(200, {"id": "t-1", "status": "in_progress"})
    server.replies = [running, answer(502, b"<html>"), running, answer(200, {"id": "t-1", "status": "completed"})]
    async with client_of(server.url, clock) as client, Poller(client, GrowingIntervals(), clock) as poller:
        watched = poller.watch("t-1", MODEL, clock.time())
        async with asyncio.timeout(20):
            while not watched.done():
                await clock.advance(0.25)
                await asyncio.sleep(0.001)  # for the sockets; nothing depends on how long it takes
        assert watched.result().succeeded
    assert len(server.heard) == 4
