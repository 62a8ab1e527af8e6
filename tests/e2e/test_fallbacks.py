from collections.abc import Callable

import pytest

from sandbox.discord import Channel, ChannelType, Permissions, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.lost_places import MESSAGES, delivered, held_before_posting, jump_url, reason

Lose = Callable[[Harness, Channel], None]
NOT_IN_THREADS = Permissions.SEND_MESSAGES_IN_THREADS
NOT_HERE = Permissions.SEND_MESSAGES | NOT_IN_THREADS


def _close_thread(bot: Harness, thread: Channel) -> None:
    assert thread.parent is not None
    bot.discord.set_overwrite(thread.parent, bot.guild.everyone, deny=NOT_IN_THREADS)


def _fill_up(bot: Harness, thread: Channel) -> None:
    bot.discord.archive(thread)
    bot.guild.max_active_threads = 0


LOST_THREADS: dict[str, tuple[Lose, str]] = {
    "deleted": (lambda bot, thread: bot.discord.delete_channel(thread), "the thread for it is gone"),
    "locked": (lambda bot, thread: bot.discord.lock(thread), "the thread for it is locked"),
    "locked and archived": (
        lambda bot, thread: bot.discord.archive(thread, locked=True),
        "the thread for it is locked",
    ),
    "closed to the bot": (_close_thread, "I may no longer post in the thread for it"),
    "archived, with no room for it": (
        _fill_up,
        "the thread for it is archived, and the server has no room for another active thread",
    ),
}


@pytest.mark.parametrize("how", LOST_THREADS)
async def test_a_lost_thread_has_it_posted_where_it_was_asked_for(bot: Harness, how: str) -> None:
    lose, because = LOST_THREADS[how]
    asked, posting, thread = await held_before_posting(bot)
    assert thread.thread is not None
    lose(bot, thread)
    posting.release()
    posted = await delivered(bot, asked)
    assert posted.channel is bot.general
    assert reason(posted) == because
    assert "> a red fox" in posted.content
    assert posted.pinged == {bot.alice.id}
    assert jump_url(posted) in bot.status_message(asked)


async def test_an_archived_thread_is_opened_by_posting_there(bot: Harness) -> None:
    asked, posting, thread = await held_before_posting(bot)
    bot.discord.archive(thread)
    posting.release()
    posted = await delivered(bot, asked)
    assert posted.channel is thread
    assert thread.thread is not None
    assert not thread.thread.archived
    assert "Posted here because" not in posted.content


@pytest.mark.parametrize(
    ("lose", "because"),
    [
        (lambda bot, thread: bot.discord.delete_channel(thread), "the place where you asked is gone"),
        (lambda bot, thread: bot.discord.lock(thread), "<#{}> is locked"),
    ],
)
async def test_a_lost_thread_that_it_was_asked_in_has_it_posted_in_that_threads_channel(
    bot: Harness, lose: Lose, because: str
) -> None:
    thread = await bot.discord.start_thread(bot.bob, bot.general, "foxes")
    asked, posting, _ = await held_before_posting(bot, thread)
    lose(bot, thread)
    posting.release()
    posted = await delivered(bot, asked)
    assert posted.channel is bot.general
    assert reason(posted) == because.format(thread.id)


async def test_what_was_asked_in_a_private_thread_is_never_posted_where_everybody_sees_it(
    harness: Harness,
) -> None:
    thread = await harness.discord.start_thread(harness.alice, harness.general, "foxes")
    thread.type = ChannelType.PRIVATE_THREAD
    await harness.start()
    await harness.ready()
    asked, posting, _ = await held_before_posting(harness, thread)
    harness.discord.lock(thread)
    posting.release()
    posted = await delivered(harness, asked)
    assert posted.channel is harness.discord.direct_messages(harness.alice)


@pytest.mark.parametrize("kind", [ChannelType.FORUM, ChannelType.MEDIA])
async def test_a_locked_post_has_it_sent_to_its_owner_since_a_forum_takes_no_messages(
    bot: Harness, kind: ChannelType
) -> None:
    forum = bot.discord.add_channel(bot.guild, "gallery", kind=kind)
    post = await bot.discord.start_post(bot.alice, forum, "Foxes", "Show me foxes.")
    asked, posting, _ = await held_before_posting(bot, post)
    bot.discord.lock(post)
    posting.release()
    posted = await delivered(bot, asked)
    assert posted.channel is bot.discord.direct_messages(bot.alice)
    assert reason(posted) == f"<#{post.id}> is locked"


