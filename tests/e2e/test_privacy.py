"""/privacy: what is kept is told, exported and erased; and old words go by themselves."""

import io
import json
import zipfile
from decimal import Decimal

import pytest

from bot.features.results.delete import DeleteThisButton
from bot.features.results.details import DetailsButton
from bot.store import DatabaseAway, ErasureStore
from sandbox.discord import Kind, Message, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.pages import controls_of, words_of
from tests.e2e.photos import photo
from tests.e2e.pressing import bot_view, chosen, form_sent, labels, more, posted_by_bot, private, result
from tests.e2e.talking import edited, say

DAY = 24 * 3600
GONE = "The words of this one are no longer kept"
FEBRUARY = 1769904000  # the clock starts at noon of the first of January 2026


async def _privacy(bot: Harness) -> Message:
    return await private(bot, await bot.command("/privacy"))


async def _exported(bot: Harness) -> dict[str, bytes]:
    sent = await private(bot, await bot.click(bot.alice, await _privacy(bot), "Export my data"))
    assert sent.ephemeral
    [file] = sent.attachments
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def _question(bot: Harness) -> Message:
    return await private(bot, await bot.click(bot.alice, await _privacy(bot), "Erase my data…"))


async def _erased(bot: Harness) -> Message:
    """Erase all that is kept of alice, and give what she is told."""
    question = await _question(bot)
    await bot.click(bot.alice, question, "Erase it")
    await bot.until(lambda: question.content.startswith("**Your data is erased"))
    return question


async def _refused_click(bot: Harness, message: Message, button: str) -> str:
    return await bot.refused(await bot.click(bot.alice, message, button))


# what is kept


async def test_what_is_kept_is_told_as_the_settings_have_it(harness: Harness) -> None:
    await harness.start(privacy={"keep_prompts": 3 * DAY, "keep_inputs": 10 * DAY, "keep_results": 5400})
    await harness.ready()
    told = await _privacy(harness)
    assert told.ephemeral
    assert len(told.content) < 2000
    assert "- Your words, the options, and where the results stand: 3 days\n" in told.content
    assert "- Pictures that you send: 3 days after the last use\n" in told.content  # they go with the words
    assert "does not take: 1 h 30 min;" in told.content
    assert labels(told) == [["Export my data", "Erase my data…"]]


# the export


async def test_an_export_holds_what_was_asked_for_in_all_places(bot: Harness) -> None:
    picture = photo()
    posted = await bot.posted(await bot.command("/edit", prompt="make it night", image=picture))
    dm = bot.discord.direct_messages(bot.alice)
    await result(bot, dm, prompt="a secret fox")
    await bot.posted(await bot.imagine(bot.bob, prompt="bob's fox"))

    files = await _exported(bot)

    data = json.loads(files.pop("data.json"))
    assert {job["words"] for job in data["jobs"]} == {"make it night", "a secret fox"}
    assert sum(Decimal(part["charged"]) for job in data["jobs"] for part in job["parts"]) == Decimal("0.0145")
    link = f"https://discord.com/channels/{bot.guild.id}/{posted.channel.id}/{posted.id}"
    assert [job["result"] for job in data["jobs"] if job["server"] != "0"] == [link]
    assert list(files.values()) == [picture.content]


@pytest.mark.parametrize("times", [1, 2])
async def test_an_export_that_discord_finds_too_large_is_tried_once_more(bot: Harness, times: int) -> None:
    path = r"/webhooks/\d+/[^/]+/messages/@original"
    bot.discord.trouble.add(Trouble("PATCH", path, status=413, code=40005, times=times))
    sent = await private(bot, await bot.click(bot.alice, await _privacy(bot), "Export my data"))
    if times == 1:
        assert [file.filename for file in sent.attachments] == ["my-data.zip"]
    else:
        assert sent.content.startswith("**Discord did not take the file.**")


# erasing


async def test_erasing_asks_first_and_says_what_goes_and_what_stays(bot: Harness) -> None:
    await result(bot)
    question = await _question(bot)
    assert len(question.content) < 2000
    assert f"from this month <t:{FEBRUARY + 3600}:R>" in question.content
    assert "what moderators decided about you" in question.content
    [asked] = await bot.books.jobs()
    assert (await bot.books.job(asked)).title == "a red fox"


