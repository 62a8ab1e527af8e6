import pytest

from bot.domain.states import (
    AT_SPARK,
    AWAITED,
    ENDED_JOBS,
    ENDED_TASKS,
    IN_PROGRESS,
    JOBS,
    RESERVED,
    TASKS,
    TO_BE_SENT,
    JobEvent,
    JobState,
    TaskEvent,
    TaskState,
    holders_step,
    steps_of,
)
from tests.domain import states_page

TERMINAL = {TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED}


def following(state: TaskState) -> set[TaskState]:
    """Give the other states that may follow."""
    return {to for steps in TASKS[state].steps.values() for to in steps.values()} - {state}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("queued", {"claimed", "cancelled"}),
        ("claimed", {"submitting", "queued", "failed", "unknown"}),
        ("submitting", {"running", "succeeded", "failed", "queued", "unknown"}),
        ("unknown", {"running"}),
        ("running", {"succeeded", "failed", "overdue", "unknown"}),
        ("overdue", {"succeeded", "failed", "unknown"}),
        ("succeeded", set()),
        ("failed", set()),
        ("cancelled", set()),
    ],
)
def test_what_may_follow_a_state(state: str, expected: set[str]) -> None:
    assert following(TaskState(state)) == expected


def test_every_state_has_its_rules_and_every_event_its_place() -> None:
    assert list(TASKS) == list(TaskState)
    assert list(JOBS) == list(JobState)
    assert all(steps_of(TASKS, event) for event in TaskEvent)
    assert all(steps_of(JOBS, event) for event in JobEvent)


def test_the_ends_are_the_states_that_nothing_follows() -> None:
    assert {state for state in TaskState if not following(state)} == TERMINAL == set(ENDED_TASKS)
    assert {JobState.OPEN, JobState.DELIVERING} == set(IN_PROGRESS) == set(JobState) - set(ENDED_JOBS)


def reachable(state: TaskState) -> set[TaskState]:
    found = {state}
    while more := {after for known in found for after in following(known)} - found:
        found |= more
    return found


def test_every_state_can_be_reached_from_the_queue() -> None:
    assert reachable(TaskState.QUEUED) == set(TaskState)


@pytest.mark.parametrize("state", TaskState)
def test_every_state_can_come_to_an_end(state: TaskState) -> None:
    assert reachable(state) & TERMINAL


# invariant I1
def test_what_spark_may_have_is_never_sent_again_without_proof() -> None:
    assert {state for state in TaskState if TaskState.QUEUED in following(state)} == {
        TaskState.CLAIMED,
        TaskState.SUBMITTING,
    }
    assert steps_of(TASKS, TaskEvent.TAKE_OVER)[TaskState.SUBMITTING] is TaskState.UNKNOWN
    assert TaskState.QUEUED not in reachable(TaskState.UNKNOWN)
    assert TaskState.QUEUED not in reachable(TaskState.RUNNING)


# invariant I1
def test_of_what_a_restore_finds_nothing_is_sent_again() -> None:
    set_aside = steps_of(TASKS, TaskEvent.SET_ASIDE)
    assert set(set_aside) == set(TaskState) - TERMINAL - {TaskState.UNKNOWN}
    assert not {*set_aside.values()} & {*TO_BE_SENT, *AT_SPARK}


def test_a_job_waits_for_what_spark_works_on_and_for_the_queue() -> None:
    assert {*AT_SPARK, TaskState.QUEUED} == set(AWAITED)
    assert not {*AWAITED} & (TERMINAL | {TaskState.UNKNOWN, TaskState.OVERDUE})


def test_money_is_reserved_until_a_task_has_ended_and_for_an_unknown_one_until_its_hold_is_over() -> None:
    assert set(RESERVED) == set(TaskState) - TERMINAL - {TaskState.UNKNOWN}
    assert set(TO_BE_SENT) == {TaskState.QUEUED, TaskState.CLAIMED}


@pytest.mark.parametrize("state", TaskState)
def test_a_lease_is_held_where_its_holder_may_take_a_step(state: TaskState) -> None:
    assert TASKS[state].leased is any(holders_step(TASKS, state, event) for event in TaskEvent)


def test_the_page_is_what_the_table_says() -> None:
    page = states_page.PAGE.read_text(encoding="utf-8")
    assert page == states_page.written(), "python -m tests.domain.states_page writes it anew"