@pytest.mark.parametrize(
    ("lose", "because"),
    [
        (lambda bot, general: bot.discord.delete_channel(general), "the place where you asked is gone"),
        (
            lambda bot, general: bot.discord.set_overwrite(general, bot.guild.everyone, deny=NOT_HERE),
            "I may no longer post in <#{}>",
        ),
        (
            lambda bot, general: bot.discord.set_overwrite(
                general, bot.guild.everyone, deny=Permissions.VIEW_CHANNEL
            ),
            "I can no longer see <#{}>",
        ),
        (
            lambda bot, general: bot.discord.set_overwrite(
                general, bot.guild.everyone, deny=Permissions.ATTACH_FILES
            ),
            "I may no longer post in <#{}>",
        ),
    ],
)
async def test_where_the_channel_is_lost_it_is_sent_to_its_owner(bot: Harness, lose: Lose, because: str) -> None:
    asked, posting, _ = await held_before_posting(bot)
    lose(bot, bot.general)
    posting.release()
    posted = await delivered(bot, asked)
    assert posted.channel is bot.discord.direct_messages(bot.alice)
    assert reason(posted) == because.format(bot.general.id)
    assert "> a red fox" in posted.content
    if not bot.general.deleted:
        assert f"[see it in your direct messages]({jump_url(posted)})" in bot.status_message(asked)


async def test_a_notice_goes_the_same_way(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    (task,) = bot.spark.tasks.values()
    task.failure = "003001095"
    bot.discord.delete_channel(bot.general)
    bot.finish()
    notice = await bot.posted(asked, tick=1)
    assert notice.channel is bot.discord.direct_messages(bot.alice)
    assert "Nothing was charged." in notice.content


@pytest.mark.parametrize("left", [False, True])
async def test_where_its_owner_takes_no_direct_messages_it_waits_and_is_posted_once(
    bot: Harness, *, left: bool
) -> None:
    bot.alice.user.accepts_dms = False
    asked, posting, _ = await held_before_posting(bot)
    bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=NOT_HERE)
    if left:
        bot.discord.remove_member(bot.alice)
    posting.release()
    await bot.until(lambda: "is kept for you: I may no longer post in" in bot.status_message(asked), tick=1)
    assert "/history shows it" in bot.status_message(asked)
    assert bot.posts(asked) == []
    assert await bot.books.kept(asked.id) == [1]

    await bot.clock.advance(2 * 24 * 3600)  # by now Spark has deleted it
    bot.discord.set_overwrite(bot.general, bot.guild.everyone)
    posted = await delivered(bot, asked, tick=600)
    assert posted.channel.parent is bot.general
    assert await bot.books.kept(asked.id) == []


async def test_a_closed_door_in_direct_messages_is_waited_for(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    asked, posting, _ = await held_before_posting(bot, dm)
    bot.alice.user.accepts_dms = False
    posting.release()
    await bot.until(
        lambda: "is kept for you: you take no direct messages from me." in bot.status_message(asked), tick=1
    )
    assert "Let me write to you" in bot.status_message(asked)
    bot.alice.user.accepts_dms = True
    assert (await delivered(bot, asked, tick=600)).channel is dm


async def test_whoever_has_left_gets_the_picture_where_it_was_asked_for(bot: Harness) -> None:
    asked, posting, thread = await held_before_posting(bot)
    bot.discord.remove_member(bot.alice)
    posting.release()
    posted = await delivered(bot, asked)
    assert posted.channel is thread
    assert posted.content.startswith(bot.alice.mention)


async def test_a_late_picture_goes_the_same_way(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    await bot.clock.advance(15 * 60)
    await bot.posted(asked, tick=1)
    bot.discord.delete_channel(bot.general)
    bot.finish()
    late = await bot.until(lambda: bot.posts(asked), tick=10)  # the notice is gone with its channel
    assert late[0].channel is bot.discord.direct_messages(bot.alice)
    assert reason(late[0]) == "the place where you asked is gone"
    assert "this picture came late, but it came." in late[0].content


async def test_what_began_in_direct_messages_goes_on_elsewhere_where_those_are_closed(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=NOT_HERE)
    await bot.clock.advance(15 * 60)
    notice = await bot.posted(asked, tick=1)
    assert notice.channel is bot.discord.direct_messages(bot.alice)
    bot.discord.set_overwrite(bot.general, bot.guild.everyone)
    bot.alice.user.accepts_dms = False
    bot.finish()
    await bot.until(lambda: len(bot.posts(asked)) == 2, tick=10)
    late = bot.posts(asked)[1]
    assert late.channel is bot.general
    assert reason(late) == "you take no direct messages from me"


async def test_discord_in_trouble_is_waited_for_and_is_no_lost_place(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", MESSAGES, status=403, code=40333, times=3))
    asked = await bot.imagine()
    await bot.logged("task.succeeded")  # so that moving the clock cannot make it late
    posted = await delivered(bot, asked, tick=600)
    assert posted.channel.parent is bot.general
