from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest

from sandbox.discord import Channel, ChannelType, DiscordSandbox, Guild, Member, Permissions, Upload
from tests.sandbox.discord.clients import Bot, styles, with_menus
from tests.sandbox.discord.conftest import Connect
from tests.sandbox.discord.contract import findings, required_checker


async def test_requests_of_discord_py_match_the_official_description(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, png: bytes, tmp_path: Path
) -> None:
    checker = required_checker()
    await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    await got.response.defer(thinking=True)
    head = await got.original_response()
    channel = bot.get_channel(general.id)
    assert isinstance(channel, discord.TextChannel)
    thread = await channel.get_partial_message(head.id).create_thread(name="x")
    (tmp_path / "x.png").write_bytes(png)
    result = await thread.send("x", file=discord.File(tmp_path / "x.png"), nonce="1-result")
    await result.edit(content="y")
    await got.followup.send("z", ephemeral=True)
    found = [checker.check(each.method, each.path, each.body) for each in sandbox.requests]
    assert [(route, findings) for route, findings in found if route is None or findings] == []
    assert len({route for route, _ in found}) >= 8


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/users/@me", None),
        ("GET", "/oauth2/applications/@me", None),
        ("GET", "/gateway/bot", None),
        ("GET", "/applications/{application}/commands", None),
        ("PUT", "/applications/{application}/commands", [{"name": "x", "description": "x"}]),
        ("GET", "/applications/{application}/guilds/{guild}/commands/{command}/permissions", None),
        ("GET", "/applications/{application}/guilds/{guild}/commands/permissions", None),
        ("GET", "/guilds/{guild}/auto-moderation/rules", None),
        ("POST", "/users/@me/channels", {"recipient_id": "{alice}"}),
        ("GET", "/channels/{channel}", None),
        ("GET", "/channels/{dm}", None),
        ("GET", "/channels/{thread}", None),
        ("GET", "/channels/{channel}/messages", None),
        ("GET", "/channels/{channel}/messages/{message}", None),
        ("GET", "/channels/{thread}/messages", None),
        ("POST", "/channels/{channel}/messages", {"content": "x", "embeds": [{"title": "t"}]}),
        ("PATCH", "/channels/{channel}/messages/{message}", {"content": "y"}),
        ("POST", "/channels/{channel}/messages/{other}/threads", {"name": "x"}),
        ("POST", "/channels/{channel}/threads", {"name": "x", "type": 11}),
        ("GET", "/channels/{thread}/thread-members", None),
        ("POST", "/interactions/{asked}/{asked_token}/callback?with_response=1", {"type": 5}),
        ("GET", "/webhooks/{application}/{token}/messages/@original", None),
        ("PATCH", "/webhooks/{application}/{token}/messages/@original", {"content": "z"}),
        ("POST", "/webhooks/{application}/{token}", {"content": "z", "flags": 64}),
    ],
)
async def test_answers_match_the_official_description(
    bot: Bot,
    api: aiohttp.ClientSession,
    sandbox: DiscordSandbox,
    general: Channel,
    alice: Member,
    tmp_path: Path,
    png: bytes,
    method: str,
    path: str,
    body: Any,
) -> None:
    checker = required_checker()
    channel = bot.get_channel(general.id)
    assert isinstance(channel, discord.TextChannel)
    (tmp_path / "x.png").write_bytes(png)
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Go", custom_id="go"))
    message = await channel.send("x", file=discord.File(tmp_path / "x.png", description="x"), view=view)
    thread = await message.create_thread(name="x")
    other = await message.reply("other")
    answered = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    await (await bot.interactions.get()).response.send_message("first")
    asked = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    sandbox.set_command_permission(alice.guild, "imagine", alice)
    alice.guild.members[sandbox.world.bot.id].roles[0].permissions = Permissions.MANAGE_GUILD
    alice.guild.automod_words.add("gore")
    names = {
        "application": bot.application_id,
        "guild": alice.guild.id,
        "command": next(each.id for each in sandbox.world.application.commands.values() if each.name == "imagine"),
        "alice": alice.id,
        "channel": general.id,
        "dm": sandbox.direct_messages(alice).id,
        "thread": thread.id,
        "message": message.id,
        "other": other.id,
        "asked": asked.id,
        "asked_token": asked.token,
        "token": answered.token,
    }
    if isinstance(body, dict):
        body = {k: v.format_map(names) if isinstance(v, str) else v for k, v in body.items()}
    filled = path.format_map(names)
    reply = await api.request(method, filled.removeprefix("/"), json=body)
    schema = _described(checker, method, filled.partition("?")[0], reply.status)
    assert findings(checker, schema, await reply.json()) == []


