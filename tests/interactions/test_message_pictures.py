import io
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
import yarl

from bot.domain.pictures.hosts import Hosts
from bot.domain.pictures.sources import ResultRef, Source
from bot.interactions.message_pictures import Reader
from sandbox.clock import MovableClock
from sandbox.discord import DiscordSandbox, Message, Upload
from tests.e2e.talking import PHOTO
from tests.sandbox.discord.clients import Bot

LINK = "https://gallery.example/a%20fox.png?size=2"
RESULT = "1456074443980800007-2.png"


@pytest.fixture
async def sandbox(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordSandbox]:
    async with DiscordSandbox(clock=MovableClock()) as sandbox:
        monkeypatch.setattr(discord.http.Route, "BASE", sandbox.api_url)
        gateway = yarl.URL(sandbox.gateway_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        yield sandbox


class Room:
    """Direct messages, where the bot sees everything."""

    def __init__(self, sandbox: DiscordSandbox, bot: Bot) -> None:
        self.sandbox = sandbox
        self.bot = bot
        self.alice = sandbox.add_member(sandbox.add_guild(), "alice")
        self.place = sandbox.direct_messages(self.alice)

    async def say(self, words: str = "", **more: Any) -> discord.Message:
        return await self.got(await self.sandbox.say(self.alice, self.place, words, **more))

    async def got(self, said: Message) -> discord.Message:
        return await self.bot.get_partial_messageable(said.channel.id).fetch_message(said.id)

    def reader(self, *hosts: str) -> Reader:
        allowed = hosts or (self.sandbox.cdn_host, self.sandbox.media_host)
        return Reader(self.sandbox.world.bot.id, Hosts.of(allowed), sees_content=False)

    async def attached(self, *names: str, measured: bool = True) -> list[Source]:
        uploads = [Upload(number, name, PHOTO, measured=measured) for number, name in enumerate(names)]
        return list(self.reader().pictures_in(await self.say(files=uploads)))


@pytest.fixture
async def room(sandbox: DiscordSandbox) -> AsyncIterator[Room]:
    bot = Bot()
    await bot.begin()
    yield Room(sandbox, bot)
    await bot.end()


@pytest.mark.parametrize("measured", [True, False], ids=["with their types", "by their endings"])
async def test_files_that_look_like_pictures(room: Room, *, measured: bool) -> None:
    names = [
        "a.png",
        "b.JPG",
        "notes.txt",
        "clip.mp4",
        "c.webp",
        "d.heic",
        "e.avif",
        "f.gif",
        "zip.zip",
        "no_ending",
    ]
    pictures = await room.attached(*names, measured=measured)
    assert [each.filename for each in pictures] == ["a.png", "b.JPG", "c.webp", "d.heic", "e.avif", "f.gif"]
    assert [(each.number, each.of) for each in pictures] == [(number, 6) for number in range(1, 7)]


async def test_a_picture_tells_where_it_stands(room: Room) -> None:
    said = await room.say(files=[Upload(0, "a.png", PHOTO)])
    (picture,) = room.reader().pictures_in(said)
    assert (picture.channel_id, picture.message_id) == (room.place.id, said.id)
    assert picture.url == said.attachments[0].url
    assert not picture.spoiler


async def test_a_spoiler_is_known(room: Room) -> None:
    (picture,) = await room.attached("SPOILER_a.png")
    assert picture.spoiler


async def test_what_discord_takes_for_explicit_is_known_wherever_it_is_shown(room: Room) -> None:
    files = [Upload(0, "a.png", PHOTO, explicit=True), Upload(1, "b.png", PHOTO)]
    said = await room.sandbox.say(room.alice, room.place, files=files, text="")
    forwarded = await room.sandbox.forward(room.alice, said, room.place)
    for message in (said, forwarded):
        pictures = room.reader().pictures_in(await room.got(message))
        assert [each.explicit for each in pictures] == [True, False]
    previewed = await room.got(said)
    address = {"url": "https://x.example/i.png", "proxy_url": f"https://{room.sandbox.media_host}/i.png"}
    previewed.attachments = []
    previewed.embeds = [
        discord.Embed.from_dict({"image": address, "flags": 1 << 4}),
        discord.Embed.from_dict({"image": {**address, "flags": 1 << 4}}),
        discord.Embed.from_dict({"image": address}),
    ]
    assert [each.explicit for each in room.reader().pictures_in(previewed)] == [True, True, False]


async def test_the_bots_own_files_are_its_results(room: Room) -> None:
    files = [discord.File(io.BytesIO(PHOTO), name) for name in (RESULT, f"SPOILER_{RESULT}", "copy.png")]
    sent = await room.bot.get_partial_messageable(room.place.id).send(files=files)
    pictures = room.reader().pictures_in(sent)
    own = ResultRef(1456074443980800007, 2)
    assert [each.result for each in pictures] == [own, own, None]


async def test_nobody_else_makes_a_result_by_its_name(room: Room) -> None:
    (picture,) = await room.attached(RESULT)
    assert picture.result is None


async def test_a_forwarded_picture_stands_where_it_was_forwarded_to(room: Room) -> None:
    said = await room.sandbox.say(room.alice, room.place, files=[Upload(0, "a.png", PHOTO)], text="")
    forwarded = await room.got(await room.sandbox.forward(room.alice, said, room.place))
    (picture,) = room.reader().pictures_in(forwarded)
    assert (picture.filename, picture.message_id) == ("a.png", forwarded.id)
    assert room.reader().files_in(forwarded) == ()


async def test_a_link_is_taken_from_discords_own_copy_alone(room: Room) -> None:
    room.sandbox.add_page(LINK, PHOTO)
    said = await room.say(LINK)
    (picture,) = room.reader().pictures_in(said)
    assert picture.url == said.embeds[0].thumbnail.proxy_url
    assert picture.filename == "a%20fox.png"
    assert room.reader(room.sandbox.cdn_host).pictures_in(said) == ()
    assert room.reader("gallery.example").pictures_in(said) == ()


@pytest.mark.parametrize(
    ("embed", "shown"),
    [
        ({"image": {"url": "https://x.example/i.png", "proxy_url": "https://media.example/i.png"}}, ["i.png"]),
        ({"image": {"url": "https://media.example/i.png"}}, []),
        ({"image": {"url": "https://media.example/i.png", "proxy_url": "https://x.example/i.png"}}, []),
        (
            {
                "image": {"url": "x", "proxy_url": "https://media.example/i.png"},
                "thumbnail": {"url": "x", "proxy_url": "https://media.example/logo.png"},
            },
            ["i.png"],
        ),
        ({"type": "video", "thumbnail": {"url": "x", "proxy_url": "https://media.example/still.png"}}, []),
        ({"type": "gifv", "thumbnail": {"url": "x", "proxy_url": "https://media.example/still.png"}}, []),
        ({"thumbnail": {"url": "x", "proxy_url": "https://media.example/external/s/"}}, ["s"]),
        ({"thumbnail": {"url": "x", "proxy_url": "https://media.example"}}, ["picture"]),
        ({"thumbnail": {"url": "x", "proxy_url": "https://media.example/a%00%0Ab.png"}}, ["ab.png"]),
        ({"title": "words alone"}, []),
    ],
)
async def test_embeds(room: Room, embed: dict[str, Any], shown: list[str]) -> None:
    said = await room.say("x")
    said.embeds = [discord.Embed.from_dict(embed)]
    assert [picture.filename for picture in room.reader("media.example").pictures_in(said)] == shown


async def test_what_discord_hides_is_told_from_what_is_not_there(room: Room) -> None:
    guild = room.alice.guild
    general = room.sandbox.add_channel(guild)
    blank = await room.got(await room.sandbox.say(room.alice, general, "", files=[Upload(0, "a.png", PHOTO)]))
    named = await room.got(await room.sandbox.say(room.alice, general, room.sandbox.world.bot.mention))
    own = await room.bot.get_partial_messageable(general.id).send("x")
    empty = await room.bot.get_partial_messageable(general.id).send(embed=discord.Embed(title="x"))
    empty.embeds = []
    reader = room.reader()
    shown = [reader.hides(each, in_direct_messages=False) for each in (blank, named, own, empty)]
    assert shown == [True, False, False, False]
    assert not reader.hides(blank, in_direct_messages=True)
    seeing = Reader(reader.own_id, reader.hosts, sees_content=True)
    assert not seeing.hides(blank, in_direct_messages=False)
    blank.mentions = [own.author]  # as in a reply that pings the bot with a sticker
    assert not reader.hides(blank, in_direct_messages=False)
