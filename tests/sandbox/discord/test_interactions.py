import io
from collections.abc import Awaitable, Callable

import aiohttp
import discord
import pytest

from sandbox.clock import MovableClock
from sandbox.discord import (
    Channel,
    DiscordSandbox,
    Guild,
    Interaction,
    InteractionState,
    Member,
    MessageType,
    Permissions,
)
from tests.sandbox.discord.clients import Bot
from tests.sandbox.discord.conftest import Connect

Ask = Callable[[], Awaitable[tuple[Interaction, discord.Interaction]]]


@pytest.fixture
def ask(bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member) -> Ask:
    async def ask() -> tuple[Interaction, discord.Interaction]:
        sent = await sandbox.command(alice, general, "/imagine", {"prompt": "a fox"})
        return sent, await bot.interactions.get()

    return ask


async def test_answer_just_within_three_seconds_counts(ask: Ask, clock: MovableClock) -> None:
    sent, got = await ask()
    await clock.advance(2.9)
    await got.response.defer()
    await clock.advance(1)
    assert sent.state is InteractionState.DEFERRED


async def test_answer_after_three_seconds_is_unknown(
    ask: Ask, clock: MovableClock, sandbox: DiscordSandbox
) -> None:
    sent, got = await ask()
    await clock.advance(3)
    assert sent.state is InteractionState.FAILED
    with pytest.raises(discord.NotFound) as refused:
        await got.response.defer()
    assert refused.value.code == 10062
    assert sent.response is None
    assert await sandbox.wait_for(lambda: sent.state is InteractionState.FAILED)


async def test_second_answer_is_refused(ask: Ask, api: aiohttp.ClientSession) -> None:
    sent, got = await ask()
    await got.response.send_message("one")
    reply = await api.post(f"interactions/{sent.id}/{sent.token}/callback", json={"type": 5})
    assert (reply.status, (await reply.json())["code"]) == (400, 40060)


async def test_callback_without_response_asked_for_is_empty(ask: Ask, api: aiohttp.ClientSession) -> None:
    sent, _ = await ask()
    reply = await api.post(f"interactions/{sent.id}/{sent.token}/callback", json={"type": 5})
    assert (reply.status, await reply.text()) == (204, "")


@pytest.mark.parametrize("kind", [1, 6, 7, 8, 10, 99, "5", None])
async def test_command_takes_no_answer_of_another_kind(ask: Ask, api: aiohttp.ClientSession, kind: object) -> None:
    sent, _ = await ask()
    reply = await api.post(f"interactions/{sent.id}/{sent.token}/callback", json={"type": kind})
    assert (reply.status, (await reply.json())["code"]) == (400, 50035)
    assert sent.state is InteractionState.PENDING


async def test_foreign_token_answers_nothing(ask: Ask, api: aiohttp.ClientSession) -> None:
    sent, _ = await ask()
    reply = await api.post(f"interactions/{sent.id}/other/callback", json={"type": 5})
    assert (reply.status, (await reply.json())["code"]) == (404, 10062)


async def test_webhook_before_the_first_answer_is_unknown(ask: Ask) -> None:
    _, got = await ask()
    with pytest.raises(discord.NotFound) as refused:
        await got.followup.send("too early")
    assert refused.value.code == 10015


async def test_token_dies_after_fifteen_minutes(ask: Ask, clock: MovableClock) -> None:
    sent, got = await ask()
    await got.response.defer()
    await clock.advance(15 * 60 - 1)
    await got.edit_original_response(content="in time")
    assert sent.response is not None
    assert sent.response.content == "in time"
    await clock.advance(1)
    for attempt in (
        got.edit_original_response(content="late"),
        got.followup.send("late"),
        got.original_response(),
        got.delete_original_response(),
    ):
        with pytest.raises(discord.HTTPException) as refused:
            await attempt
        assert (refused.value.status, refused.value.code) == (401, 50027)
    assert sent.response.content == "in time"


async def test_deferral_that_is_never_filled_fails_with_its_token(ask: Ask, clock: MovableClock) -> None:
    sent, got = await ask()
    await got.response.defer()
    await clock.advance(15 * 60)
    assert sent.state is InteractionState.FAILED


