import asyncio
from decimal import Decimal

import pytest

from bot.domain.states import JobState
from sandbox.discord import ChannelType, Kind, Message, Permissions, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.talking import (
    answers_to,
    at,
    edited,
    heard_out,
    note_to,
    photo,
    result,
    say,
    start_with_intent,
    status_of,
)

MESSAGES = r"/channels/\d+/messages"


async def _is_edit_of(bot: Harness, said: Message, picture: Message, words: str) -> Message:
    """Wait for the edit of the first picture of a message."""
    posted = await edited(bot, said)
    assert [file.filename for file in posted.attachments] == [f"{said.id}-1.png"]
    assert bot.submits[-1].params["prompt"] == words
    job = await bot.books.job(said.id)
    assert job.by_message
    assert job.source is not None
    assert (job.source.channel_id, job.source.message_id) == (picture.channel.id, picture.id)
    return posted


async def _does_nothing(bot: Harness, said: Message) -> None:
    """Show that a message brings about neither a word nor a job nor a request."""
    before = len(bot.discord.requests)
    mark = said.id
    await heard_out(bot)
    assert [m for m in bot.posts() if m.id > mark] == []
    assert said.id not in await bot.books.jobs()
    probe_and_its_note = 1
    assert len(bot.discord.requests) - before <= probe_and_its_note


async def _is_unanswered(bot: Harness, said: Message) -> None:
    await heard_out(bot)
    assert answers_to(bot, said) == []


# what is visible, row by row


async def test_a_reply_to_a_result_edits_it(bot: Harness) -> None:
    picture = await result(bot)
    said = await say(bot, "make it night", reply_to=picture)
    posted = await _is_edit_of(bot, said, picture, "make it night")
    assert posted.channel is picture.channel  # a thread: right there
    job = await bot.books.job(said.id)
    assert job.parent is not None
    assert (f"{job.parent.job_id}-{job.parent.position}.png") == picture.attachments[0].filename
    assert posted.pinged == {bot.alice.id}
    assert await bot.books.entries(said.id) == [(1, "reserve", "0.03"), (1, "settle", "0.008")]


async def test_the_status_message_of_a_reply_answers_it_without_a_ping_and_begins_the_thread(bot: Harness) -> None:
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    posted = await _is_edit_of(bot, said, said, "make it night")
    status_message = status_of(bot, said)
    assert answers_to(bot, said) == [status_message]
    assert status_message.pinged == frozenset()
    assert posted.channel is status_message.thread
    assert posted.channel.name == "make it night"
    assert f"/{posted.channel.id}/{posted.id}" in status_message.content


@pytest.mark.parametrize("intent", [False, True])
async def test_a_mention_in_a_reply_to_another_members_picture(harness: Harness, *, intent: bool) -> None:
    bot = await start_with_intent(harness) if intent else harness
    if not intent:
        await bot.start()
        await bot.ready()
    picture = await say(bot, "my cat", by=bot.bob, files=[photo()])
    said = await say(bot, at(bot, "make it night"), reply_to=picture)
    if intent:
        await _is_edit_of(bot, said, picture, "make it night")
        return
    note = await note_to(bot, said)
    assert note.content.startswith("**Discord does not show me that picture.**")
    assert "Right-click the picture" in note.content
    assert "**Edit image**" in note.content
    assert (bot.submits, await bot.books.jobs()) == ([], [])
    await bot.until(lambda: note.deleted, tick=61)


@pytest.mark.parametrize("intent", [False, True])
async def test_a_reply_with_the_ping_off_to_a_result(harness: Harness, *, intent: bool) -> None:
    bot = await start_with_intent(harness) if intent else harness
    if not intent:
        await bot.start()
        await bot.ready()
    picture = await result(bot)
    said = await say(bot, "make it night", reply_to=picture, ping=False)
    if intent:
        await _is_edit_of(bot, said, picture, "make it night")
        return
    note = await note_to(bot, said)
    assert "press **Edit…** under it" in note.content
    assert len(bot.submits) == 1


@pytest.mark.parametrize("intent", [False, True])
async def test_a_reply_to_a_commands_status_message_means_its_first_picture(
    harness: Harness, *, intent: bool
) -> None:
    """A ping of the answer to a command is no mention, so the words are hidden without the intent."""
    bot = await start_with_intent(harness) if intent else harness
    if not intent:
        await bot.start()
        await bot.ready()
    asked = await bot.imagine(count=2)
    picture = await bot.posted(asked)
    assert asked.response is not None
    said = await say(bot, "make it night", reply_to=asked.response)
    if intent:
        await _is_edit_of(bot, said, picture, "make it night")
    else:
        assert "press **Edit…** under it" in (await note_to(bot, said)).content
    named = await say(bot, at(bot, "make it day"), reply_to=asked.response)
    await _is_edit_of(bot, named, picture, "make it day")
    source = (await bot.books.job(named.id)).source
    assert source is not None
    assert (source.number, source.of) == (1, 2)


