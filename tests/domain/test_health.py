from dataclasses import replace

import pytest

from bot.domain.health import Health
from bot.domain.troubles import Trouble

WELL = Health(
    rounds_go_on=True,
    rounds_go_well=True,
    claimed_ago=60.0,
    database=True,
    database_well_for=86_400.0,
    discord=True,
    written_ago=0.0,
    answered_ago=None,
    troubles={},
)
STARTING = replace(WELL, rounds_go_well=False, claimed_ago=None, discord=False)


def verdict(health: Health) -> tuple[bool, bool]:
    return health.is_alive, health.is_ready


def test_what_works_is_alive_and_ready() -> None:
    assert verdict(WELL) == (True, True)


def test_what_starts_is_alive_and_not_ready() -> None:
    assert verdict(STARTING) == (True, False)


@pytest.mark.parametrize(
    "health",
    [replace(WELL, rounds_go_well=False), replace(WELL, database=False), replace(WELL, discord=False)],
    ids=["rounds", "database", "discord"],
)
def test_what_a_restart_does_not_mend_is_alive_and_not_ready(health: Health) -> None:
    assert verdict(health) == (True, False)


@pytest.mark.parametrize("kind", Trouble)
def test_of_the_troubles_those_at_spark_are_not_ready(kind: Trouble) -> None:
    """The database's are told by what it takes, and the others keep nobody from a picture."""
    at_spark = {Trouble.SPARK_AWAY, Trouble.SPARK_REFUSES_KEY, Trouble.SPARK_OUT_OF_CREDIT}
    assert verdict(replace(WELL, troubles={kind: 1.0})) == (True, kind not in at_spark)


def test_rounds_that_have_ended_want_a_restart() -> None:
    assert verdict(replace(WELL, rounds_go_on=False, rounds_go_well=False)) == (False, False)


@pytest.mark.parametrize(("claimed_ago", "alive"), [(179.0, True), (180.0, False)])
def test_claims_that_do_not_go_well_for_minutes_want_a_restart(claimed_ago: float, alive: bool) -> None:
    assert verdict(replace(WELL, claimed_ago=claimed_ago)) == (alive, alive)


@pytest.mark.parametrize(("well_for", "alive"), [(0.0, True), (179.0, True), (180.0, False)])
def test_unless_the_database_was_away_meanwhile(well_for: float, alive: bool) -> None:
    assert verdict(replace(WELL, claimed_ago=3600.0, database_well_for=well_for)) == (alive, False)
