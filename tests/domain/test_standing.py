import pytest

from bot.domain.budgets import Budget, Period, Scope, Window
from bot.domain.standing import Standing, standing
from bot.wording.amounts import budget_lines
from tests.examples import CENT


def budget(used: int, limit: int | None) -> Budget:
    return Budget(Scope.PERSON, Window(Period.DAY, "2026-01-01", 7), used, 0, limit, raisable=True)


@pytest.mark.parametrize(
    ("used", "stands", "bar"),
    [
        (0, Standing.FINE, "`██████████`"),
        (79, Standing.FINE, "`███░░░░░░░`"),
        (80, Standing.NEAR, "`██░░░░░░░░`"),
        (99, Standing.NEAR, "`█░░░░░░░░░`"),
        (100, Standing.USED_UP, "`░░░░░░░░░░`"),
        (120, Standing.USED_UP, "`░░░░░░░░░░`"),
    ],
)
def test_the_edge_and_the_bar_tell_how_much_is_left(used: int, stands: Standing, bar: str) -> None:
    own = budget(used * CENT, 100 * CENT)
    assert standing([budget(CENT, None), budget(0, 100 * CENT), own]) is stands
    assert budget_lines(own)[1] == f"{bar} more <t:7:R>"


def test_a_limit_of_nothing_is_used_up_and_no_limit_is_fine() -> None:
    assert standing([budget(0, 0)]) is Standing.USED_UP
    assert budget_lines(budget(0, 0))[1].startswith("`░░░░░░░░░░`")
    assert standing([budget(CENT, None)]) is Standing.FINE
