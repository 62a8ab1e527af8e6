"""How long state machines run: shortly in the suite, as long as one likes by hand."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def run(machine: type[RuleBasedStateMachine], *, examples: int, steps: int = 40) -> None:
    """Run a machine; `PROPERTY_TESTS_TIMES=50` takes fifty times as many examples, and new ones each time."""
    times = int(os.environ.get("PROPERTY_TESTS_TIMES", "1"))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples * times,
            stateful_step_count=steps,
            derandomize=times == 1,
            # shrinking a failure takes longer than a test in the suite may
            phases=[Phase.generate] if times == 1 else [Phase.generate, Phase.shrink],
            suppress_health_check=[HealthCheck.too_slow],
            database=None,
        ),
    )
