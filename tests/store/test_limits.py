from typing import Any

import pytest

from bot.domain.budgets import Account, Budget, Period, Scope
from bot.domain.refusals import Refusal
from bot.store import Database, Store, Terms
from bot.store.schema import grants, limits
from tests.store.scenes import ANNA, ANNA_ALONE, BEN, CENT, HOUR, NOW, accept, grant, insert, limit, terms

ARTIST, PATRON = 71, 72


async def budget(
    store: Store,
    under: Terms,
    scope: Scope = Scope.PERSON,
    period: Period = Period.DAY,
    account: Account = ANNA,
    roles: frozenset[int] = frozenset({ARTIST, PATRON}),
) -> Budget:
    found = await store.ledger.budgets(account, roles, under.ceilings, NOW)
    return next(b for b in found if b.scope is scope and b.window.period is period)


ROOMY = terms(user_day=10 * CENT, guild_day=1000 * CENT)  # the server's limit leaves moderators room to divide
LOWER_ONLY = terms(user_day=10 * CENT)  # no limit for the server: moderators may only lower


@pytest.mark.parametrize(
    ("under", "set_by_moderators", "granted", "cents"),
    [
        (ROOMY, [], [], 10),
        (ROOMY, [limit("role", ARTIST, 5)], [], 5),
        (ROOMY, [limit("role", ARTIST, 20), limit("role", PATRON, 30)], [], 30),
        (ROOMY, [limit("role", 73, 50)], [], 10),
        (ROOMY, [limit("member", 1, 7), limit("role", ARTIST, 20)], [], 7),
        (ROOMY, [limit("member", 1, 0)], [], 0),
        (ROOMY, [limit("member", 1, 50)], [], 50),
        (ROOMY, [limit("member", 2, 50)], [], 10),
        (ROOMY, [limit("member", 1, 50, "month")], [], 10),
        (ROOMY, [limit("member", 1, 50, guild_id=20), limit("role", ARTIST, 60, guild_id=20)], [], 10),
        (ROOMY, [limit("guild", 0, 3)], [], 10),
        (ROOMY, [], [grant(4), grant(5)], 19),
        (ROOMY, [limit("member", 1, 2)], [grant(4)], 6),
        (ROOMY, [], [grant(4, BEN), grant(5, Account(20, 1))], 10),
        (ROOMY, [], [grant(4, since=-2 * HOUR, until=-HOUR)], 10),
        (ROOMY, [], [grant(4, until=0)], 10),
        (ROOMY, [], [grant(4, until=1)], 14),
        (ROOMY, [], [grant(4, since=0)], 14),
        (ROOMY, [], [grant(4, since=1)], 10),
        (LOWER_ONLY, [limit("member", 1, 50)], [grant(5)], 10),
        (LOWER_ONLY, [limit("role", ARTIST, 50)], [], 10),
        (LOWER_ONLY, [limit("member", 1, 3)], [grant(5)], 8),
        (terms(), [], [grant(5)], None),
        (terms(), [limit("member", 1, 3)], [grant(5)], 8),
    ],
)
async def test_a_persons_limit(
    database: Database,
    store: Store,
    under: Terms,
    set_by_moderators: list[dict[str, Any]],
    granted: list[dict[str, Any]],
    cents: int | None,
) -> None:
    if set_by_moderators:
        await insert(database, limits, *set_by_moderators)
    if granted:
        await insert(database, grants, *granted)

    assert (await budget(store, under)).limit == (None if cents is None else cents * CENT)


@pytest.mark.parametrize(
    ("under", "set_by_moderators", "cents"),
    [
        (terms(guild_day=100 * CENT), [], 100),
        (terms(guild_day=100 * CENT), [limit("guild", 0, 30)], 30),
        (terms(guild_day=100 * CENT), [limit("guild", 0, 300)], 100),
        (terms(guild_day=100 * CENT), [limit("guild", 0, 30, guild_id=20)], 100),
        (terms(), [limit("guild", 0, 30)], 30),
        (terms(), [limit("guild", 0, 30, "month")], None),
        (terms(), [], None),
    ],
)
async def test_a_servers_limit_is_never_above_the_operators(
    database: Database, store: Store, under: Terms, set_by_moderators: list[dict[str, Any]], cents: int | None
) -> None:
    if set_by_moderators:
        await insert(database, limits, *set_by_moderators)

    assert (await budget(store, under, Scope.GUILD)).limit == (None if cents is None else cents * CENT)


