from decimal import Decimal

import pytest

from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.talking import (
    answers_to,
    at,
    does_nothing,
    edited,
    heard_out,
    is_edit_of,
    is_unanswered,
    note_to,
    photo,
    result,
    say,
    start_with_intent,
    status_of,
)

MESSAGES = r"/channels/\d+/messages"


# what is visible, row by row


async def test_a_reply_to_a_result_edits_it(bot: Harness) -> None:
    picture = await result(bot)
    said = await say(bot, "make it night", reply_to=picture)
    posted = await is_edit_of(bot, said, picture, "make it night")
    assert posted.channel is picture.channel  # a thread: right there
    job = await bot.books.job(said.id)
    assert job.parent is not None
    assert (f"{job.parent.job_id}-{job.parent.position}.png") == picture.attachments[0].filename
    assert posted.pinged == {bot.alice.id}
    assert await bot.books.entries(said.id) == [(1, "reserve", "0.03"), (1, "settle", "0.008")]


async def test_the_status_message_of_a_reply_answers_it_without_a_ping_and_begins_the_thread(bot: Harness) -> None:
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    posted = await is_edit_of(bot, said, said, "make it night")
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
        await is_edit_of(bot, said, picture, "make it night")
        return
    note = await note_to(bot, said)
    assert "Discord does not show me that picture." in note.content
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
        await is_edit_of(bot, said, picture, "make it night")
        return
    note = await note_to(bot, said)
    assert note.content.startswith("**Discord hides the words of your reply from me.**")
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
    asked = await bot.imagine()
    picture = await bot.posted(asked)
    assert asked.response is not None
    said = await say(bot, "make it night", reply_to=asked.response)
    if intent:
        await is_edit_of(bot, said, picture, "make it night")
    else:
        assert "Discord hides the words" in (await note_to(bot, said)).content
    named = await say(bot, at(bot, "make it day"), reply_to=asked.response)
    await is_edit_of(bot, named, picture, "make it day")
    source = (await bot.books.job(named.id)).source
    assert source is not None
    assert (source.number, source.of) == (1, 1)


async def test_a_reply_to_a_replys_status_message_means_its_picture(bot: Harness) -> None:
    first = await say(bot, at(bot, "make it night"), files=[photo()])
    picture = await edited(bot, first)
    said = await say(bot, "make it snowy", reply_to=status_of(bot, first))
    await is_edit_of(bot, said, picture, "make it snowy")


async def test_with_the_intent_a_reply_to_another_members_picture_is_ordinary_talk_without_a_mention(
    harness: Harness,
) -> None:
    bot = await start_with_intent(harness)
    picture = await say(bot, "my cat", by=bot.bob, files=[photo()])
    await does_nothing(bot, await say(bot, "make it night", reply_to=picture))
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


# what is not the bot's business


async def test_other_bots_are_not_heard(bot: Harness) -> None:
    other = bot.discord.add_member(bot.guild, "Gallery", bot=True)
    await does_nothing(bot, await say(bot, at(bot, "make it night"), by=other, files=[photo()]))


async def test_a_bare_ping_to_a_notice_is_ignored_and_a_mention_gets_a_hint(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "fail", code="003001095"))
    notice = await bot.posted(await bot.imagine(), tick=1)
    assert notice.attachments == []
    await does_nothing(bot, await say(bot, "thanks anyway", reply_to=notice))
    said = await say(bot, at(bot, "make it night"), reply_to=notice)
    note = await note_to(bot, said)
    assert "Which picture?" in note.content
    assert "/imagine" in note.content
    await bot.until(lambda: note.deleted, tick=61)


async def test_a_mention_within_ordinary_talk_is_ignored_and_one_that_begins_it_gets_a_hint(bot: Harness) -> None:
    await does_nothing(bot, await say(bot, f"you could ask {bot.discord.world.bot.mention} for that"))
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
        await is_unanswered(bot, await say(bot, at(bot, words)))
    elsewhere = bot.discord.add_channel(bot.guild, "elsewhere")
    await is_unanswered(bot, await say(bot, at(bot, words), place=elsewhere))
    await is_unanswered(bot, await say(bot, at(bot, words), by=bot.bob))
    await bot.clock.advance(5)
    await note_to(bot, await say(bot, at(bot, words), by=bot.bob))
    await bot.clock.advance(56)
    await note_to(bot, await say(bot, at(bot, words)))


async def test_a_picture_as_the_answer_to_a_result_is_no_order(bot: Harness) -> None:
    picture = await result(bot)
    said = await say(bot, "", reply_to=picture, files=[photo()])
    await does_nothing(bot, said)


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
