import io

import discord
import pytest

from bot.features.results.delete import DeleteButton, DeleteNowButton
from sandbox.discord import Interaction, Kind, Member, Permissions, Trouble, Upload
from tests.e2e.deleting import deleted, question
from tests.e2e.harness import Harness
from tests.e2e.pressing import DAYS, NOBODYS, PLACES, Place, bot_view, posted_by_bot, private, result
from tests.e2e.talking import PHOTO, say, start_with_intent

MESSAGE = r"/channels/\d+/messages/\d+"
places = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
GIVEN_UP = "It has cost $0.0065, which is not given back."


def moderator(bot: Harness) -> Member:
    role = bot.discord.add_role(bot.guild, "moderators", Permissions.MANAGE_MESSAGES)
    return bot.discord.add_member(bot.guild, "carol", roles=[role])


async def said_beside(bot: Harness, click: Interaction) -> str:
    """Wait for what a click in place brings besides."""
    message = await bot.until(lambda: next(iter(click.followups), None))
    assert message.ephemeral
    return message.content


@places
async def test_its_owner_deletes_a_result_after_being_asked(bot: Harness, place: Place) -> None:
    asked = await bot.imagine(place=await place(bot), prompt="a red fox")
    first = await bot.posted(asked)
    doubt = await question(bot, bot.alice, first)
    assert doubt.content == f"**Delete it for everybody?**\nIt cannot be brought back.\n-# {GIVEN_UP}"
    assert first in first.channel.messages.values()
    told = await deleted(bot, bot.alice, first)
    assert first.deleted
    assert told.content == f"**Deleted.**\n-# {GIVEN_UP}"
    assert bot.status_message(asked) == f"🗑️ Deleted by {bot.alice.mention}\n-# {GIVEN_UP}"
    job = await bot.books.job(asked.id)
    assert job.removed_at is not None
    assert job.removed_by == bot.alice.id
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_a_moderator_deletes_anybodys_result(bot: Harness) -> None:
    carol = moderator(bot)
    asked = await bot.imagine()
    first = await bot.posted(asked)
    await deleted(bot, carol, first)
    assert first.deleted
    assert bot.status_message(asked).startswith(f"🗑️ Deleted by {carol.mention}, who moderates here\n")
    assert (await bot.books.job(asked.id)).removed_by == carol.id


async def test_another_members_click_is_refused(bot: Harness) -> None:
    first = await result(bot)
    [job_id] = await bot.books.jobs()
    old = await posted_by_bot(bot, bot_view(DeleteButton(job_id)))
    told = await private(bot, await bot.click(bot.bob, old, "Delete"))
    assert told.content.startswith("**This is somebody else's picture.**")
    assert "whoever may manage messages here" in told.content
    assert told.components == []
    assert not first.deleted


async def test_who_has_lost_the_right_after_being_asked_does_not_delete(bot: Harness) -> None:
    carol = moderator(bot)
    first = await result(bot)
    asked = await question(bot, carol, first)
    carol.roles.clear()
    click = await bot.click(carol, asked, "Delete it")
    assert "somebody else's picture" in await said_beside(bot, click)
    assert not first.deleted


async def test_what_is_deleted_already_is_kindly_fine(bot: Harness) -> None:
    first = await result(bot)
    await say(bot, "nice", by=bot.bob, place=first.channel)  # so that its thread stays
    asked = [await question(bot, bot.alice, first) for _ in range(2)]
    for each in asked:
        await bot.click(bot.alice, each, "Delete it")
    await bot.until(lambda: [each.components for each in asked] == [[], []])
    assert [each.content.startswith("**Deleted.**") for each in asked] == [True, True]
    await bot.done()


async def test_a_message_that_somebody_has_deleted_by_hand_is_recorded(bot: Harness) -> None:
    asked = await bot.imagine()
    first = await bot.posted(asked)
    doubt = await question(bot, bot.alice, first)
    bot.discord.delete(first)
    await bot.click(bot.alice, doubt, "Delete it")
    await bot.until(lambda: doubt.components == [])
    await bot.done()
    assert bot.status_message(asked).startswith("🗑️ Deleted")