async def test_a_reply_to_a_replys_status_message_means_its_picture(bot: Harness) -> None:
    first = await say(bot, at(bot, "make it night"), files=[photo()])
    picture = await edited(bot, first)
    said = await say(bot, "make it snowy", reply_to=status_of(bot, first))
    await _is_edit_of(bot, said, picture, "make it snowy")


async def test_with_the_intent_a_reply_to_another_members_picture_is_ordinary_talk_without_a_mention(
    harness: Harness,
) -> None:
    bot = await start_with_intent(harness)
    picture = await say(bot, "my cat", by=bot.bob, files=[photo()])
    await _does_nothing(bot, await say(bot, "make it night", reply_to=picture))
    assert bot.submits == []


@pytest.mark.parametrize("intent", [False, True])
async def test_plain_chat_brings_no_request_about(harness: Harness, *, intent: bool) -> None:
    bot = await start_with_intent(harness) if intent else harness
    if not intent:
        await bot.start()
        await bot.ready()
    await heard_out(bot)
    before = len(bot.discord.requests)
    for words in ("hello", "make it night", "/edit prompt:x"):
        await say(bot, words, files=[photo()])
    other = await say(bot, "a cat", by=bot.bob, files=[photo()])
    await say(bot, "lovely!", reply_to=other)
    await say(bot, f"look, {bot.bob.mention}", files=[photo()])
    said = bot.discord.requests.requests[before:]
    assert said == []
    await heard_out(bot)
    after = bot.discord.requests.requests[before:]
    assert [request.method for request in after] == ["POST"]  # the note of `heard_out`
    assert (bot.submits, await bot.books.jobs()) == ([], [])


# what is talk, and which picture is meant


@pytest.mark.parametrize(
    "words", ["wow nice!", "thanks", "😍", "?", "who made this?", "<:pog:123456789012345678>", "the third one!"]
)
async def test_a_compliment_is_neither_paid_for_nor_answered(bot: Harness, words: str) -> None:
    picture = await result(bot)
    await _does_nothing(bot, await say(bot, words, reply_to=picture))
    await _does_nothing(bot, await say(bot, at(bot, words), reply_to=picture))
    await _does_nothing(bot, await say(bot, at(bot, words), files=[photo()]))
    assert len(bot.submits) == 1


@pytest.mark.parametrize("words", ["make it nice", "add a wow effect", "thanks, now make it night"])
async def test_an_order_in_kind_words_is_an_order(bot: Harness, words: str) -> None:
    picture = await result(bot)
    await _is_edit_of(bot, await say(bot, words, reply_to=picture), picture, words)


@pytest.mark.parametrize(
    ("words", "number", "prompt"),
    [
        ("the third one, but in winter", 3, "in winter"),
        ("#3 at night", 3, "at night"),
        ("make the last one blue", 4, "make the last one blue"),
        ("make it night", 1, "make it night"),
    ],
)
async def test_the_picture_that_is_named_is_edited(bot: Harness, words: str, number: int, prompt: str) -> None:
    asked = await bot.imagine(count=4)
    picture = await bot.posted(asked)
    assert asked.response is not None
    for said in (
        await say(bot, words, reply_to=picture),
        await say(bot, at(bot, words), reply_to=asked.response),
    ):
        await _is_edit_of(bot, said, picture, prompt)
        source = (await bot.books.job(said.id)).source
        assert source is not None
        assert (source.number, source.of) == (number, 4)
        assert source.result is not None
        assert source.result.position == number


async def test_a_picture_beyond_those_that_are_there_is_refused_in_words(bot: Harness) -> None:
    picture = await result(bot, "a fox", count=2)
    said = await say(bot, "#3 at night", reply_to=picture)
    note = await note_to(bot, said)
    assert note.content.startswith("**There is no picture 3: there are 2.**\n")
    only = await say(bot, at(bot, "the second one, at night"), files=[photo()])
    assert "there is only one." in (await note_to(bot, only)).content
    assert len(bot.submits) == 2


# what is not the bot's business


async def test_other_bots_are_not_heard(bot: Harness) -> None:
    other = bot.discord.add_member(bot.guild, "Gallery", bot=True)
    await _does_nothing(bot, await say(bot, at(bot, "make it night"), by=other, files=[photo()]))


