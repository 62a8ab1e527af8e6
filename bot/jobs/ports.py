"""What the worker needs of Discord: a small protocol that `bot/delivery/` implements and `app.py` hands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.jobs import Job, Task
from bot.domain.pictures.results import Picture
from bot.domain.pictures.sources import InputImage
from bot.domain.progress import Hindrance, Progress
from bot.wording.hindrances import NOT_LET


class DeliveryFailed(Exception):
    """Discord did not take a message."""

    def __init__(self, reason: str, *, may_pass: bool, hindrance: Hindrance = NOT_LET) -> None:
        """Build from the reason, whether the same message may be taken later, and what hinders it if not."""
        super().__init__(reason)
        self.may_pass = may_pass
        self.hindrance = hindrance


class WordsRefused(DeliveryFailed):
    """A server's AutoMod does not let a job's words stand, or its result."""

    def __init__(self) -> None:
        super().__init__("blocked by AutoMod", may_pass=False)


class InputLost(Exception):
    """A task's input picture cannot be had any more; the text says why and what to do, for its owner."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands in Discord."""

    channel_id: int
    message_id: int
    positions: frozenset[int]
    """Those of the pictures that it carries."""


Pictures = Mapping[int, Picture]
"""The job's pictures by position."""


class InputAddresses(Protocol):
    """Where Spark can fetch input pictures that it takes by their address only."""

    async def of(self, job: Job, image: InputImage) -> str:
        """Give an address that works now: the picture's own, renewed if it must be, or that of a copy.

        Raises `InputLost` where there is none any more, `DeliveryFailed` where Discord cannot be asked.
        """
        ...


class Delivery(Protocol):
    """A job's way into Discord; every method raises `DeliveryFailed` where Discord says no."""

    async def show(self, job: Job, progress: Progress) -> None:
        """Show on the status message how a job stands; raises `WordsRefused` where AutoMod takes no such words."""
        ...

    async def show_held(self, job: Job, until: int, hindrance: Hindrance) -> None:
        """Show on the status message why a result cannot be posted, and until when (Unix seconds) it is tried."""
        ...

    async def choose_place(self, job: Job) -> int:
        """Decide in which channel a job's message goes, opening a thread where one is wanted; its id."""
        ...

    async def find(self, job: Job, since_ms: int) -> Posted | None:
        """Look for a job's message that was posted since `since_ms`, after a crash or a lost answer."""
        ...

    async def post(self, job: Job, pictures: Pictures) -> Posted:
        """Post a job's one message in its place: its pictures, or the notice that there are none.

        A picture that is missing is one that Spark no longer gives out. The message may not hold all; the tasks
        that it leaves out get messages of their own. Raises `WordsRefused` where AutoMod does not take pictures.
        """
        ...

    async def find_late(self, job: Job, task: Task) -> Posted | None:
        """Look for a late picture's message, after a crash or a lost answer."""
        ...

    async def post_late(self, job: Job, task: Task, pictures: Pictures) -> Posted:
        """Post a task's pictures after its job's message: they came late, or had no room there."""
        ...

    async def find_end(self, job: Job, tasks: Sequence[Task]) -> Posted | None:
        """Look for the message of `post_end`, after a crash or a lost answer."""
        ...

    async def post_end(self, job: Job, tasks: Sequence[Task]) -> Posted:
        """Tell that nothing came of these tasks after all, after their job's message had left it open."""
        ...

    async def finish_status_message(self, job: Job, preview: bytes | None) -> None:
        """Show on the status message how a job ended: its pictures in small, what it cost, where its result is."""
        ...
