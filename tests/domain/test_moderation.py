from dataclasses import replace
from typing import Any

import pytest

from bot.domain.budgets import Account, Period, Scope
from bot.domain.limits import Ceilings, Limit, Limits, Subject
from bot.domain.moderation.actions import About, Action, ActionKind, RecordedAction
from bot.domain.moderation.decisions import Block
from bot.domain.moderation.in_force import InForce, SetBy, limits_in_force
from bot.domain.moderation.server_rules import ServerRules
from bot.domain.refusals import Refusal
from bot.moderation.grants import require_effect
from bot.moderation.rule_changes import ALLOWED_CHANNELS, CHANNELS_MAX, LOG_CHANNEL, RuleChange
from bot.moderation.typed import checked_days, checked_reason, typed_amount, typed_days
from bot.wording.blocks import blocked
from bot.wording.journal import log_line
from tests.examples import CENT


def limit(subject: Subject, subject_id: int, cents: int, period: Period = Period.DAY) -> Limit:
    return Limit(subject, subject_id, period, cents * CENT)


@pytest.mark.parametrize(
    ("text", "nano"),
    [
        ("2.50", 2_500_000_000),
        (" $2.50 ", 2_500_000_000),
        ("0", 0),
        ("-0", 0),
        ("0.000000001", 1),
        ("1.0000000000", 1_000_000_000),
        ("007", 7_000_000_000),
        ("1000000", 10**15),
    ],
)
def test_an_amount_is_read_exactly(text: str, nano: int) -> None:
    assert typed_amount("day", text) == nano


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Write dollars with a point"),
        ("$", "Write dollars with a point"),
        ("a lot", "Write dollars with a point"),
        ("1e3", "Write dollars with a point"),
        ("1,50", "Write dollars with a point"),
        ("1.", "Write dollars with a point"),
        (".5", "Write dollars with a point"),
        ("nan", "Write dollars with a point"),
        ("٢", "Write dollars with a point"),
        ("2 50", "Write dollars with a point"),
        ("€2", "Write dollars with a point"),
        ("9" * 21, "Write dollars with a point"),
        ("-2.50", "0 dollars or more"),
        ("$-1", "0 dollars or more"),
        ("-$1", "0 dollars or more"),
        ("1000000.01", "At most $1,000,000.00"),
        ("9" * 20, "At most $1,000,000.00"),
        ("0.0000000001", "Nothing finer than $0.000000001"),
        (2.5, "It takes text."),
        (None, "It takes text."),
    ],
)
def test_what_is_no_amount_is_refused_by_its_name(text: Any, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        typed_amount("month", text)
    assert "month" in refused.value.so
    assert why in refused.value.text


@pytest.mark.parametrize(("text", "days"), [("", None), (" ", None), ("1", 1), ("366", 366)])
def test_days_of_a_form(text: str, days: int | None) -> None:
    assert typed_days(text) == days


@pytest.mark.parametrize("text", ["0", "367", "-1", "1.5", "ten", "²", "9" * 99])
def test_what_is_no_number_of_days_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        typed_days(text)


@pytest.mark.parametrize("days", [0, 367, True, 1.0, "3", None])
def test_days_of_a_hand_made_command_are_refused(days: Any) -> None:
    with pytest.raises(Refusal):
        checked_days(days)


def test_a_reason_is_one_line_and_says_something() -> None:
    assert checked_reason("  a\n\n b\x00 ") == "a b"
    for empty in ("", " \n", "x" * 301):
        with pytest.raises(Refusal):
            checked_reason(empty)


@pytest.mark.parametrize("guild", [None, 100 * CENT])
@pytest.mark.parametrize(
    ("settings", "set_by", "role_id", "base"),
    [
        ([], SetBy.OPERATOR, None, 10),
        ([limit(Subject.ROLE, 7, 5)], SetBy.ROLE, 7, 5),
        ([limit(Subject.ROLE, 7, 5), limit(Subject.ROLE, 8, 20)], SetBy.ROLE, 8, 20),
        ([limit(Subject.ROLE, 8, 20), limit(Subject.MEMBER, 1, 3)], SetBy.MEMBER, None, 3),
        ([limit(Subject.ROLE, 8, 20, Period.MONTH)], SetBy.OPERATOR, None, 10),
    ],
)
def test_a_limit_in_force_tells_where_it_comes_from_and_is_the_one_that_holds(
    settings: list[Limit], set_by: SetBy, role_id: int | None, base: int, guild: int | None
) -> None:
    ceilings = Ceilings(10 * CENT, None, guild, None, None, None)
    limits = Limits(settings, 2 * CENT)

    day, *others = limits_in_force(limits, ceilings)

    held = min(base + 2, 10) if guild is None else base + 2
    assert day == InForce(Scope.PERSON, Period.DAY, held * CENT, set_by, role_id, base * CENT, 2 * CENT)
    assert day.held_down is (held < base + 2)
    every = [day, *others]
    assert [each.amount for each in every] == [limits.of(each.scope, each.period, ceilings) for each in every]
    assert [(each.scope, each.period) for each in others] == [
        (Scope.PERSON, Period.MONTH),
        (Scope.GUILD, Period.DAY),
        (Scope.GUILD, Period.MONTH),
    ]


def test_a_servers_own_limit_is_held_down_by_a_ceiling_that_came_later() -> None:
    ceilings = Ceilings(None, None, 5 * CENT, None, None, None)
    server = limits_in_force(Limits([limit(Subject.GUILD, 0, 8)], 3 * CENT), ceilings)[2]
    assert (server.amount, server.set_by, server.granted, server.held_down) == (5 * CENT, SetBy.GUILD, 0, True)


@pytest.mark.parametrize(
    ("ceilings", "own", "granted", "amount", "why"),
    [
        (Ceilings(10, 100, 50, 500, None, None), None, 0, 40, None),
        (Ceilings(10, 100, 50, 500, None, None), None, 0, 41, "Grant $0.00000004 or less"),
        (Ceilings(10, 100, 50, 500, None, None), None, 30, 11, "Grant $0.00000001 or less"),
        (Ceilings(10, 100, 50, 120, None, None), None, 0, 21, "a month, and $0.00000012 is the most"),
        (Ceilings(10, 100, None, None, None, None), None, 0, 1, "all that can be had here"),
        (Ceilings(10, 100, None, None, None, None), 4, 0, 6, None),
        (Ceilings(10, 100, None, None, None, None), 4, 0, 7, "a day, and $0.00000001 is the most"),
        (Ceilings(10, 100, None, 500, None, None), None, 0, 300, None),
        (Ceilings(None, None, 50, None, None, None), None, 0, 1, "This member has no limit"),
        (Ceilings(50, None, 50, None, None, None), None, 0, 1, "all that can be had here"),
    ],
)
def test_a_grant_is_refused_above_a_ceiling_and_where_it_changes_nothing(
    ceilings: Ceilings, own: int | None, granted: int, amount: int, why: str | None
) -> None:
    limits = Limits([] if own is None else [Limit(Subject.MEMBER, 1, Period.DAY, own)], granted)
    if why is None:
        require_effect(limits, amount, ceilings)
        return
    with pytest.raises(Refusal) as refused:
        require_effect(limits, amount, ceilings)
    assert why in refused.value.text


def test_the_first_allowed_channel_disallows_all_others_and_the_last_one_may_go() -> None:
    rules = RuleChange(allow=5).applied_to(ServerRules())
    assert rules.allowed_channels == frozenset({5})
    rules = RuleChange(allow=6, disallow=5).applied_to(rules)
    assert rules.allowed_channels == frozenset({6})
    rules = RuleChange(disallow=6).applied_to(rules)
    assert rules.allowed_channels == frozenset()
    assert RuleChange(clear=ALLOWED_CHANNELS).applied_to(rules).allowed_channels is None


def test_a_change_leaves_the_rest_as_it_is() -> None:
    rules = ServerRules(9, replies=False, allowed_channels=frozenset({5}))
    assert RuleChange().applied_to(rules) == rules
    assert RuleChange().what == []
    assert RuleChange(replies=True).applied_to(rules) == replace(rules, replies=True)
    assert RuleChange(age_restricted=True).applied_to(rules) == replace(rules, age_restricted=True)
    assert RuleChange(clear=LOG_CHANNEL).applied_to(rules) == replace(rules, log_channel_id=None)
    assert RuleChange(log_channel_id=8).applied_to(rules) == replace(rules, log_channel_id=8)


@pytest.mark.parametrize(
    ("rules", "age_restricted", "allowed"),
    [
        (ServerRules(), False, True),
        (ServerRules(age_restricted=True), False, False),
        (ServerRules(age_restricted=True), True, True),
        (ServerRules(allowed_channels=frozenset({5})), True, True),
        (ServerRules(allowed_channels=frozenset({6})), True, False),
        (ServerRules(allowed_channels=frozenset({5}), age_restricted=True), False, False),
        (ServerRules(allowed_channels=frozenset({6}), age_restricted=True), True, False),
    ],
)
def test_a_place_has_to_keep_both_rules(rules: ServerRules, *, age_restricted: bool, allowed: bool) -> None:
    assert rules.allows({4, 5}, age_restricted=age_restricted) is allowed


@pytest.mark.parametrize(
    ("allowed", "change"),
    [
        (None, RuleChange(disallow=5)),
        (frozenset({6}), RuleChange(disallow=5)),
        (frozenset(range(CHANNELS_MAX)), RuleChange(allow=CHANNELS_MAX)),
    ],
)
def test_a_channel_that_cannot_be_changed_is_refused(allowed: frozenset[int] | None, change: RuleChange) -> None:
    with pytest.raises(Refusal):
        change.applied_to(ServerRules(allowed_channels=allowed))


def test_a_log_line_hides_markup_and_ends_with_its_own_mark() -> None:
    action = Action(1, 2, ActionKind.BLOCK, About.MEMBER, 3, "blocked the member", "`<@&9>`\n# x", 4000)
    assert log_line(RecordedAction(17, action)).splitlines() == [
        "<@2> blocked the member · <@3>",
        "> \\`\\<\\@\u200b&9\\>\\` \\# x",
        "-# <t:4:f> · no. 17",
    ]
    refused = replace(action, about=About.JOB, reason=None, refused=True, what="tried to use Spend case")
    assert log_line(RecordedAction(18, refused)).splitlines()[0] == (
        "⛔ <@2> tried to use Spend case · picture 3 · **may not do that**"
    )


def test_in_public_a_block_keeps_the_moderators_words_back() -> None:
    block = Block(Account(1, 2), "spam", "Read the rules.", 3, 0, None)
    refusal = blocked(block)
    assert "They say: Read the rules." in refusal.text
    assert "Read the rules" not in refusal.text_in_public
    assert "spam" not in refusal.text