@pytest.mark.parametrize(
    "path",
    [
        "/channels/{channel}/messages/{forwarded}",
        "/channels/{channel}/messages/{linked}",
        "/channels/{channel}/messages/{embedded}",
        "/channels/{channel}/messages/{replied}",
        "/channels/{forum}",
        "/channels/{post}",
        "/channels/{post}/messages/{post}",
        "/webhooks/{application}/{menu}/messages/@original",
        "/webhooks/{application}/{sent}/messages/@original",
        "/webhooks/{application}/{clicked}/messages/@original",
    ],
)
async def test_what_people_do_is_told_as_the_official_description_says(
    connect: Connect,
    sandbox: DiscordSandbox,
    api: aiohttp.ClientSession,
    guild: Guild,
    general: Channel,
    alice: Member,
    png: bytes,
    path: str,
) -> None:
    checker = required_checker()
    sandbox.world.application.message_content = True
    bot = await connect(with_menus(Bot()))
    sandbox.add_page("https://example.com/a.png", png)
    photo = await sandbox.say(alice, general, "look", files=[Upload(0, "a.png", png, measured=False)])
    gallery = sandbox.add_member(guild, "Gallery", bot=True)
    shown = {"image": {"url": "attachment://a.png"}}
    forum = sandbox.add_channel(guild, "ideas", kind=ChannelType.FORUM)
    menu = await sandbox.menu(alice, photo, "Edit image")
    modal = discord.ui.Modal(title="Edit", custom_id="edit").add_item(discord.ui.TextInput(label="Words"))
    await (await bot.interactions.get()).response.send_modal(modal)
    sent = await sandbox.submit(menu, {"Words": "a hat"})
    await (await bot.interactions.get()).response.send_message("on it", view=styles())
    assert sent.response is not None
    clicked = await sandbox.select(alice, sent.response, "style", ["clay"])
    await (await bot.interactions.get()).response.send_message("clay")
    menu = await sandbox.menu(alice, photo, "Edit image")
    await (await bot.interactions.get()).response.send_message("again")
    names = {
        "application": bot.application_id,
        "channel": general.id,
        "forwarded": (await sandbox.forward(alice, photo, general)).id,
        "linked": (await sandbox.say(alice, general, "https://example.com/a.png")).id,
        "embedded": (await sandbox.say(gallery, general, "", files=[Upload(0, "a.png", png)], embeds=[shown])).id,
        "replied": (await sandbox.say(alice, general, "yes", reply_to=photo)).id,
        "forum": forum.id,
        "post": (await sandbox.start_post(alice, forum, "x", "x")).id,
        "menu": menu.token,
        "sent": sent.token,
        "clicked": clicked.token,
    }
    filled = path.format_map(names)
    reply = await api.get(filled.removeprefix("/"))
    answer = await reply.json()
    if "message_snapshots" in answer:
        answer["message_reference"]["type"] = 0  # the description knows no forwards, the documentation does (1)
    assert findings(checker, _described(checker, "GET", filled, reply.status), answer) == []


def _described(checker: Any, method: str, path: str, status: int) -> Any:
    for described, pattern, name, operation in checker.ROUTES:
        if described == method.lower() and pattern.match(path):
            response = operation["responses"].get(str(status))
            assert response is not None, f"{method} {name} describes no {status}"
            return response["content"]["application/json"]["schema"]
    raise AssertionError(f"no route {method} {path}")
