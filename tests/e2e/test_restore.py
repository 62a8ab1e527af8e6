"""A restore from a backup that is an hour old, with work under way in it: nothing is paid or posted twice."""

import shutil
from pathlib import Path

import pytest

from bot.domain.pictures.ownership import PictureRule
from bot.domain.states import JobState, TaskState
from bot.operator.backup import backup
from bot.operator.high_water import DatabaseOlder
from bot.operator.restore import restore
from bot.settings import Settings, load
from sandbox.discord import Interaction, Kind, Member, Trouble
from sandbox.spark.latency import Latency
from spark.clock import SystemClock
from tests.e2e.books import Books
from tests.e2e.deleting import deleted
from tests.e2e.harness import Harness
from tests.e2e.owning import ALLOW, drawn, made, question_about, told_about, wants
from tests.e2e.talking import at, edited, photo, say, status_of

HOUR = 3600.0
MESSAGES = r"/channels/\d+/messages"
LOST = "I had to go back to an older copy of my records, and lost track of this."


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(10)


@pytest.fixture
def settings(url: str) -> Settings:
    return load(None, {"DATABASE_URL": url})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.db"


async def backed_up(settings: Settings, file: Path) -> None:
    await backup(settings, file, SystemClock())


async def restored(bot: Harness, settings: Settings, file: Path) -> list[str]:
    """End the bot, restore the backup, and start the bot again."""
    said: list[str] = []
    await bot.stop()
    await bot.books.close()
    await restore(settings, file, bot.clock, said.append)
    await opened_anew(bot, settings)
    await bot.done(tick=1)
    return said


async def opened_anew(bot: Harness, settings: Settings) -> None:
    bot.books = Books(settings.database.url, bot.clock)
    await bot.books.open()
    await bot.start()
    await bot.ready()


async def begun(bot: Harness, member: Member, prompt: str, count: int = 1) -> Interaction:
    asked = await bot.imagine(member, prompt=prompt, count=count)
    await bot.until(lambda: "ready" in bot.status_message(asked), tick=0.1)
    return asked


async def states(bot: Harness, asked: Interaction) -> list[TaskState]:
    return [task.state for task in (await bot.books.job(asked.id)).tasks]


