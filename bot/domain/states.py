"""The states of tasks and jobs as one literal table: what may follow each, by whose step, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar


class TaskState(StrEnum):
    """Where one paid piece of Spark's work stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SUBMITTING = "submitting"
    RUNNING = "running"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class TaskEvent(StrEnum):
    """What happens to a task; each is a step of the store's, under the same name."""

    CLAIM = "claim"
    CANCEL = "cancel"
    BEGIN_SUBMIT = "begin_submit"
    POSTPONE = "postpone"
    REQUEUE = "requeue"
    START = "start"
    START_LATE = "start_late"
    MARK_UNKNOWN = "mark_unknown"
    MARK_OVERDUE = "mark_overdue"
    SUCCEED = "succeed"
    FAIL = "fail"
    RELEASE_UNKNOWN = "release_unknown"
    TAKE_OVER = "take_over"
    SET_ASIDE = "set_aside"


class JobState(StrEnum):
    """Where one request of a person stands."""

    OPEN = "open"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    CANCELLED = "cancelled"


class JobEvent(StrEnum):
    """What happens to a job; each is a step of the store's, under the same name."""

    BEGIN = "begin"
    CANCEL = "cancel"
    RECORD_PLACE = "record_place"
    END = "end"
    GIVE_UP = "give_up"
    RELEASE = "release"
    TAKE_OVER = "take_over"


class Who(StrEnum):
    """Who may take a step."""

    ANYBODY = "anybody"
    MODERATOR = "a moderator"
    WORKER = "any worker, which holds it from then on"
    HOLDER = "the holder of its lease"
    HEIR = "the worker that comes after a dead one"
    SWEEP = "the sweep"
    RESTORE = "a restore from a backup"


class Money(StrEnum):
    """What has become of a task's reservation."""

    RESERVED = "reserved"
    HELD = "reserved until its hold is over"
    SETTLED = "settled"
    SETTLED_OR_RELEASED = "released, or settled where Spark charged all the same"
    RELEASED = "released"


