from dataclasses import replace

import pytest

from bot.domain.budgets import Account, Budget, Period, Scope, Window
from bot.domain.history import Line, Lines
from bot.domain.moderation.actions import About, Action, ActionKind, RecordedAction
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.moderation.in_force import Allowance, InForce, SetBy
from bot.domain.refusals import PastRefusal
from bot.domain.spending import Cell, ReportPeriod, Span, Spender, Spenders, Spending
from bot.domain.states import JobState
from bot.wording.amounts import LINES_MAX
from bot.wording.reports import member_jobs, member_record, member_report, server_report, usage_report
from tests.examples import JOB, NOW, TASK

ID = 10**18 + 7
MOST = 2000
WORDS = "*" * 800
BIG = 12_345_678_900_000_001
MADE = replace(TASK, cost_nano=BIG, posted=True)
DONE = replace(
    JOB,
    state=JobState.DELIVERED,
    title=WORDS,
    account=Account(ID, ID),
    channel_id=ID,
    result_channel_id=ID,
    result_id=ID,
    tasks=(MADE,) * 4,
)
LINES = [Line(DONE, None, None, refused=False)] * 5
BUDGETS = [
    Budget(scope, Window(period, "2026-01", 1_769_904_000), BIG, BIG, BIG * limit, raisable=True)
    for scope, limit in ((Scope.PERSON, 9), (Scope.GUILD, 3), (Scope.TOTAL, 3))
    for period in Period
]
ALLOWANCE = Allowance(
    tuple(
        InForce(scope, period, BIG, SetBy.ROLE, ID, BIG * 2, BIG)
        for scope in (Scope.PERSON, Scope.GUILD)
        for period in Period
    ),
    [Grant(Account(ID, ID), BIG, WORDS, ID, NOW, NOW)] * 9,
    Block(Account(ID, ID), WORDS, WORDS, ID, NOW, NOW),
)
SPENDING = Spending(
    Span.at(ReportPeriod.MONTH, NOW),
    [Cell(NOW // 1000, kind, BIG, BIG, 10**6) for kind in ("imagine", "edit", "stylize", "portrait")],
)
REFUSALS = [PastRefusal("This server", WORDS, NOW)] * 10
ACTIONS = [
    RecordedAction(
        1, Action(ID, ID, ActionKind.LIMIT, About.MEMBER, ID, "set the limit", WORDS, NOW, refused=True)
    )
] * 10


@pytest.mark.parametrize(
    "blocks",
    [
        usage_report(BUDGETS, ALLOWANCE, SPENDING, LINES),
        member_report(ID, BUDGETS, ALLOWANCE, SPENDING, REFUSALS[:3], ACTIONS[:3]),
        member_jobs(ID, Lines(LINES, newer=True, older=True)),
        member_record(ID, REFUSALS, ACTIONS, 10),
        server_report(BUDGETS, SPENDING, Spenders(999, 9991, [Spender(ID, BIG, BIG)] * 10, more=True)),
    ],
    ids=["usage", "member", "jobs", "record", "server"],
)
def test_the_longest_report_fits_into_a_message_and_keeps_its_beginning(blocks: list[str]) -> None:
    text = "\n".join(blocks)
    assert len(text) <= MOST
    assert text.count("\n") < LINES_MAX
    assert text.startswith(
        ("**What you have here**", f"**What <@{ID}>", "**What I said no to", "**What this server has**")
    )
    assert len(text) > MOST // 3


def test_a_list_that_is_cut_says_so() -> None:
    assert member_record(ID, REFUSALS, ACTIONS, 10)[-1].endswith("\n-# …")
    assert "-# …" not in "".join(member_record(ID, REFUSALS[:1], ACTIONS[:1], 10))


def test_who_had_their_data_erased_is_nobody_in_the_list() -> None:
    told = server_report(
        [], SPENDING, Spenders(0, 1, [Spender(-5, 7 * 10**9, 0), Spender(9, 10**9, 10**7)], more=False)
    )
    assert told[-1].splitlines() == [
        "**Who spent the most this month**",
        "1. somebody who has erased their data · **$7.00**",
        "2. <@9> · **$1.00** · $0.01 held",
    ]


def test_a_job_without_words_has_a_line_all_the_same() -> None:
    erased = replace(DONE, title="", erased_at=NOW, result_id=None)
    told = member_jobs(ID, Lines([Line(erased, None, None, refused=False)], newer=False, older=False))
    assert "1. **(words no longer kept)**" in told[1]


def test_a_member_is_told_of_a_block_but_not_what_moderators_wrote_about_it() -> None:
    block = Block(Account(10, 1), "a secret", None, 2, NOW, None)
    told = "\n".join(usage_report(BUDGETS, Allowance((), [], block), SPENDING, []))
    assert "**A moderator has stopped you from making pictures here.**" in told
    assert "secret" not in told
