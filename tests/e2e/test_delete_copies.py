"""A portrait's posted copy of somebody's picture goes with the portrait."""

from sandbox.discord import Interaction, Message, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.consenting import GO_ON, asked, copies, from_a_phone
from tests.e2e.deleting import deleted, question
from tests.e2e.harness import Harness


async def portrait(bot: Harness) -> tuple[Interaction, Message, Message]:
    """Have a portrait made of a posted copy, and give its click, its message and the copy."""
    _, doubt = await asked(bot, from_a_phone())
    click = await bot.click(bot.alice, doubt, GO_ON)
    made = await bot.posted(click)
    [copy] = copies(bot.general)
    return click, made, copy


async def test_the_copy_is_deleted_with_the_portrait(bot: Harness) -> None:
    _, made, copy = await portrait(bot)
    doubt = await question(bot, bot.alice, made)
    assert "The copy of your picture that was posted for Spark goes too." in doubt.content
    assert not copy.deleted
    await bot.click(bot.alice, doubt, "Delete it")
    await bot.until(lambda: doubt.components == [])
    assert (made.deleted, copy.deleted) == (True, True)
    assert "The copy of the picture that was posted for Spark is deleted too." in doubt.content
    await bot.done(tick=1)


async def test_a_copy_that_is_gone_is_said_to_be(bot: Harness) -> None:
    _, made, copy = await portrait(bot)
    bot.discord.delete(copy)
    assert "had been deleted before" in (await deleted(bot, bot.alice, made)).content


async def test_a_copy_that_discord_does_not_delete_is_named_and_can_be_tried_again(bot: Harness) -> None:
    click, made, copy = await portrait(bot)
    doubt = await question(bot, bot.alice, made)
    path = f"/channels/{copy.channel.id}/messages/{copy.id}"
    bot.discord.trouble.add(Trouble("DELETE", path, status=403, code=50013))
    await bot.click(bot.alice, doubt, "Delete it")
    await bot.until(lambda: "still stands [here]" in doubt.content)
    assert f"/{copy.channel.id}/{copy.id})" in doubt.content
    assert (made.deleted, copy.deleted) == (True, False)
    assert (await bot.books.job(click.id)).removed_at is not None
    await bot.click(bot.alice, doubt, "Delete it")
    await bot.until(lambda: doubt.components == [])
    assert copy.deleted
    await bot.done(tick=1)


async def test_a_copy_that_another_portrait_is_being_made_from_stays_until_that_one_is_deleted(
    bot: Harness,
) -> None:
    _, made, copy = await portrait(bot)
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    again = await bot.click(bot.alice, made, "Again")
    await bot.logged("task.running")
    doubt = await question(bot, bot.alice, made)
    await bot.click(bot.alice, doubt, "Delete it")
    await bot.until(lambda: doubt.components == [])
    assert "another portrait is being made from it" in doubt.content
    assert not copy.deleted
    bot.finish()
    second = await bot.posted(again, tick=1)
    await deleted(bot, bot.alice, second)
    assert copy.deleted