async def test_a_bare_ping_to_a_notice_is_ignored_and_a_mention_gets_a_hint(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "fail", code="003001095"))
    notice = await bot.posted(await bot.imagine(), tick=1)
    assert notice.attachments == []
    await _does_nothing(bot, await say(bot, "thanks anyway", reply_to=notice))
    said = await say(bot, at(bot, "make it night"), reply_to=notice)
    note = await note_to(bot, said)
    assert "There is no picture" in note.content
    assert "/imagine" in note.content
    await bot.until(lambda: note.deleted, tick=61)


async def test_a_mention_within_ordinary_talk_is_ignored_and_one_that_begins_it_gets_a_hint(bot: Harness) -> None:
    await _does_nothing(bot, await say(bot, f"you could ask {bot.discord.world.bot.mention} for that"))
    said = await say(bot, at(bot, "a red fox"))
    assert "/imagine" in (await note_to(bot, said)).content


async def test_a_mention_without_words_is_told_what_is_missing(bot: Harness) -> None:
    picture = await result(bot)
    said = await say(bot, at(bot, ""), reply_to=picture)
    assert "Say what to change" in (await note_to(bot, said)).content


@pytest.mark.parametrize("words", ["", "a red fox"])
async def test_between_answers_to_bare_mentions_there_is_a_pause(bot: Harness, words: str) -> None:
    await note_to(bot, await say(bot, at(bot, words)))
    for _ in range(5):
        await _is_unanswered(bot, await say(bot, at(bot, words)))
    elsewhere = bot.discord.add_channel(bot.guild, "elsewhere")
    await _is_unanswered(bot, await say(bot, at(bot, words), place=elsewhere))
    await _is_unanswered(bot, await say(bot, at(bot, words), by=bot.bob))
    await bot.clock.advance(5)
    await note_to(bot, await say(bot, at(bot, words), by=bot.bob))
    await bot.clock.advance(56)
    await note_to(bot, await say(bot, at(bot, words)))


async def test_a_picture_as_the_answer_to_a_result_is_no_order(bot: Harness) -> None:
    picture = await result(bot)
    said = await say(bot, "", reply_to=picture, files=[photo()])
    await _does_nothing(bot, said)


# the hint


async def test_the_hint_comes_once_per_person_and_place_and_deletes_itself(bot: Harness) -> None:
    picture = await result(bot)
    note = await note_to(bot, await say(bot, "make it night", reply_to=picture, ping=False))
    await bot.clock.advance(59)
    assert not note.deleted
    await bot.until(lambda: note.deleted, tick=1)
    await _does_nothing(bot, await say(bot, "make it night!", reply_to=picture, ping=False))
    await note_to(bot, await say(bot, "make it night", by=bot.bob, reply_to=picture, ping=False))
    elsewhere = await result(bot, "a grey fox")
    await note_to(bot, await say(bot, "make it night", reply_to=elsewhere, ping=False))


async def test_a_ping_less_reply_to_a_notice_brings_no_hint(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "fail", code="003001095"))
    notice = await bot.posted(await bot.imagine(), tick=1)
    await _does_nothing(bot, await say(bot, "a pity", reply_to=notice, ping=False))


async def test_a_note_that_somebody_else_has_deleted_is_logged_and_that_is_all(bot: Harness) -> None:
    said = await say(bot, at(bot, "a red fox"))
    note = await note_to(bot, said)
    bot.discord.delete(note)
    await bot.logged("note.not_removed", tick=30)


# whose picture, and which