async def test_deleting_works_after_a_restart_days_later(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    asked = await harness.imagine()
    first = await harness.posted(asked)
    await harness.stop()
    await harness.clock.advance(DAYS)
    await harness.start(seed=12)
    await harness.ready()
    doubt = await question(harness, harness.alice, first)
    await harness.stop()
    await harness.start(seed=13)
    await harness.ready()
    click = await harness.click(harness.alice, doubt, "Delete it")
    # in a thread that was put away meanwhile nothing can be changed, and it is said beside
    assert (await said_beside(harness, click)).startswith("**Deleted.**")
    await harness.done(tick=1)
    assert first.deleted
    assert harness.status_message(asked).startswith("🗑️ Deleted")


async def test_where_discord_does_not_delete_it_nothing_is_recorded(bot: Harness) -> None:
    asked = await bot.imagine()
    first = await bot.posted(asked)
    doubt = await question(bot, bot.alice, first)
    bot.discord.trouble.add(Trouble("DELETE", MESSAGE, status=403, code=50013))
    click = await bot.click(bot.alice, doubt, "Delete it")
    text = await said_beside(bot, click)
    assert text.startswith("**Discord does not let me delete it now.**")
    assert (await bot.books.job(asked.id)).removed_at is None
    assert doubt.components  # it can be pressed again
    await bot.click(bot.alice, doubt, "Delete it")
    await bot.until(lambda: first.deleted)
    await bot.done()


async def test_a_status_message_that_could_not_be_changed_says_it_after_a_restart(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    asked = await harness.imagine()
    first = await harness.posted(asked)
    doubt = await question(harness, harness.alice, first)
    hang = harness.discord.trouble.add(Trouble("PATCH", r"/webhooks/\d+/[^/]+/messages/\d+", Kind.HANG, times=9))
    await harness.click(harness.alice, doubt, "Delete it")
    await hang.reached.wait()
    harness.discord.trouble.clear()
    await harness.stop()
    await harness.start(seed=12)
    await harness.ready()
    await harness.done(tick=1)
    assert harness.status_message(asked).startswith("🗑️ Deleted")
    assert first.deleted


@pytest.mark.parametrize("job_id", NOBODYS)
async def test_a_job_that_there_is_not_is_refused(bot: Harness, job_id: int) -> None:
    message = await posted_by_bot(
        bot, bot_view(DeleteButton(job_id), DeleteNowButton(job_id, bot.general.id, job_id))
    )
    assert "I no longer know this picture" in await bot.refused(await bot.click(bot.alice, message, "Delete"))
    click = await bot.click(bot.alice, message, "Delete it")
    assert "I no longer know this picture" in await said_beside(bot, click)


async def test_the_rest_stays_where_one_late_picture_is_deleted(bot: Harness) -> None:
    first = await result(bot, count=2)
    [job_id] = await bot.books.jobs()
    # as if it were the message of its late half
    channel = bot.app.client.get_partial_messageable(bot.general.id)
    sent = await channel.send(file=discord.File(io.BytesIO(b"late"), f"{job_id}-2.png"))
    late = bot.general.messages[sent.id]
    view = bot_view(DeleteNowButton(job_id, bot.general.id, late.id))
    asked = await posted_by_bot(bot, view)
    await bot.click(bot.alice, asked, "Delete it")
    await bot.until(lambda: late.deleted)
    await bot.until(lambda: asked.content.startswith("**Deleted.**"))
    assert asked.content.endswith("-# What it cost is not given back.")
    assert (await bot.books.job(job_id)).removed_at is None
    assert not first.deleted


@pytest.mark.parametrize("named", ["hand-made", "by its file's name"])
async def test_no_other_message_is_deleted_than_the_jobs_own(bot: Harness, named: str) -> None:
    first = await result(bot)
    [job_id] = await bot.books.jobs()
    if named == "hand-made":
        other = await posted_by_bot(bot, bot_view(DeleteButton(job_id)))
    else:
        other = await bot.discord.say(bot.bob, bot.general, "mine", files=[Upload(0, f"{job_id}-1.png", PHOTO)])
    pressed = await posted_by_bot(bot, bot_view(DeleteNowButton(job_id, bot.general.id, other.id)))
    click = await bot.click(bot.alice, pressed, "Delete it")
    assert "This is not that picture's message." in await said_beside(bot, click)
    assert not other.deleted
    assert not first.deleted
    assert (await bot.books.job(job_id)).removed_at is None


async def test_a_button_under_another_message_is_about_the_jobs_own(harness: Harness) -> None:
    bot = await start_with_intent(harness)
    first = await result(bot)
    [job_id] = await bot.books.jobs()
    other = await bot.discord.say(bot.bob, bot.general, "", files=[Upload(0, f"{job_id}-1.png", PHOTO)])
    other.components = first.components
    await deleted(bot, bot.alice, other)
    assert first.deleted
    assert not other.deleted
