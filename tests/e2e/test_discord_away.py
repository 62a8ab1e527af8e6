"""Clicks that Discord is too troubled to let the bot answer: nobody's bug, and no incident."""

from typing import Any

import pytest

from sandbox.discord import Interaction, InteractionState, Kind, Trouble
from tests.e2e.harness import Harness
from tests.e2e.pressing import private, result

CALLBACK = r"/interactions/\d+/[^/]+/callback"
ORIGINAL = r"/webhooks/\d+/[^/]+/messages/@original"
AWAY = "**Discord did not take my answer.**"
pytestmark = pytest.mark.usefixtures("discord_py_on_the_clock")
LOST = {"kind": Kind.RESET}
TAKEN = {"kind": Kind.RESET, "applied": True}
IN_TROUBLE: dict[str, Any] = {"status": 503, "times": 5}
"""discord.py itself asks five times before it gives up."""
buttons = pytest.mark.parametrize("button", ["⋯ More", "Edit"])


async def told_that_discord_is_away(bot: Harness, click: Interaction) -> None:
    def told() -> bool:
        answers = [click.response, *click.followups]
        return any(each is not None and each.content.startswith(AWAY) and each.ephemeral for each in answers)

    await bot.until(lambda: told() or None, tick=1)


@buttons
@pytest.mark.parametrize("trouble", [LOST, TAKEN], ids=["on its way", "on its way back"])
async def test_an_answer_that_is_lost_is_told_in_private(
    bot: Harness, button: str, trouble: dict[str, Any]
) -> None:
    first = await result(bot)
    bot.discord.trouble.add(Trouble("POST", CALLBACK, **trouble))
    click = await bot.discord.click(bot.alice, first, button)
    await told_that_discord_is_away(bot, click)


@buttons
async def test_where_discord_is_in_trouble_for_too_long_nobody_can_be_told(bot: Harness, button: str) -> None:
    first = await result(bot)
    bot.discord.trouble.add(Trouble("POST", CALLBACK, **IN_TROUBLE))
    await bot.discord.click(bot.alice, first, button)
    await bot.logged("interaction.unanswered", tick=1)


@pytest.mark.parametrize("trouble", [LOST, TAKEN, IN_TROUBLE], ids=["on its way", "on its way back", "in trouble"])
async def test_a_private_message_that_cannot_be_changed_says_why(bot: Harness, trouble: dict[str, Any]) -> None:
    offered = await private(bot, await bot.click(bot.alice, await result(bot, count=2), "Style"))
    bot.discord.trouble.add(Trouble("PATCH", ORIGINAL, **trouble))
    choice = await bot.discord.select(bot.alice, offered, "Picture", ["Picture 2"])
    await told_that_discord_is_away(bot, choice)


@buttons
async def test_an_answer_that_comes_second_or_too_late_is_nobodys_any_more(bot: Harness, button: str) -> None:
    first = await result(bot)
    slow = bot.discord.trouble.add(Trouble("POST", CALLBACK, Kind.HANG))
    click = await bot.discord.click(bot.alice, first, button)
    await slow.reached.wait()
    await bot.clock.advance(3.1)
    assert click.state is InteractionState.FAILED
    slow.release()
    await bot.logged("interaction.not_begun")
    answered = await bot.click(bot.alice, first, button)
    bot.discord.replay(answered)
    await bot.logged("interaction.not_begun", times=2)
    assert answered.followups == []
