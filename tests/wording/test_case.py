from dataclasses import replace

import pytest

from bot.domain.budgets import Account, Period, Scope
from bot.domain.jobs import Job
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.moderation.in_force import Allowance, InForce, SetBy
from bot.domain.states import JobState
from bot.wording.case import case_blocks
from tests.examples import JOB, NOW, TASK

HERE = JOB.account.guild_id
DONE = replace(
    JOB,
    title="a red fox",
    state=JobState.DELIVERED,
    result_channel_id=JOB.channel_id,
    result_id=60,
    tasks=(replace(TASK, posted=True),),
)
WORST = "`*_~" * 200


def allowance(reason: str = "spam", grants: int = 0) -> Allowance:
    account = Account(HERE, 10**18)
    limits = tuple(
        InForce(scope, period, 10**15, SetBy.ROLE, 10**18, 10**15, 10**15)
        for scope in (Scope.PERSON, Scope.GUILD)
        for period in Period
    )
    given = [Grant(account, 10**15, reason, 10**18, NOW, NOW)] * grants
    return Allowance(limits, given, Block(account, reason, None, 10**18, NOW, NOW))


def test_a_case_never_passes_what_a_message_holds_and_keeps_the_nearest_pictures() -> None:
    chain = [replace(DONE, id=10**18 + n, title=f"{n} {WORST}") for n in range(12)]

    text = "\n".join(case_blocks(chain, HERE, allowance(WORST, grants=9)))

    assert len(text) <= 2000
    assert "\n1. **1 " in text
    assert "-# … and further back" in text
    assert "-# … and 6 more grants" in text
    assert "**Blocked** by" in text


def test_pictures_of_another_place_are_not_shown() -> None:
    elsewhere = replace(DONE, id=2, title="a secret", account=Account(HERE + 1, 77))

    text = "\n".join(case_blocks([DONE, elsewhere], HERE, None))

    assert "1. a picture from another place" in text
    assert "secret" not in text
    assert "77" not in text


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (replace(DONE, account=Account(HERE, -5)), "asked for by somebody who has erased their data"),
        (replace(DONE, removed_at=4000, removed_by=9), "deleted <t:4:f> by <@9>"),
        (replace(DONE, state=JobState.OPEN, result_id=None), "· being made"),
    ],
)
def test_how_a_job_stands(job: Job, said: str) -> None:
    assert said in case_blocks([job], HERE, None)[0]