async def test_a_forwarded_picture(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    picture = await say(bot, "my cat", by=bot.bob, files=[photo()])
    forwarded = await bot.discord.forward(bot.alice, picture, dm)
    said = await say(bot, "make it night", reply_to=forwarded)
    await _is_edit_of(bot, said, forwarded, "make it night")


async def test_an_embedded_picture_is_taken_from_discords_own_copy(harness: Harness) -> None:
    bot = await start_with_intent(harness)
    other = bot.discord.add_member(bot.guild, "Gallery", bot=True)
    bot.discord.add_page("https://gallery.example/fox.png", photo().content)
    picture = await say(bot, "", by=other, embeds=[{"image": {"url": "https://gallery.example/fox.png"}}])
    said = await say(bot, at(bot, "make it night"), reply_to=picture)
    await _is_edit_of(bot, said, picture, "make it night")
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
    await _is_edit_of(bot, said, linked, "make it night")
    assert {download.host for download in bot.discord.downloads} == {bot.discord.media_host}


async def test_of_several_pictures_the_first_is_taken_and_counted(bot: Harness) -> None:
    said = await say(bot, at(bot, "make it night"), files=[photo("a.png"), photo("b.png"), photo("c.png")])
    await _is_edit_of(bot, said, said, "make it night")
    source = (await bot.books.job(said.id)).source
    assert source is not None
    assert (source.filename, source.number, source.of) == ("a.png", 1, 3)


async def test_an_attached_picture_wins_over_the_replied_to_one(bot: Harness) -> None:
    picture = await result(bot)
    said = await say(bot, "make it night", reply_to=picture, files=[photo()])
    await _is_edit_of(bot, said, said, "make it night")


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
    await _is_edit_of(bot, said, late, "make it night")
    assert asked.response is not None
    named = await say(bot, at(bot, "make it day"), reply_to=asked.response)
    await _is_edit_of(bot, named, late, "make it day")


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


# where


async def test_in_direct_messages_every_reply_to_a_picture_acts(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    own = await say(bot, "", place=dm, files=[photo()])
    said = await say(bot, "make it night", reply_to=own, ping=False)
    picture = await _is_edit_of(bot, said, own, "make it night")
    assert picture.channel is dm
    again = await say(bot, "make it snowy", reply_to=picture, ping=False)
    await _is_edit_of(bot, again, picture, "make it snowy")
    assert await bot.books.today(bot.alice, None) == ("0.016", "0")


async def test_in_direct_messages_talk_is_told_once_what_the_bot_can_do(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    note = await note_to(bot, await say(bot, "a cat in space", place=dm))
    assert "/imagine" in note.content
    second = await say(bot, "hello?", place=dm)
    await heard_out(bot)
    assert answers_to(bot, second) == []


async def test_in_a_forums_post(bot: Harness) -> None:
    forum = bot.discord.add_channel(bot.guild, "pictures", kind=ChannelType.FORUM)
    post = await bot.discord.start_post(bot.alice, forum, "My cat", at(bot, "make it night"), files=[photo()])
    first = next(iter(post.messages.values()))
    posted = await _is_edit_of(bot, first, first, "make it night")
    assert posted.channel is post
    again = await say(bot, "make it snowy", by=bot.bob, reply_to=posted)
    assert (await edited(bot, again)).channel is post


async def test_in_a_thread_that_discord_py_does_not_know(bot: Harness) -> None:
    picture = await result(bot)
    bot.app.client.get_guild(bot.guild.id)._threads.clear()  # type: ignore[union-attr]  # as after an outage
    said = await say(bot, "make it night", reply_to=picture)
    assert (await edited(bot, said)).channel is picture.channel


@pytest.mark.parametrize(
    ("denied", "named"),
    [(Permissions.ATTACH_FILES, "Attach Files"), (Permissions.READ_MESSAGE_HISTORY, "Read Message History")],
)
async def test_a_missing_permission_is_named(bot: Harness, denied: Permissions, named: str) -> None:
    own = bot.guild.members[bot.discord.world.bot.id]
    bot.discord.set_overwrite(bot.general, own, deny=denied)
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    note = await note_to(bot, said)
    assert f"I lack {named}" in note.content
    assert (bot.submits, await bot.books.jobs()) == ([], [])


async def test_where_it_may_not_write_it_is_silent(bot: Harness) -> None:
    own = bot.guild.members[bot.discord.world.bot.id]
    bot.discord.set_overwrite(bot.general, own, deny=Permissions.SEND_MESSAGES)
    before = len(bot.discord.requests)
    await say(bot, at(bot, "make it night"), files=[photo()])
    await bot.logged("message.unanswered")
    assert len(bot.discord.requests) == before
    assert await bot.books.jobs() == []


async def test_a_server_that_the_operator_has_not_allowed(harness: Harness) -> None:
    other = harness.discord.add_guild("Other")
    place = harness.discord.add_channel(other)
    carol = harness.discord.add_member(other, "carol")
    await harness.start(discord={"allowed_guilds": frozenset({harness.guild.id})})
    await harness.ready()
    said = await say(harness, at(harness, "make it night"), by=carol, place=place, files=[photo()])
    assert "not switched on" in (await note_to(harness, said)).content
    private = await say(harness, "make it night", place=harness.discord.direct_messages(carol), by=carol)
    await heard_out(harness)
    assert answers_to(harness, private) == []
    assert await harness.books.jobs() == []


# money, limits, wrong words


async def test_words_that_are_too_long_are_refused(bot: Harness) -> None:
    said = await say(bot, at(bot, "x" * 801), files=[photo()])
    note = await note_to(bot, said)
    assert note.content.startswith("**The prompt has ")
    assert "801 characters" in note.content
    assert await bot.books.jobs() == []


async def test_a_spent_budget_is_refused_in_public_without_any_amount(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.02")})
    await harness.ready()
    said = await say(harness, at(harness, "make it night"), files=[photo()])
    note = await note_to(harness, said)
    assert note.content.splitlines() == [
        "**That is more than your limit for today leaves.**",
        "/usage shows you alone what is left, and when there is more.",
    ]
    assert (harness.submits, await harness.books.jobs()) == ([], [])
    await harness.until(lambda: note.deleted, tick=61)


async def test_in_direct_messages_a_spent_budget_is_told_with_its_amounts(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.02")})
    await harness.ready()
    dm = harness.discord.direct_messages(harness.alice)
    note = await note_to(harness, await say(harness, "make it night", place=dm, files=[photo()]))
    assert "costs about $0.03, and you have $0.02 left today" in note.content


async def test_two_members_reply_to_the_same_picture(bot: Harness) -> None:
    picture = await result(bot)
    first = await say(bot, "make it night", reply_to=picture)
    second = await say(bot, "make it day", by=bot.bob, reply_to=picture)
    for said, member in ((first, bot.alice), (second, bot.bob)):
        posted = await edited(bot, said)
        assert posted.pinged == {member.id}
        assert (await bot.books.job(said.id)).account.user_id == member.id
    assert len(bot.submits) == 3


# once, and never lost


async def test_a_repeated_event_brings_about_nothing_more(bot: Harness) -> None:
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    refused = await say(bot, at(bot, "x" * 801), files=[photo()])
    await note_to(bot, refused)
    await edited(bot, said)
    status_messages = bot.discord.requests.matching("POST", MESSAGES)
    for message in (said, refused):
        bot.discord.replay(message)
    await heard_out(bot)
    assert (
        len(bot.discord.requests.matching("POST", MESSAGES)) == len(status_messages) + 1
    )  # the note of `heard_out`
    assert len(bot.submits) == 1

    await bot.stop()
    await bot.start()
    await bot.ready()
    bot.discord.replay(said)
    await bot.logged("message.replayed")
    assert len(bot.submits) == 1


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("away", [5.0, 600.0])
async def test_a_status_message_that_is_cut_off_is_made_by_the_next_start_once(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, *, applied: bool, away: float
) -> None:
    bot = harness
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.05)
    await bot.start()
    await bot.ready()
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    hanging = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=applied))
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    await bot.until(hanging.reached.is_set)
    await bot.logged("task.running")
    await bot.stop()
    assert (await bot.books.job(said.id)).status_message_id is None
    bot.discord.trouble.clear()
    await bot.clock.advance(away)  # after ten minutes Discord has forgotten the nonce
    await bot.start()
    await bot.ready()
    bot.finish()
    posted = await edited(bot, said, tick=1)
    status_message = status_of(bot, said)
    assert posted.channel is status_message.thread
    assert "see it" in status_message.content
    assert (await bot.books.job(said.id)).state is JobState.DELIVERED
    assert len(bot.submits) == 1


async def test_a_message_that_is_deleted_before_its_status_message_is_made_is_painted_all_the_same(
    bot: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.stop()
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.05)
    await bot.start()
    await bot.ready()
    hanging = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG))
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    await bot.until(hanging.reached.is_set)
    await bot.stop()
    bot.discord.delete(said)
    await bot.start()
    await bot.ready()
    assert (await edited(bot, said)).channel is status_of(bot, said).thread
    assert status_of(bot, said).reference is None


async def test_a_status_message_that_automod_blocks_keeps_no_picture_back(bot: Harness) -> None:
    said = await say(bot, at(bot, "make it rude"), files=[photo()])
    bot.guild.automod_words.add("rude")
    posted = await edited(bot, said)
    assert len(posted.attachments) == 1
    assert "rude" not in status_of(bot, said).content


async def test_an_end_waits_for_the_message_that_is_being_answered(bot: Harness) -> None:
    asked = await bot.imagine()
    await bot.posted(asked)
    assert asked.response is not None
    hanging = bot.discord.trouble.add(Trouble("GET", rf"{MESSAGES}/\d+", Kind.HANG))
    said = await say(bot, at(bot, "make it night"), reply_to=asked.response)
    await bot.until(hanging.reached.is_set)
    stopping = asyncio.create_task(bot.stop())
    await bot.logged("stopping")
    hanging.release()
    await stopping
    assert said.id in await bot.books.jobs()
    await bot.start()
    await bot.ready()
    await edited(bot, said)
