import pytest

from bot.domain.jobs import AutoMod
from bot.domain.moderation.actions import ActionKind
from bot.domain.states import JobState
from bot.features.account.kept import DeleteKeptButton
from bot.features.moderation.case import KeepBackButton, ReleaseButton
from sandbox.discord import ChannelType, Interaction, Kind, Member, Message, Trouble
from sandbox.spark.trouble import Trouble as AtSpark
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, answer, spend, start
from tests.e2e.pages import controls_of, words_of
from tests.e2e.photos import photo
from tests.e2e.pressing import DAYS, bot_view, menu, posted_by_bot, private
from tests.e2e.talking import at, say, status_of

LEFT_OUT = "-# Your words are left out: this server's AutoMod blocks them."
HELD = "📦 Your picture is made, and this server's AutoMod holds it back."
STOPPED = "✋ These words may not be said on this server. Say it in others."


@pytest.fixture(autouse=True)
def _no_rude_words(harness: Harness) -> None:
    harness.guild.automod_words.add("rude")


async def withheld(bot: Harness, prompt: str = "a rude fox") -> Interaction:
    """Have alice ask for what AutoMod does not let stand; the first time on a server it is made all the same."""
    asked = await bot.imagine(prompt=prompt)
    await bot.until(lambda: asked.response is not None and asked.response.content.startswith("📦"))
    await bot.done()
    return asked


def message_of(asked: Interaction) -> Message:
    assert asked.response is not None
    return asked.response


async def case(bot: Harness, mona: Member, asked: Interaction) -> Message:
    return await answer(bot, await menu(bot, mona, message_of(asked), "Spend case"))


async def test_a_result_whose_words_are_blocked_is_its_owners_alone(bot: Harness) -> None:
    asked = await withheld(bot)
    assert bot.posts() == []
    shown = bot.status_message(asked)
    assert shown.splitlines() == [
        HELD,
        "Only you can see it. A moderator can post it without the words.",
        "-# 1 picture · $0.0065, charged because it was made",
    ]
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]
    assert await bot.books.kept(asked.id) == [1]

    seen = await private(bot, await bot.click(bot.alice, message_of(asked), "See it"))
    assert [file.filename for file in seen.attachments] == [f"{asked.id}-1.png"]
    assert "only you see this" in seen.content
    refused = await bot.refused(await bot.click(bot.bob, message_of(asked), "See it"))
    assert refused.startswith("**")
    assert bot.posts() == []


async def test_from_then_on_blocked_words_stop_a_job_before_it_is_sent(bot: Harness) -> None:
    await withheld(bot)
    asked = await bot.imagine(bot.bob, prompt="a rude cat")
    await bot.until(lambda: bot.status_message(asked).startswith("✋"))
    await bot.done()
    assert len(bot.submits) == 1
    job = await bot.books.job(asked.id)
    assert (job.state, job.automod) == (JobState.CANCELLED, AutoMod.REFUSED)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.0065"), (1, "release", "0.0065")]
    assert bot.status_message(asked).splitlines() == [
        STOPPED,
        "-# Its AutoMod stopped them before anything was made · Nothing was charged",
    ]
    assert message_of(asked).components == []
    # other words wait for nothing but their status message, and time stands still
    posted = await bot.posted(await bot.imagine(prompt="a red fox"))
    assert len(posted.attachments) == 1


async def test_a_status_message_that_discord_does_not_take_keeps_nobody_waiting(bot: Harness) -> None:
    await withheld(bot)
    bot.discord.trouble.add(Trouble("PATCH", r"/webhooks/.*", Kind.HANG))
    await bot.imagine(prompt="a red fox")
    await bot.rest()
    assert len(bot.submits) == 1
    await bot.clock.advance(5)
    await bot.until(lambda: len(bot.submits) == 2)
    bot.discord.trouble.clear()


