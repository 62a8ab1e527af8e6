"""Whoever's picture it is says what is made of it: the question, its buttons, and all that comes of them."""

import io
import json
import zipfile
from decimal import Decimal

import pytest

from bot.domain.pictures.consents import ANSWERED_WITHIN
from bot.domain.pictures.ownership import PictureRule
from sandbox.discord import Permissions
from tests.e2e.harness import Harness
from tests.e2e.owning import (
    ALLOW,
    NEVER,
    NO,
    drawn,
    keeps,
    made,
    question_about,
    questions,
    rule,
    told_about,
    wants,
)
from tests.e2e.photos import drawing_file
from tests.e2e.pressing import form_sent, labels, menu, private, submitted
from tests.e2e.talking import at, edited, note_to, say, start_with_intent

DAY = ANSWERED_WITHIN / 1000


@pytest.fixture
def pictures() -> PictureRule:
    return PictureRule.ASK


async def test_the_owner_is_asked_where_her_picture_stands_and_her_yes_is_for_one_job(bot: Harness) -> None:
    shown = await drawn(bot)
    asked = await wants(bot, shown, "make it *night*")

    question = await question_about(bot, asked)
    assert question.channel is bot.general
    assert question.pinged == {bot.alice.id}
    assert question.reference is not None
    assert question.reference.message is shown
    assert f"may <@{bot.bob.id}> change it?" in question.content
    assert "> make it \\*night\\*" in question.content
    assert labels(question) == [[ALLOW, NO, NEVER]]
    told = await bot.refused(asked)
    assert f"<@{bot.alice.id}> is asked" in told
    assert f"/{question.id})" in told
    assert (bot.submits, await bot.books.jobs()) == ([], [])
    assert await bot.books.today(bot.bob, bot.guild) == ("0", "0")

    await bot.click(bot.alice, question, ALLOW)
    posted = await made(bot, asked)
    assert posted.pinged == {bot.bob.id}
    assert bot.submits[0].params["prompt"] == "make it *night*"
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.008")]
    assert await bot.books.today(bot.bob, bot.guild) == ("0.008", "0")
    await bot.until(lambda: question.content.startswith(f"✅ **<@{bot.alice.id}> said yes"))
    assert labels(question) == []

    again = await wants(bot, shown)
    assert await question_about(bot, again) is not question
    assert len(bot.submits) == 1


async def test_a_result_of_it_is_guarded_as_it_is_and_asks_both(bot: Harness) -> None:
    carl = bot.discord.add_member(bot.guild, "carl")
    asked = await wants(bot, await drawn(bot))
    await bot.click(bot.alice, await question_about(bot, asked), ALLOW)
    result = await made(bot, asked)

    further = await form_sent(bot, carl, result, "Edit", prompt="make it day")
    question = await question_about(bot, further)
    assert question.pinged == {bot.alice.id, bot.bob.id}
    await bot.click(bot.alice, question, ALLOW)
    await bot.until(lambda: f"<@{bot.alice.id}> said yes" in question.content)
    assert len(bot.submits) == 1
    await bot.click(bot.bob, question, ALLOW)
    await made(bot, further)

    again = await bot.click(carl, result, "Again")
    assert (await question_about(bot, again)).pinged == {bot.alice.id}  # of her picture alone


@pytest.mark.parametrize("button", [NO, NEVER])
async def test_her_no_is_told_and_never_mine_is_for_good(bot: Harness, button: str) -> None:
    shown = await drawn(bot)
    asked = await wants(bot, shown)
    question = await question_about(bot, asked)
    await bot.click(bot.alice, question, button)
    told = await told_about(bot, asked)
    assert told.pinged == {bot.bob.id}
    assert f"<@{bot.alice.id}> had rather not." in told.content
    await bot.until(lambda: "said no" in question.content)
    assert "it was a no" in await bot.refused(await wants(bot, shown)) or button == NEVER

    carl = bot.discord.add_member(bot.guild, "carl")
    once_more = await wants(bot, shown, by=carl)
    if button == NO:
        assert await question_about(bot, once_more)
        return
    assert f"<@{bot.alice.id}> keeps this picture" in await bot.refused(once_more)
    assert await bot.posted(await wants(bot, shown, by=bot.alice), tick=1)  # her own is hers
    await bot.click(bot.alice, question, "Let others ask again")
    assert await question_about(bot, await wants(bot, shown, by=carl))
    assert len(bot.submits) == 1


