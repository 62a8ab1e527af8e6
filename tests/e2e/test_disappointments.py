"""What Spark's pages warn of is told before anything is paid: a question where the picture may be of no use."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.discord import Interaction, Message
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness
from tests.e2e.photos import opened, photo
from tests.e2e.pressing import labels, private

LONG = "a red fox " * 13


async def _edit(bot: Harness, **options: Any) -> Interaction:
    return await bot.command("/edit", **{"prompt": "night", "model": "structure", "image": photo(), **options})


async def _question(bot: Harness, asked: Interaction) -> Message:
    return await private(bot, asked)


async def test_a_size_that_comes_back_in_another_shape_is_asked_about(bot: Harness) -> None:
    asked = await _edit(bot, size="2016x864", prompt="*night*")
    question = await _question(bot, asked)
    assert question.content.splitlines() == [
        "**This may disappoint: make it all the same?**",
        "2016×864 comes back as 1536×864, which is another shape. 1536×656 would keep it.",
        "It is for /edit **\\*night\\***, about $0.03. "
        "If you had rather not, do nothing, or send it again with another size.",
    ]
    assert labels(question) == [["Make it · about $0.03"]]
    assert bot.submits == []
    assert await bot.books.jobs() == []
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0")

    pressed = await bot.click(bot.alice, question, "Make it · about $0.03")
    [file] = (await bot.posted(pressed)).attachments
    assert opened(file).size == (1536, 864)


async def test_a_size_that_may_come_out_black_is_asked_about(bot: Harness) -> None:
    question = await _question(bot, await _edit(bot, size="512x512"))
    assert "may be all black" in question.content
    assert bot.submits == []


async def test_who_agreed_is_not_asked_about_the_price_as_well(harness: Harness) -> None:
    await harness.start(limits={"confirm_above_usd": Decimal("0.01")})
    await harness.ready()
    question = await _question(harness, await _edit(harness, size="512x512"))
    posted = await harness.posted(await harness.click(harness.alice, question, "Make it · about $0.03"))
    assert len(posted.attachments) == 1


async def test_again_is_not_asked_about(bot: Harness) -> None:
    question = await _question(bot, await _edit(bot, size="512x512"))
    posted = await bot.posted(await bot.click(bot.alice, question, "Make it · about $0.03"))
    again = await bot.posted(await bot.click(bot.alice, posted, "Again"))
    assert len(again.attachments) == 1


@pytest.mark.parametrize("size", [{}, {"size": "600x600"}, {"size": "21:9"}])
async def test_what_comes_out_as_it_was_asked_for_is_not_asked_about(bot: Harness, size: dict[str, int]) -> None:
    posted = await bot.posted(await _edit(bot, **size))
    assert len(posted.attachments) == 1


async def test_a_hint_stands_on_the_status_message_and_asks_nothing(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never"))
    asked = await bot.imagine(prompt=LONG)
    hint = "Prompts of more than 120 characters may come out oddly, or have no effect."
    await bot.until(lambda: hint in bot.status_message(asked))
    await bot.logged("task.running")
    bot.finish()
    posted = await bot.posted(asked, tick=1)
    assert hint not in posted.content + bot.status_message(asked)


async def test_a_short_prompt_gets_no_hint(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    assert "💡" not in bot.status_message(asked)
