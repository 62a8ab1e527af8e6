"""Tasks whose picture cannot be handed to Spark, or not yet: nothing is sent, and nothing is charged."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from bot.domain.jobs import Job, Order, Task, TaskOrder
from bot.domain.pictures.sources import InputImage
from bot.domain.states import TaskState
from bot.jobs.driving import Driver
from bot.jobs.estimates import Estimates
from bot.jobs.ports import DeliveryFailed, InputLost
from bot.store import Store
from sandbox.clock import MovableClock
from tests.examples import PICTURE, SOURCE
from tests.jobs.drivers import Finished, driver_of
from tests.store.scenes import CENT, NO_LIMITS, OWNER, PLENTY, claim, edit, got, origin, reserved

AWAY = DeliveryFailed("Discord is in trouble (503)", may_pass=True)
CLOSED = DeliveryFailed("Discord refused: 403 Forbidden (error code: 50013): Missing Permissions", may_pass=False)


@dataclass
class Addresses:
    """Gives an address, or raises what was scripted; the last one again and again."""

    answers: list[str | Exception]

    async def of(self, job: Job, image: InputImage) -> str:
        assert (job.source, image) == (SOURCE, PICTURE)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Stage:
    store: Store
    clock: MovableClock
    server: Finished
    drive: Callable[[Addresses], Driver]
    heard: list[Task]

    async def accepted(self, order: Order) -> None:
        now = self.clock.now_ms()
        assert await self.store.jobs.accept(origin(1, at=now), order, [CENT], NO_LIMITS)

    async def driven(self, *answers: str | Exception) -> Task:
        """Claim the task and drive it as far as it goes."""
        [task] = await claim(self.store, OWNER, PLENTY, self.clock.now_ms())
        await self.drive(Addresses(list(answers))).drive(task)
        return (await got(self.store, 1)).tasks[0]


@pytest.fixture
def stage(store: Store) -> Stage:
    clock, server, heard = MovableClock(), Finished(), list[Task]()

    def drive(addresses: Addresses) -> Driver:
        estimates = Estimates(lambda *_: CENT, clock)
        return driver_of(store, estimates, clock, heard, server=server, addresses=addresses)

    return Stage(store, clock, server, drive, heard)


def portrait() -> Order:
    task = TaskOrder("spark_edit_portrait", {"prompt": "x", "seed": "7"}, 1328, 1328, PICTURE.sha256)
    return Order("portrait", "x", (task,), image=PICTURE, source=SOURCE)


async def test_a_portraits_picture_goes_to_spark_by_its_address(stage: Stage) -> None:
    await stage.accepted(portrait())
    assert (await stage.driven("https://here/me.jpg")).state is TaskState.SUCCEEDED
    [request] = stage.server.requests
    assert request.params()["image_input"] == "https://here/me.jpg"


async def test_a_picture_that_is_lost_ends_its_task_unsent(stage: Stage) -> None:
    await stage.accepted(portrait())
    task = await stage.driven(InputLost("It is gone. Send it again."))
    assert (task.state, task.error_text, task.submitted_at) == (
        TaskState.FAILED,
        "It is gone. Send it again.",
        None,
    )
    assert (stage.server.requests, await reserved(stage.store)) == ([], 0)
    assert [each.state for each in stage.heard] == [TaskState.FAILED]


async def test_so_does_one_that_is_no_longer_kept(stage: Stage) -> None:
    await stage.accepted(edit())
    [task] = await claim(stage.store, OWNER, PLENTY, stage.clock.now_ms())
    erased = replace(task, image_sha256=None)  # as a worker reads it after its picture was erased
    await stage.drive(Addresses([])).drive(erased)
    task = (await got(stage.store, 1)).tasks[0]
    assert task.state is TaskState.FAILED
    assert task.error_text == "Its picture is no longer kept. Send it again, with the same words."
    assert stage.server.requests == []


async def test_while_discord_is_away_the_task_waits_and_is_sent_afterwards(stage: Stage) -> None:
    await stage.accepted(portrait())
    task = await stage.driven(AWAY)
    assert (task.state, task.lease, task.submitted_at) == (TaskState.QUEUED, None, None)
    assert await reserved(stage.store) == CENT
    assert await claim(stage.store, OWNER, PLENTY, stage.clock.now_ms()) == []

    await stage.clock.advance(5)
    assert (await stage.driven("https://here/me.jpg")).state is TaskState.SUCCEEDED
    assert len(stage.server.requests) == 1


async def test_but_no_longer_than_the_patience(stage: Stage) -> None:
    await stage.accepted(portrait())
    states = []
    for _ in range(181):
        task = await stage.driven(AWAY)
        states.append(task.state)
        if task.state is not TaskState.QUEUED:
            break
        await stage.clock.advance(5)
    assert states == [TaskState.QUEUED] * 180 + [TaskState.FAILED]
    assert task.error_text == (
        "Its picture could not be handed to Spark: Discord is in trouble (503). Send it again."
    )
    assert (stage.server.requests, await reserved(stage.store)) == ([], 0)


async def test_what_discord_refuses_for_good_is_not_waited_for(stage: Stage) -> None:
    await stage.accepted(portrait())
    task = await stage.driven(CLOSED)
    assert task.state is TaskState.FAILED
    assert task.error_text == (
        "Its picture could not be handed to Spark: Discord does not let me post it. "
        "Ask a moderator to check what I may do in this channel, and send it again."
    )
    assert (stage.server.requests, await reserved(stage.store)) == ([], 0)
