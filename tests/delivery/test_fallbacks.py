from dataclasses import replace

import pytest

from bot.delivery.fallbacks import fallbacks
from bot.domain.budgets import Account
from bot.domain.jobs import Job, Place
from tests.examples import JOB

CHANNEL, HEAD, PARENT, DIRECT = 500, 501, 400, 900
MIB = 1024 * 1024

IN_CHANNEL = replace(JOB, channel_id=CHANNEL, status_message_id=HEAD, upload_limit=50 * MIB)
IN_THREAD = replace(IN_CHANNEL, place=Place.THREAD, parent_channel_id=PARENT)
IN_DIRECT = replace(JOB, channel_id=DIRECT, status_message_id=HEAD, place=Place.DM, account=Account(0, 1))


@pytest.mark.parametrize(
    ("job", "places"),
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
def test_the_places_for_a_jobs_messages_each_once_and_best_first(job: Job, places: list[int | None]) -> None:
    assert [fallback.channel_id for fallback in fallbacks(job)] == places


def test_direct_messages_take_ten_mebibytes_whatever_the_server_takes() -> None:
    assert [fallback.upload_limit for fallback in fallbacks(IN_THREAD)] == [50 * MIB, 50 * MIB, 10 * MIB]
    sent = replace(IN_THREAD, result_channel_id=DIRECT)
    assert [fallback.upload_limit for fallback in fallbacks(sent)] == [10 * MIB, 50 * MIB, 50 * MIB]