async def test_after_erasing_buttons_say_clearly_that_the_words_are_gone(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "fail", code="003001098"))
    notice = await bot.posted(await bot.imagine(prompt="a fox that fails"))
    posted = await bot.posted(await bot.command("/edit", prompt="make it night", image=photo()))
    history = await private(bot, await bot.command("/history"))
    [asked] = [job for job in await bot.books.jobs() if (await bot.books.job(job)).kind == "edit"]
    await chosen(bot, bot.alice, history, "Open one…", str(asked))
    await bot.until(lambda: "Again" in controls_of(history))
    before = await bot.books.today(bot.alice, bot.guild)

    assert (await _erased(bot)).content.startswith(
        "**Your data is erased:** the words, options, pictures and links of 2 orders"
    )

    old = await posted_by_bot(bot, bot_view(DetailsButton(asked)))
    for message, button in ((posted, "Again"), (old, "Details"), (notice, "Try again"), (history, "Again")):
        assert GONE in await _refused_click(bot, message, button)
    opened = await private(bot, await bot.command("/history"))
    assert words_of(opened).count("its words are no longer kept") == 2
    assert "make it night" not in words_of(opened)
    await chosen(bot, bot.alice, opened, "Open one…", str(asked))
    await bot.until(lambda: controls_of(opened) == ["◀ Back"])
    assert await bot.books.images() == []
    assert await bot.books.today(bot.alice, bot.guild) == before  # no new budget
    data = json.loads((await _exported(bot))["data.json"])
    assert {job["words"] for job in data["jobs"]} == {"(words no longer kept)"}


async def test_a_second_press_tells_when_it_was_done(bot: Harness) -> None:
    await result(bot)
    another = await _question(bot)
    first = await _erased(bot)
    at = int(bot.clock.time())
    await bot.click(bot.alice, another, "Erase it")
    await bot.until(lambda: not labels(another))
    assert first.content.startswith("**Your data is erased:** the words, options, pictures and links of 1 order.")
    assert another.content.startswith(f"**Your data was erased <t:{at}:R>.** Nothing of yours has come since.\n")


