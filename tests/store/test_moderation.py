import asyncio

import pytest

from bot.domain.budgets import Period
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.moderation.server_rules import ServerRules
from bot.domain.refusals import Refusal
from bot.moderation.rule_changes import RuleChange
from bot.store import Store
from tests.store.scenes import CENT, NOW

GUILD = 10


def action(what: str, at: int = NOW) -> Action:
    return Action(GUILD, 99, ActionKind.SETTINGS, About.GUILD, GUILD, what, None, at)


async def test_limits_of_a_day_and_a_month_are_set_and_recorded_together(store: Store) -> None:
    day = Limit(Subject.ROLE, 71, Period.DAY, 5 * CENT)
    await store.moderation.set_limits([day], action("first"))
    chosen = [Limit(Subject.ROLE, 71, period, cents * CENT) for period, cents in zip(Period, (7, 9), strict=True)]
    await store.moderation.set_limits(chosen, action("both"))
    assert await store.limits.of_server(GUILD) == chosen
    assert await store.limits.of_server(GUILD + 1) == []
    assert [each.action.what for each in await store.moderation.unlogged(9)] == ["first", "both"]


async def test_no_change_of_the_rules_is_lost_where_many_come_at_once(store: Store) -> None:
    changes = [RuleChange(allow=channel) for channel in range(1, 9)]

    async def change(each: RuleChange) -> ServerRules:
        return await store.moderation.change_rules(each.applied_to, action(each.what[0]))

    await asyncio.gather(*(change(each) for each in changes))

    assert (await store.moderation.rules(GUILD)).allowed_channels == frozenset(range(1, 9))
    assert len(await store.moderation.unlogged(99)) == len(changes)


async def test_a_refused_change_leaves_rules_and_record_as_they_were(store: Store) -> None:
    with pytest.raises(Refusal):
        await store.moderation.change_rules(RuleChange(disallow=5).applied_to, action("no"))
    assert await store.moderation.rules(GUILD) == ServerRules()
    assert await store.moderation.unlogged(9) == []


async def test_what_was_logged_is_not_read_again(store: Store) -> None:
    for what in ("one", "two"):
        await store.moderation.record(action(what))
    first, second = await store.moderation.unlogged(9)
    await store.moderation.mark_logged(first.id, NOW)
    assert await store.moderation.unlogged(9) == [second]
    newest = await store.moderation.actions_about(GUILD, GUILD, 9)
    assert [each.action.what for each in newest] == ["two", "one"]
