from dataclasses import replace

import pytest

from bot.domain.budgets import Period, Scope
from bot.domain.limits import Ceilings, Limit, Limits, Subject, highest_allowed, is_raisable
from bot.domain.refusals import Refusal
from bot.moderation.limits import require_allowed_amount

ROOMY = 1_000_000


def ceilings(
    *, user: int | None = None, guild: int | None = None, total: int | None = None, month: int | None = None
) -> Ceilings:
    return Ceilings(user, month, guild, month, total, month)


def limits(own: int | None, roles: list[int], guild: int | None = None, granted: int = 0) -> Limits:
    found = [Limit(Subject.ROLE, 70 + n, Period.DAY, amount) for n, amount in enumerate(roles)]
    if own is not None:
        found.append(Limit(Subject.MEMBER, 1, Period.DAY, own))
    if guild is not None:
        found.append(Limit(Subject.GUILD, 10, Period.DAY, guild))
    return Limits(found, granted)


def test_the_operators_limits_are_found_by_scope_and_period() -> None:
    found = Ceilings(1, 2, 5, 6, 7, 8, 3, 4)

    assert [found.of(scope, period) for scope in Scope for period in Period] == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("default", "own", "roles", "granted", "limit"),
    [
        (100, None, [], 0, 100),
        (100, None, [50], 0, 50),
        (100, None, [50, 200, 80], 0, 200),
        (100, 70, [50, 200], 0, 70),
        (100, 0, [200], 0, 0),
        (100, 0, [], 30, 30),
        (100, None, [200], 30, 230),
        (None, None, [], 30, None),
        (None, None, [50], 30, 80),
        (None, 70, [], 0, 70),
    ],
)
def test_a_persons_limit_where_the_server_has_one(
    default: int | None, own: int | None, roles: list[int], granted: int, limit: int | None
) -> None:
    under = ceilings(user=default, guild=ROOMY)

    assert limits(own, roles, granted=granted).of(Scope.PERSON, Period.DAY, under) == limit


@pytest.mark.parametrize(("own", "granted", "limit"), [(None, 0, 9), (5, 0, 5), (15, 0, 9), (5, 3, 8), (5, 7, 9)])
def test_without_a_limit_for_the_server_moderators_may_only_lower(
    own: int | None, granted: int, limit: int
) -> None:
    assert limits(own, [], granted=granted).of(Scope.PERSON, Period.DAY, ceilings(user=9)) == limit


@pytest.mark.parametrize(
    ("limit", "ceiling", "lower"),
    [(None, None, None), (5, None, 5), (None, 9, 9), (5, 9, 5), (15, 9, 9), (0, 9, 0), (5, 0, 0)],
)
def test_a_servers_limit_stays_under_the_operators(
    limit: int | None, ceiling: int | None, lower: int | None
) -> None:
    assert limits(None, [], guild=limit).of(Scope.GUILD, Period.DAY, ceilings(guild=ceiling)) == lower


@pytest.mark.parametrize(
    ("own", "guild", "scope", "under", "raisable"),
    [
        (None, None, Scope.PERSON, ceilings(user=9), False),
        (5, None, Scope.PERSON, ceilings(user=9), True),
        (None, None, Scope.PERSON, ceilings(user=9, guild=50), True),
        (50, None, Scope.PERSON, ceilings(user=9, guild=50), False),
        (5, None, Scope.PERSON, ceilings(), True),
        (None, None, Scope.PERSON, ceilings(), False),
        (None, 5, Scope.GUILD, ceilings(), True),
        (None, 5, Scope.GUILD, ceilings(guild=9), True),
        (None, None, Scope.GUILD, ceilings(guild=9), False),
        (None, None, Scope.TOTAL, ceilings(total=9), False),
    ],
)
def test_who_can_allow_more_is_told(
    own: int | None, guild: int | None, scope: Scope, under: Ceilings, raisable: bool
) -> None:
    limit = limits(own, [], guild).of(scope, Period.DAY, under)
    assert is_raisable(limit, scope, Period.DAY, under) is raisable


@pytest.mark.parametrize(
    ("user", "guild", "own", "limit", "highest"),
    [
        (9, None, None, 6, 6),  # the default itself is above it
        (None, None, None, 6, 6),
        (4, None, None, 4, 4),
        (4, 50, None, 4, 6),
        (4, 50, 20, 6, 6),
        (4, 5, 20, 6, 5),
    ],
)
def test_nobody_has_more_on_a_server_than_over_all_of_them(
    user: int | None, guild: int | None, own: int | None, limit: int, highest: int
) -> None:
    under = replace(ceilings(user=user, guild=guild), everywhere_day=6)
    found = limits(own, [])

    assert found.of(Scope.PERSON, Period.DAY, under) == limit
    assert found.of(Scope.EVERYWHERE, Period.DAY, under) == 6
    assert highest_allowed(Subject.MEMBER, Period.DAY, under) == highest_allowed(Subject.ROLE, Period.DAY, under)
    assert highest_allowed(Subject.MEMBER, Period.DAY, under) == highest
    assert highest_allowed(Subject.GUILD, Period.DAY, under) == guild
    assert is_raisable(limit, Scope.PERSON, Period.DAY, under) is (limit < highest)
    assert not is_raisable(1, Scope.EVERYWHERE, Period.DAY, under)


@pytest.mark.parametrize(
    ("subject", "under", "highest"),
    [
        (Subject.MEMBER, ceilings(user=9), 9),
        (Subject.ROLE, ceilings(user=9, guild=50), 50),
        (Subject.MEMBER, ceilings(), None),
        (Subject.GUILD, ceilings(user=9), None),
        (Subject.GUILD, ceilings(user=9, guild=50), 50),
    ],
)
def test_no_moderator_passes_the_operators_ceiling(subject: Subject, under: Ceilings, highest: int | None) -> None:
    assert highest_allowed(subject, Period.DAY, under) == highest
    require_allowed_amount(subject, Period.DAY, 10**12 if highest is None else highest, under)
    if highest is not None:
        with pytest.raises(Refusal, match="can have at most"):
            require_allowed_amount(subject, Period.DAY, highest + 1, under)
