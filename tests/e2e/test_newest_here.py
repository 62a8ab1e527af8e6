import io
from typing import Any

import discord
import pytest

from sandbox.discord import Channel, ChannelType, Interaction, Kind, Message, Permissions, Trouble
from sandbox.discord.model.components import ComponentType, every
from tests.e2e.harness import Harness
from tests.e2e.talking import PHOTO, at, edited, heard_out, photo, result, say, start_with_intent

HISTORY = r"/channels/\d+/messages"


@pytest.fixture
async def intent(harness: Harness) -> Harness:
    return await start_with_intent(harness)


async def _edit(bot: Harness, place: Channel | None = None) -> Interaction:
    return await bot.command("/edit", place=place, prompt="make it night")


async def _takes(bot: Harness, picture: Message, place: Channel | None = None) -> Message:
    """Show that /edit without a picture takes the one of this message."""
    asked = await _edit(bot, place or picture.channel)
    posted = await bot.posted(asked)
    source = (await bot.books.job(asked.id)).source
    assert source is not None
    assert (source.channel_id, source.message_id) == (picture.channel.id, picture.id)
    assert source.filename in {file.filename for file in picture.attachments} | {"fox.png", "preview.png"}
    return posted


async def _asked(bot: Harness, place: Channel | None = None) -> tuple[Message, list[dict[str, Any]]]:
    """Show that /edit asks which picture is meant, and give the question and its parts."""
    before = len(bot.submits)
    asked = await _edit(bot, place)
    question = await bot.until(lambda: bot.private_answer(asked))
    assert (asked.response, question.ephemeral) == (None, True)  # what all have seen is gone
    assert len(bot.submits) == before
    return question, list(every(question.components))


def _shown(parts: list[dict[str, Any]], kind: ComponentType) -> list[dict[str, Any]]:
    return [part for part in parts if part["type"] == kind]


def _words(parts: list[dict[str, Any]]) -> list[str]:
    return [part["content"] for part in _shown(parts, ComponentType.TEXT_DISPLAY)]


async def _cannot_tell(bot: Harness, hiding: Message, place: Channel | None = None) -> None:
    """Show that /edit asks which picture is meant, since this message may hide one."""
    _, parts = await _asked(bot, place or hiding.channel)
    question = _words(parts)[0]
    assert question.startswith("**Which picture?**")
    assert f"/{hiding.channel.id}/{hiding.id})" in question
    assert "Apps → **Edit image**" in question


async def _sees_none(bot: Harness, hiding: Message, place: Channel) -> None:
    """Show that /edit has no picture to offer, and says that this message may hide one."""
    text = await bot.refused(await _edit(bot, place))
    assert f"/{hiding.channel.id}/{hiding.id})" in text
    assert "Apps → **Edit image**" in text


async def _finds_nothing(bot: Harness, place: Channel | None = None) -> None:
    before = len(bot.submits)
    text = await bot.refused(await _edit(bot, place))
    assert "I see none among the last 50 messages here." in text
    assert len(bot.submits) == before


async def test_the_bots_own_newest_picture_is_taken(bot: Harness) -> None:
    first = await result(bot)
    thread = first.channel
    second = await bot.posted(await bot.imagine(place=thread, prompt="a grey fox"))
    posted = await _takes(bot, second)
    assert len(bot.discord.requests.matching("GET", HISTORY)) == 1
    await _takes(bot, posted)  # and what was made of it comes next


async def test_of_several_pictures_one_is_chosen_beside_older_ones(bot: Harness) -> None:
    older = await result(bot)
    picture = await bot.posted(await bot.imagine(place=older.channel, count=3, spoiler=True))
    question, parts = await _asked(bot, picture.channel)
    link = f"https://discord.com/channels/{bot.guild.id}/{picture.channel.id}"
    assert _words(parts) == [
        "**Which picture?**",
        *(f"**{n}** · [picture {n} of 3]({link}/{picture.id})" for n in (1, 2, 3)),
        f"**4** · [my picture]({link}/{older.id})",
    ]
    thumbnails = _shown(parts, ComponentType.THUMBNAIL)
    assert [part["spoiler"] for part in thumbnails] == [True, True, True, False]
    addresses = [part["media"]["url"].partition("?")[0] for part in thumbnails]
    assert [address[-6:] for address in addresses] == ["-1.png", "-2.png", "-3.png", "-1.png"]
    assert [part["label"] for part in _shown(parts, ComponentType.BUTTON)] == [
        f"{number} · about $0.03" for number in (1, 2, 3, 4)
    ]
    taken = await bot.click(bot.alice, question, "3 · about $0.03")
    await bot.posted(taken)
    source = (await bot.books.job(taken.id)).source
    assert source is not None
    assert source.result is not None
    assert (source.message_id, source.number, source.result.position) == (picture.id, 3, 3)
    other = await bot.click(bot.alice, question, "4 · about $0.03")  # one does not close the others
    await bot.posted(other)
    source = (await bot.books.job(other.id)).source
    assert source is not None
    assert source.message_id == older.id


