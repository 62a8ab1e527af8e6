from typing import Any

import pytest

from sandbox.discord import Interaction, Member, Message
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import moderator, spend
from tests.e2e.pressing import answered, fields, labels, private, submitted
from tests.e2e.talking import (
    at,
    does_nothing,
    edited,
    is_edit_of,
    note_to,
    photo,
    result,
    say,
)

UNCLEAR = "a cowboy hat"
EDIT_IT = "Edit it · $0.008"


async def asked(bot: Harness, words: str = UNCLEAR, **told: Any) -> tuple[Message, Message, Message]:
    """Have alice reply what may be an order or not; give the picture, the reply and the question."""
    picture = told.pop("reply_to", None) or await result(bot)
    said = await say(bot, words, reply_to=picture, **told)
    return picture, said, await note_to(bot, said)


async def pressed(bot: Harness, member: Member, question: Message, button: str) -> Interaction:
    return await answered(bot, await bot.discord.click(member, question, button))


@pytest.fixture
async def priced(bot: Harness) -> Harness:
    """Give a bot that has learnt what an edit costs."""
    await edited(bot, await say(bot, at(bot, "make it blue"), files=[photo()]))
    return bot


# whether


async def test_what_may_be_either_is_asked_about_and_edited_on_a_press(priced: Harness) -> None:
    bot = priced
    picture, said, question = await asked(bot)
    assert question.content == "**Shall I change the picture so?**"
    assert labels(question) == [[EDIT_IT, "Always edit", "Never"]]
    assert said.id not in await bot.books.jobs()
    await pressed(bot, bot.alice, question, EDIT_IT)
    await is_edit_of(bot, said, picture, UNCLEAR)
    assert question.deleted
    again = await say(bot, UNCLEAR, reply_to=picture)
    assert EDIT_IT in labels(await note_to(bot, again))[0]  # it was this one alone


async def test_before_an_edit_was_paid_for_its_price_is_about(bot: Harness) -> None:
    _, _, question = await asked(bot)
    assert labels(question)[0][0] == "Edit it · about $0.03"


async def test_its_writer_alone_may_press(priced: Harness) -> None:
    bot = priced
    _, said, question = await asked(bot)
    for button in labels(question)[0]:
        sent = await pressed(bot, bot.bob, question, button)
        assert bot.alice.mention in (await private(bot, sent)).content
    assert not question.deleted
    assert said.id not in await bot.books.jobs()


async def test_a_press_counts_to_the_limit_of_its_writers_roles(bot: Harness) -> None:
    """The message is read once more for it, and then Discord does not tell the roles."""
    role = bot.discord.add_role(bot.guild, "artists")
    rita = bot.discord.add_member(bot.guild, "rita", roles=[role])
    await spend(bot, "limit", moderator(bot), action="set", role=role, day="0")
    said = await say(bot, UNCLEAR, by=rita, reply_to=await result(bot))
    question = await note_to(bot, said)
    sent = await pressed(bot, rita, question, labels(question)[0][0])
    assert "limit" in (await private(bot, sent)).content
    assert said.id not in await bot.books.jobs()


async def test_always_edits_this_one_and_the_next_without_asking(priced: Harness) -> None:
    bot = priced
    picture, said, question = await asked(bot)
    sent = await pressed(bot, bot.alice, question, "Always edit")
    await is_edit_of(bot, said, picture, UNCLEAR)
    assert "/settings changes that" in (await private(bot, sent)).content
    await is_edit_of(bot, await say(bot, "a top hat", reply_to=picture), picture, "a top hat")
    await does_nothing(bot, await say(bot, "wow nice!", reply_to=picture))
    other = await say(bot, UNCLEAR, by=bot.bob, reply_to=picture)
    await note_to(bot, other)


async def test_never_leaves_replies_alone_unless_the_bot_is_named(priced: Harness) -> None:
    bot = priced
    picture, said, question = await asked(bot)
    sent = await pressed(bot, bot.alice, question, "Never")
    assert "change no picture" in (await private(bot, sent)).content
    assert question.deleted
    await does_nothing(bot, said)
    await does_nothing(bot, await say(bot, "make it night", reply_to=picture))
    await does_nothing(bot, await say(bot, "make it night", reply_to=picture, ping=False))
    await is_edit_of(bot, await say(bot, at(bot, "make it day"), reply_to=picture), picture, "make it day")


async def test_a_question_goes_after_two_minutes(bot: Harness) -> None:
    _, said, question = await asked(bot)
    await bot.clock.advance(119)
    assert not question.deleted
    await bot.until(lambda: question.deleted, tick=1)
    assert said.id not in await bot.books.jobs()


async def test_a_question_of_an_earlier_life_is_answered_within_its_time_and_then_goes(priced: Harness) -> None:
    bot = priced
    picture, said, question = await asked(bot)
    _, late, old = await asked(bot, "a top hat", reply_to=picture)
    await bot.stop()
    await bot.start()
    await bot.ready()
    await pressed(bot, bot.alice, question, EDIT_IT)
    await is_edit_of(bot, said, picture, UNCLEAR)
    await bot.clock.advance(121)
    sent = await pressed(bot, bot.alice, old, labels(old)[0][0])
    assert "over" in (await private(bot, sent)).content
    assert old.deleted
    assert late.id not in await bot.books.jobs()


