from collections.abc import Sequence

import pytest

from bot.domain.budgets import Account, BudgetRefusal, Scope
from bot.store import Store
from bot.wording.budgets import server_warning
from tests.store.scenes import ANNA, ANNA_ALONE, BEN, CENT, NOW, accept, terms

TEN_CENTS_EACH = terms(user_day=10 * CENT)
TEN_CENTS_TOGETHER = terms(guild_day=10 * CENT)


async def refused(store: Store, job_id: int, cents: int) -> None:
    """Have an order refused, and note it as the service does."""
    with pytest.raises(BudgetRefusal) as refusal:
        await accept(store, job_id, BEN, prices=[cents * CENT], under=TEN_CENTS_TOGETHER)
    await store.warnings.used_up(BEN, refusal.value.budget, NOW, told=False)


async def test_each_share_is_told_once_and_most_not_beside_all(store: Store) -> None:
    told = []
    for job_id, cents in enumerate((7, 1, 1, 1), start=1):
        await accept(store, job_id, prices=[cents * CENT], under=TEN_CENTS_EACH)
        told.append([warning.percent for warning in await store.warnings.take(ANNA, NOW)])
    assert told == [[], [80], [], [100]]

    await accept(store, 5, BEN, prices=[10 * CENT], under=TEN_CENTS_EACH)
    assert [warning.percent for warning in await store.warnings.take(BEN, NOW)] == [100]
    assert await store.warnings.take(BEN, NOW) == []


async def test_what_is_used_over_all_servers_is_told_wherever_the_person_is_next(store: Store) -> None:
    under = terms(user_day=9 * CENT, everywhere_day=10 * CENT)
    for account, cents in ((ANNA, 4), (ANNA_ALONE, 4)):
        await accept(store, account.guild_id + 1, account, prices=[cents * CENT], under=under)
    assert await store.warnings.take(BEN, NOW) == []
    [told] = await store.warnings.take(Account(20, ANNA.user_id), NOW)
    assert (told.scope, told.account, told.percent) == (Scope.EVERYWHERE, ANNA_ALONE, 80)
    assert await store.warnings.take(ANNA, NOW) == []

    await accept(store, 3, ANNA, prices=[2 * CENT], under=under)
    [told] = await store.warnings.take(ANNA, NOW)
    assert (told.scope, told.percent) == (Scope.EVERYWHERE, 100)


@pytest.mark.parametrize(
    ("used", "asked", "says"),
    [
        (0, 11, []),  # an order that is too large uses nothing up
        (7, 4, []),
        (8, 3, ["**This server has $0.02 left for", "**This server has $0.02 left for"]),
        (10, 1, ["**This server has $0.00 left for", "**This server's $0.10 for"]),
    ],
)
async def test_a_refusal_tells_that_a_limit_is_used_up_only_where_most_of_it_is(
    store: Store, used: int, asked: int, says: Sequence[str]
) -> None:
    if used:
        await accept(store, 1, prices=[used * CENT], under=TEN_CENTS_TOGETHER)
    await refused(store, 2, asked)
    await refused(store, 3, asked)

    untold = await store.warnings.untold_of_servers(10)

    texts = [server_warning(warning) for warning in untold]
    assert len(texts) == len(says)
    assert all(text.startswith(words) for text, words in zip(texts, says, strict=True))
