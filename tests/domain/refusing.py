"""What every command's options must be refused with."""

from collections.abc import Callable, Sequence

import pytest

from bot.domain.refusals import Refusal
from tests.e2e.markup import as_shown


def assert_refused(order: Callable[[], object], told: Sequence[str]) -> None:
    """Hold that an order is refused, and that the refusal names all that is `told`."""
    with pytest.raises(Refusal) as refused:
        order()
    text = as_shown(refused.value.text)
    assert [fragment for fragment in told if fragment.lower() not in text.lower()] == []
    assert len(text) <= 2000  # a Discord message
