from collections.abc import Awaitable, Callable
from typing import cast

from bot.domain.jobs import Job
from bot.domain.states import TaskState
from bot.jobs.background import Background
from bot.jobs.delivering import Deliverer
from bot.jobs.estimates import Estimates
from bot.jobs.fleet import Fleet
from bot.jobs.ports import Delivery, DeliveryFailed, Posted
from bot.jobs.previews import Previews
from bot.jobs.queue_forecast import QueueForecast
from bot.jobs.result_pictures import ResultPictures
from bot.jobs.status_messages import StatusMessages
from bot.metrics import Metrics
from bot.store import Store
from sandbox.clock import MovableClock
from spark import Client, Previewer, Stamper
from spark.clock import SystemClock
from tests.e2e.photos import photo
from tests.store.scenes import CENT, NOW, OWNER, PLENTY, reach

KEPT = 7 * 24 * 3600


class _Refusing:
    """Takes nothing, in the place of Discord; `meanwhile` happens while the last message is on its way."""

    def __init__(self, meanwhile: Callable[[], Awaitable[None]]) -> None:
        self._meanwhile = meanwhile

    async def choose_place(self, job: Job) -> int:
        return job.channel_id

    async def find(self, *_: object) -> Posted | None:
        return None

    async def post(self, *_: object) -> Posted:
        await self._meanwhile()
        raise DeliveryFailed("403 Forbidden", may_pass=True)

    async def finish_status_message(self, *_: object) -> None:
        pass


async def test_a_picture_that_was_let_go_during_the_last_try_is_not_kept_anew(store: Store) -> None:
    task = await reach(store, 1, TaskState.SUCCEEDED)
    job = await store.deliveries.begin(task.job_id, OWNER, NOW)
    assert job is not None
    await store.deliveries.keep_result(task, photo().content, NOW)
    clock = MovableClock(NOW / 1000 + KEPT - 1)

    async def two_days_go_by() -> None:
        await clock.advance(2 * 24 * 3600)
        await store.deliveries.forget_results(clock.now_ms() - KEPT * 1000)

    delivery = cast("Delivery", _Refusing(two_days_go_by))
    forecast = QueueForecast(store, Estimates(lambda *_: CENT, clock), PLENTY, clock)
    client = Client("a-key", "http://127.0.0.1:9", clock=clock)
    stamper = Stamper()
    pictures = ResultPictures(store, client, stamper, clock)
    previews = Previews(Previewer(), pictures)
    fleet = Fleet(store, SystemClock())
    await fleet.begin()
    status_messages = StatusMessages(
        store, delivery, previews, forecast, client, fleet, clock, Background(), lambda: None
    )
    deliverer = Deliverer(store, pictures, delivery, status_messages, fleet, Metrics(clock).jobs, clock, KEPT)
    async with stamper:
        await deliverer.deliver(job, resumed=True)
    await store.deliveries.forget_results(clock.now_ms() - KEPT * 1000)
    assert await store.deliveries.kept_result(task) is None