# invariant I1
@pytest.mark.usefixtures("prices_known")
async def test_what_was_under_way_an_hour_ago_is_neither_paid_nor_posted_again(
    harness: Harness, settings: Settings, file: Path
) -> None:
    bot = harness
    await bot.start(spark={"max_in_flight": 2})
    await bot.ready()
    carol = bot.discord.add_member(bot.guild, "carol")
    running = await begun(bot, bot.alice, "a running fox", count=2)
    waiting = await begun(bot, bot.bob, "a waiting fox")
    gone = await begun(bot, carol, "a fox that goes")
    assert await states(bot, running) == [TaskState.RUNNING] * 2
    assert await states(bot, waiting) == await states(bot, gone) == [TaskState.QUEUED]
    await backed_up(settings, file)

    for asked in (running, waiting, gone):
        await bot.posted(asked, tick=1)
    await deleted(bot, carol, bot.posts(gone)[0])
    await bot.clock.advance(HOUR)
    before = len(bot.submits), bot.bill, len(bot.posts()), len(bot.pinged())
    said = await restored(bot, settings, file)

    assert (len(bot.submits), bot.bill) == before[:2] == (4, "0.026")
    # what stands is found; the one that does not, be it that it never came, is told of once
    (notice,) = [post for post in bot.posts() if LOST in post.content]
    assert len(bot.posts()) == before[2] + 1
    assert notice.pinged == {carol.id}
    assert bot.status_message(running).startswith("🖼️ **a running fox** · [see it](")
    assert bot.status_message(waiting).startswith("🖼️ **a waiting fox** · [see it](")
    assert bot.status_message(gone).startswith("❓ I lost track of **a fox that goes**\n")
    assert await states(bot, running) == [TaskState.UNKNOWN] * 2
    assert await states(bot, waiting) == await states(bot, gone) == [TaskState.CANCELLED]
    assert await bot.books.entries(waiting.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]
    assert "0 tasks asked for since the backup, and 4 tasks settled for $0.026." in "\n".join(said)
    assert await bot.books.problems() == ()

    # and not by another start either, nor once the money is free again
    await bot.stop()
    await bot.start()
    await bot.ready()
    await bot.clock.advance(25 * HOUR)
    await bot.logged("task.released", times=2, tick=60)
    await bot.done(tick=1)
    assert (len(bot.submits), len(bot.posts())) == (4, before[2] + 1)

    again = await bot.click(carol, notice, "Try again")
    posted = await bot.posted(again, tick=1)
    assert posted.pinged == {carol.id}
    assert len(bot.submits) == 5
    assert await bot.books.entries(again.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_a_result_that_was_being_posted_is_found_or_told_of(
    bot: Harness, settings: Settings, file: Path
) -> None:
    hanging = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG))
    asked = await bot.imagine(prompt="a fox on its way")
    await bot.until(lambda: True if hanging.reached.is_set() else None, tick=1)
    assert (await bot.books.job(asked.id)).state is JobState.DELIVERING
    await backed_up(settings, file)
    hanging.release()
    posted = await bot.posted(asked, tick=1)
    await restored(bot, settings, file)
    assert bot.posts() == [posted]

    await deleted(bot, bot.alice, posted) if not posted.deleted else None
    await restored(bot, settings, file)
    (notice,) = bot.posts()
    assert not notice.attachments
    assert "It was made for $0.0065, and may have been posted since." in notice.content
    assert len(bot.submits) == 1


async def test_what_a_message_has_asked_for_is_found_in_its_thread(
    bot: Harness, settings: Settings, file: Path
) -> None:
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    await bot.until(lambda: bot.submits or None)
    await backed_up(settings, file)
    await edited(bot, said, tick=1)
    before = bot.posts()

    await restored(bot, settings, file)

    assert bot.posts() == before
    assert "[see it](" in status_of(bot, said).content
    assert len(bot.submits) == 1


@pytest.mark.parametrize("pictures", [PictureRule.ASK])
async def test_what_owners_have_allowed_is_not_made_again(bot: Harness, settings: Settings, file: Path) -> None:
    asked = await wants(bot, await drawn(bot))
    question = await question_about(bot, asked)
    await backed_up(settings, file)
    await bot.click(bot.alice, question, ALLOW)
    await made(bot, asked)
    before = len(bot.submits), len(bot.posts())

    await restored(bot, settings, file)

    told = await told_about(bot, asked)
    assert told.pinged == {bot.bob.id}
    assert "I lost track of [your question](" in told.content
    await bot.until(lambda: "I lost track of this question" in question.content or None, tick=1)
    assert question.components == []
    await bot.stop()
    await bot.start()
    await bot.ready()
    await bot.clock.advance(25 * HOUR)
    await bot.rest()
    assert (len(bot.submits), len(bot.posts())) == (before[0], before[1] + 1)


async def test_a_file_that_was_copied_back_by_hand_is_not_run(
    bot: Harness, settings: Settings, file: Path
) -> None:
    await backed_up(settings, file)
    await bot.posted(await bot.imagine(), tick=1)
    await bot.clock.advance(10)
    await bot.rest()
    await bot.stop()
    await bot.books.close()
    database = Path(settings.database.url.removeprefix("sqlite:///"))
    for each in database.parent.glob(f"{database.name}-*"):
        each.unlink()
    shutil.copyfile(file, database)
    with pytest.raises(DatabaseOlder, match="its ledger ends with entry 0, and entry 2 was seen"):
        await bot.start()
    await restore(settings, None, bot.clock, print)
    await opened_anew(bot, settings)