async def test_moderators_are_told_and_have_it_posted_without_words_once(harness: Harness) -> None:
    mona = await start(harness)
    log = harness.discord.add_channel(harness.guild, "log")
    await spend(harness, "settings", mona, log_channel=log)
    asked = await withheld(harness)
    told = await harness.until(
        lambda: next((m for m in log.messages.values() if "AutoMod" in m.content), None), tick=10
    )
    assert told.content.startswith(f"<@{harness.alice.id}> asked for what AutoMod does not let stand")
    assert str(message_of(asked).id) in told.content
    assert "rude" not in told.content

    await harness.clock.advance(DAYS)  # Spark no longer gives it out
    shown = await case(harness, mona, asked)
    assert controls_of(shown)[:2] == ["Post without words", "Keep back"]
    assert "AutoMod did not let this stand" in words_of(shown)
    assert [file.filename for file in shown.attachments] == [f"{asked.id}-1.png"]
    other = await case(harness, mona, asked)
    await harness.click(mona, shown, "Post without words")
    posted = await harness.posted(asked)
    again = await harness.click(mona, other, "Post without words")
    [beside] = await harness.until(lambda: again.followups)
    assert "does not hold this back any more" in beside.content
    await harness.rest()

    assert harness.posts(asked) == [posted]
    [file] = posted.attachments
    assert file.description == "AI-made from words"
    assert posted.channel.name == "Your picture"
    assert "rude" not in posted.content + harness.status_message(asked)
    assert LEFT_OUT in posted.content.splitlines()
    assert harness.status_message(asked).startswith("🖼️ **your picture**")
    kinds = [each.kind for each in await actions(harness)]
    assert kinds == [ActionKind.SETTINGS, ActionKind.WITHHOLD, ActionKind.RELEASE]


async def test_a_moderator_keeps_it_back_and_its_owner_still_has_it(harness: Harness) -> None:
    mona = await start(harness)
    asked = await withheld(harness)
    shown = await case(harness, mona, asked)
    await harness.click(mona, shown, "Keep back")
    await harness.until(lambda: harness.status_message(asked).startswith("📦 A moderator keeps"))
    await harness.done()
    assert harness.posts() == []
    assert message_of(asked).components == []
    assert controls_of(await case(harness, mona, asked)) == ["Block…", "Delete…"]
    history = await answer(harness, await harness.command("/history"))
    assert "kept back by a moderator · kept until" in words_of(history)


async def test_nobody_else_decides(harness: Harness) -> None:
    await start(harness)
    asked = await withheld(harness)
    buttons = bot_view(ReleaseButton(asked.id), KeepBackButton(asked.id), DeleteKeptButton(asked.id))
    by_hand = await posted_by_bot(harness, buttons)
    for button in ("Post without words", "Keep back", "Delete"):
        await private(harness, await harness.click(harness.bob, by_hand, button))
    assert (await harness.books.job(asked.id)).withheld
    assert await harness.books.kept(asked.id) == [1]


async def test_its_owner_has_it_deleted(bot: Harness) -> None:
    asked = await withheld(bot)
    seen = await private(bot, await bot.click(bot.alice, message_of(asked), "See it"))
    await bot.click(bot.alice, seen, "Delete")
    await bot.until(lambda: bot.status_message(asked).startswith("🗑️"))
    assert await bot.books.kept(asked.id) == []
    assert (await bot.books.job(asked.id)).removed_by == bot.alice.id
    assert seen.attachments == []


async def test_what_a_moderator_let_stand_is_posted_by_the_next_process(harness: Harness) -> None:
    mona = await start(harness)
    asked = await withheld(harness)
    shown = await case(harness, mona, asked)
    hanging = harness.discord.trouble.add(Trouble("POST", r"/channels/\d+/messages/\d+/threads", Kind.HANG))
    await harness.click(mona, shown, "Post without words")
    await harness.until(hanging.reached.is_set)
    await harness.stop()
    harness.discord.trouble.clear()
    await harness.start(seed=12)
    await harness.ready()
    posted = await harness.posted(asked, tick=1)
    assert harness.posts(asked) == [posted]
    assert "rude" not in posted.content