async def test_nobody_but_the_operator_limits_the_whole_bot(database: Database, store: Store) -> None:
    await insert(database, limits, limit("guild", 0, 1), limit("member", 1, 1), limit("role", ARTIST, 1))
    await insert(database, grants, grant(50))

    assert (await budget(store, terms(total_day=100 * CENT), Scope.TOTAL)).limit == 100 * CENT
    assert (await budget(store, terms(), Scope.TOTAL)).limit is None


async def test_the_budgets_come_with_the_persons_first_and_without_a_server_in_direct_messages(
    store: Store,
) -> None:
    await accept(store, 1, prices=[3 * CENT])

    in_server = await store.ledger.budgets(ANNA, frozenset(), terms().ceilings, NOW)
    alone = await store.ledger.budgets(ANNA_ALONE, frozenset(), terms().ceilings, NOW)

    assert [(b.scope, b.window.key, b.spent, b.reserved) for b in in_server] == [
        (Scope.PERSON, "2026-01-01", 0, 3 * CENT),
        (Scope.PERSON, "2026-01", 0, 3 * CENT),
        (Scope.EVERYWHERE, "2026-01-01", 0, 3 * CENT),
        (Scope.EVERYWHERE, "2026-01", 0, 3 * CENT),
        (Scope.GUILD, "2026-01-01", 0, 3 * CENT),
        (Scope.GUILD, "2026-01", 0, 3 * CENT),
        (Scope.TOTAL, "2026-01-01", 0, 3 * CENT),
        (Scope.TOTAL, "2026-01", 0, 3 * CENT),
    ]
    assert [(b.scope, b.reserved) for b in alone] == [
        (Scope.PERSON, 0),
        (Scope.PERSON, 0),
        (Scope.EVERYWHERE, 3 * CENT),
        (Scope.EVERYWHERE, 3 * CENT),
        (Scope.TOTAL, 3 * CENT),
        (Scope.TOTAL, 3 * CENT),
    ]


async def test_a_grant_lets_a_job_in_that_the_default_would_refuse(database: Database, store: Store) -> None:
    with pytest.raises(Refusal):
        await accept(store, 1, prices=[12 * CENT], under=ROOMY)
    await insert(database, grants, grant(2))

    assert await accept(store, 2, prices=[12 * CENT], under=ROOMY)


async def test_the_roles_count_that_the_person_had_when_asking(database: Database, store: Store) -> None:
    await insert(database, limits, limit("role", PATRON, 20))

    with pytest.raises(Refusal):
        await accept(store, 1, prices=[20 * CENT], roles=[ARTIST], under=ROOMY)
    assert await accept(store, 2, prices=[20 * CENT], roles=[ARTIST, PATRON], under=ROOMY)


async def test_no_persons_limit_reaches_beyond_the_servers(database: Database, store: Store) -> None:
    await insert(database, limits, limit("member", 1, 5000))

    assert await accept(store, 1, prices=[1000 * CENT], under=ROOMY)
    with pytest.raises(Refusal, match=r"This server's \$10.00 for today"):
        await accept(store, 2, prices=[1], under=ROOMY)


async def test_what_is_set_above_the_operators_ceilings_is_named(database: Database, store: Store) -> None:
    await insert(
        database,
        limits,
        limit("guild", 0, 101),
        limit("guild", 0, 100, guild_id=20),
        limit("guild", 0, 5000, "month"),
        limit("member", 1, 101),
        limit("role", ARTIST, 100),
        limit("role", PATRON, 31, "month", guild_id=20),
        limit("member", 1, 30, "month", guild_id=20),
    )
    under = terms(user_day=10 * CENT, user_month=30 * CENT, guild_day=100 * CENT)

    above = await store.limits.above(under.ceilings)

    assert [(guild_id, each.subject, each.subject_id, each.period) for guild_id, each in above] == [
        (10, "guild", 0, "day"),
        (10, "member", 1, "day"),
        (20, "role", PATRON, "month"),
    ]
    assert await store.limits.above(terms().ceilings) == []
