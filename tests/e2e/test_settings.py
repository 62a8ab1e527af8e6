"""/settings: what a person chooses there is kept, and counts where they choose nothing."""

from decimal import Decimal
from typing import Any

import pytest

from bot.domain.preferences import Replies
from sandbox.discord import Interaction, Member, Message
from sandbox.discord.model.components import every
from tests.e2e.harness import Harness
from tests.e2e.pressing import answered, private, result
from tests.e2e.talking import does_nothing, is_edit_of, say


async def opened(bot: Harness, member: Member | None = None) -> Message:
    return await private(bot, await bot.command("/settings", member))


async def sent(bot: Harness, page: Message, setting: str, option: str) -> Interaction:
    return await answered(bot, await bot.discord.select(bot.alice, page, f"setting:{setting}", [option]))


async def choose(bot: Harness, page: Message, setting: str, option: str) -> None:
    """Choose from a list, and wait until the page shows it."""
    await sent(bot, page, setting, option)
    await bot.until(lambda: option in chosen(page, "value")[setting])


def chosen(page: Message, shown: str = "label") -> dict[str, list[str]]:
    """Tell what stands in each list."""
    selects = [each for each in every(page.components) if each.get("options")]
    return {
        each["custom_id"].removeprefix("setting:"): [o[shown] for o in each["options"] if o.get("default")]
        for each in selects
    }


def words(page: Message) -> str:
    return "\n".join(each["content"] for each in every(page.components) if "content" in each)


async def test_the_page_is_private_and_shows_the_usual(bot: Harness) -> None:
    page = await opened(bot)
    assert page.ephemeral
    assert page.content == ""
    assert chosen(page) == {
        "shape": ["1:1"],
        "quality": ["standard · about $0.03"],
        "enhance": ["When they are short"],
        "replies": ["Ask me where it is unclear"],
        "pictures": ["As each server has it"],
        "results": ["Anyone may"],
    }
    assert len(words(page).splitlines()) <= 15


async def test_imagine_takes_the_defaults_where_an_option_is_left_out(bot: Harness) -> None:
    page = await opened(bot)
    for setting, option in (("shape", "16:9"), ("quality", "hd"), ("enhance", "off")):
        await choose(bot, page, setting, option)
    assert chosen(page)["enhance"] == ["Never"]
    assert chosen(page)["shape"] == ["16:9"]
    assert chosen(page)["quality"][0].startswith("hd")
    assert chosen(await opened(bot)) == chosen(page)

    async def made(member: Member | None = None, **options: Any) -> tuple[object, object]:
        posted = await bot.posted(await bot.imagine(member, **options))
        return posted.attachments[0].size, bot.submits[-1].params.get("use_pre_llm", True)

    assert await made() == ((2560, 1440), False)
    assert await made(size="1:1") == ((1328, 1328), False)
    assert await made(size="standard", enhance="auto") == ((1664, 936), True)
    assert await made(size="600x700") == ((600, 700), False)
    assert await made(bot.bob) == ((1328, 1328), True)


async def offered(bot: Harness, **options: Any) -> list[str]:
    """List the counts that /imagine offers."""
    asked = await bot.discord.complete(bot.alice, bot.general, "/imagine", "count", "", options)
    await answered(bot, asked)
    assert asked.choices is not None
    return [each["name"] for each in asked.choices]


async def test_the_counts_are_offered_at_the_price_of_the_defaults(bot: Harness) -> None:
    for size in ("1:1", "hd"):
        await bot.posted(await bot.imagine(size=size))
    before = await offered(bot, size="hd")
    assert await offered(bot) != before
    await choose(bot, await opened(bot), "quality", "hd")
    assert await offered(bot) == before


async def test_what_replies_mean(bot: Harness) -> None:
    page, picture = await opened(bot), await result(bot)
    await choose(bot, page, "replies", Replies.EDIT)
    await is_edit_of(bot, await say(bot, "a top hat", reply_to=picture), picture, "a top hat")
    await choose(bot, page, "replies", Replies.NEVER)
    await does_nothing(bot, await say(bot, "make it night", reply_to=picture))


async def test_a_price_is_asked_about_with_the_defaults(harness: Harness) -> None:
    await harness.start(limits={"confirm_above_usd": Decimal("0.02")})
    await harness.ready()
    await choose(harness, await opened(harness), "quality", "hd")
    asked = await private(harness, await harness.imagine())
    agreed = await harness.click(harness.alice, asked, asked.components[0]["components"][0]["label"])
    posted = await harness.posted(agreed)
    assert posted.attachments[0].size == (2048, 2048)


@pytest.mark.parametrize("setting", ["shape", "quality", "enhance", "replies", "pictures", "results"])
async def test_what_is_not_offered_is_refused(bot: Harness, setting: str) -> None:
    page = await opened(bot)
    select = next(each for each in every(page.components) if each.get("custom_id") == f"setting:{setting}")
    select["options"].append({"label": "x", "value": "x"})
    refused = await sent(bot, page, setting, "x")
    [told] = await bot.until(lambda: refused.followups)
    assert "x" in told.content
    assert chosen(await opened(bot))["replies"] == ["Ask me where it is unclear"]
