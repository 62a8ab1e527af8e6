import pytest

from bot.domain.states import AT_SPARK, TASK_TRANSITIONS, UNDECIDED, TaskState

TERMINAL = {TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED}


@pytest.mark.parametrize(
    ("state", "following"),
    [
        ("queued", {"claimed", "cancelled"}),
        ("claimed", {"submitting", "queued", "failed"}),
        ("submitting", {"running", "succeeded", "failed", "queued", "unknown"}),
        ("unknown", {"running"}),
        ("running", {"succeeded", "failed", "overdue"}),
        ("overdue", {"succeeded", "failed"}),
        ("succeeded", set()),
        ("failed", set()),
        ("cancelled", set()),
    ],
)
def test_what_may_follow_a_state(state: str, following: set[str]) -> None:
    assert TASK_TRANSITIONS[TaskState(state)] == following


def test_every_state_has_its_rule() -> None:
    assert TASK_TRANSITIONS.keys() == set(TaskState)


def test_the_ends_are_the_states_that_nothing_follows() -> None:
    assert {state for state, following in TASK_TRANSITIONS.items() if not following} == TERMINAL


def reachable(state: TaskState) -> set[TaskState]:
    found = {state}
    while more := {following for known in found for following in TASK_TRANSITIONS[known]} - found:
        found |= more
    return found


def test_every_state_can_be_reached_from_the_queue() -> None:
    assert reachable(TaskState.QUEUED) == set(TaskState)


@pytest.mark.parametrize("state", TaskState)
def test_every_state_can_come_to_an_end(state: TaskState) -> None:
    assert reachable(state) & TERMINAL


# invariant I1
def test_what_spark_may_have_is_never_sent_again_without_proof() -> None:
    assert {state for state in TaskState if TaskState.QUEUED in TASK_TRANSITIONS[state]} == {
        TaskState.CLAIMED,
        TaskState.SUBMITTING,
    }
    assert TaskState.QUEUED not in reachable(TaskState.UNKNOWN)
    assert TaskState.QUEUED not in reachable(TaskState.RUNNING)


def test_a_job_waits_for_what_spark_works_on_and_for_the_queue() -> None:
    assert AT_SPARK | {TaskState.QUEUED} == UNDECIDED
    assert not UNDECIDED & (TERMINAL | {TaskState.UNKNOWN, TaskState.OVERDUE})
