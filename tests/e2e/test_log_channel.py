from contextlib import suppress
from decimal import Decimal

import pytest

from sandbox.discord import Channel, Kind, Member, Message, Permissions, Trouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, moderator, spend, start

POSTING = r"/channels/\d+/messages"


async def with_log(harness: Harness, **limits: Decimal) -> tuple[Member, Channel]:
    mona = await start(harness, **limits)
    log = harness.discord.add_channel(harness.guild, "log")
    await spend(harness, "settings", mona, log_channel=log)
    await entries(harness, log, 1)
    return mona, log


async def entries(bot: Harness, log: Channel, count: int, *, tick: float = 0.0) -> list[Message]:
    """Wait until so many entries stand in the log channel."""
    await bot.until(lambda: len(log.messages) >= count, tick=tick)
    return sorted(log.messages.values(), key=lambda each: each.id)


async def test_what_moderators_do_is_posted_at_once_with_who_what_whom_why_and_when(harness: Harness) -> None:
    mona, log = await with_log(harness, guild_day_usd=Decimal(5))
    now = int(harness.clock.time())

    await spend(harness, "block", mona, member=harness.alice, reason="@everyone *look*", days=1)
    await spend(harness, "limit", mona, action="set", day="2")

    first, second, third = await entries(harness, log, 3)
    assert first.content.startswith(f"<@{mona.id}> chose <#{log.id}> as the log channel · this server\n-# <t:")
    lines = second.content.splitlines()
    assert lines[0] == f"<@{mona.id}> blocked the member until <t:{now + 24 * 3600}:f> · <@{harness.alice.id}>"
    assert lines[1] == "> \\@\u200beveryone \\*look\\*"
    assert lines[2].startswith(f"-# <t:{now}:f> · no. ")
    assert third.content.startswith(f"<@{mona.id}> set the limit to $2.00 a day · this server")
    assert harness.pinged() == set()


async def test_attempts_without_the_right_are_posted_too(harness: Harness) -> None:
    _, log = await with_log(harness)
    await spend(harness, "grant", harness.bob, strict=False, member=harness.bob, amount="9", reason="me")
    [_, tried] = await entries(harness, log, 2)
    assert tried.content.startswith(
        f"⛔ <@{harness.bob.id}> tried to use /spend grant · <@{harness.bob.id}> · **may not do that**"
    )


async def test_it_goes_on_where_discord_was_away_and_keeps_the_order(harness: Harness) -> None:
    mona, log = await with_log(harness)
    harness.discord.trouble.add(Trouble("POST", POSTING, Kind.RESET, times=2))
    await spend(harness, "block", mona, member=harness.alice, reason="one")
    await harness.logged("journal.waits")
    await spend(harness, "unblock", mona, member=harness.alice, reason="two")
    told = await entries(harness, log, 3, tick=1)
    assert [each.content.splitlines()[1] for each in told[1:]] == ["> one", "> two"]


@pytest.mark.parametrize("later", [0, 600], ids=["at once", "after Discord has forgotten the nonce"])
async def test_a_message_whose_answer_was_lost_is_not_posted_twice(harness: Harness, later: int) -> None:
    mona, log = await with_log(harness)
    harness.discord.trouble.add(Trouble("POST", POSTING, Kind.RESET, applied=True))
    await spend(harness, "block", mona, member=harness.alice, reason="one")
    await harness.logged("journal.waits")
    await harness.stop()
    await harness.clock.advance(later)
    await harness.start(seed=12)
    await harness.ready()
    await _all_told(harness)
    assert ["> one" in each.content for each in log.messages.values()] == [False, True]


async def test_another_servers_trouble_holds_nobody_up(harness: Harness) -> None:
    mona, log = await with_log(harness)
    other = harness.discord.add_guild("Elsewhere")
    place, its_log = (harness.discord.add_channel(other, name) for name in ("general", "log"))
    olga = moderator(harness, "olga", other)
    await spend(harness, "settings", olga, place, log_channel=its_log)
    await entries(harness, its_log, 1)
    harness.discord.trouble.add(Trouble("POST", rf"/channels/{log.id}/messages", Kind.RESET, times=50))
    await spend(harness, "block", mona, member=harness.alice, reason="one")
    await spend(harness, "block", olga, place, member=olga, reason="two")
    await entries(harness, its_log, 2, tick=1)
    assert len(log.messages) == 1


async def test_what_was_done_before_a_restart_is_posted_after_it(harness: Harness) -> None:
    mona, log = await with_log(harness)
    harness.discord.trouble.add(Trouble("POST", rf"/channels/{log.id}/messages", Kind.RESET, times=5))
    await spend(harness, "block", mona, member=harness.alice, reason="one")
    await harness.logged("journal.waits")
    await harness.stop()
    harness.discord.trouble.clear()
    await harness.start(seed=12)
    await harness.ready()
    assert "> one" in (await entries(harness, log, 2))[1].content
    await _all_told(harness)
    assert len(log.messages) == 2


async def test_what_was_done_without_a_log_channel_is_not_posted_later(harness: Harness) -> None:
    mona = await start(harness)
    await spend(harness, "block", mona, member=harness.alice, reason="one")
    await _all_told(harness)
    log = harness.discord.add_channel(harness.guild, "log")
    await spend(harness, "settings", mona, log_channel=log)
    await entries(harness, log, 1)
    await _all_told(harness)
    assert ["one" in each.content for each in log.messages.values()] == [False]
    assert [each.reason for each in await actions(harness)] == ["one", None]


async def test_a_log_channel_that_was_lost_is_logged_and_the_record_stays(harness: Harness) -> None:
    mona, log = await with_log(harness)
    bot = harness.guild.members[harness.discord.world.bot.id]
    harness.discord.set_overwrite(log, bot, deny=Permissions.SEND_MESSAGES)
    await spend(harness, "block", mona, member=harness.alice, reason="one")
    await harness.logged("journal.not_posted")
    await _all_told(harness)
    assert len(log.messages) == 1
    assert [each.reason for each in await actions(harness)] == [None, "one"]


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("0.037", "**This server has $0.007 left for 1 January.** 81 % is used."),
        ("0.03", "**This server's $0.03 for 1 January is used up.** Nothing"),
    ],
    ids=["most", "all"],
)
async def test_a_servers_warning_is_posted_once(harness: Harness, limit: str, said: str) -> None:
    _, log = await with_log(harness, guild_day_usd=Decimal(limit))
    await harness.posted(await harness.imagine())
    [_, warning] = await entries(harness, log, 2, tick=5)
    assert warning.content.startswith(said)
    await harness.clock.advance(300)
    await _all_told(harness)
    assert len(log.messages) == 2


async def _all_told(bot: Harness) -> None:
    """Wait until the journal has nothing left to tell, moving the clock on."""
    for _ in range(300):
        if not await bot.books.untold():
            return
        with suppress(TimeoutError):  # nothing to see: it works beside Discord
            await bot.discord.wait_for(lambda: False, 0.01)
        await bot.clock.advance(1)
    raise TimeoutError("something is still to be told")
