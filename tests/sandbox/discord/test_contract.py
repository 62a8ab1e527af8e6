from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from jsonschema import Draft202012Validator

from sandbox.discord import Channel, DiscordSandbox, Member
from tests.sandbox.discord.clients import Bot
from tests.sandbox.discord.contract import required_checker


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
    names = {
        "application": bot.application_id,
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
    validator = Draft202012Validator(checker.absolute(schema), registry=checker.REGISTRY)
    answer = await reply.json()
    assert [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(answer)] == []


def _described(checker: Any, method: str, path: str, status: int) -> Any:
    for described, pattern, name, operation in checker.ROUTES:
        if described == method.lower() and pattern.match(path):
            response = operation["responses"].get(str(status))
            assert response is not None, f"{method} {name} describes no {status}"
            return response["content"]["application/json"]["schema"]
    raise AssertionError(f"no route {method} {path}")
