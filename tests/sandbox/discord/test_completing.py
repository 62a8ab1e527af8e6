"""Options that the bot completes while somebody types."""

from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from sandbox.clock import MovableClock
from sandbox.discord import Channel, ClientRefusal, DiscordSandbox, Interaction, InteractionState, Member
from tests.sandbox.discord.clients import Bot
from tests.sandbox.discord.conftest import Connect

Choices = list[dict[str, Any]]


@pytest.fixture
async def completing(connect: Connect) -> Bot:
    """Give a bot with a command whose number and word it completes; it leaves the answers to the test."""

    @app_commands.command(name="mix", description="Mix.")
    async def mix(
        interaction: discord.Interaction, paint: str, count: app_commands.Range[int, 1, 4], size: int | None = None
    ) -> None: ...

    async def nothing(_interaction: discord.Interaction, _typed: str) -> list[app_commands.Choice[Any]]:
        raise AssertionError("the test answers")

    mix.autocomplete("count")(nothing)
    mix.autocomplete("paint")(nothing)
    bot = Bot()
    bot.tree.add_command(mix)
    bot.tree.interaction_check = _no  # type: ignore[method-assign]
    return await connect(bot)


async def _no(_interaction: discord.Interaction) -> bool:
    return False


async def _sent(
    sandbox: DiscordSandbox, bot: Bot, alice: Member, general: Channel, focused: str = "count", typed: str = "2"
) -> tuple[Interaction, discord.Interaction]:
    sent = await sandbox.complete(alice, general, "/mix", focused, typed, {"size": 3})
    return sent, await bot.interactions.get()


async def test_what_is_typed_travels_as_text_with_what_stands_in_the_other_options(
    sandbox: DiscordSandbox, completing: Bot, alice: Member, general: Channel
) -> None:
    _, got = await _sent(sandbox, completing, alice, general)
    assert got.type is discord.InteractionType.autocomplete
    assert got.data is not None
    assert got.data["options"] == [  # type: ignore[typeddict-item]
        {"name": "size", "type": 4, "value": 3},
        {"name": "count", "type": 4, "value": "2", "focused": True},
    ]


async def test_the_choices_are_shown_and_the_message_stays_none(
    sandbox: DiscordSandbox, completing: Bot, alice: Member, general: Channel
) -> None:
    sent, got = await _sent(sandbox, completing, alice, general)
    await got.response.autocomplete([app_commands.Choice(name="two", value=2)])
    assert sent.choices == [{"name": "two", "value": 2}]
    assert (sent.state, sent.response) == (InteractionState.ANSWERED, None)


@pytest.mark.parametrize(
    ("focused", "choices", "taken"),
    [
        ("count", [{"name": str(n), "value": n} for n in range(25)], True),
        ("count", [{"name": str(n), "value": n} for n in range(26)], False),
        ("count", [], True),
        ("count", [{"name": "two", "value": "2"}], False),
        ("count", [{"name": "two", "value": 2.5}], False),
        ("count", [{"name": "yes", "value": True}], False),
        ("count", [{"name": "", "value": 2}], False),
        ("count", [{"name": "n" * 101, "value": 2}], False),
        ("paint", [{"name": "red", "value": "red"}], True),
        ("paint", [{"name": "red", "value": 1}], False),
        ("paint", [{"name": "red", "value": "r" * 101}], False),
    ],
)
async def test_choices_are_of_the_options_type_and_at_most_twenty_five(
    sandbox: DiscordSandbox,
    completing: Bot,
    api: aiohttp.ClientSession,
    alice: Member,
    general: Channel,
    focused: str,
    choices: Choices,
    taken: bool,
) -> None:
    sent, _ = await _sent(sandbox, completing, alice, general, focused)
    body = {"type": 8, "data": {"choices": choices}}
    reply = await api.post(f"interactions/{sent.id}/{sent.token}/callback", json=body)
    assert reply.status == (204 if taken else 400)
    assert sent.choices == (choices if taken else None)


async def test_it_can_neither_be_deferred_nor_answered_late(
    sandbox: DiscordSandbox,
    completing: Bot,
    api: aiohttp.ClientSession,
    alice: Member,
    general: Channel,
    clock: MovableClock,
) -> None:
    sent, got = await _sent(sandbox, completing, alice, general)
    reply = await api.post(f"interactions/{sent.id}/{sent.token}/callback", json={"type": 5})
    assert (reply.status, (await reply.json())["code"]) == (400, 50035)
    await clock.advance(3)
    with pytest.raises(discord.NotFound):
        await got.response.autocomplete([])
    assert sent.state is InteractionState.FAILED


async def test_the_client_asks_the_bot_only_where_it_completes(
    sandbox: DiscordSandbox, completing: Bot, alice: Member, general: Channel
) -> None:
    assert completing
    for command, focused in (("/mix", "size"), ("/mix", "colour"), ("/nothing", "count")):
        with pytest.raises(ClientRefusal):
            await sandbox.complete(alice, general, command, focused)
