"""Jobs and tasks as values: what travels between the store, the worker and the delivery."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.budgets import Account
from bot.domain.pictures.sources import InputImage, ResultRef, Source
from bot.domain.states import ENDED_JOBS, JobState, TaskState

TASKS_MAX = 4
PICTURES_MAX = 10
"""The most pictures of one task that are shown: as many files as Discord takes in one message."""
_LETTERS = "".join(map(chr, range(ord("a"), ord("a") + PICTURES_MAX)))
PICTURE_NAME = rf"[1-{TASKS_MAX}][{_LETTERS[1:]}]?"
"""A pattern of what `picture_name` gives."""
_PREVIEW = "preview"
_OF_PREVIEW = re.compile(rf"(?P<job>[1-9][0-9]{{0,18}})-{_PREVIEW}\.[a-z]+", re.ASCII)
_RESULT = re.compile(rf"(?:SPOILER_)?(?P<job>[1-9][0-9]{{0,18}})-(?P<name>{PICTURE_NAME})\.[a-z]+", re.ASCII)
INTERACTION_TOKEN_LIFE = 15 * 60_000
"""Milliseconds for which Discord accepts an interaction's token."""


class Place(StrEnum):
    """What kind of place a job was asked in; it decides how its result is delivered."""

    CHANNEL = "channel"
    THREAD = "thread"
    DM = "dm"


class AutoMod(StrEnum):
    """What became of a job whose words its server's AutoMod does not let stand."""

    REFUSED = "refused"
    """Its pictures are withheld: they are for its owner alone."""
    RELEASED = "released"
    """A moderator lets its pictures stand, without the words."""
    KEPT_BACK = "kept_back"
    """A moderator does not."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where, when and by whom a job was asked for."""

    id: int
    """The snowflake of the interaction or message; the job's id."""
    account: Account
    role_ids: frozenset[int]
    channel_id: int
    parent_channel_id: int | None
    """The channel that a thread or a forum's post belongs to, where a result goes if the thread is lost.

    None for a private thread too: what is asked there is not for everybody in the channel.
    """
    place: Place
    upload_limit: int
    """Bytes that Discord takes per file there."""
    application_id: int
    interaction_token: str | None = field(repr=False)
    asked_at: int
    """Unix milliseconds."""
    by_message: bool = False
    """Whether a message asked for it, whose answer is an ordinary message too."""
    thread_of: int | None = None
    """The channel that a thread belongs to, whoever may see it: a server's rules name channels."""
    age_restricted: bool = False
    """Whether Discord lets nobody in whom it does not take for an adult; of direct messages that is not known."""
    age_restricted_channels: tuple[int, ...] = ()
    """Where its person could go instead, as far as they see such channels: a few."""

    @property
    def channels(self) -> frozenset[int]:
        """Give the place and the channel that it belongs to."""
        return frozenset(each for each in (self.channel_id, self.thread_of) if each is not None)


@dataclass(frozen=True, slots=True)
class TaskOrder:
    """One piece of Spark's work that an order asks for."""

    model: str
    params: Mapping[str, object]
    """Spark's parameters, without the input image."""
    width: int
    height: int
    image_sha256: str | None = None
    """The input image's hash."""


@dataclass(frozen=True, slots=True)
class Order:
    """What one person asks for with one command, reply or click: one to four tasks."""

    kind: str
    """The command's name, such as `imagine`."""
    title: str
    """The person's own words; names the thread."""
    tasks: tuple[TaskOrder, ...]
    spoiler: bool = False
    click_key: str | None = None
    """(message, action, person) of a click; unique among open jobs."""
    image: InputImage | None = None
    """The input image's bytes, where they may not be kept yet."""
    source: Source | None = None
    """Where the input image was found."""
    parent: ResultRef | None = None
    """The bot's own picture that it is made from."""
    repeats_id: int | None = None
    """The job that it does once more."""
    owner_ids: tuple[int, ...] = ()
    """Those whose pictures stand in its lineage."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Which worker holds a row, and its turn: an adopted row has a higher fence."""

    owner: str
    fence: int


