import pytest

from sandbox.discord import ChannelType, Interaction, Message
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness

LEFT_OUT = "-# Your words are left out: this server's AutoMod blocks them."


@pytest.fixture(autouse=True)
def _no_rude_words(harness: Harness) -> None:
    harness.guild.automod_words.add("rude")


def _carries_the_picture(posted: Message, asked: Interaction) -> None:
    (file,) = posted.attachments
    assert file.filename == f"{asked.id}-1.png"
    assert file.description == "A picture made from words"
    assert "rude" not in posted.content
    assert LEFT_OUT in posted.content.splitlines()


async def test_a_thread_whose_title_is_blocked_has_another_and_the_picture(bot: Harness) -> None:
    asked = await bot.imagine(prompt="a rude fox")
    posted = await bot.posted(asked)
    assert (posted.channel.parent, posted.channel.name) == (bot.general, "Your picture")
    _carries_the_picture(posted, asked)
    assert bot.submits[0].params["prompt"] == "a rude fox"


async def test_a_status_message_whose_words_are_blocked_says_what_it_can(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never"))
    asked = await bot.imagine(prompt="a rude fox")
    status_message = await bot.first_status(asked)
    assert status_message.startswith("🎨 Painting **your picture**\n-# ready <t:")
    await bot.logged("task.running")
    bot.finish()
    posted = await bot.posted(asked, tick=1)
    assert bot.status_message(asked).startswith("🖼️ **your picture**\n-# 1 picture · $0.0065 · [see it](")
    assert str(posted.id) in bot.status_message(asked)


@pytest.mark.parametrize("kind", [ChannelType.VOICE, ChannelType.STAGE, ChannelType.FORUM])
async def test_words_that_are_blocked_are_left_out_wherever_it_is_posted(bot: Harness, kind: ChannelType) -> None:
    place = bot.discord.add_channel(bot.guild, "place", kind=kind)
    if kind is ChannelType.FORUM:
        place = await bot.discord.start_post(bot.alice, place, "Foxes", "Show me foxes.")
    asked = await bot.imagine(place=place, prompt="a rude fox")
    posted = await bot.posted(asked)
    assert posted.channel is place
    _carries_the_picture(posted, asked)


async def test_direct_messages_have_no_automod(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    posted = await bot.posted(await bot.imagine(place=dm, prompt="a rude fox"))
    assert "> a rude fox" in posted.content
    assert LEFT_OUT not in posted.content


async def test_a_notice_leaves_blocked_words_out_too(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "fail", code="003001095"))
    notice = await bot.posted(await bot.imagine(prompt="a rude fox"))
    assert notice.channel is bot.general
    assert "rude" not in notice.content
    assert LEFT_OUT in notice.content
    assert "Nothing was charged." in notice.content


async def test_so_does_a_late_picture(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never"))
    asked = await bot.imagine(prompt="a rude fox")
    await bot.logged("task.running")
    await bot.clock.advance(15 * 60)
    await bot.posted(asked, tick=1)
    bot.finish()
    await bot.until(lambda: len(bot.posts(asked)) == 2, tick=10)
    await bot.done(tick=1)
    _carries_the_picture(bot.posts(asked)[1], asked)


async def test_what_automod_blocks_even_without_the_words_is_sent_to_its_owner(bot: Harness) -> None:
    bot.guild.automod_words |= {"picture", "spark_t2i_3_0"}
    posted = await bot.posted(await bot.imagine(prompt="a rude fox"))
    assert posted.channel is bot.discord.direct_messages(bot.alice)
    assert f"Posted here because this server's AutoMod blocks it in <#{bot.general.id}>." in posted.content
    assert "> a rude fox" in posted.content
