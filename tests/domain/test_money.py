import ast
import inspect
from decimal import Decimal
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import budgets, money, refusals
from bot.domain.money import NANO_PER_USD, nano_from_usd, usd_from_nano, usd_text
from bot.store import ledger

amounts = st.integers(-(2**63), 2**63 - 1)  # what the database can hold


@pytest.mark.parametrize(
    ("usd", "nano"),
    [
        ("0", 0),
        ("1", 1_000_000_000),
        ("0.0065", 6_500_000),
        ("10.00", 10_000_000_000),
        ("0.000000001", 1),
        ("-0.25", -250_000_000),
        ("0.0000000005", 0),  # half a nano-dollar goes to the even neighbour
        ("0.0000000015", 2),
        ("0.0000000025", 2),
        ("0.00000000149", 1),
        ("1E+3", 1_000_000_000_000),
    ],
)
def test_dollars_become_nano_dollars(usd: str, nano: int) -> None:
    assert nano_from_usd(Decimal(usd)) == nano


@pytest.mark.parametrize(
    ("nano", "text"),
    [
        (0, "$0.00"),
        (1, "$0.000000001"),
        (6_500_000, "$0.0065"),
        (10_000_000, "$0.01"),
        (100_000_000, "$0.10"),
        (1_000_000_000, "$1.00"),
        (1_230_000_000, "$1.23"),
        (1_234_500_000, "$1.2345"),
        (1_234_567_000_000_000, "$1,234,567.00"),
        (-250_000_000, "-$0.25"),
    ],
)
def test_an_amount_is_written_with_two_decimals_or_as_many_as_it_needs(nano: int, text: str) -> None:
    assert usd_text(nano) == text


@given(amounts)
def test_nano_dollars_survive_the_way_through_dollars(nano: int) -> None:
    assert nano_from_usd(usd_from_nano(nano)) == nano


@given(amounts)
def test_nano_dollars_survive_the_way_through_text(nano: int) -> None:
    text = usd_text(nano)

    assert nano_from_usd(Decimal(text.replace("$", "").replace(",", ""))) == nano
    assert len(text.rpartition(".")[2]) >= 2
    assert not (text.endswith("0") and len(text.rpartition(".")[2]) > 2)


@given(st.decimals(-(10**6), 10**6, places=12))
def test_rounding_is_off_by_half_a_nano_dollar_at_most(usd: Decimal) -> None:
    assert abs(usd_from_nano(nano_from_usd(usd)) - usd) * NANO_PER_USD <= Decimal("0.5")


@given(amounts)
def test_amounts_are_integers_and_decimals(nano: int) -> None:
    assert type(usd_from_nano(nano)) is Decimal
    assert type(nano_from_usd(usd_from_nano(nano))) is int


# invariant I8
def test_a_float_is_no_amount() -> None:
    with pytest.raises(AttributeError):
        nano_from_usd(0.5)  # type: ignore[arg-type]  # that is the point


# invariant I8
@pytest.mark.parametrize("module", [money, refusals, ledger])
def test_no_float_is_written_where_money_is_reckoned(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    floats = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is float]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "float"]

    assert floats + calls == []


def test_nothing_in_the_budgets_is_divided_into_fractions() -> None:
    tree = ast.parse(inspect.getsource(budgets))
    divisions = [ast.unparse(node) for node in ast.walk(tree) if isinstance(getattr(node, "op", None), ast.Div)]

    assert divisions == []
