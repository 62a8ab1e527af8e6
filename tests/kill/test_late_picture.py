from pathlib import Path

import pytest

from bot.domain.states import TaskState
from sandbox.clock import MovableClock
from sandbox.discord import DiscordSandbox
from sandbox.discord.http.trouble import Kind, Trouble
from sandbox.discord.rules.nonces import REMEMBERED_SECONDS
from sandbox.spark.server import SparkSandbox
from tests.kill.delivering import MESSAGES
from tests.kill.lives import Lives
from tests.kill.waiting import eventually, within_patience


@pytest.fixture
def _impatient(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[spark]\ntask_timeout = 1\n", encoding="utf-8")


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize("taken", [False, True], ids=["not-taken", "taken"])
async def test_posting_a_late_picture_hangs(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox, clock: MovableClock, taken: bool
) -> None:
    await lives.begin()
    asked = await lives.imagine("a red fox in snow")
    await lives.submitted(1)
    await lives.settled(asked)
    assert (await lives.job(asked)).tasks[0].state is TaskState.OVERDUE
    await lives.kill()
    post = discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=taken))
    lives.finish()
    await lives.begin()
    await within_patience(post.reached.wait())
    await lives.kill()
    await clock.advance(REMEMBERED_SECONDS + 1)
    await lives.begin()
    await eventually(lambda: lives.job(asked), lambda job: job.tasks[0].posted)
    await lives.end()
    books = await lives.books()
    posted = [message for message in lives.stage.general.messages.values() if message.nonce is not None]
    assert ["picture is late" in message.content for message in posted] == [True, False]
    assert [len(message.attachments) for message in posted] == [0, 1]
    assert all(lives.stage.member.id in message.pinged for message in posted)
    assert [entry.kind for entry in books.entries[f"{asked.id}-1"]] == ["reserve", "settle"]
    assert books.problems == ()
    assert len(spark.submits) == 1
