from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.talking import (
    at,
    edited,
    is_edit_of,
    note_to,
    photo,
    result,
    say,
    start_with_intent,
)

MESSAGES = r"/channels/\d+/messages"


async def test_a_forwarded_picture(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    picture = await say(bot, "my cat", files=[photo()])
    forwarded = await bot.discord.forward(bot.alice, picture, dm)
    said = await say(bot, "make it night", reply_to=forwarded)
    await is_edit_of(bot, said, forwarded, "make it night")


async def test_an_embedded_picture_is_taken_from_discords_own_copy(harness: Harness) -> None:
    bot = await start_with_intent(harness)
    other = bot.discord.add_member(bot.guild, "Gallery", bot=True)
    bot.discord.add_page("https://gallery.example/fox.png", photo().content)
    picture = await say(bot, "", by=other, embeds=[{"image": {"url": "https://gallery.example/fox.png"}}])
    said = await say(bot, at(bot, "make it night"), reply_to=picture)
    await is_edit_of(bot, said, picture, "make it night")
    assert {download.host for download in bot.discord.downloads} == {bot.discord.media_host}
    source = (await bot.books.job(said.id)).source
    assert source is not None
    assert source.filename == "fox.png"


async def test_the_preview_of_a_link(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    page = "https://gallery.example/fox"
    bot.discord.add_page(page, photo().content, title="A fox")
    linked = await say(bot, f"look: {page}", place=dm)
    said = await say(bot, "make it night", reply_to=linked)
    await is_edit_of(bot, said, linked, "make it night")
    assert {download.host for download in bot.discord.downloads} == {bot.discord.media_host}


async def test_an_attached_picture_wins_over_the_replied_to_one(bot: Harness) -> None:
    picture = await result(bot)
    said = await say(bot, "make it night", reply_to=picture, files=[photo()])
    await is_edit_of(bot, said, said, "make it night")


async def test_a_hidden_picture_stays_hidden_when_it_is_edited(bot: Harness) -> None:
    picture = await result(bot, spoiler=True)
    said = await say(bot, "make it night", reply_to=picture)
    posted = await edited(bot, said)
    assert posted.attachments[0].spoiler
    source = (await bot.books.job(said.id)).source
    assert source is not None
    assert source.result is not None


async def test_a_reply_to_a_late_picture(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    await bot.first_status(asked)
    await bot.clock.advance(15 * 60)
    notice = await bot.posted(asked, tick=1)
    await bot.clock.advance(3600)
    bot.finish()
    late = await bot.until(lambda: next((m for m in bot.posts(asked) if m is not notice), None), tick=10)
    await bot.done(tick=1)
    said = await say(bot, "make it night", reply_to=late)
    await is_edit_of(bot, said, late, "make it night")
    assert asked.response is not None
    named = await say(bot, at(bot, "make it day"), reply_to=asked.response)
    await is_edit_of(bot, named, late, "make it day")


async def test_a_reply_to_a_status_message_whose_picture_is_not_there_yet(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    assert asked.response is not None
    said = await say(bot, at(bot, "make it night"), reply_to=asked.response)
    assert "There is no picture yet." in (await note_to(bot, said)).content
    assert said.id not in await bot.books.jobs()


async def test_a_reply_to_a_status_message_whose_picture_was_deleted(bot: Harness) -> None:
    asked = await bot.imagine()
    bot.discord.delete(await bot.posted(asked))
    assert asked.response is not None
    said = await say(bot, at(bot, "make it night"), reply_to=asked.response)
    assert "The picture is gone" in (await note_to(bot, said)).content


async def test_a_reply_to_a_message_that_is_gone(bot: Harness) -> None:
    picture = await result(bot)
    await bot.stop()
    said = await say(bot, "make it night", reply_to=picture)
    bot.discord.delete(picture)
    await bot.start()
    await bot.ready()
    bot.discord.replay(said)
    assert "That message has been deleted." in (await note_to(bot, said)).content


async def test_the_words_are_what_people_see(bot: Harness) -> None:
    said = await say(bot, f"give {bot.bob.mention} <:hat:123456789012345678> {at(bot, 'please')}", files=[photo()])
    await edited(bot, said)
    assert bot.submits[-1].params["prompt"] == "give bob hat please"
