import io
from typing import Any

import aiohttp
import discord
import pytest

from sandbox.clock import MovableClock
from sandbox.discord import Channel, ChannelType, DiscordSandbox, Guild, Member, Message, Permissions
from tests.sandbox.discord.clients import Bot

MEBIBYTE = 1024 * 1024


@pytest.fixture
def channel(bot: Bot, general: Channel) -> discord.TextChannel:
    found = bot.get_channel(general.id)
    assert isinstance(found, discord.TextChannel)
    return found


def only(channel: Channel) -> Message:
    (message,) = channel.messages.values()
    return message


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"content": ""}, 400, 50006, None),
        ({}, 400, 50006, None),
        ({"content": "x" * 2001}, 400, 50035, "content"),
        ({"content": 7}, 400, 50035, "content"),
        ({"content": "x", "nonce": "n" * 26}, 400, 50035, "nonce"),
        ({"embeds": [{"title": "t" * 257}]}, 400, 50035, "embeds"),
        ({"embeds": [{"description": "d" * 4097}]}, 400, 50035, "embeds"),
        ({"embeds": [{"description": "d" * 4096}] * 2}, 400, 50035, "embeds"),
        ({"embeds": [{"title": "t"}] * 11}, 400, 50035, "embeds"),
        ({"embeds": [{"fields": [{"name": "n", "value": ""}]}]}, 400, 50035, "embeds"),
        ({"content": "x", "message_reference": {"message_id": "1"}}, 400, 50035, "message_reference"),
        ({"content": "x", "components": [{"type": 2}]}, 400, 50035, "components"),
        ({"content": "x", "components": [{"type": 1, "components": []}]}, 400, 50035, "components"),
        (
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            400,
            50035,
            "allowed_mentions",
        ),
        ({"content": "x", "allowed_mentions": {"parse": ["all"]}}, 400, 50035, "allowed_mentions"),
    ],
)
async def test_message_that_breaks_a_rule(
    api: aiohttp.ClientSession,
    general: Channel,
    body: dict[str, Any],
    status: int,
    code: int,
    field: str | None,
) -> None:
    reply = await api.post(f"channels/{general.id}/messages", json=body)
    answer = await reply.json()
    assert (reply.status, answer["code"]) == (status, code)
    assert list(answer.get("errors", {})) == ([field] if field else [])
    assert general.messages == {}


@pytest.mark.parametrize(
    "components",
    [
        [{"type": 2, "style": 1, "label": "l" * 81, "custom_id": "a"}],
        [{"type": 2, "style": 1, "label": "l", "custom_id": "c" * 101}],
        [{"type": 2, "style": 1, "custom_id": "a"}],
        [{"type": 2, "style": 5, "label": "l"}],
        [{"type": 2, "style": 9, "label": "l", "custom_id": "a"}],
        [{"type": 2, "style": 1, "label": "l", "custom_id": "a"}] * 2,
        [{"type": 2, "style": 1, "label": "l", "custom_id": f"{n}"} for n in range(6)],
        [{"type": 3, "custom_id": "a", "options": [{"label": "l", "value": f"{n}"} for n in range(26)]}],
        [{"type": 3, "custom_id": "a", "options": []}],
        [
            {"type": 3, "custom_id": "a", "options": [{"label": "l", "value": "v"}]},
            {"type": 2, "style": 1, "label": "l", "custom_id": "b"},
        ],
    ],
)
async def test_components_over_the_limits(
    api: aiohttp.ClientSession, general: Channel, components: list[dict[str, Any]]
) -> None:
    body = {"content": "x", "components": [{"type": 1, "components": components}]}
    reply = await api.post(f"channels/{general.id}/messages", json=body)
    assert (reply.status, (await reply.json())["code"]) == (400, 50035)


async def test_field_errors_are_told_as_discord_tells_them(api: aiohttp.ClientSession, general: Channel) -> None:
    reply = await api.post(f"channels/{general.id}/messages", json={"content": "x" * 2001})
    assert reply.headers["Content-Type"] == "application/json"
    assert await reply.json() == {
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {
            "content": {
                "_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}]
            }
        },
    }


async def test_longest_message_and_nonce_pass(channel: discord.TextChannel, general: Channel) -> None:
    await channel.send("x" * 2000, nonce="n" * 25)
    assert len(only(general).content) == 2000


