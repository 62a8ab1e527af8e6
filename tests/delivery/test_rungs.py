from dataclasses import replace

import pytest

from bot.delivery.ladder import rungs
from bot.domain.budgets import Account
from bot.domain.jobs import Job, Place
from tests.domain.test_jobs import JOB

CHANNEL, HEAD, PARENT, DIRECT = 500, 501, 400, 900
MIB = 1024 * 1024

IN_CHANNEL = replace(JOB, channel_id=CHANNEL, head_id=HEAD, upload_limit=50 * MIB)
IN_THREAD = replace(IN_CHANNEL, place=Place.THREAD, parent_channel_id=PARENT)
IN_DIRECT = replace(JOB, channel_id=DIRECT, head_id=HEAD, place=Place.DM, account=Account(0, 1))


@pytest.mark.parametrize(
    ("job", "ladder"),
    [
        (IN_CHANNEL, [CHANNEL, None]),
        (replace(IN_CHANNEL, result_channel_id=HEAD), [HEAD, CHANNEL, None]),
        (replace(IN_CHANNEL, result_channel_id=CHANNEL), [CHANNEL, None]),
        (IN_THREAD, [CHANNEL, PARENT, None]),
        (replace(IN_THREAD, result_channel_id=PARENT), [PARENT, CHANNEL, None]),
        (replace(IN_THREAD, result_channel_id=DIRECT), [DIRECT, CHANNEL, PARENT]),
        (IN_DIRECT, [DIRECT]),
        (replace(IN_DIRECT, result_channel_id=DIRECT), [DIRECT]),
    ],
)
def test_the_places_for_a_jobs_messages_each_once_and_best_first(job: Job, ladder: list[int | None]) -> None:
    assert [rung.channel_id for rung in rungs(job)] == ladder


def test_direct_messages_take_ten_mebibytes_whatever_the_server_takes() -> None:
    assert [rung.upload_limit for rung in rungs(IN_THREAD)] == [50 * MIB, 50 * MIB, 10 * MIB]
    sent = replace(IN_THREAD, result_channel_id=DIRECT)
    assert [rung.upload_limit for rung in rungs(sent)] == [10 * MIB, 50 * MIB, 50 * MIB]