async def test_a_days_silence_is_a_no(bot: Harness) -> None:
    asked = await wants(bot, await drawn(bot))
    question = await question_about(bot, asked)
    await bot.clock.advance(DAY - 120)
    await bot.rest()
    assert labels(question) == [[ALLOW, NO, NEVER]]
    told = await bot.until(lambda: next((m for m in bot.posts() if m.nonce == f"{asked.id}-told"), None), tick=60)
    assert "No word came in time" in told.content
    await bot.until(lambda: labels(question) == [])
    assert (bot.submits, len(bot.posts())) == ([], 2)


async def test_only_she_can_press_and_a_double_press_is_one_job(bot: Harness) -> None:
    asked = await wants(bot, await drawn(bot))
    question = await question_about(bot, asked)
    for button in (ALLOW, NO, NEVER):
        pressed = await bot.click(bot.bob, question, button)
        assert f"This question is for <@{bot.alice.id}>." in await bot.refused(pressed)
    first, second = [await bot.discord.click(bot.alice, question, ALLOW) for _ in range(2)]
    await made(bot, asked)
    bot.discord.replay(first)
    await bot.rest()
    assert second.id not in await bot.books.jobs()
    assert (await bot.books.jobs(), len(bot.submits)) == ([asked.id], 1)


async def test_one_question_for_a_picture_and_three_of_a_person(bot: Harness) -> None:
    shown = await drawn(bot)
    question = await question_about(bot, await wants(bot, shown))
    carl = bot.discord.add_member(bot.guild, "carl")
    refused = await bot.refused(await wants(bot, shown, by=carl))
    assert "being asked about this picture" in refused
    assert f"/{question.id})" in refused
    for number in (2, 3):
        await question_about(bot, await wants(bot, await drawn(bot, number)))
    assert "You have asked about 3 pictures." in await bot.refused(await wants(bot, await drawn(bot, 4)))
    assert len(questions(bot)) == 3


async def test_where_nobody_can_be_asked_it_is_a_no_at_once(bot: Harness) -> None:
    shown, hidden = await drawn(bot), bot.discord.add_channel(bot.guild, "hidden")
    forwarded = await bot.discord.forward(bot.bob, shown, bot.discord.direct_messages(bot.bob))
    assert "cannot be asked here" in await bot.refused(await wants(bot, forwarded))

    await bot.click(bot.alice, await question_about(bot, await wants(bot, shown)), NO)
    bot.discord.set_overwrite(hidden, bot.alice, deny=Permissions.VIEW_CHANNEL)
    carl = bot.discord.add_member(bot.guild, "carl")
    copy = await bot.discord.say(carl, hidden, "look", files=[drawing_file()])
    question = await question_about(bot, await wants(bot, copy, by=carl))
    assert question.channel is bot.general  # hers stands where she sees it
    only_there = await drawn(bot, 2, place=hidden, by=bot.bob)
    assert await bot.posted(await wants(bot, only_there), tick=1)

    me = bot.guild.members[bot.discord.world.bot.id]
    other = await drawn(bot, 3)
    bot.discord.set_overwrite(bot.general, me, deny=Permissions.SEND_MESSAGES)
    thread = await bot.discord.start_thread(bot.bob, hidden, "x")
    moved = await bot.discord.forward(bot.bob, other, thread)
    assert "I cannot ask them" in await bot.refused(await wants(bot, moved))

    bot.discord.set_overwrite(bot.general, me, deny=Permissions(0))
    bot.discord.remove_member(bot.alice)
    assert "is not on this server any more" in await bot.refused(await wants(bot, other))
    assert len(questions(bot)) == 2


