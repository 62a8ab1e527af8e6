import pytest

from bot.domain.refusals import Refusal
from bot.orders.options import typed_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("", None), ("  ", None)),
        *(("0", 0), ("1", 1), ("7", 7)),
        *(("0.4", 0.4), ("0,4", 0.4), (" .5 ", 0.5), ("0.123456", 0.123456)),
    ],
)
def test_a_number_is_read_as_people_type_it(text: str, number: float | None) -> None:
    assert typed_number("strength", text) == number


@pytest.mark.parametrize("text", ["much", "0.4.4", "-1", "1e-1", "nan", "inf", "٤", "50%", "0x1", ".", ","])
def test_what_is_no_number_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        typed_number("strength", text)
    assert "strength" in refused.value.so
    assert "from 0 to 1" in refused.value.text