async def test_ephemeral_answer_is_seen_by_one_person_and_not_in_the_channel(
    ask: Ask, bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, bob: Member
) -> None:
    sent, got = await ask()
    await got.response.send_message("only you", ephemeral=True)
    assert sent.ephemeral
    assert [message.content for message in sandbox.visible(general, alice)] == ["only you"]
    assert sandbox.visible(general, bob) == []
    assert isinstance(got.channel, discord.TextChannel)
    assert [message async for message in got.channel.history()] == []
    assert sent.response is not None
    hidden = got.channel.get_partial_message(sent.response.id)
    for attempt in (hidden.edit(content="x"), hidden.fetch(), hidden.create_thread(name="x")):
        with pytest.raises(discord.NotFound) as refused:
            await attempt
        assert refused.value.code == 10008
    await got.edit_original_response(content="changed")
    assert [message.content for message in sandbox.visible(general, alice)] == ["changed"]
    said = await sandbox.say(alice, general, "hello")
    assert (await bot.messages.get()).id == said.id
    assert bot.edits.empty()


async def test_public_deferral_cannot_become_ephemeral(
    ask: Ask, sandbox: DiscordSandbox, general: Channel, bob: Member
) -> None:
    sent, got = await ask()
    await got.response.defer(thinking=True)
    await got.followup.send("hidden?", ephemeral=True)
    assert sent.followups == []
    assert [(m.content, m.ephemeral) for m in sandbox.visible(general, bob)] == [("hidden?", False)]


async def test_refusal_after_deferral_deletes_it_and_whispers(
    ask: Ask, sandbox: DiscordSandbox, general: Channel, alice: Member, bob: Member
) -> None:
    sent, got = await ask()
    await got.response.defer(thinking=True)
    await got.delete_original_response()
    whispered = await got.followup.send("no budget", ephemeral=True, wait=True)
    assert sent.response is None
    assert [message.id for message in sent.followups] == [whispered.id]
    assert [message.content for message in sandbox.visible(general, alice)] == ["no budget"]
    assert sandbox.visible(general, bob) == []
    assert sent.state is InteractionState.ANSWERED


async def test_follow_up_is_read_edited_and_deleted_by_token(ask: Ask) -> None:
    sent, got = await ask()
    await got.response.send_message("first")
    second = await got.followup.send("second", wait=True)
    assert sent.followups[0].type is MessageType.REPLY
    assert (await got.followup.fetch_message(second.id)).content == "second"
    await second.edit(content="second, better")
    assert sent.followups[0].content == "second, better"
    await second.delete()
    assert sent.followups[0].deleted
    with pytest.raises(discord.NotFound) as refused:
        await got.followup.fetch_message(second.id)
    assert refused.value.code == 10008


async def test_ephemeral_deferral_stays_hidden(
    ask: Ask, sandbox: DiscordSandbox, general: Channel, bob: Member
) -> None:
    sent, got = await ask()
    await got.response.defer(thinking=True, ephemeral=True)
    await got.edit_original_response(content="done")
    assert sent.ephemeral
    assert sandbox.visible(general, bob) == []


async def test_replay_brings_the_same_interaction_again(bot: Bot, ask: Ask, sandbox: DiscordSandbox) -> None:
    sent, got = await ask()
    await got.response.defer()
    sandbox.replay(sent)
    again = await bot.interactions.get()
    assert (again.id, again.token) == (got.id, got.token)
    with pytest.raises(discord.HTTPException) as refused:
        await again.response.defer()
    assert refused.value.code == 40060


async def test_two_connected_sessions_both_hear(
    connect: Connect, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    blue, green = await connect(), await connect(sync=False)
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "a fox"})
    assert {(await each.interactions.get()).id for each in (blue, green)} == {sent.id}


async def test_answers_have_the_upload_limit_of_their_place(ask: Ask, guild: Guild, png: bytes) -> None:
    guild.lowered_upload_limit = len(png) - 1
    _, got = await ask()
    await got.response.defer()

    def picture() -> discord.File:
        return discord.File(io.BytesIO(png), "a.png")

    for attempt in (got.edit_original_response(attachments=[picture()]), got.followup.send(file=picture())):
        with pytest.raises(discord.HTTPException) as refused:
            await attempt
        assert (refused.value.status, refused.value.code) == (413, 40005)