State = TypeVar("State", bound=StrEnum)
Event = TypeVar("Event", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules(Generic[State, Event]):
    """What is true of whatever is in a state."""

    means: str
    leased: bool = False
    """A worker holds it, and nobody else takes its steps."""
    rests: bool = False
    """It has ended, unless somebody has it begin anew."""
    steps: Mapping[Who, Mapping[Event, State]] = field(default_factory=dict)
    """What follows it, by who takes the step and what happens."""

    @property
    def ended(self) -> bool:
        """Whether nothing follows it by itself."""
        return self.rests or not self.steps


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRules(Rules[TaskState, TaskEvent]):
    """What is true of a task in a state."""

    money: Money
    to_be_sent: bool = False
    """Its request is still to come; what is reserved for it gives way to what is sent before it."""
    at_spark: bool = False
    """It fills a place under the limits of what runs at once."""
    awaited: bool = False
    """Its job waits for it; a job is delivered once none of its tasks is."""
    accepted: bool = False
    """Spark has it for certain, and has named it."""


TASKS: Mapping[TaskState, TaskRules] = {
    TaskState.QUEUED: TaskRules(
        means="waits for its turn",
        money=Money.RESERVED,
        to_be_sent=True,
        awaited=True,
        steps={
            Who.WORKER: {TaskEvent.CLAIM: TaskState.CLAIMED},
            Who.ANYBODY: {TaskEvent.CANCEL: TaskState.CANCELLED},
            Who.RESTORE: {TaskEvent.SET_ASIDE: TaskState.CANCELLED},
        },
    ),
    TaskState.CLAIMED: TaskRules(
        means="a worker has it, and nothing was sent",
        money=Money.RESERVED,
        to_be_sent=True,
        leased=True,
        at_spark=True,
        awaited=True,
        steps={
            Who.HOLDER: {
                TaskEvent.BEGIN_SUBMIT: TaskState.SUBMITTING,
                TaskEvent.POSTPONE: TaskState.QUEUED,
                TaskEvent.REQUEUE: TaskState.QUEUED,
                TaskEvent.FAIL: TaskState.FAILED,  # its picture cannot be had any more
            },
            Who.HEIR: {TaskEvent.TAKE_OVER: TaskState.QUEUED},
            Who.RESTORE: {TaskEvent.SET_ASIDE: TaskState.UNKNOWN},  # it was sent since, as far as anybody can tell
        },
    ),
    TaskState.SUBMITTING: TaskRules(
        means="its request may be on the way, and no answer is recorded",
        money=Money.RESERVED,
        leased=True,
        at_spark=True,
        awaited=True,
        steps={
            Who.HOLDER: {
                TaskEvent.REQUEUE: TaskState.QUEUED,  # only on proof that Spark did not accept it
                TaskEvent.START: TaskState.RUNNING,
                TaskEvent.MARK_UNKNOWN: TaskState.UNKNOWN,
                TaskEvent.SUCCEED: TaskState.SUCCEEDED,
                TaskEvent.FAIL: TaskState.FAILED,
            },
            Who.HEIR: {TaskEvent.TAKE_OVER: TaskState.UNKNOWN},  # never sent again
            Who.RESTORE: {TaskEvent.SET_ASIDE: TaskState.UNKNOWN},
        },
    ),
    TaskState.RUNNING: TaskRules(
        means="Spark works on it",
        money=Money.RESERVED,
        leased=True,
        at_spark=True,
        awaited=True,
        accepted=True,
        steps={
            Who.HOLDER: {
                TaskEvent.MARK_OVERDUE: TaskState.OVERDUE,
                TaskEvent.SUCCEED: TaskState.SUCCEEDED,
                TaskEvent.FAIL: TaskState.FAILED,
            },
            Who.HEIR: {TaskEvent.TAKE_OVER: TaskState.RUNNING},
            Who.RESTORE: {TaskEvent.SET_ASIDE: TaskState.UNKNOWN},
        },
    ),
    TaskState.OVERDUE: TaskRules(
        means="Spark works on it for so long that its job is delivered without it",
        money=Money.RESERVED,
        leased=True,
        accepted=True,
        steps={
            Who.HOLDER: {
                TaskEvent.SUCCEED: TaskState.SUCCEEDED,
                TaskEvent.FAIL: TaskState.FAILED,
            },
            Who.HEIR: {TaskEvent.TAKE_OVER: TaskState.OVERDUE},
            Who.RESTORE: {TaskEvent.SET_ASIDE: TaskState.UNKNOWN},
        },
    ),
    TaskState.UNKNOWN: TaskRules(
        means="it was sent, and nobody can tell whether Spark has it",
        money=Money.HELD,
        steps={
            Who.WORKER: {TaskEvent.START_LATE: TaskState.RUNNING},  # unless its money was released
            Who.SWEEP: {TaskEvent.RELEASE_UNKNOWN: TaskState.UNKNOWN},  # once: then nothing follows
        },
    ),
    TaskState.SUCCEEDED: TaskRules(means="its picture was made", money=Money.SETTLED, accepted=True),
    TaskState.FAILED: TaskRules(means="no picture comes of it", money=Money.SETTLED_OR_RELEASED),
    TaskState.CANCELLED: TaskRules(means="it was taken back before its turn", money=Money.RELEASED),
}

JOBS: Mapping[JobState, Rules[JobState, JobEvent]] = {
    JobState.OPEN: Rules(
        means="waits for its tasks",
        steps={
            Who.WORKER: {JobEvent.BEGIN: JobState.DELIVERING},  # once none of its tasks is awaited
            Who.ANYBODY: {JobEvent.CANCEL: JobState.CANCELLED},  # while all of them are queued
        },
    ),
    JobState.DELIVERING: Rules(
        means="its message may be on the way to Discord",
        leased=True,
        steps={
            Who.HOLDER: {
                JobEvent.RECORD_PLACE: JobState.DELIVERING,
                JobEvent.END: JobState.DELIVERED,
                JobEvent.GIVE_UP: JobState.UNDELIVERABLE,
            },
            Who.HEIR: {JobEvent.TAKE_OVER: JobState.DELIVERING},
        },
    ),
    JobState.DELIVERED: Rules(means="its message stands in Discord; what comes late gets one of its own"),
    JobState.UNDELIVERABLE: Rules(
        means="Discord never took its message",
        rests=True,
        # where AutoMod has withheld it: then it goes without its words
        steps={Who.MODERATOR: {JobEvent.RELEASE: JobState.OPEN}},
    ),
    JobState.CANCELLED: Rules(means="it was taken back before its turn"),
}

TO_BE_SENT = tuple(state for state, rules in TASKS.items() if rules.to_be_sent)
AT_SPARK = tuple(state for state, rules in TASKS.items() if rules.at_spark)
AWAITED = tuple(state for state, rules in TASKS.items() if rules.awaited)
RESERVED = tuple(state for state, rules in TASKS.items() if rules.money is Money.RESERVED)
ENDED_TASKS = tuple(state for state, rules in TASKS.items() if rules.ended)
IN_PROGRESS = tuple(state for state, rules in JOBS.items() if not rules.ended)
ENDED_JOBS = tuple(state for state, rules in JOBS.items() if rules.ended)


def steps_of(table: Mapping[State, Rules[State, Event]], event: Event) -> Mapping[State, State]:
    """Give what follows an event, by each state that it may happen in."""
    return {
        state: steps[event] for state, rules in table.items() for steps in rules.steps.values() if event in steps
    }


def the_step_of(table: Mapping[State, Rules[State, Event]], event: Event) -> tuple[State, State]:
    """Give the one state that an event may happen in, and the one that follows."""
    [step] = steps_of(table, event).items()
    return step


def holders_step(table: Mapping[State, Rules[State, Event]], state: State, event: Event) -> State | None:
    """Give what follows when the holder of a lease takes a step; None where it may not."""
    return table[state].steps.get(Who.HOLDER, {}).get(event)
