import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from typing import cast

import pytest

from bot.domain.budgets import Account
from bot.domain.jobs import INTERACTION_TOKEN_LIFE, Job, Task
from bot.domain.pictures.results import Picture
from bot.domain.progress import Progress
from bot.domain.states import JobState, TaskState
from bot.jobs.background import Background
from bot.jobs.estimates import Estimates
from bot.jobs.fleet import Fleet
from bot.jobs.ports import Delivery
from bot.jobs.previews import Previews
from bot.jobs.queue_forecast import QueueForecast
from bot.jobs.result_pictures import ResultPictures
from bot.jobs.status_messages import StatusMessages
from bot.store import Capacity, Database, Store
from sandbox.clock import MovableClock
from spark import Client, Previewer, Provenance, Stamper, TransportError
from tests.examples import TASK
from tests.store.scenes import (
    ANNA,
    CENT,
    NO_CEILINGS,
    NOW,
    OWNER,
    accept,
    claim,
    delivered,
    delivering,
    got,
    reach,
)

ONE = Capacity(total=1, per_person=1, unpriced=1000)
SECONDS = 600
PROMISED = 750
THREAD = 501


class _Shown:
    """Takes the status messages in the place of Discord."""

    def __init__(self) -> None:
        self.status_messages: list[tuple[int, Progress]] = []
        self.ended: list[Job] = []
        self.taking = asyncio.Event()
        self.takes = asyncio.Event()
        self.takes.set()
        self._at_it = 0

    async def show(self, job: Job, progress: Progress) -> None:
        self.status_messages.append((job.id, progress))

    async def finish_status_message(self, job: Job, preview: bytes | None) -> None:
        assert preview is None
        self._at_it += 1
        assert self._at_it == 1, "two edits of one status message at the same time"
        self.taking.set()
        await self.takes.wait()
        self._at_it -= 1
        self.ended.append(job)

    def taken(self) -> list[tuple[int, Progress]]:
        """Give what was shown since this was asked last."""
        shown, self.status_messages = self.status_messages, []
        return shown


