"""What can be refused without the picture is refused before a byte of it is fetched."""

from decimal import Decimal

from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import spend, start
from tests.e2e.photos import photo
from tests.e2e.pressing import result
from tests.e2e.styles import ordered, styled
from tests.e2e.talking import at, say

NOTHING_LEFT = {"user_day_usd": Decimal("0.02")}


async def _refused(bot: Harness) -> str:
    asked = await bot.command("/edit", prompt="make it night", image=photo())
    return await bot.refused(asked)


async def test_where_a_budget_would_be_passed(harness: Harness) -> None:
    await start(harness, **NOTHING_LEFT)
    assert "today" in await _refused(harness)
    assert harness.discord.downloads == []


async def test_where_too_much_is_on_the_way(harness: Harness) -> None:
    harness.spark.trouble.add(Trouble("submit", "never", times=None))
    await start(harness, user_running=1, user_queued=1)
    await harness.imagine(count=2)
    await harness.logged("job.accepted")
    assert "on the way, and" in await _refused(harness)
    assert harness.discord.downloads == []


async def test_where_a_moderator_has_stopped_its_person(harness: Harness) -> None:
    mona = await start(harness)
    await spend(harness, "block", mona, member=harness.alice, reason="spam")
    assert "stopped" in await _refused(harness)
    assert harness.discord.downloads == []


async def test_where_the_server_wants_the_bot_elsewhere(harness: Harness) -> None:
    mona = await start(harness)
    await spend(harness, "settings", mona, allow=harness.discord.add_channel(harness.guild, "pictures"))
    assert "in other channels" in await _refused(harness)
    assert harness.discord.downloads == []


async def test_where_the_same_click_is_open(bot: Harness) -> None:
    offered = bot.private_answer(await bot.click(bot.alice, await result(bot), "Style"))
    assert offered is not None
    bot.spark.trouble.add(Trouble("submit", "never", times=None))
    await styled(bot, bot.alice, offered, "Doll")
    await bot.logged("job.accepted", times=2)
    fetched = len(bot.discord.downloads)
    late = await ordered(bot, bot.alice, offered)
    assert "Already on it." in await bot.refused(late)
    assert len(bot.discord.downloads) == fetched


async def test_a_reply_is_checked_first_too(harness: Harness) -> None:
    await start(harness, **NOTHING_LEFT)
    await say(harness, at(harness, "make it night"), files=[photo()])
    await harness.until(lambda: [m for m in harness.posts() if "your limit for today" in m.content])
    assert harness.discord.downloads == []


async def test_an_event_that_is_heard_twice_fetches_nothing_more(bot: Harness) -> None:
    asked = await bot.command("/edit", prompt="make it night", image=photo())
    await bot.posted(asked)
    fetched = len(bot.discord.downloads)
    bot.discord.replay(asked)
    await bot.logged("interaction.replayed")
    assert len(bot.discord.downloads) == fetched