@dataclass(frozen=True, slots=True)
class Task:
    """One task as the store has it."""

    job_id: int
    position: int
    """1 to 4: its place in the job's message and file names."""
    account: Account
    state: TaskState
    lease: Lease | None
    model: str
    params: Mapping[str, object]
    image_sha256: str | None
    """The input image's hash, while that is kept."""
    width: int
    """The size that was ordered, in pixels; of a model that takes none, the size of its input image."""
    height: int
    made: tuple[int, int] | None
    """The size that Spark's picture has, where that is another."""
    estimate_nano: int
    cost_nano: int | None
    spark_id: str | None
    attempts: int
    """How many times Spark refused it with proof that it was not accepted (429, refused connection)."""
    asked_at: int
    refused_at: int | None
    """Since when it could not be sent: Spark proved not to have taken it, or its picture was not to be had."""
    submitted_at: int | None
    ended_at: int | None
    result_url: str | None
    """Where Spark gives out its picture."""
    error_code: str | None
    error_text: str | None
    """A whole sentence for people: why it failed and what to do."""
    posted: bool
    """Whether its picture stands in Discord, or a message there says that none came of it after all."""
    more_urls: tuple[str, ...] = ()
    """Where Spark gives out any further pictures of it; no model is documented to make more than one."""
    not_before: int = 0
    """From when on it may be sent, in Unix milliseconds."""

    @property
    def awaits_status_message(self) -> bool:
        """Whether it is held back until its job's status message has stood up to AutoMod, or a moment is over."""
        return self.state is TaskState.QUEUED and self.refused_at is None and self.not_before > 0

    @property
    def seed(self) -> int | None:
        """Give the seed that was sent; None where the model has none."""
        return seed_in(self.params)

    @property
    def addresses(self) -> Mapping[int, str]:
        """Give the addresses of its pictures by the pictures' positions, in order."""
        urls = () if self.result_url is None else (self.result_url, *self.more_urls)
        return {self.position + TASKS_MAX * n: url for n, url in enumerate(urls[:PICTURES_MAX])}

    @property
    def positions(self) -> tuple[int, ...]:
        """Give the positions of its pictures; its own alone where it has none, or where they are forgotten."""
        return tuple(self.addresses) or (self.position,)

    @property
    def name(self) -> str:
        """Name the task in logs: `<job id>-<position>`."""
        return f"{self.job_id}-{self.position}"


