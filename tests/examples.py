"""Example values that tests of several files begin with; the numbers are small, so that a test's own stand out.

Those that people's texts are shown with are in `tests/texts/examples.py`; they look as they do in real life.
"""

from dataclasses import replace
from typing import Final

from bot.domain.budgets import Account
from bot.domain.jobs import Job, Place, Task
from bot.domain.pictures.sources import InputImage, Source
from bot.domain.states import JobState, TaskState
from bot.usage.charts import Chart, Series

NOW: Final = 1_767_268_800_000
"""2026-01-01T12:00:00Z, in Unix milliseconds."""
MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
CENT: Final = 10_000_000
"""In nano-dollars."""

TASK: Final = Task(
    job_id=9,
    position=2,
    account=Account(10, 1),
    state=TaskState.SUCCEEDED,
    lease=None,
    model="spark_t2i_3_0",
    params={"seed": 7},
    image_sha256=None,
    width=1328,
    height=1328,
    made=None,
    estimate_nano=5,
    cost_nano=4,
    spark_id="spark-1",
    attempts=0,
    asked_at=NOW,
    refused_at=None,
    submitted_at=NOW,
    ended_at=NOW,
    result_url="https://spark/1.png",
    error_code=None,
    error_text=None,
    posted=False,
)
JOB: Final = Job(
    id=9,
    kind="imagine",
    state=JobState.OPEN,
    title="a red fox",
    spoiler=False,
    account=Account(10, 1),
    channel_id=500,
    parent_channel_id=None,
    place=Place.CHANNEL,
    upload_limit=10_485_760,
    application_id=900,
    interaction_token="s3cret",
    by_message=False,
    source=None,
    parent=None,
    repeats_id=None,
    status_message_id=None,
    result_channel_id=None,
    result_id=None,
    lease=None,
    accepted_at=NOW,
    delivering_at=None,
    ended_at=None,
    removed_at=None,
    removed_by=None,
    tasks=(
        TASK,
        replace(TASK, position=3, state=TaskState.FAILED, cost_nano=None),
        replace(TASK, position=4, cost_nano=6),
    ),
)
"""Asked for in a server's channel: two pictures of three are made, none is posted."""

PICTURE: Final = InputImage("ab" * 32, b"a JPEG", "JPEG", 640, 480)
SOURCE: Final = Source("https://cdn.discordapp.com/attachments/1/2/cat.webp?ex=1", "cat.webp", 500, 600)

CHART: Final = Chart(
    headline="$0.03",
    caption="Your spending",
    series=[Series("imagine", "$0.03", "#3188fa", [0, 3 * CENT])],
    labels=["1", "2"],
    lines=[(0, "$0.00"), (4 * CENT, "$0.04")],
    note="",
    alt="",
)