class _Previewer(Previewer):
    """Takes as long as it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], Awaitable[object]] | None = None

    async def preview(self, files: Sequence[bytes], provenance: Provenance) -> bytes:  # noqa: ARG002
        assert self.meanwhile is not None
        await self.meanwhile()
        return b"a preview"


class _Stage:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = MovableClock(NOW / 1000)
        self.shown = _Shown()
        self.background = Background()
        self.looks = 0
        self.running: Task | None = None
        self.begun: list[tuple[int, Progress]] = []
        self.previewer = _Previewer()
        self.client = Client("a-key", "http://127.0.0.1:9", clock=self.clock)
        estimates = Estimates(lambda *_: CENT, self.clock)
        estimates.learn(replace(TASK, submitted_at=0, ended_at=SECONDS * 1000))
        queue_forecast = QueueForecast(store, estimates, ONE, self.clock)
        self.status_messages = StatusMessages(
            store,
            cast("Delivery", self.shown),
            Previews(self.previewer, ResultPictures(store, self.client, Stamper(), self.clock)),
            queue_forecast,
            self.client,
            Fleet(store, self.clock),
            self.clock,
            self.background,
            lambda: None,
        )
        read = store.tasks.queue

        async def counted() -> object:
            self.looks += 1
            return await read()

        store.tasks.queue = counted  # type: ignore[method-assign,assignment]

    async def settled(self) -> None:
        while self.background.busy:
            await self.background.next_change.wait()

    async def show(self, *job_ids: int) -> list[tuple[int, Progress]]:
        for job_id in job_ids:
            self.status_messages.show(job_id)
        await self.settled()
        return self.shown.taken()

    async def next_refresh(self) -> None:
        await self.status_messages.until_stale()
        await self.status_messages.refresh()

    async def refresh(self) -> list[tuple[int, Progress]]:
        """Let a quarter of a minute go by, and give what was shown anew."""
        refreshing = asyncio.create_task(self.next_refresh())
        await self.clock.sleeper()
        await self.clock.advance(15)
        await refreshing
        await self.settled()
        return self.shown.taken()

    async def look(self) -> list[tuple[int, Progress]]:
        """Have what is shown compared with the time, and give what was shown anew."""
        await self.status_messages.keep_true()
        await self.settled()
        return self.shown.taken()

    @property
    def now(self) -> int:
        return self.clock.now_ms()

    async def next_one_ends(self) -> None:
        """Have what is at Spark fail, and the next one begin there."""
        if self.running is not None:
            await self.store.tasks.fail(self.running, None, "It was not made.", self.now)
        [task] = await claim(self.store, OWNER, ONE, self.now)
        begun = await self.store.tasks.begin_submit(task, 0, NO_CEILINGS, self.now)
        self.running = await self.store.tasks.start(begun, task.name)
        self.begun = await self.show(task.job_id)  # as the worker does


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[_Stage]:
    database = Database(sqlite_url)
    await database.open()
    yield _Stage(Store.over(database))
    await database.close()


async def _many_wait(stage: _Stage, count: int) -> list[int]:
    """Have one at Spark, and `count` people wait behind it, with their status messages shown."""
    await accept(stage.store, 1, Account(10, 1))
    await stage.next_one_ends()
    jobs = list(range(2, 2 + count))
    for job_id in jobs:
        await accept(stage.store, job_id, Account(10, job_id))
    shown = await stage.show(*jobs)
    assert [progress.ahead for _, progress in sorted(shown, key=lambda each: each[0])] == list(range(count))
    return jobs


async def test_a_waiting_status_message_is_shown_anew_when_its_place_has_changed(stage: _Stage) -> None:
    second, third = await _many_wait(stage, 2)
    assert await stage.refresh() == []
    await stage.next_one_ends()
    [(job_id, progress)] = await stage.refresh()
    assert (job_id, progress.ahead, progress.painting) == (third, 0, False)
    assert second not in [job for job, _ in await stage.refresh()]


async def test_a_status_message_that_was_shown_a_moment_ago_is_left_alone(stage: _Stage) -> None:
    _, third = await _many_wait(stage, 2)
    refreshing = asyncio.create_task(stage.next_refresh())
    await stage.clock.sleeper()
    await stage.clock.advance(10)
    await stage.show(third)
    await stage.next_one_ends()
    await stage.clock.advance(5)
    await refreshing
    await stage.settled()
    assert stage.shown.taken() == []
    assert [job_id for job_id, _ in await stage.refresh()] == [third]


async def test_one_round_edits_few_status_messages_and_the_next_one_those_that_have_stood_longest(
    stage: _Stage,
) -> None:
    jobs = await _many_wait(stage, 40)
    for _ in range(5):
        await stage.next_one_ends()
    first = await stage.refresh()
    await stage.next_one_ends()  # now those that were just shown are not true either
    second = await stage.refresh()
    assert [len(first), len(second)] == [20, 20]
    assert {job_id for job_id, _ in [*first, *second]} >= set(jobs[6:])
    assert stage.looks <= 40 + 3 * 20


async def test_one_step_in_a_long_queue_is_not_worth_an_edit(stage: _Stage) -> None:
    jobs = await _many_wait(stage, 40)
    await stage.next_one_ends()
    moved = {job_id: progress.ahead for job_id, progress in await stage.refresh()}
    assert max(moved.values()) < 20
    for _ in range(5):
        await stage.next_one_ends()
    last = {job_id: progress.ahead for _ in range(3) for job_id, progress in await stage.refresh()}
    assert last[jobs[-1]] == 33


async def test_status_messages_that_share_a_moment_share_a_look_at_the_queue(stage: _Stage) -> None:
    jobs = await _many_wait(stage, 20)
    before = stage.looks
    await stage.show(*jobs)
    assert stage.looks - before <= 3


async def test_a_time_that_has_come_is_told_once_and_before_anybody_sees_it_past(stage: _Stage) -> None:
    await accept(stage.store, 1)
    await stage.next_one_ends()
    [(_, first)] = stage.begun
    assert (first.painting, first.due, first.ready_at) == (True, False, NOW // 1000 + PROMISED)
    before = stage.looks
    await stage.clock.advance(PROMISED - 2)
    assert await stage.look() == []
    await stage.clock.advance(1)
    [(_, due)] = await stage.look()
    assert (due.painting, due.due) == (True, True)
    await stage.clock.advance(PROMISED)
    assert await stage.look() == []
    assert await stage.refresh() == []
    assert stage.looks == before  # its own times tell it


async def test_while_its_pictures_cannot_be_had_no_time_is_shown_that_is_past(stage: _Stage) -> None:
    await accept(stage.store, 1)
    await stage.next_one_ends()
    assert stage.running is not None
    await stage.store.tasks.succeed(stage.running, "spark-1", CENT, "https://spark/1.png", stage.now)
    assert await stage.store.deliveries.begin(1, OWNER, stage.now)
    assert await stage.look() == []
    await stage.clock.advance(PROMISED)
    [(_, due)] = await stage.look()
    assert due.due


async def test_spark_away_is_told_once_and_that_it_is_back(stage: _Stage) -> None:
    waiting, *_ = await _many_wait(stage, 1)
    async with stage.client:
        with pytest.raises(TransportError):
            await stage.client.look("task")
    await stage.clock.advance(1)
    assert await stage.look() == []
    await stage.clock.advance(1)
    shown = dict(await stage.look())
    assert {job_id: each.painting for job_id, each in shown.items() if each.spark_away} == {
        1: True,
        waiting: False,
    }
    assert await stage.look() == await stage.refresh() == await stage.show(waiting) == []
    stage.client._away_since = None
    assert {job_id: each.spark_away for job_id, each in await stage.look()} == {1: False, waiting: False}


async def test_one_that_runs_in_part_is_mended_when_others_come_in_between(stage: _Stage) -> None:
    await accept(stage.store, 1, Account(10, 1), prices=[CENT] * 2)
    await stage.next_one_ends()
    [(_, first)] = stage.begun
    assert (first.painting, first.ready_at) == (True, NOW // 1000 + SECONDS + PROMISED)
    for job_id in (2, 3, 4):
        await accept(stage.store, job_id, Account(10, job_id))
    [(_, later)] = await stage.refresh()
    assert later.painting
    assert later.ready_at >= NOW // 1000 + 5 * SECONDS


async def test_without_the_interactions_token_a_status_message_is_edited_seldom(stage: _Stage) -> None:
    _, third = await _many_wait(stage, 2)
    await stage.clock.advance(INTERACTION_TOKEN_LIFE / 1000)
    await stage.show(third)
    await stage.next_one_ends()
    assert [await stage.refresh() for _ in range(10)] == [[]] * 10
    shown = [job_id for _ in range(12) for job_id, _ in await stage.refresh()]
    assert shown == [third]


async def test_status_messages_of_an_ended_process_are_taken_over(stage: _Stage) -> None:
    await reach(stage.store, 1, TaskState.RUNNING)
    await accept(stage.store, 2, Account(10, 2))
    stage.status_messages.take_over(await stage.store.tasks.undecided_jobs())
    shown = dict(await stage.refresh())
    assert {job_id: progress.painting for job_id, progress in shown.items()} == {1: True, 2: False}


async def test_what_runs_on_after_its_jobs_message_leaves_the_status_message_alone(stage: _Stage) -> None:
    unknown = await reach(stage.store, 1, TaskState.UNKNOWN)
    job = await stage.store.deliveries.begin(1, OWNER, stage.now)
    assert job is not None
    await stage.store.deliveries.end(job, 500, 600, [], stage.now)
    await stage.store.tasks.start_late(unknown, OWNER, "spark-1")
    stage.status_messages.take_over(await stage.store.tasks.undecided_jobs())
    assert await stage.refresh() == []


async def test_what_has_ended_is_not_shown_as_under_way(stage: _Stage) -> None:
    _, third = await _many_wait(stage, 2)
    assert await stage.store.jobs.cancel(third, stage.now, has_status_message=True)
    assert await stage.show(third) == []
    await stage.status_messages.finish(third)
    assert [job.id for job in stage.shown.ended] == [third]
    await stage.next_one_ends()
    assert third not in [job_id for job_id, _ in await stage.refresh()]
    job = await stage.store.jobs.get(third)
    assert job is not None
    assert job.state is JobState.CANCELLED


async def test_what_another_worker_is_about_to_deliver_is_not_shown_as_ended(stage: _Stage) -> None:
    job = await delivering(stage.store, 1)
    await stage.status_messages.finish(job.id)
    assert stage.shown.ended == []


async def test_an_end_that_is_shown_slowly_never_lands_on_its_deletion(stage: _Stage) -> None:
    job = await delivered(stage.store, 1)
    stage.shown.takes.clear()
    slow = asyncio.create_task(stage.status_messages.finish(1, job))
    await stage.shown.taking.wait()
    await stage.store.jobs.record_removed(1, ANNA.user_id, stage.now)
    deletion = asyncio.create_task(stage.status_messages.finish(1))
    for _ in range(3):  # reads are made one after the other: its own is done
        await got(stage.store, 1)
    stage.shown.takes.set()
    await asyncio.gather(slow, deletion)
    assert stage.shown.ended[-1].removed_at == stage.now
    assert await stage.store.jobs.unfinished_status_messages() == []


async def test_what_is_deleted_while_its_preview_is_made_is_never_shown(stage: _Stage) -> None:
    job = await delivering(stage.store, 1)
    await stage.store.jobs.record_status_message(1, THREAD)
    job = await stage.store.deliveries.end(job, THREAD, 600, [1], stage.now)
    assert job.has_preview
    stage.previewer.meanwhile = lambda: stage.store.jobs.record_removed(1, ANNA.user_id, stage.now)
    await stage.status_messages.finish(1, job, {1: Picture(b"a picture", 1, 1, Provenance.of(TASK.model))})
    assert [job.removed_at for job in stage.shown.ended] == [stage.now]