async def test_a_message_that_asks_is_stopped_and_answered_all_the_same(bot: Harness) -> None:
    await withheld(bot)
    said = await say(bot, at(bot, "make it night"), files=[photo(name="rude.png")])
    await bot.until(lambda: next((m for m in bot.posts() if m.nonce == f"{said.id}-head"), None))
    await bot.until(lambda: status_of(bot, said).content.startswith("✋"))
    await bot.done()
    assert len(bot.submits) == 1
    assert (await bot.books.job(said.id)).state is JobState.CANCELLED


@pytest.mark.parametrize("kind", [ChannelType.VOICE, ChannelType.FORUM])
async def test_it_is_withheld_wherever_it_would_be_posted(bot: Harness, kind: ChannelType) -> None:
    place = bot.discord.add_channel(bot.guild, "place", kind=kind)
    if kind is ChannelType.FORUM:
        place = await bot.discord.start_post(bot.alice, place, "Foxes", "Show me foxes.")
    asked = await bot.imagine(place=place, prompt="a rude fox")
    await bot.until(lambda: bot.status_message(asked).startswith(HELD))
    assert bot.posts() == []


@pytest.mark.parametrize("inside", [False, True], ids=["as a thread's name", "in a thread"])
async def test_what_automod_learns_meanwhile_counts(harness: Harness, *, inside: bool) -> None:
    bot, mona = harness, await start(harness)
    place = await bot.discord.start_thread(bot.alice, bot.general, "sketches") if inside else bot.general
    bot.spark.trouble.add(AtSpark("submit", "never"))
    asked = await bot.imagine(place=place, prompt="a secret fox")
    await bot.logged("task.running")
    await bot.until(lambda: "secret" in bot.status_message(asked))
    bot.guild.automod_words.add("secret")
    bot.finish()
    await bot.until(lambda: bot.status_message(asked).startswith(HELD), tick=1)
    assert bot.posts() == []
    assert await bot.books.kept(asked.id) == [1]
    await bot.click(mona, await case(bot, mona, asked), "Post without words")
    posted = await bot.posted(asked, tick=1)
    assert posted.channel.name == ("sketches" if inside else "Your picture")
    assert "secret" not in posted.content


async def test_what_is_blocked_without_any_words_is_withheld_too(bot: Harness) -> None:
    bot.guild.automod_words |= {"here is your picture"}
    asked = await withheld(bot, "a red fox")
    assert bot.posts() == []
    assert await bot.books.kept(asked.id) == [1]


async def test_direct_messages_have_no_automod(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    posted = await bot.posted(await bot.imagine(place=dm, prompt="a rude fox"))
    assert "> a rude fox" in posted.content
    assert LEFT_OUT not in posted.content


async def test_a_notice_leaves_blocked_words_out(bot: Harness) -> None:
    bot.spark.trouble.add(AtSpark("submit", "fail", code="003001095"))
    notice = await bot.posted(await bot.imagine(prompt="a rude fox"))
    assert notice.channel is bot.general
    assert "rude" not in notice.content
    assert LEFT_OUT in notice.content
    assert "Nothing was charged." in notice.content


async def test_a_late_picture_waits_for_a_moderators_word(harness: Harness) -> None:
    mona = await start(harness)
    harness.spark.trouble.add(AtSpark("submit", "never"))
    asked = await harness.imagine(prompt="a rude fox")
    await harness.logged("task.running")
    await harness.clock.advance(15 * 60)
    notice = await harness.posted(asked, tick=1)
    harness.finish()
    await harness.logged("job.withheld", tick=10)
    await harness.done(tick=1)
    assert harness.posts(asked) == [notice]
    assert await harness.books.kept(asked.id) == [1]
    shown = await case(harness, mona, asked)
    await harness.click(mona, shown, "Post without words")
    await harness.until(lambda: len(harness.posts(asked)) == 2 or None, tick=1)
    [file] = harness.posts(asked)[1].attachments
    assert file.description == "AI-made from words"