@dataclass(frozen=True, slots=True)
class Job:
    """One job as the store has it, with its tasks in order."""

    id: int
    kind: str
    state: JobState
    title: str
    spoiler: bool
    account: Account
    channel_id: int
    parent_channel_id: int | None
    place: Place
    upload_limit: int
    application_id: int
    interaction_token: str | None = field(repr=False)
    by_message: bool
    source: Source | None
    parent: ResultRef | None
    repeats_id: int | None
    status_message_id: int | None
    """The message that answered the command."""
    result_channel_id: int | None
    """Where the result is or will be posted, once that is decided: the thread, or the place itself."""
    result_id: int | None
    lease: Lease | None
    accepted_at: int
    delivering_at: int | None
    ended_at: int | None
    removed_at: int | None
    """When its message was deleted on its owner's or a moderator's word."""
    removed_by: int | None
    """On whose word."""
    tasks: tuple[Task, ...]
    erased_at: int | None = None
    """When its words, options, links and pictures were erased; what it cost is kept."""
    day_thread_id: int | None = None
    """The thread for its owner's results of that day, where its server wants one."""
    automod: AutoMod | None = None
    """None where its words may be said, as far as is known."""
    set_aside_at: int | None = None
    """When a restore found it under way: what has come of it since the backup is not known."""

    @property
    def succeeded(self) -> tuple[Task, ...]:
        """Give the tasks that made a picture."""
        return tuple(t for t in self.tasks if t.state is TaskState.SUCCEEDED)

    def task_of(self, position: int) -> Task | None:
        """Give the task that has made the picture at a position; None where there is no such picture."""
        return next((task for task in self.succeeded if position in task.positions), None)

    @property
    def withheld(self) -> bool:
        """Whether AutoMod keeps pictures of it from being posted, and nobody has decided about them."""
        refused = self.automod is AutoMod.REFUSED and self.state in ENDED_JOBS
        kept = any(not task.posted for task in self.succeeded)
        return refused and kept and self.removed_at is None and self.erased_at is None

    @property
    def pictures(self) -> int:
        """Count the pictures that it has brought."""
        return sum(len(task.positions) for task in self.succeeded)

    @property
    def posted(self) -> tuple[int, ...]:
        """Give the positions of the pictures that stand in Discord, in the order in which its message has them."""
        return tuple(position for task in self.succeeded if task.posted for position in task.positions)

    @property
    def cost_nano(self) -> int:
        """What the job has cost so far."""
        return sum(t.cost_nano or 0 for t in self.tasks)

    @property
    def result_guild_id(self) -> int:
        """Give the server in which its message stands; 0 in direct messages, as the last resort is one too."""
        on_server = {self.channel_id, self.parent_channel_id, self.status_message_id, self.day_thread_id}
        return self.account.guild_id if self.result_channel_id in on_server else 0

    @property
    def has_preview(self) -> bool:
        """Whether its status message shows its pictures in small: they stand elsewhere, and are for all to see."""
        elsewhere = self.result_guild_id and self.result_channel_id != self.channel_id
        for_all = not self.spoiler and self.removed_at is None and self.erased_at is None
        # one that was set aside may have been deleted since
        return bool(elsewhere and self.posted) and for_all and self.set_aside_at is None

    def token_at(self, now_ms: int) -> str | None:
        """Give the interaction's token while Discord still accepts it."""
        alive = now_ms < self.accepted_at + INTERACTION_TOKEN_LIFE - 10_000
        return self.interaction_token if alive else None


def task_position(position: int) -> int:
    """Tell from a picture's position whose picture it is.

    A task's first picture has its task's position, 1 to 4, and each further one the next that is four beyond: so
    that a position says which picture it is whatever the other tasks of its job bring, and when.
    """
    return (position - 1) % TASKS_MAX + 1


def picture_name(position: int) -> str:
    """Name a picture by its position: `1` to `4` for each task's first one, `1b`, `1c` for further ones."""
    letter = (position - 1) // TASKS_MAX
    return f"{task_position(position)}{_LETTERS[letter] if letter else ''}"


def position_named(name: str) -> int:
    """Tell a picture's position from its name."""
    return int(name[0]) + TASKS_MAX * (_LETTERS.index(name[1]) if name[1:] else 0)


def result_stem(job_id: int, position: int) -> str:
    """Name a result's file without its ending; what a look into Discord after a crash searches for."""
    return f"{job_id}-{picture_name(position)}"


def result_named(filename: str) -> ResultRef | None:
    """Tell which result a file of the bot's own is, by the name that it was given; None for any other file."""
    named = _RESULT.fullmatch(filename)
    return None if named is None else ResultRef(int(named["job"]), position_named(named["name"]))


def preview_stem(job_id: int) -> str:
    """Name the file of a job's preview without its ending."""
    return f"{job_id}-{_PREVIEW}"


def previewed_in(filename: str) -> int | None:
    """Tell which job's preview a file of the bot's own is, by the name that it was given; None for any other."""
    named = _OF_PREVIEW.fullmatch(filename)
    return None if named is None else int(named["job"])


def seed_in(params: Mapping[str, object]) -> int | None:
    """Read the seed out of Spark's parameters, where it may be a number or a number in text."""
    seed = params.get("seed")
    return None if seed is None else int(str(seed))
