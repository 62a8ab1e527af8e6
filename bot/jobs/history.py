"""What a person has asked for, as it stands now, and the pictures that did not reach Discord."""

from typing import Final

from bot.domain.budgets import Account
from bot.domain.history import Entry, Line, Lines, Spot
from bot.domain.jobs import Job, Task
from bot.domain.pictures.lifetimes import RESULT_LIFE
from bot.domain.pictures.results import Picture
from bot.domain.states import JobState
from bot.jobs.ports import Pictures
from bot.jobs.queue_forecast import QueueForecast
from bot.jobs.result_pictures import PictureDelayed, ResultPictures
from bot.orders.repeats import require_id, require_words
from bot.store import Store
from bot.wording.jobs import no_longer_kept, result_delayed, result_lost, unknown_job
from spark.clock import Clock

PAGE: Final = 5
_NEWEST: Final = Spot()


class History:
    """Reads an account's jobs, and those of others that it has marked; who may see these is asked before."""

    def __init__(
        self,
        store: Store,
        queue_forecast: QueueForecast,
        pictures: ResultPictures,
        clock: Clock,
        keep_results: float,
    ) -> None:
        """Build with how many seconds a result is kept that Discord does not take."""
        self._store = store
        self._queue_forecast = queue_forecast
        self._pictures = pictures
        self._clock = clock
        self._keep_results = keep_results

    async def page(self, account: Account, spot: Spot = _NEWEST) -> Lines:
        """Read a page of an account's jobs or favourites; where nothing is there any more, the newest one.

        Raises `Refusal` for a mark that no job can have.
        """
        way, search = spot
        if way is not None:
            require_id(way.mark.job_id)
        page = await self._store.history.page(account, PAGE, way, search)
        if not page.entries and way is not None:
            page = await self._store.history.page(account, PAGE, None, search)
        return Lines([await self._line(entry) for entry in page.entries], page.newer, page.older)

    async def line(self, account: Account, job_id: int) -> Line:
        """Read one job; raises `Refusal` where the account has none of this id."""
        return await self._line(await self._entry(account, job_id))

    async def pictures(self, account: Account, job_id: int) -> tuple[Job, Pictures]:
        """Fetch a job's pictures that are not in Discord, by position; raises `Refusal` where there are none."""
        job = (await self._entry(account, job_id)).job
        require_words(job)
        found: dict[int, Picture] = {}
        delayed = False
        wanted = [(task, position) for task in unposted(job) for position in task.positions]
        for task, position in wanted:
            try:
                picture = await self._pictures.of(task, position, may_be_kept=True)
            except PictureDelayed:
                delayed = True
            else:
                if picture is not None:
                    found[position] = picture
        if not found:
            if delayed:
                raise result_delayed()
            raise no_longer_kept() if job.succeeded and not unposted(job) else result_lost(job.cost_nano)
        return job, found

    async def _entry(self, account: Account, job_id: int) -> Entry:
        entry = await self._store.history.entry(account, require_id(job_id))
        if entry is None:
            raise unknown_job()
        return entry

    async def _line(self, entry: Entry) -> Line:
        expected = await self._queue_forecast.of(entry.job) if entry.job.state is JobState.OPEN else None
        return Line(
            entry.job,
            expected,
            self._kept_until(entry),
            refused=entry.kept_at is not None,
            late=expected is not None and expected.ready_at < self._clock.time(),
        )

    def _kept_until(self, entry: Entry) -> int | None:
        missing = unposted(entry.job)
        if not missing or entry.job.state is JobState.OPEN:
            return None
        given_out = max(task.ended_at or 0 for task in missing) / 1000 + RESULT_LIFE
        until = given_out if entry.kept_at is None else entry.kept_at / 1000 + self._keep_results
        return int(until) if until > self._clock.time() else None


def unposted(job: Job) -> tuple[Task, ...]:
    """Give the tasks whose pictures were made and do not stand in Discord."""
    gone = job.removed_at is not None or job.erased_at is not None
    return () if gone else tuple(task for task in job.succeeded if not task.posted)
