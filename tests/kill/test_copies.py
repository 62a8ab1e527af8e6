import pytest

from sandbox.discord import DiscordSandbox, Upload
from sandbox.discord.http.trouble import Kind, Trouble
from sandbox.spark.server import SparkSandbox
from tests.kill.delivering import MESSAGES
from tests.kill.lives import Lives
from tests.kill.proof import copies_of_inputs
from tests.kill.waiting import within_patience
from tests.spark.images.pictures import encoded, scene

PHOTO = Upload(0, "photo.webp", encoded(scene(640, 800), "WEBP"))  # which Spark does not fetch as it is


@pytest.mark.parametrize("taken", [False, True], ids=["not-taken", "taken"])
async def test_posting_the_copy_hangs(
    lives: Lives, discord: DiscordSandbox, spark: SparkSandbox, taken: bool
) -> None:
    post = discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=taken))
    await lives.begin()
    asked = await discord.command(lives.stage.member, lives.direct, "/portrait", {"image": PHOTO})
    await within_patience(post.reached.wait())
    assert spark.submits == []
    await lives.kill_and_begin()
    await lives.submitted(1)
    lives.finish()
    await lives.end_and_prove(asked)
    assert list(copies_of_inputs(discord).values()) == [asked.id]
    assert len(spark.submits) == 1