async def test_same_nonce_gives_the_same_message_for_a_while(
    channel: discord.TextChannel, general: Channel, clock: MovableClock
) -> None:
    first = await channel.send("one", nonce="7-result")
    again = await channel.send("one", nonce="7-result")
    assert again.id == first.id
    assert len(general.messages) == 1
    assert (await channel.send("two", nonce="8-result")).id != first.id
    await clock.advance(10 * 60)
    assert (await channel.send("one", nonce="7-result")).id != first.id


async def test_nonce_counts_only_where_it_is_enforced(api: aiohttp.ClientSession, general: Channel) -> None:
    for _ in range(2):
        await api.post(f"channels/{general.id}/messages", json={"content": "x", "nonce": "1"})
    assert len(general.messages) == 2


@pytest.mark.parametrize(
    ("denied", "send", "code"),
    [
        (Permissions.VIEW_CHANNEL, {"content": "x"}, 50001),
        (Permissions.SEND_MESSAGES, {"content": "x"}, 50013),
        (Permissions.ATTACH_FILES, {"file": True}, 50013),
        (Permissions.EMBED_LINKS, {"embed": discord.Embed(title="t")}, 50013),
    ],
)
async def test_missing_permission_is_refused(
    channel: discord.TextChannel,
    sandbox: DiscordSandbox,
    general: Channel,
    guild: Guild,
    png: bytes,
    denied: Permissions,
    send: dict[str, Any],
    code: int,
) -> None:
    sandbox.set_overwrite(general, guild.everyone, deny=denied)
    if "file" in send:
        send = {"file": discord.File(io.BytesIO(png), "a.png")}
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send(**send)
    assert refused.value.code == code
    assert general.messages == {}


async def test_overwrites_count_in_discords_order(
    channel: discord.TextChannel, sandbox: DiscordSandbox, general: Channel, guild: Guild
) -> None:
    bot_member = guild.members[sandbox.world.bot.id]
    sandbox.set_overwrite(general, guild.everyone, deny=Permissions.SEND_MESSAGES)
    sandbox.set_overwrite(general, bot_member.roles[0], allow=Permissions.SEND_MESSAGES)
    await channel.send("the role's word beats everyone's")
    sandbox.set_overwrite(general, bot_member, deny=Permissions.SEND_MESSAGES)
    with pytest.raises(discord.Forbidden):
        await channel.send("the member's word beats the role's")
    del general.overwrites[bot_member.id], general.overwrites[guild.id]
    sandbox.set_overwrite(general, bot_member.roles[0], deny=Permissions.SEND_MESSAGES)
    with pytest.raises(discord.Forbidden):
        await channel.send("a role's denial counts by itself")
    bot_member.roles[0].permissions = Permissions.ADMINISTRATOR
    await channel.send("an administrator may do all")
    assert len(general.messages) == 2


@pytest.mark.parametrize(
    ("tier", "limit"), [(0, 10 * MEBIBYTE), (1, 10 * MEBIBYTE), (2, 50 * MEBIBYTE), (3, 100 * MEBIBYTE)]
)
async def test_upload_limit_follows_the_premium_tier(
    channel: discord.TextChannel, general: Channel, guild: Guild, tier: int, limit: int
) -> None:
    guild.premium_tier = tier
    await channel.send(file=discord.File(io.BytesIO(bytes(limit)), "a.bin"))
    with pytest.raises(discord.HTTPException) as refused:
        await channel.send(file=discord.File(io.BytesIO(bytes(limit + 1)), "a.bin"))
    assert (refused.value.status, refused.value.code) == (413, 40005)
    assert len(general.messages) == 1


@pytest.mark.parametrize(
    ("tier", "sizes", "passes"), [(0, [9, 9, 7], True), (0, [9, 9, 8], False), (2, [20, 29], True)]
)
async def test_files_of_one_message_share_a_limit(
    channel: discord.TextChannel, guild: Guild, tier: int, sizes: list[int], passes: bool
) -> None:
    guild.premium_tier = tier
    files = [discord.File(io.BytesIO(bytes(size * MEBIBYTE)), f"{size}.bin") for size in sizes]
    if passes:
        assert len((await channel.send(files=files)).attachments) == len(sizes)
        return
    with pytest.raises(discord.HTTPException) as refused:
        await channel.send(files=files)
    assert (refused.value.status, refused.value.code) == (413, 40005)


async def test_upload_limit_may_overstate(channel: discord.TextChannel, guild: Guild, png: bytes) -> None:
    guild.lowered_upload_limit = len(png) - 1
    assert channel.guild.filesize_limit == 10 * MEBIBYTE
    with pytest.raises(discord.HTTPException) as refused:
        await channel.send(file=discord.File(io.BytesIO(png), "a.png"))
    assert (refused.value.status, refused.value.code) == (413, 40005)


