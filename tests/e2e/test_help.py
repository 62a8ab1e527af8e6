import re
from decimal import Decimal
from typing import Any

from bot.gateway.catalogue import commands
from sandbox.discord import Member
from sandbox.discord.people.lines import CommandLine, parse
from tests.e2e.books import OWN_LIMITS
from tests.e2e.harness import Harness


async def _help(bot: Harness, member: Member | None = None, **where: Any) -> str:
    return await bot.refused(await bot.command("/help", member, **where))


async def test_it_is_short_and_for_the_asking_person_alone(bot: Harness) -> None:
    text = await _help(bot)
    assert len(text) < 1800
    assert bot.discord.visible(bot.general, bot.bob) == []
    assert len(bot.discord.visible(bot.general, bot.alice)) == 1


async def test_every_command_and_menu_that_it_names_is_there(bot: Harness) -> None:
    text = await _help(bot)
    offered = {command.name for command in commands()}
    named = re.findall(r"(?<![\w/])/([a-z]+)", text)
    assert set(named) <= offered
    assert {"imagine", "edit", "stylize", "portrait", "history", "usage"} <= set(named)
    menus = [name for name in ("Edit image", "Stylize image", "Make a portrait") if f"**{name}**" in text]
    assert len(menus) == 3
    assert set(menus) <= offered


async def test_every_example_can_be_sent_as_it_is(bot: Harness) -> None:
    text = await _help(bot)
    examples = re.findall(r"^`(/.*?)`", text, re.MULTILINE)
    assert len(examples) == 5
    posted = await bot.posted(await bot.imagine())
    for example in examples:
        assert "\n" not in example
        line = parse(example, bot.discord.world.application.commands_in(bot.guild.id))
        assert isinstance(line, CommandLine)
        options: dict[str, Any] = dict(line.options)
        place = bot.general if line.command == "/imagine" else posted.channel
        assert await bot.posted(await bot.command(line.command, place=place, **options), tick=1)


async def test_it_says_what_a_picture_costs_now(bot: Harness) -> None:
    assert "`/edit prompt:make it night` · about $0.03" in await _help(bot)
    await bot.posted(await bot.imagine())
    await bot.posted(await bot.imagine(size="16:9 hd"))
    text = await _help(bot)
    assert "`/imagine prompt:a red fox in snow` · $0.0065\n" in text
    assert "size:16:9 hd` · $0.013\n" in text
    assert "`/edit prompt:make it night` · about $0.03" in text


async def test_it_says_what_is_left_of_the_tightest_limit(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.50"), "guild_month_usd": Decimal("0.20")})
    await harness.ready()
    text = await _help(harness)
    assert "**This server has $0.20 left this month**, of $0.20. It is full again <t:" in text
    direct = await _help(harness, place=harness.discord.direct_messages(harness.alice))
    assert "**You have $0.50 left today**, of $0.50. It is full again <t:" in direct


async def test_where_there_is_no_limit_none_is_named(harness: Harness) -> None:
    await harness.start(limits=dict.fromkeys((*OWN_LIMITS, "total_day_usd", "total_month_usd")))
    await harness.ready()
    assert "**You have no limit here.**" in await _help(harness)
