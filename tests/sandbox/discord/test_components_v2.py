"""Components V2: what Discord takes, what it tells of them, and what people do with them."""

import io
from typing import Any

import aiohttp
import discord
import pytest

from sandbox.discord import Channel, DiscordSandbox, Member, Message, MessageFlags
from tests.sandbox.discord.clients import STYLES, Bot
from tests.sandbox.discord.contract import findings, required_checker

V2 = 1 << 15
OUTSIDE = {"url": "https://example.com/a.png"}


def text(content: str = "x") -> dict[str, Any]:
    return {"type": 10, "content": content}


def button(**more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Open", "custom_id": "open", **more}


def thumbnail(**more: Any) -> dict[str, Any]:
    return {"type": 11, "media": OUTSIDE, **more}


def section(*texts: dict[str, Any], beside: Any = None) -> dict[str, Any]:
    return {"type": 9, "components": list(texts), "accessory": beside or thumbnail()}


def gallery(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": 12, "items": list(items)}


def container(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": 17, "components": list(parts), **more}


def row(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(parts)}


PICTURE = {"media": OUTSIDE}


@pytest.mark.parametrize(
    ("parts", "passes"),
    [
        ([text("x" * 4000)], True),
        ([text("x" * 4001)], False),
        ([text("x" * 2000), container(text("x" * 2000))], True),
        ([text("x" * 2000), container(text("x" * 2001))], False),
        ([text("")], False),
        ([{"type": 10}], False),
        ([section(text())], True),
        ([section(text(), text(), text())], True),
        ([section(text(), text(), text(), text())], False),
        ([section()], False),
        ([section(button())], False),
        ([section(text(), beside=button())], True),
        ([section(text(), beside=text())], False),
        ([{"type": 9, "components": [text()]}], False),
        ([section(text(), beside=thumbnail(description="d" * 1024, spoiler=True))], True),
        ([section(text(), beside=thumbnail(description="d" * 1025))], False),
        ([section(text(), beside=thumbnail(description=""))], False),
        ([section(text(), beside=thumbnail(media={}))], False),
        ([section(text(), beside={"type": 11})], False),
        ([section(text(), beside=thumbnail(media={"url": "ftp://example.com/a.png"}))], False),
        ([section(text(), beside=thumbnail(media={"url": "https://x/" + "a" * 2048}))], False),
        ([gallery(*[PICTURE] * 10)], True),
        ([gallery(*[PICTURE] * 11)], False),
        ([gallery()], False),
        ([gallery({"media": OUTSIDE, "description": "d" * 1024})], True),
        ([gallery({"media": OUTSIDE, "description": "d" * 1025})], False),
        ([gallery({"media": OUTSIDE, "spoiler": "yes"})], False),
        ([gallery({"url": "https://example.com/a.png"})], False),
        ([gallery({"media": {"url": "attachment://none.png"}})], False),
        ([{"type": 13, "file": {"url": "attachment://none.png"}}], False),
        ([{"type": 13, "file": OUTSIDE}], False),
        ([text(), {"type": 14}], True),
        ([text(), {"type": 14, "spacing": 2, "divider": False}], True),
        ([text(), {"type": 14, "spacing": 3}], False),
        ([text(), {"type": 14, "divider": "no"}], False),
        ([container(text(), accent_color=0xFFFFFF, spoiler=True)], True),
        ([container(text(), accent_color=0x1000000)], False),
        ([container(text(), accent_color="#fff")], False),
        ([container(text(), spoiler=1)], False),
        ([container()], False),
        ([container(container(text()))], False),
        ([container(thumbnail())], False),
        ([container(button())], False),
        ([container(row(button()))], True),
        ([container(section(text()), gallery(PICTURE), {"type": 14}, row(button()))], True),
        ([thumbnail()], False),
        ([button()], False),
        ([row(button(), button())], False),
        ([row(button(url="https://example.com"))], False),
        ([row({"type": 2, "style": 5, "label": "x", "url": "https://example.com", "custom_id": "x"})], False),
        ([{"type": 99}], False),
        ([text()] * 40, True),
        ([text()] * 41, False),
        ([container(*[text()] * 39)], True),
        ([container(*[text()] * 40)], False),
        ([section(text())] * 13, True),
        ([section(text())] * 14, False),
        ([gallery(*[PICTURE] * 10)] * 4, True),
        ([{**text(), "id": 7}, {**text(), "id": 8}, text()], True),
        ([{**text(), "id": 7}, {**text(), "id": 7}], False),
        ([{**text(), "id": 0}, {**text(), "id": 0}], True),
        ([{**text(), "id": -1}], False),
    ],
)
async def test_limits_of_a_layout(
    api: aiohttp.ClientSession, general: Channel, parts: list[dict[str, Any]], passes: bool
) -> None:
    reply = await api.post(f"channels/{general.id}/messages", json={"flags": V2, "components": parts})
    answer = await reply.json()
    assert (reply.status, answer.get("code")) == ((200, None) if passes else (400, 50035))
    if passes:
        (message,) = general.messages.values()
        ids = [each["id"] for each in message.components]
        assert len(ids) == len(set(ids))
        assert 0 not in ids


async def test_more_bytes_of_text_than_discord_bears(api: aiohttp.ClientSession, general: Channel) -> None:
    for characters, status in ((3386, 200), (3387, 500)):
        body = {"flags": V2, "components": [text("画" * characters)]}
        reply = await api.post(f"channels/{general.id}/messages", json=body)
        assert reply.status == status


@pytest.mark.parametrize(
    "beside", [{"content": "x"}, {"embeds": [{"title": "x"}]}, {"sticker_ids": ["1"]}, {"poll": {"question": {}}}]
)
async def test_nothing_stands_beside_a_layout(
    api: aiohttp.ClientSession, general: Channel, beside: dict[str, Any]
) -> None:
    body = {"flags": V2, "components": [text()], **beside}
    reply = await api.post(f"channels/{general.id}/messages", json=body)
    assert reply.status == 400
    assert list((await reply.json())["errors"]) == list(beside)
    assert general.messages == {}


async def test_without_its_flag_a_layout_is_none(api: aiohttp.ClientSession, general: Channel) -> None:
    reply = await api.post(f"channels/{general.id}/messages", json={"content": "x", "components": [text()]})
    assert reply.status == 400


async def test_a_layout_stays_one(bot: Bot, api: aiohttp.ClientSession, general: Channel) -> None:
    view = discord.ui.LayoutView().add_item(discord.ui.TextDisplay("x"))
    sent = await bot.get_partial_messageable(general.id).send(view=view)
    message, path = general.messages[sent.id], f"channels/{general.id}/messages/{sent.id}"
    for body, status in (
        ({"content": "x"}, 400),
        ({"components": []}, 400),
        ({"flags": 0}, 200),
        ({"flags": 0, "components": [{**text("y")}]}, 200),
    ):
        assert (await api.patch(path, json=body)).status == status, body
        assert MessageFlags.COMPONENTS_V2 in message.flags
    assert message.components[0]["content"] == "y"


async def test_a_message_becomes_a_layout_once_its_text_is_gone(
    bot: Bot, api: aiohttp.ClientSession, general: Channel
) -> None:
    sent = await bot.get_partial_messageable(general.id).send("words")
    path, body = f"channels/{general.id}/messages/{sent.id}", {"flags": V2, "components": [text()]}
    assert (await api.patch(path, json=body)).status == 400
    assert (await api.patch(path, json={**body, "content": None})).status == 200
    assert MessageFlags.COMPONENTS_V2 in general.messages[sent.id].flags


def attached(png: bytes, name: str) -> discord.File:
    return discord.File(io.BytesIO(png), name)


async def test_files_are_told_where_they_are_shown(
    bot: Bot, api: aiohttp.ClientSession, general: Channel, png: bytes
) -> None:
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.Section("fox", accessory=discord.ui.Thumbnail("attachment://fox.png")))
    view.add_item(discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://owl.png", description="An owl")))
    view.add_item(discord.ui.File("attachment://notes.txt"))
    view.add_item(discord.ui.Container(discord.ui.TextDisplay("x"), discord.ui.Separator(), accent_colour=7))
    files = [attached(png, name) for name in ("fox.png", "owl.png", "notes.txt", "unseen.png")]
    sent = await bot.get_partial_messageable(general.id).send(view=view, files=files)
    assert [each.filename for each in sent.attachments] == ["unseen.png"]
    answer = await (await api.get(f"channels/{general.id}/messages/{sent.id}")).json()
    section, gallery, file, _ = answer["components"]
    shown = section["accessory"]["media"]
    assert (shown["width"], shown["height"], shown["content_type"]) == (6, 4, "image/png")
    async with aiohttp.ClientSession() as session, session.get(shown["url"]) as got:
        assert await got.read() == png
    assert (gallery["items"][0]["description"], file["name"], file["size"]) == ("An owl", "notes.txt", len(png))
    assert findings(required_checker(), {"$ref": "#/components/schemas/MessageResponse"}, answer) == []


async def test_an_edit_shows_files_that_stayed_or_came(bot: Bot, general: Channel, png: bytes) -> None:
    def shows(name: str) -> discord.ui.LayoutView:
        item = discord.MediaGalleryItem(f"attachment://{name}")
        return discord.ui.LayoutView().add_item(discord.ui.MediaGallery(item))

    sent = await bot.get_partial_messageable(general.id).send(view=shows("fox.png"), file=attached(png, "fox.png"))
    await sent.edit(view=shows("fox.png"))
    with pytest.raises(discord.HTTPException, match="was not found"):
        await sent.edit(view=shows("owl.png"))
    await sent.edit(view=shows("owl.png"), attachments=[attached(png, "owl.png")])
    with pytest.raises(discord.HTTPException, match="was not found"):
        await sent.edit(view=shows("fox.png"))


async def test_files_alone_are_no_layout(api: aiohttp.ClientSession, general: Channel, png: bytes) -> None:
    form = aiohttp.FormData()
    form.add_field("payload_json", '{"flags": 32768}', content_type="application/json")
    form.add_field("files[0]", png, filename="fox.png")
    reply = await api.post(f"channels/{general.id}/messages", data=form)
    assert (reply.status, (await reply.json())["code"]) == (400, 50006)


async def test_whom_a_layout_mentions_is_pinged(bot: Bot, general: Channel, alice: Member) -> None:
    view = discord.ui.LayoutView().add_item(
        discord.ui.Container(discord.ui.TextDisplay(f"for {alice.user.mention}"))
    )
    sent = await bot.get_partial_messageable(general.id).send(view=view)
    assert general.messages[sent.id].pinged == {alice.id}


async def layout_with(bot: Bot, general: Channel, *items: discord.ui.Item[Any]) -> Message:
    view = discord.ui.LayoutView(timeout=None)
    for item in items:
        view.add_item(item)
    sent = await bot.get_partial_messageable(general.id).send(view=view)
    return general.messages[sent.id]


async def test_a_button_beside_a_section_is_pressed(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    opened: discord.ui.Button[Any] = discord.ui.Button(label="Open", custom_id="open:7")
    message = await layout_with(bot, general, discord.ui.Container(discord.ui.Section("fox", accessory=opened)))
    await sandbox.click(alice, message, "open")
    got = await bot.interactions.get()
    data: Any = got.data
    assert (data["custom_id"], data["component_type"]) == ("open:7", 2)
    assert got.message is not None
    assert got.message.flags.components_v2
    edited = discord.ui.LayoutView().add_item(discord.ui.TextDisplay("opened"))
    await got.response.edit_message(view=edited)
    assert [each["content"] for each in message.components] == ["opened"]


async def test_people_roles_and_places_are_chosen(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, bob: Member
) -> None:
    menus: list[discord.ui.Item[Any]] = [
        discord.ui.UserSelect(custom_id="who", max_values=2),
        discord.ui.ChannelSelect(custom_id="where", channel_types=[discord.ChannelType.text]),
        discord.ui.Select(custom_id="how", options=STYLES),
    ]
    message = await layout_with(bot, general, *(discord.ui.ActionRow(menu) for menu in menus))
    await sandbox.select(alice, message, "who", ["bob", f"<@{alice.id}>"])
    data: Any = (await bot.interactions.get()).data
    assert data["values"] == [str(bob.id), str(alice.id)]
    assert set(data["resolved"]["members"]) == {str(bob.id), str(alice.id)}
    await sandbox.select(alice, message, "where", ["#general"])
    data = (await bot.interactions.get()).data
    assert (data["component_type"], list(data["resolved"]["channels"])) == (8, [str(general.id)])
    await sandbox.select(alice, message, "how", ["Clay"])
    data = (await bot.interactions.get()).data
    assert "resolved" not in data