async def test_ten_files_pass_and_eleven_do_not(api: aiohttp.ClientSession, general: Channel) -> None:
    for number, status in ((10, 200), (11, 400)):
        form = aiohttp.FormData()
        for index in range(number):
            form.add_field(f"files[{index}]", b"x", filename=f"{index}.txt")
        assert (await api.post(f"channels/{general.id}/messages", data=form)).status == status


async def test_only_allowed_mentions_ping(
    channel: discord.TextChannel,
    sandbox: DiscordSandbox,
    guild: Guild,
    general: Channel,
    alice: Member,
    bob: Member,
) -> None:
    artists = sandbox.add_role(guild, "artists")
    artists.mentionable = True
    bob.roles.append(artists)
    text = f"{alice.mention} {artists.mention} @everyone"
    cases: list[tuple[discord.AllowedMentions | None, set[int], int]] = [
        (None, {alice.id, bob.id}, 1),
        (discord.AllowedMentions.none(), set(), 0),
        (discord.AllowedMentions(users=[discord.Object(alice.id)], roles=False, everyone=False), {alice.id}, 1),
        (discord.AllowedMentions(users=False, roles=True, everyone=False), {bob.id}, 0),
    ]
    for allowed, pinged, named in cases:
        options: dict[str, Any] = {} if allowed is None else {"allowed_mentions": allowed}
        sent = await channel.send(text, **options)
        assert general.messages[sent.id].pinged == pinged
        assert len(sent.mentions) == named
        assert not sent.mention_everyone


async def test_everyone_is_pinged_only_with_the_permission(
    channel: discord.TextChannel, sandbox: DiscordSandbox, general: Channel, guild: Guild, alice: Member
) -> None:
    bot_role = guild.members[sandbox.world.bot.id].roles[0]
    bot_role.permissions = Permissions.MENTION_EVERYONE
    sent = await channel.send("@everyone look")
    pinged = general.messages[sent.id].pinged
    assert alice.id in pinged
    assert sandbox.world.bot.id not in pinged


async def test_edit_pings_nobody(channel: discord.TextChannel, general: Channel, alice: Member) -> None:
    sent = await channel.send("working")
    await sent.edit(content=f"{alice.mention} done")
    assert general.messages[sent.id].pinged == frozenset()


