from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from sandbox.discord import (
    Channel,
    ClientRefusal,
    DiscordSandbox,
    Guild,
    InteractionState,
    Member,
    MessageType,
    Permissions,
    Upload,
)
from tests.sandbox.discord.clients import Bot, buttons, styles, with_menus
from tests.sandbox.discord.conftest import Connect, Post


@pytest.fixture
async def bot(connect: Connect) -> Bot:
    return await connect(with_menus(Bot()))


async def test_message_menu_brings_its_target_with_all_that_is_on_it(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, bob: Member, png: bytes
) -> None:
    photo = await sandbox.say(bob, general, "my cat", files=[Upload(0, "cat.png", png)])
    assert (await bot.messages.get()).attachments == []
    sent = await sandbox.menu(alice, photo, "Edit image")
    got = await bot.interactions.get()
    assert isinstance(got.command, app_commands.ContextMenu)
    assert got.command.name == "Edit image"
    assert got.data is not None
    assert got.data.get("target_id") == str(photo.id)
    resolved: Any = got.data.get("resolved")
    target = discord.Message(state=bot._connection, channel=got.channel, data=resolved["messages"][str(photo.id)])  # type: ignore[arg-type]  # any messageable does
    assert (target.content, target.author.id) == ("my cat", bob.id)
    assert await target.attachments[0].read() == png
    await got.response.send_message("on it", ephemeral=True)
    assert sent.response is not None
    assert sent.response.type is MessageType.CONTEXT_MENU_COMMAND


async def test_target_does_not_bring_the_message_that_it_answers(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, bob: Member, png: bytes
) -> None:
    photo = await sandbox.say(bob, general, "my cat", files=[Upload(0, "cat.png", png)])
    said = await sandbox.say(alice, general, "lovely", reply_to=photo)
    await sandbox.menu(alice, said, "Edit image")
    data: Any = (await bot.interactions.get()).data
    target = data["resolved"]["messages"][str(said.id)]
    assert target["content"] == "lovely"
    assert "referenced_message" not in target


@pytest.mark.usefixtures("bot")
async def test_menu_that_the_client_does_not_offer(
    sandbox: DiscordSandbox, guild: Guild, general: Channel, alice: Member
) -> None:
    said = await sandbox.say(alice, general, "hello")
    with pytest.raises(ClientRefusal, match=r"^there is no message command Paint image$"):
        await sandbox.menu(alice, said, "Paint image")
    with pytest.raises(ClientRefusal, match=r"^there is no message command imagine$"):
        await sandbox.menu(alice, said, "imagine")
    with pytest.raises(ClientRefusal, match=r"^Erase image is not offered to alice$"):
        await sandbox.menu(alice, said, "Erase image")
    moderators = sandbox.add_role(guild, "moderators", Permissions.MANAGE_MESSAGES)
    carol = sandbox.add_member(guild, "carol", roles=[moderators])
    await sandbox.menu(carol, said, "Erase image")
    sandbox.delete(said)
    with pytest.raises(ClientRefusal, match="alice does not see"):
        await sandbox.menu(alice, said, "Edit image")


async def test_ephemeral_answer_has_no_message_menu(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    await (await bot.interactions.get()).response.send_message("only you", ephemeral=True)
    assert sent.response is not None
    with pytest.raises(ClientRefusal):
        await sandbox.menu(alice, sent.response, "Edit image")


@pytest.mark.parametrize("wanted", ["style", "A style"])
@pytest.mark.parametrize("value", ["watercolor", "Watercolor", "WATERCOLOR"])
async def test_choice_arrives_by_its_value(
    bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member, wanted: str, value: str
) -> None:
    message = await post(styles())
    chosen = await sandbox.select(alice, message, wanted, [value])
    got = await bot.interactions.get()
    data: Any = got.data
    assert (data["custom_id"], data["component_type"], data["values"]) == ("style", 3, ["watercolor"])
    await got.response.edit_message(content="Watercolor it is", view=None)
    assert (message.content, message.components, chosen.state) == (
        "Watercolor it is",
        [],
        InteractionState.ANSWERED,
    )


@pytest.mark.parametrize(
    ("options", "wanted", "values", "why"),
    [
        ({}, "style", ["Oil"], "there is no option Oil"),
        ({}, "other", ["Anime"], "there is no select other"),
        ({}, "style", [], "style takes 1 to 1 options, not 0"),
        ({}, "style", ["Anime", "Clay"], "style takes 1 to 1 options, not 2"),
        ({"min_values": 2, "max_values": 3}, "style", ["Anime"], "style takes 2 to 3 options, not 1"),
        ({"disabled": True}, "style", ["Anime"], "the select style is disabled"),
    ],
)
async def test_choice_that_the_client_does_not_send(
    sandbox: DiscordSandbox,
    post: Post,
    alice: Member,
    options: dict[str, Any],
    wanted: str,
    values: list[str],
    why: str,
) -> None:
    message = await post(styles(**options))
    with pytest.raises(ClientRefusal, match=rf"^{why}$"):
        await sandbox.select(alice, message, wanted, values)


async def test_button_is_no_select_and_a_select_no_button(
    sandbox: DiscordSandbox, post: Post, alice: Member
) -> None:
    with pytest.raises(ClientRefusal):
        await sandbox.select(alice, await post(buttons()), "edit", ["Anime"])
    with pytest.raises(ClientRefusal):
        await sandbox.click(alice, await post(styles()), "style")


async def test_nobody_chooses_from_another_ones_ephemeral_select(
    bot: Bot, sandbox: DiscordSandbox, post: Post, alice: Member, bob: Member
) -> None:
    pressed = await sandbox.click(alice, await post(buttons()), "Edit…")
    await (await bot.interactions.get()).response.send_message("Which?", view=styles(), ephemeral=True)
    assert pressed.response is not None
    with pytest.raises(ClientRefusal, match="bob does not see"):
        await sandbox.select(bob, pressed.response, "style", ["Clay"])
    await sandbox.select(alice, pressed.response, "style", ["Clay"])
    got = await bot.interactions.get()
    await got.response.defer()
    await got.edit_original_response(content="Clay", view=None)
    assert (pressed.response.content, pressed.response.ephemeral) == ("Clay", True)


@pytest.mark.parametrize(
    ("options", "passes"),
    [
        ({"min_values": 0, "max_values": 3}, True),
        ({"max_values": 4}, False),
        ({"min_values": 26}, False),
        ({"min_values": -1}, False),
        ({"max_values": 0}, False),
        ({"placeholder": "p" * 150}, True),
        ({"placeholder": "p" * 151}, False),
        ({"options": [{"label": "A", "value": "a"}, {"label": "B", "value": "a"}]}, False),
    ],
)
async def test_limits_of_a_select(
    api: aiohttp.ClientSession, general: Channel, options: dict[str, Any], passes: bool
) -> None:
    three = [{"label": value, "value": value} for value in "abc"]
    select = {"type": 3, "custom_id": "s", "options": three, **options}
    body = {"content": "x", "components": [{"type": 1, "components": [select]}]}
    reply = await api.post(f"channels/{general.id}/messages", json=body)
    assert reply.status == (200 if passes else 400)