async def test_the_newest_five_are_shown(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    for name in ("one.png", "two.png", "three.png", "four.png"):
        await say(bot, "", place=dm, files=[photo(name)])
    await say(bot, "", place=dm, files=[photo("five.png"), photo("six.png")])
    _, parts = await _asked(bot, dm)
    told = _words(parts)[1:]
    assert [line.partition("[")[2].partition("]")[0] for line in told] == [
        "five.png",
        "six.png",
        "four.png",
        "three.png",
        "two.png",
    ]


async def test_a_choice_goes_on_after_a_restart_for_a_quarter_of_an_hour(bot: Harness) -> None:
    picture = await result(bot, count=2)
    question, _ = await _asked(bot, picture.channel)
    await bot.stop()
    await bot.start()
    await bot.ready()
    await bot.posted(await bot.click(bot.alice, question, "2 · about $0.03"))
    await bot.clock.advance(15 * 60)
    assert "has waited too long" in await bot.refused(await bot.click(bot.alice, question, "1 · about $0.03"))


async def test_where_there_is_no_picture_it_says_what_to_do(bot: Harness) -> None:
    await _finds_nothing(bot)


async def test_the_words_for_other_commands_name_their_own_menu(bot: Harness) -> None:
    text = await bot.refused(await bot.command("/portrait"))
    assert "Apps → **Make a portrait**" in text


async def test_notices_and_status_messages_are_no_pictures(bot: Harness) -> None:
    await result(bot, spoiler=True)  # in a thread: only its status message stands here
    await _finds_nothing(bot)


async def test_a_preview_stands_for_its_original(bot: Harness) -> None:
    picture = await result(bot)  # in a thread: here stands its preview
    await _takes(bot, picture, bot.general)
    assert _source(bot) == picture.attachments[0].content


async def test_a_preview_whose_original_is_gone_is_passed_over(bot: Harness) -> None:
    older, newer = await result(bot), await result(bot, "a grey fox")
    bot.discord.delete(newer)
    await _takes(bot, older, bot.general)


def _source(bot: Harness) -> bytes | None:
    return bot.spark.tasks[bot.submits[-1].task_id or ""].order.source


async def test_a_copy_that_the_bot_has_posted_for_spark_is_nobodys_picture(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    picture = await say(bot, "", place=dm, files=[photo()])
    copy = discord.File(io.BytesIO(PHOTO), "input-1.png")
    await bot.app.client.get_partial_messageable(dm.id).send(file=copy)
    await _takes(bot, picture)


async def test_the_search_ends_somewhere(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    await say(bot, "", place=dm, files=[photo()])
    for number in range(50):
        await say(bot, f"{number}", place=dm)
    await heard_out(bot)
    before = len(bot.discord.requests.matching("GET", HISTORY))
    await _finds_nothing(bot, dm)
    assert len(bot.discord.requests.matching("GET", HISTORY)) == before + 1


# without the intent


async def test_a_newer_message_of_somebody_else_may_hide_the_picture_that_is_meant(bot: Harness) -> None:
    picture = await result(bot)
    hiding = await say(bot, "", by=bot.bob, place=picture.channel, files=[photo()])
    await _cannot_tell(bot, hiding)


async def test_an_older_message_of_somebody_else_does_not_matter(bot: Harness) -> None:
    thread = (await result(bot)).channel
    await say(bot, "", by=bot.bob, place=thread, files=[photo()])
    picture = await bot.posted(await bot.imagine(place=thread, prompt="a grey fox"))
    await _takes(bot, picture)


async def test_a_picture_that_mentions_the_bot_is_taken(bot: Harness) -> None:
    picture = await say(bot, at(bot, ""), by=bot.bob, files=[photo()])
    await _takes(bot, picture)


async def test_words_that_mention_the_bot_hide_nothing(bot: Harness) -> None:
    picture = await result(bot)
    await say(bot, at(bot, "look"), by=bot.bob, place=picture.channel)
    await _takes(bot, picture)


async def test_a_reply_that_edits_hides_nothing(bot: Harness) -> None:
    picture = await result(bot)
    said = await say(bot, "make it snowy", reply_to=picture)
    await _takes(bot, await edited(bot, said))


async def test_another_bots_message_may_hide_a_picture_too(bot: Harness) -> None:
    other = bot.discord.add_member(bot.guild, "Gallery", bot=True)
    picture = await result(bot)
    await _cannot_tell(bot, await say(bot, "welcome", by=other, place=picture.channel))


# with it


async def test_with_the_intent_anybodys_newest_picture_is_taken(intent: Harness) -> None:
    bot = intent
    thread = (await result(bot)).channel
    picture = await say(bot, "", by=bot.bob, place=thread, files=[photo()])
    await say(bot, "nice, isn't it", by=bot.bob, place=thread)
    await _takes(bot, picture)


async def test_with_the_intent_a_forwarded_picture_is_taken(intent: Harness) -> None:
    bot = intent
    elsewhere = bot.discord.add_channel(bot.guild, "elsewhere")
    picture = await say(bot, "", by=bot.bob, place=elsewhere, files=[photo()])
    forwarded = await bot.discord.forward(bot.alice, picture, bot.general)
    asked = await _edit(bot)
    await bot.posted(asked)
    source = (await bot.books.job(asked.id)).source
    assert source is not None
    assert (source.channel_id, source.message_id) == (bot.general.id, forwarded.id)


async def test_with_the_intent_a_preview_is_taken_and_a_video_is_not(intent: Harness) -> None:
    bot = intent
    bot.discord.add_page("https://gallery.example/fox.png", photo().content)
    picture = await say(bot, "https://gallery.example/fox.png", by=bot.bob)
    await say(bot, "", by=bot.bob, files=[photo("cat.mp4")])
    await _takes(bot, picture)


# in threads


async def test_in_a_thread_under_a_picture_that_picture_counts(intent: Harness) -> None:
    bot = intent
    picture = await say(bot, "my cat", by=bot.bob, files=[photo()])
    thread = await bot.discord.start_thread(bot.bob, bot.general, "cats", under=picture)
    await say(bot, "what shall we make of it?", by=bot.bob, place=thread)
    await _takes(bot, picture, thread)


async def test_in_a_thread_under_a_hidden_message_it_cannot_tell(bot: Harness) -> None:
    picture = await say(bot, "my cat", by=bot.bob, files=[photo()])
    thread = await bot.discord.start_thread(bot.bob, bot.general, "cats", under=picture)
    await _sees_none(bot, picture, thread)


async def test_in_a_thread_under_a_deleted_message_there_is_nothing(bot: Harness) -> None:
    picture = await say(bot, "my cat", by=bot.bob, files=[photo()])
    thread = await bot.discord.start_thread(bot.bob, bot.general, "cats", under=picture)
    bot.discord.delete(picture)
    await _finds_nothing(bot, thread)


async def test_a_note_of_discords_own_hides_nothing(bot: Harness) -> None:
    picture = await say(bot, at(bot, ""), by=bot.bob, files=[photo()])
    await bot.discord.start_thread(bot.bob, bot.general, "cats")  # leaves a note in the channel
    await _takes(bot, picture)


async def test_in_a_forums_post_its_first_picture_counts(intent: Harness) -> None:
    bot = intent
    forum = bot.discord.add_channel(bot.guild, "pictures", kind=ChannelType.FORUM)
    post = await bot.discord.start_post(bot.bob, forum, "My cat", "look", files=[photo()])
    await _takes(bot, next(iter(post.messages.values())), post)


async def test_in_direct_messages_everything_is_seen(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    picture = await say(bot, "", place=dm, files=[photo()])
    await say(bot, "that one", place=dm)
    await _takes(bot, picture)


# what it needs


async def test_without_the_permission_to_look_back_that_is_named(bot: Harness) -> None:
    own = bot.guild.members[bot.discord.world.bot.id]
    bot.discord.set_overwrite(bot.general, own, deny=Permissions.READ_MESSAGE_HISTORY)
    assert "I lack Read Message History" in await bot.refused(await _edit(bot))
    assert bot.discord.requests.matching("GET", HISTORY) == []


async def test_where_discord_does_not_answer_that_is_said(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("GET", HISTORY, Kind.RESET, times=2))
    text = await bot.refused(await _edit(bot))
    assert "Discord does not show me the messages here now." in text
