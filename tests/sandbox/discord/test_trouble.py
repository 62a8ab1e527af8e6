import asyncio
import errno
import json
from pathlib import Path

import aiohttp
import discord
import pytest

from sandbox.discord import Channel, DiscordSandbox, Kind, Member, Trouble
from tests.sandbox.discord.clients import Bot

MESSAGES = r"/channels/\d+/messages"


async def test_scripted_answer_comes_as_often_as_asked(
    bot: Bot, sandbox: DiscordSandbox, general: Channel
) -> None:
    sandbox.trouble.add(Trouble("POST", MESSAGES, status=403, code=200000, message="Blocked", times=2))
    channel = bot.get_partial_messageable(general.id)
    for _ in range(2):
        with pytest.raises(discord.Forbidden) as refused:
            await channel.send("x")
        assert (refused.value.code, refused.value.text) == (200000, "Blocked")
    await channel.send("x")
    assert len(general.messages) == 1


@pytest.mark.parametrize(("applied", "posted"), [(True, 1), (False, 0)])
@pytest.mark.parametrize("kind", [Kind.RESET, Kind.ANSWER])
async def test_lost_answer_may_have_taken_effect(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, kind: Kind, applied: bool, posted: int
) -> None:
    trouble = sandbox.trouble.add(Trouble("POST", MESSAGES, kind, applied=applied, status=418))
    with pytest.raises((discord.HTTPException, OSError)) as lost:
        await bot.get_partial_messageable(general.id).send("x")
    assert trouble.reached.is_set()
    if kind is Kind.RESET:
        assert isinstance(lost.value, OSError)
        assert lost.value.errno == errno.ECONNRESET
    assert len(general.messages) == posted
    (entry,) = sandbox.requests.matching("POST", MESSAGES)
    assert entry.status == (None if kind is Kind.RESET else 418)


@pytest.mark.parametrize("applied", [True, False])
async def test_hanging_request_goes_on_when_released(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, applied: bool
) -> None:
    trouble = sandbox.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=applied))
    sending = asyncio.create_task(bot.get_partial_messageable(general.id).send("x"))
    await trouble.reached.wait()
    assert len(general.messages) == applied
    assert not sending.done()
    trouble.release()
    assert (await sending).content == "x"
    assert len(general.messages) == 1


@pytest.mark.parametrize("applied", [True, False])
async def test_request_of_a_killed_bot_takes_effect_only_where_it_had(
    api: aiohttp.ClientSession, sandbox: DiscordSandbox, general: Channel, applied: bool
) -> None:
    trouble = sandbox.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=applied))
    sending = asyncio.create_task(api.post(f"channels/{general.id}/messages", json={"content": "x"}))
    await trouble.reached.wait()
    sending.cancel()
    await asyncio.wait([sending])
    await api.get("users/@me")  # by its answer the server has seen the other connection go
    trouble.release()
    await api.get("users/@me")
    assert len(general.messages) == applied


async def test_log_keeps_every_request_without_tokens(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, png: bytes, tmp_path: Path
) -> None:
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    await got.response.defer()
    (tmp_path / "fox.png").write_bytes(png)
    await got.edit_original_response(content="done", attachments=[discord.File(tmp_path / "fox.png")])
    (edit,) = sandbox.requests.matching("PATCH", r"/webhooks/\d+/TOKEN/messages/@original")
    assert (edit.body["content"], edit.filenames, edit.status) == ("done", ("fox.png",), 200)
    assert edit.when == sandbox.world.interactions[sent.id].created_at
    path = tmp_path / "log.jsonl"
    sandbox.requests.write(path)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert len(lines) == len(sandbox.requests)
    assert lines[-1] == {"method": "PATCH", "path": edit.path, "body": edit.body}
    assert sent.token not in path.read_text()


async def test_waiting_gives_up(sandbox: DiscordSandbox) -> None:
    with pytest.raises(TimeoutError):
        await sandbox.wait_for(lambda: False, timeout=0.01)