async def test_an_erasure_that_was_cut_off_goes_on_at_the_next_start(
    bot: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [await bot.imagine(prompt=f"a secret {number}") for number in range(3)]
    for each in asked:
        await bot.posted(each)
    question = await _question(bot)
    go_on = ErasureStore.go_on

    async def cut_off(self: ErasureStore, user_id: int, _most: int) -> bool:
        if not await go_on(self, user_id, 1):
            return False
        raise DatabaseAway("after the first portion")

    with monkeypatch.context() as once:
        once.setattr(ErasureStore, "go_on", cut_off)
        click = await bot.click(bot.alice, question, "Erase it")
        [said] = await bot.until(lambda: click.followups)
    assert "cannot reach my own records" in said.content
    left = [job for job in asked if (await bot.books.job(job.id)).title.startswith("a secret")]
    assert len(left) == 2
    await bot.stop()
    await bot.start()
    await bot.ready()
    await bot.logged("erasure.finished", tick=60)
    assert {(await bot.books.job(each.id)).title for each in asked} == {"(words no longer kept)"}


async def test_a_picture_that_still_stands_can_be_changed_and_deleted(bot: Harness) -> None:
    posted = await result(bot)
    by_reply = await edited(bot, await say(bot, "make it snow", reply_to=posted))
    await _erased(bot)
    sent = await form_sent(bot, bot.alice, posted, "Edit", prompt="make it night")
    child = await bot.posted(sent)
    details = await private(bot, await more(bot, bot.alice, child, "Details"))
    assert "a picture whose words are no longer kept" in details.content
    await edited(bot, await say(bot, "make it day", reply_to=posted))
    assert GONE in await bot.refused(await bot.click(bot.alice, posted, "Style"))
    for standing in (posted, by_reply):
        question = await private(bot, await more(bot, bot.alice, standing, "Delete"))
        await bot.click(bot.alice, question, "Delete it")
    await bot.until(lambda: posted.deleted and by_reply.deleted)
    await bot.done()
    assert not [request for request in bot.discord.requests if request.path.startswith("/channels/0/")]


async def test_what_is_on_the_way_is_not_erased(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    question = await _question(bot)
    click = await bot.click(bot.alice, question, "Erase it")
    [refused] = await bot.until(lambda: click.followups)
    assert "something of yours is still on the way" in refused.content
    bot.finish()
    assert (await bot.posted(asked, tick=1)).attachments
    assert (await bot.books.job(asked.id)).title == "a red fox"


async def test_what_was_begun_is_forgotten_with_the_rest(harness: Harness) -> None:
    await harness.start(limits={"confirm_above_usd": Decimal("0.001")})
    await harness.ready()
    question = await private(harness, await harness.imagine(prompt="a secret"))
    await _erased(harness)
    assert "has waited too long" in await _refused_click(harness, question, "Spend about $0.03")


async def test_amounts_lose_their_owner_after_the_months_end_although_the_bot_crashed_in_between(
    bot: Harness,
) -> None:
    first = await bot.imagine()
    posted = await bot.posted(first)
    private_one = await result(bot, bot.discord.direct_messages(bot.alice))
    await _erased(bot)
    assert (await bot.books.job(first.id)).account.user_id == bot.alice.id
    await bot.stop()
    await bot.clock.advance(FEBRUARY + 3600 - bot.clock.time())
    await bot.start()
    await bot.ready()
    await bot.logged("erasure.finished", tick=60)

    job = await bot.books.job(first.id)
    assert job.account.user_id < 0
    assert job.account.guild_id == bot.guild.id
    assert await bot.books.entries(first.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]
    assert GONE in await _refused_click(bot, posted, "Again")
    old = await posted_by_bot(bot, bot_view(DeleteThisButton(first.id, posted.channel.id, posted.id)))
    assert "Nobody knows any more whose this is." in await _refused_click(bot, old, "Delete")
    assert "You have made nothing here yet" in words_of(await private(bot, await bot.command("/history")))
    # in direct messages there is nobody else whose it could be
    await bot.posted(await form_sent(bot, bot.alice, private_one, "Edit", prompt="make it night"))
    question = await private(bot, await more(bot, bot.alice, private_one, "Delete"))
    await bot.click(bot.alice, question, "Delete it")
    await bot.until(lambda: private_one.deleted)


async def test_where_discord_loses_the_answer_it_is_said_beside(bot: Harness) -> None:
    await result(bot)
    question = await _question(bot)
    path = r"/webhooks/\d+/[^/]+/messages/@original"
    bot.discord.trouble.add(Trouble("PATCH", path, Kind.RESET))
    click = await bot.click(bot.alice, question, "Erase it")
    [said] = await bot.until(lambda: click.followups)
    assert said.ephemeral
    assert "Your data is erased" in said.content
    [asked] = await bot.books.jobs()
    assert (await bot.books.job(asked)).erased_at is not None


# by themselves


async def test_old_words_go_by_themselves_and_the_amounts_stay(harness: Harness) -> None:
    await harness.start(privacy={"keep_prompts": 3 * DAY})
    await harness.ready()
    posted = await result(harness)
    old = await harness.books.jobs()
    await harness.clock.advance(3 * DAY - 3600)
    young = await harness.imagine(prompt="a young fox")
    await harness.posted(young, tick=1)
    assert [(await harness.books.job(job)).title for job in old] == ["a red fox"]
    await harness.clock.advance(3600)
    await harness.logged("words.erased", tick=60)
    assert [(await harness.books.job(job)).account.user_id for job in old] == [harness.alice.id]
    assert (await harness.books.job(young.id)).title == "a young fox"
    assert GONE in await _refused_click(harness, posted, "Again")
    old_button = await posted_by_bot(harness, bot_view(DetailsButton(old[0])))
    assert GONE in await _refused_click(harness, old_button, "Details")
