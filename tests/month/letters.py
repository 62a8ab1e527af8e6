"""A Discord that takes everything at once: what was posted, told and asked, and a bell that rings at each."""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from bot.domain.budgets import Account, Scope
from bot.domain.jobs import Job, Task
from bot.domain.pictures.consents import Verdict
from bot.domain.pictures.sources import InputImage
from bot.domain.progress import Hindrance, Progress
from bot.domain.warnings import BudgetWarning
from bot.jobs.ports import Pictures, Posted


class Letters:
    """A `Delivery`, and the `InputAddresses` of pictures that all stand at one address."""

    def __init__(self, address: str) -> None:
        self.delivered: set[int] = set()
        """The jobs whose one message stands."""
        self.late: set[tuple[int, int]] = set()
        """The tasks (job, position) of which a picture came late, or nothing after all."""
        self.ended: dict[int, Verdict] = {}
        """How the questions to owners have ended, as they show."""
        self.told: dict[int, str] = {}
        """What whoever has asked was told of that."""
        self.warned: set[tuple[Account, Scope, str, int]] = set()
        self._address = address
        self._bell = asyncio.Event()

    async def until(self, holds: Callable[[], bool], *, seconds: float = 30.0) -> None:
        """Wait until `holds` says yes; it is asked again at everything that is posted."""
        async with asyncio.timeout(seconds):
            while not holds():
                await self._bell.wait()

    async def of(self, job: Job, image: InputImage) -> str:
        assert job.tasks[0].image_sha256 == image.sha256
        return self._address

    async def show(self, job: Job, progress: Progress) -> None:
        pass

    async def show_held(self, job: Job, until: int, hindrance: Hindrance) -> None:
        raise AssertionError(f"job {job.id} is held until {until}: {hindrance.why}")

    async def choose_place(self, job: Job) -> int:
        return job.channel_id

    async def find(self, job: Job, since_ms: int) -> Posted | None:
        raise AssertionError(f"nobody died while job {job.id} was posted since {since_ms}")

    async def post(self, job: Job, pictures: Pictures) -> Posted:
        assert job.id not in self.delivered
        self.delivered.add(job.id)
        self._ring()
        return Posted(job.channel_id, job.id, frozenset(pictures))

    async def find_late(self, job: Job, task: Task) -> Posted | None:
        assert (job.id, task.position) not in self.late
        return None

    async def post_late(self, job: Job, task: Task, pictures: Pictures) -> Posted:
        assert all(picture.data for picture in pictures.values())
        return self._ended_late(job, [task])

    async def find_end(self, job: Job, tasks: Sequence[Task]) -> Posted | None:
        assert self.late.isdisjoint((job.id, task.position) for task in tasks)
        return None

    async def post_end(self, job: Job, tasks: Sequence[Task]) -> Posted:
        return self._ended_late(job, tasks)

    async def finish_status_message(self, job: Job, preview: bytes | None) -> None:
        assert job.ended_at is not None
        assert preview is None  # each stands where it was asked for

    def warn(self, warnings: Iterable[BudgetWarning]) -> None:
        """Tell somebody what is used; each once."""
        for warning in warnings:
            told = (warning.account, warning.scope, warning.window, warning.percent)
            assert told not in self.warned
            self.warned.add(told)

    def end(self, question_id: int, verdict: Verdict) -> None:
        """Show on a question how it has ended."""
        self.ended[question_id] = verdict
        self._ring()

    def _ended_late(self, job: Job, tasks: Sequence[Task]) -> Posted:
        names = {(task.job_id, task.position) for task in tasks}
        assert self.late.isdisjoint(names)
        self.late |= names
        self._ring()
        return Posted(job.channel_id, job.id, frozenset(task.position for task in tasks))

    def _ring(self) -> None:
        self._bell.set()
        self._bell = asyncio.Event()