async def test_reply_pings_whom_it_answers_unless_told_not_to(
    channel: discord.TextChannel, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    said = await sandbox.say(alice, general, "a fox please")
    question = channel.get_partial_message(said.id)
    loud = await question.reply("here")
    assert loud.type is discord.MessageType.reply
    quiet = await question.reply("here", mention_author=False)
    assert general.messages[loud.id].pinged == {alice.id}
    assert general.messages[quiet.id].pinged == frozenset()


async def test_reply_needs_the_history(
    channel: discord.TextChannel, sandbox: DiscordSandbox, general: Channel, guild: Guild, alice: Member
) -> None:
    said = await sandbox.say(alice, general, "a fox please")
    sandbox.set_overwrite(general, guild.everyone, deny=Permissions.READ_MESSAGE_HISTORY)
    with pytest.raises(discord.HTTPException) as refused:
        await channel.get_partial_message(said.id).reply("here")
    assert refused.value.code == 160002
    assert [message async for message in channel.history()] == []


async def test_history_comes_in_pages(
    channel: discord.TextChannel, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    said = [await sandbox.say(alice, general, f"{n}") for n in range(120)]
    middle = discord.Object(said[60].id)

    async def ids(**options: Any) -> list[int]:
        return [message.id async for message in channel.history(**options)]

    expected = [message.id for message in said]
    assert await ids(limit=None) == expected[::-1]
    assert await ids(limit=3) == expected[:-4:-1]
    assert await ids(limit=2, before=middle) == [expected[59], expected[58]]
    assert await ids(limit=2, after=middle) == [expected[61], expected[62]]
    assert await ids(limit=5, around=middle) == expected[62:57:-1]


async def test_history_of_more_than_a_hundred_is_refused(api: aiohttp.ClientSession, general: Channel) -> None:
    for limit, status in (("100", 200), ("101", 400), ("0", 400), ("many", 400)):
        assert (await api.get(f"channels/{general.id}/messages?limit={limit}")).status == status


async def test_files_are_kept_added_and_dropped_by_an_edit(
    channel: discord.TextChannel, general: Channel, png: bytes
) -> None:
    sent = await channel.send(files=[discord.File(io.BytesIO(png), f"{n}.png") for n in range(2)])
    kept, dropped = sent.attachments
    edited = await sent.edit(attachments=[kept, discord.File(io.BytesIO(b"new"), "new.txt")])
    assert [each.filename for each in edited.attachments] == ["0.png", "new.txt"]
    assert edited.attachments[0].id == kept.id
    with pytest.raises(discord.NotFound):
        await dropped.read()
    with pytest.raises(discord.HTTPException) as refused:
        await sent.edit(attachments=[])
    assert refused.value.code == 50006
    assert len(only(general).attachments) == 2


async def test_a_posted_file_is_hidden_by_an_edit_and_stays_the_same_file(
    channel: discord.TextChannel, general: Channel, api: aiohttp.ClientSession, png: bytes
) -> None:
    sent = await channel.send(file=discord.File(io.BytesIO(png), "fox.png", description="a fox"))
    path, [file] = f"channels/{general.id}/messages/{sent.id}", sent.attachments
    wrong = await api.patch(path, json={"attachments": [{"id": str(file.id), "is_spoiler": "yes"}]})
    assert wrong.status == 400
    await api.patch(path, json={"attachments": [{"id": str(file.id), "is_spoiler": True}]})
    [hidden] = (await channel.fetch_message(sent.id)).attachments
    assert (hidden.id, hidden.filename, hidden.description) == (file.id, "fox.png", "a fox")
    assert hidden.is_spoiler()


async def test_file_links_expire_and_refetching_gives_fresh_ones(
    channel: discord.TextChannel, clock: MovableClock, png: bytes, api: aiohttp.ClientSession
) -> None:
    sent = await channel.send(file=discord.File(io.BytesIO(png), "fox.png"))
    url = sent.attachments[0].url
    assert {"ex=", "is=", "hm="} <= {part[:3] for part in url.partition("?")[2].split("&")}
    assert (await api.get(url)).headers["Content-Type"] == "image/png"
    assert (await api.get(url.replace("hm=", "hm=0"))).status == 404
    assert (await api.get(url.partition("?")[0])).status == 404
    await clock.advance(24 * 60 * 60 - 1)
    assert (await api.get(url)).status == 200
    await clock.advance(1)
    assert (await api.get(url)).status == 404
    fresh = await channel.fetch_message(sent.id)
    assert await fresh.attachments[0].read() == png
    await sent.delete()
    assert (await api.get(fresh.attachments[0].url)).status == 404


async def test_others_messages_are_not_edited_and_deleted_only_with_the_permission(
    channel: discord.TextChannel, sandbox: DiscordSandbox, general: Channel, guild: Guild, alice: Member
) -> None:
    said = await sandbox.say(alice, general, "hello")
    message = channel.get_partial_message(said.id)
    with pytest.raises(discord.Forbidden) as refused:
        await message.edit(content="x")
    assert refused.value.code == 50005
    with pytest.raises(discord.Forbidden) as refused:
        await message.delete()
    assert refused.value.code == 50013
    sandbox.set_overwrite(general, guild.members[sandbox.world.bot.id], allow=Permissions.MANAGE_MESSAGES)
    await message.delete()
    assert said.deleted


async def test_what_does_not_exist_is_named(bot: Bot, channel: discord.TextChannel) -> None:
    with pytest.raises(discord.NotFound) as refused:
        await bot.get_partial_messageable(1).send("x")
    assert refused.value.code == 10003
    with pytest.raises(discord.NotFound) as refused:
        await channel.fetch_message(1)
    assert refused.value.code == 10008


async def test_forum_holds_no_messages(bot: Bot, sandbox: DiscordSandbox, guild: Guild) -> None:
    forum = sandbox.add_channel(guild, "ideas", kind=ChannelType.FORUM)
    with pytest.raises(discord.HTTPException) as refused:
        await bot.get_partial_messageable(forum.id).send("x")
    assert refused.value.code == 50008


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "nothing/here", 404), ("PUT", "users/@me", 405)])
async def test_unknown_routes(api: aiohttp.ClientSession, method: str, path: str, status: int) -> None:
    reply = await api.request(method, path)
    assert (reply.status, (await reply.json())["code"]) == (status, 0)


async def test_broken_json_is_refused(api: aiohttp.ClientSession, general: Channel) -> None:
    headers = {"Content-Type": "application/json"}
    reply = await api.post(f"channels/{general.id}/messages", data=b"{", headers=headers)
    assert (reply.status, (await reply.json())["code"]) == (400, 50109)