async def test_the_servers_rule_and_her_own_word(bot: Harness) -> None:
    shown = await drawn(bot)
    await rule(bot, "own")
    before = len(bot.discord.downloads)
    assert "pictures of your own alone" in await bot.refused(await wants(bot, shown))
    assert len(bot.discord.downloads) == before  # it was not even fetched
    await rule(bot, "anyone")
    assert await bot.posted(await wants(bot, shown), tick=1)
    portrait = await submitted(bot, await menu(bot, bot.bob, shown, "Make a portrait"), Mode="creative")
    question = await question_about(bot, portrait)
    assert "make a new portrait from it?" in question.content
    await bot.click(bot.alice, question, ALLOW)
    await made(bot, portrait)

    opened = await private(bot, await bot.command("/settings"))
    await bot.discord.select(bot.alice, opened, "setting:pictures", ["never"])
    await bot.rest()
    assert "keeps their pictures" in await bot.refused(await wants(bot, shown))
    await bot.discord.select(bot.alice, opened, "setting:results", ["nobody"])
    await bot.rest()
    result = await bot.posted(await bot.imagine(), tick=1)
    assert "keeps what they make" in await bot.refused(await bot.click(bot.bob, result, "Again"))


async def test_a_reply_is_answered_with_a_note_and_becomes_the_job(harness: Harness) -> None:
    bot = await start_with_intent(harness)
    shown = await drawn(bot)
    said = await say(bot, at(bot, "make it night"), by=bot.bob, reply_to=shown)
    assert "is asked" in (await note_to(bot, said)).content
    question = await question_about(bot, said)
    await bot.click(bot.alice, question, ALLOW)
    posted = await edited(bot, said, tick=1)
    assert posted.pinged == {bot.bob.id}


async def test_what_cannot_be_paid_any_more_is_told(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.035")})
    await harness.ready()
    bot = harness
    asked = await wants(bot, await drawn(bot))
    question = await question_about(bot, asked)
    await bot.posted(await bot.imagine(bot.bob), tick=1)
    await bot.click(bot.alice, question, ALLOW)
    told = await told_about(bot, asked)
    assert told.pinged == {bot.bob.id}
    assert "more than your limit" in told.content
    assert asked.id not in await bot.books.jobs()


async def test_whoever_asks_agrees_to_the_price_before_anybody_else_is_asked(harness: Harness) -> None:
    await harness.start(limits={"confirm_above_usd": Decimal("0.02")})
    await harness.ready()
    price = await private(harness, await wants(harness, await drawn(harness)))
    assert questions(harness) == []
    agreed = await harness.click(harness.bob, price, labels(price)[0][0])
    question = await question_about(harness, agreed)
    assert harness.submits == []
    await harness.click(harness.alice, question, ALLOW)
    assert (await made(harness, agreed)).pinged == {harness.bob.id}


async def test_it_goes_on_after_a_restart(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    asked = await wants(harness, await drawn(harness))
    question = await question_about(harness, asked)
    await harness.stop()
    await harness.clock.advance(3600)
    await harness.start(seed=12)
    await harness.ready()
    await harness.click(harness.alice, question, ALLOW)
    assert (await made(harness, asked)).attachments
    assert len(questions(harness)) == 1


async def test_whom_the_operator_has_blocked_since_gets_nothing_of_what_is_allowed(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    asked = await wants(harness, await drawn(harness))
    question = await question_about(harness, asked)
    await harness.stop()
    await harness.start(seed=12, access={"blocked_users": frozenset({harness.bob.id})})
    await harness.ready()
    await harness.click(harness.alice, question, ALLOW)
    assert "I do nothing for you here" in (await told_about(harness, asked)).content
    assert await harness.books.jobs() == []


async def test_what_is_kept_of_it_is_exported_to_both(bot: Harness) -> None:
    shown = await drawn(bot)
    await keeps(bot, shown)
    told = {}
    for member in (bot.alice, bot.bob):
        page = await private(bot, await bot.command("/privacy", member))
        assert "Never mine" in page.content
        sent = await private(bot, await bot.click(member, page, "Export my data"))
        with zipfile.ZipFile(io.BytesIO(sent.attachments[0].content)) as archive:
            told[member.name] = json.loads(archive.read("data.json"))
    [hers] = told["alice"]["pictures taken for theirs"]
    assert hers["never mine"]
    assert hers["in"].endswith(f"/{shown.id}")
    [asked] = told["alice"]["questions about pictures"]
    assert (asked["asked by"], asked["words"], asked["answer"]) == ("somebody else", None, "never")
    [asks] = told["bob"]["questions about pictures"]
    assert (asks["asked by"], asks["words"]) == ("them", "make it night")
    assert "pictures taken for theirs" not in told["bob"]