async def test_permissions_come_with_the_interaction_as_the_channel_leaves_them(
    ask: Ask, sandbox: DiscordSandbox, general: Channel, guild: Guild
) -> None:
    sandbox.set_overwrite(general, guild.everyone, deny=Permissions.SEND_MESSAGES)
    _, got = await ask()
    assert got.app_permissions.view_channel
    assert not got.app_permissions.send_messages
    assert not got.app_permissions.attach_files
    assert got.app_permissions.send_messages_in_threads


class Buttons(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.Button(label="Again", custom_id="again:1"))
        self.add_item(discord.ui.Button(label="Gone", custom_id="gone", disabled=True))
        self.add_item(discord.ui.Button(label="Page", url="https://example.com"))


async def test_click_updates_its_message(
    bot: Bot, ask: Ask, sandbox: DiscordSandbox, alice: Member, bob: Member
) -> None:
    sent, got = await ask()
    await got.response.send_message("result", view=Buttons())
    assert sent.response is not None
    pressed = await sandbox.click(bob, sent.response, "Again")
    click = await bot.interactions.get()
    assert click.type is discord.InteractionType.component
    assert click.data is not None
    assert click.data.get("custom_id") == "again:1"
    assert click.message is not None
    assert (click.message.id, click.message.content) == (sent.response.id, "result")
    assert click.user.id == bob.id
    await click.response.edit_message(content="again!", view=None)
    assert (sent.response.content, sent.response.components) == ("again!", [])
    assert pressed.state is InteractionState.ANSWERED
    assert pressed.id != (await _click_again(sandbox, alice, sent)).id


async def _click_again(sandbox: DiscordSandbox, member: Member, sent: Interaction) -> Interaction:
    return await sandbox.command(member, sent.channel, "/imagine", {"prompt": "again"})


async def test_silent_acknowledgement_of_a_click_leaves_the_message(
    bot: Bot, ask: Ask, sandbox: DiscordSandbox, alice: Member
) -> None:
    sent, got = await ask()
    await got.response.send_message("result", view=Buttons())
    assert sent.response is not None
    await sandbox.click(alice, sent.response, "again:1")
    click = await bot.interactions.get()
    await click.response.defer()
    assert not sent.response.loading
    await click.edit_original_response(content="changed")
    assert sent.response.content == "changed"
    await click.followup.send("whisper", ephemeral=True)
    assert [m.content for m in sandbox.visible(sent.channel, alice)] == ["changed", "whisper"]


async def test_click_answers_with_a_modal(bot: Bot, ask: Ask, sandbox: DiscordSandbox, alice: Member) -> None:
    sent, got = await ask()
    await got.response.send_message("result", view=Buttons())
    assert sent.response is not None
    pressed = await sandbox.click(alice, sent.response, "Again")
    click = await bot.interactions.get()
    modal = discord.ui.Modal(title="Edit", custom_id="edit:1")
    modal.add_item(discord.ui.TextInput(label="What to change", custom_id="words"))
    await click.response.send_modal(modal)
    assert pressed.modal is not None
    assert (pressed.modal["title"], pressed.modal["custom_id"]) == ("Edit", "edit:1")


@pytest.mark.parametrize(
    "data",
    [
        {"custom_id": "x", "title": "t" * 46, "components": [{"type": 10, "content": "x"}]},
        {"custom_id": "x", "title": "t", "components": []},
        {"custom_id": "x", "title": "t", "components": [{"type": 10, "content": "x"}] * 6},
        {"custom_id": "x" * 101, "title": "t", "components": [{"type": 10, "content": "x"}]},
        {"custom_id": "x", "title": "t", "components": [{"type": 18, "label": "l" * 46, "component": {}}]},
    ],
)
async def test_modal_over_the_limits_is_refused(
    ask: Ask, api: aiohttp.ClientSession, data: dict[str, object]
) -> None:
    sent, _ = await ask()
    reply = await api.post(f"interactions/{sent.id}/{sent.token}/callback", json={"type": 9, "data": data})
    assert (reply.status, (await reply.json())["code"]) == (400, 50035)
    assert sent.modal is None