async def test_two_presses_are_one_edit(priced: Harness) -> None:
    bot = priced
    picture, said, question = await asked(bot)
    both = [await bot.discord.click(bot.alice, question, EDIT_IT) for _ in range(2)]
    for sent in both:
        await answered(bot, sent)
    await is_edit_of(bot, said, picture, UNCLEAR)
    assert len([job for job in await bot.books.jobs() if job == said.id]) == 1
    assert len(bot.submits) == 3


async def test_a_reply_that_was_deleted_meanwhile_orders_nothing(bot: Harness) -> None:
    _, said, question = await asked(bot)
    bot.discord.delete(said)
    sent = await pressed(bot, bot.alice, question, labels(question)[0][0])
    assert "deleted" in (await private(bot, sent)).content
    assert said.id not in await bot.books.jobs()


async def test_words_that_are_too_long_are_refused_before_anybody_is_asked(bot: Harness) -> None:
    _, _, note = await asked(bot, "x" * 801)
    assert "801 characters" in note.content


# which


@pytest.mark.parametrize("words", ["make it night", "all of them in winter", "1 and 3 in winter"])
async def test_of_several_pictures_none_of_which_is_named_each_has_a_button(priced: Harness, words: str) -> None:
    bot = priced
    picture = await result(bot, count=4)
    said = await say(bot, words, reply_to=picture)
    question = await note_to(bot, said)
    assert question.content == "**Which picture?**"
    assert labels(question)[0] == [f"{number} · $0.008" for number in (1, 2, 3, 4)]
    await pressed(bot, bot.alice, question, "3 · $0.008")
    await is_edit_of(bot, said, picture, words)
    source = (await bot.books.job(said.id)).source
    assert source is not None
    assert (source.number, source.of) == (3, 4)


async def test_attached_pictures_are_asked_about_alike(priced: Harness) -> None:
    bot = priced
    said = await say(bot, at(bot, "make it night"), files=[photo("a.png"), photo("b.png"), photo("c.png")])
    question = await note_to(bot, said)
    await pressed(bot, bot.alice, question, "2 · $0.008")
    await is_edit_of(bot, said, said, "make it night")
    source = (await bot.books.job(said.id)).source
    assert source is not None
    assert (source.filename, source.number, source.of) == ("b.png", 2, 3)


async def test_where_both_are_open_one_press_answers_both(priced: Harness) -> None:
    bot = priced
    picture = await result(bot, count=2)
    said = await say(bot, UNCLEAR, reply_to=picture)
    question = await note_to(bot, said)
    assert labels(question) == [["1 · $0.008", "2 · $0.008"], ["Never"]]
    await pressed(bot, bot.alice, question, "2 · $0.008")
    await is_edit_of(bot, said, picture, UNCLEAR)


@pytest.mark.parametrize("words", ["#3", "the third one", "das dritte", "la tercera", "第三张", "3番目"])
async def test_a_picture_that_is_named_and_no_more_is_asked_what_to_change(bot: Harness, words: str) -> None:
    picture = await result(bot, count=4)
    question = await note_to(bot, await say(bot, words, reply_to=picture))
    assert question.content == "**What should change in picture 3?**"
    form = await pressed(bot, bot.alice, question, "Edit")
    sent = await submitted(bot, form, **{"What to change": "make it night"})
    posted = await bot.posted(sent)
    assert posted.attachments
    source = (await bot.books.job(sent.id)).source
    assert source is not None
    assert source.result is not None
    assert source.result.position == 3


# what Discord hides


async def test_a_reply_whose_words_discord_hides_gets_a_button_each_time(bot: Harness) -> None:
    picture = await result(bot)
    for _ in range(2):
        note = await note_to(bot, await say(bot, "make it night", reply_to=picture, ping=False))
        assert labels(note) == [["Edit", "Never"]]
    form = await pressed(bot, bot.alice, note, "Edit")
    assert "What to change" in fields(form)
    await bot.clock.advance(119)
    assert not note.deleted
    await bot.until(lambda: note.deleted, tick=1)


# in direct messages


async def test_in_direct_messages_plain_words_change_the_newest_picture(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    await say(bot, "", place=dm, files=[photo("old.png")])
    own = await say(bot, "", place=dm, files=[photo("new.png")])
    said = await say(bot, "make it night", place=dm)
    picture = await is_edit_of(bot, said, own, "make it night")
    await is_edit_of(bot, await say(bot, "more snow", place=dm), picture, "more snow")
    await does_nothing(bot, await say(bot, "wow, thanks!", place=dm, reply_to=picture))


async def test_in_direct_messages_what_may_be_either_is_asked_too(priced: Harness) -> None:
    bot = priced
    dm = bot.discord.direct_messages(bot.alice)
    own = await say(bot, "", place=dm, files=[photo()])
    said = await say(bot, UNCLEAR, place=dm)
    await pressed(bot, bot.alice, await note_to(bot, said), EDIT_IT)
    await is_edit_of(bot, said, own, UNCLEAR)


# notes


async def test_a_ping_less_reply_to_a_notice_brings_no_hint(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "fail", code="003001095"))
    notice = await bot.posted(await bot.imagine(), tick=1)
    await does_nothing(bot, await say(bot, "a pity", reply_to=notice, ping=False))


async def test_a_note_that_somebody_else_has_deleted_is_logged_and_that_is_all(bot: Harness) -> None:
    said = await say(bot, at(bot, "a red fox"))
    note = await note_to(bot, said)
    bot.discord.delete(note)
    await bot.logged("note.not_removed", tick=30)
