import re
from collections.abc import Callable

from bot.domain.incidents import incident_id


def caught(fault: Callable[[], object]) -> BaseException:
    try:
        fault()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def broken(words: str) -> None:
    raise ValueError(words)


def broken_elsewhere(words: str) -> None:
    raise ValueError(words)


def test_an_incident_has_a_short_id_that_can_be_read_out() -> None:
    assert re.fullmatch(r"[0-9a-f]{6}", incident_id(caught(lambda: broken("x"))))


def test_the_same_fault_has_the_same_id() -> None:
    assert incident_id(caught(lambda: broken("x"))) == incident_id(caught(lambda: broken("x")))


def test_other_words_other_places_and_other_kinds_have_other_ids() -> None:
    faults = [
        caught(lambda: broken("x")),
        caught(lambda: broken("y")),
        caught(lambda: broken_elsewhere("x")),
        KeyError("x"),
        ValueError("x"),
    ]

    assert len({incident_id(fault) for fault in faults}) == 5
