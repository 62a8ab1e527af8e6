import io

import aiohttp
import discord
import pytest

from sandbox.clock import MovableClock
from sandbox.discord import Channel, DiscordSandbox, Guild, Member, Upload
from tests.sandbox.discord.clients import LEAN, Bot
from tests.sandbox.discord.conftest import Connect

DAY = 24 * 60 * 60


@pytest.fixture
async def bot(connect: Connect, sandbox: DiscordSandbox) -> Bot:
    sandbox.world.application.message_content = True
    intents = discord.Intents(LEAN.value)
    intents.message_content = True
    return await connect(Bot(intents, max_messages=None))  # nothing that it has heard changes afterwards


async def test_file_of_a_command_vanishes_long_before_its_link_expires(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, clock: MovableClock, png: bytes
) -> None:
    await sandbox.command(alice, general, "/imagine", {"prompt": "x", "image": Upload(0, "cat.png", png)})
    picture: discord.Attachment = (await bot.interactions.get()).namespace.image
    await clock.advance(15 * 60 - 1)
    assert await picture.read() == png
    await clock.advance(1)
    with pytest.raises(discord.NotFound):
        await picture.read()


async def test_file_of_an_ephemeral_answer_stays_as_long_as_the_answer(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, clock: MovableClock, png: bytes
) -> None:
    await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    await got.response.send_message(file=discord.File(io.BytesIO(png), "chart.png"), ephemeral=True)
    (chart,) = (await got.original_response()).attachments
    await clock.advance(3600)
    assert await chart.read() == png
    assert chart.ephemeral


@pytest.mark.parametrize("measured", [True, False])
async def test_type_and_size_may_be_absent(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, png: bytes, measured: bool
) -> None:
    upload = Upload(0, "cat.png", png, measured=measured)
    await sandbox.say(alice, general, "look", files=[upload])
    (picture,) = (await bot.messages.get()).attachments
    told = (picture.content_type, picture.width, picture.height)
    assert told == (("image/png", 6, 4) if measured else (None, None, None))
    assert picture.size == len(png)
    assert await picture.read() == png


async def test_expired_links_are_refreshed_by_refetching_or_by_asking(
    bot: Bot,
    sandbox: DiscordSandbox,
    general: Channel,
    alice: Member,
    clock: MovableClock,
    api: aiohttp.ClientSession,
    png: bytes,
) -> None:
    said = await sandbox.say(alice, general, "look", files=[Upload(0, "cat.png", png)])
    (picture,) = (await bot.messages.get()).attachments
    await clock.advance(DAY)
    assert (await api.get(picture.url)).status == 404
    fetched = await bot.get_partial_messageable(general.id).fetch_message(said.id)
    assert await fetched.attachments[0].read() == png
    for old in (picture.url, picture.proxy_url, picture.url.partition("?")[0]):
        reply = await api.post("attachments/refresh-urls", json={"attachment_urls": [old]})
        (refreshed,) = (await reply.json())["refreshed_urls"]
        assert refreshed["original"] == old
        assert await (await api.get(refreshed["refreshed"])).read() == png


async def test_link_that_cannot_be_refreshed(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, api: aiohttp.ClientSession, png: bytes
) -> None:
    said = await sandbox.say(alice, general, "look", files=[Upload(0, "cat.png", png)])
    (picture,) = (await bot.messages.get()).attachments
    sandbox.delete(said)
    urls = [picture.url, "https://example.com/cat.png", f"{sandbox.api_url}/attachments/1/2/x.png"]
    reply = await api.post("attachments/refresh-urls", json={"attachment_urls": urls})
    assert await reply.json() == {"refreshed_urls": [{"original": url, "refreshed": None} for url in urls]}


@pytest.mark.parametrize(("number", "status"), [(0, 400), (1, 200), (50, 200), (51, 400)])
@pytest.mark.usefixtures("bot")
async def test_links_are_refreshed_fifty_at_a_time(api: aiohttp.ClientSession, number: int, status: int) -> None:
    urls = [f"https://example.com/{n}" for n in range(number)]
    assert (await api.post("attachments/refresh-urls", json={"attachment_urls": urls})).status == status


async def test_downloads_are_noted_with_their_host(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, api: aiohttp.ClientSession, png: bytes
) -> None:
    await sandbox.say(alice, general, "look", files=[Upload(0, "cat.png", png)])
    (picture,) = (await bot.messages.get()).attachments
    await picture.read()
    await picture.read(use_cached=True)
    await api.get(picture.url.partition("?")[0])
    noted = [(each.host, each.status) for each in sandbox.downloads]
    assert noted == [(sandbox.cdn_host, 200), (sandbox.media_host, 200), (sandbox.cdn_host, 404)]
    assert sandbox.cdn_host != sandbox.media_host
    assert sandbox.downloads[0].path.endswith("/cat.png")
    assert not sandbox.requests.matching("GET", r".*cat\.png")


async def test_linked_picture_gets_a_preview_through_the_proxy_afterwards(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, api: aiohttp.ClientSession, png: bytes
) -> None:
    url = "https://example.com/pictures/my%20cat.png?size=4"
    sandbox.add_page(url, png)
    said = await sandbox.say(alice, general, f"look: {url}")
    assert (await bot.messages.get()).embeds == []
    (embed,) = (await bot.edits.get()).message.embeds
    assert (embed.type, embed.url, embed.thumbnail.url) == ("image", url, url)
    assert (embed.thumbnail.width, embed.thumbnail.height) == (6, 4)
    assert embed.thumbnail.proxy_url is not None
    reply = await api.get(embed.thumbnail.proxy_url)
    assert (await reply.read(), reply.headers["Content-Type"]) == (png, "image/png")
    assert said.edited_at is None
    assert sandbox.downloads[-1].host == sandbox.media_host
    moved = embed.thumbnail.proxy_url.replace(f"//{sandbox.media_host}:", f"//{sandbox.cdn_host}:")
    assert (await api.get(moved)).status == 404
    assert (await api.get(embed.thumbnail.proxy_url.replace("cat", "dog"))).status == 404


async def test_linked_page_shows_its_picture_as_a_thumbnail(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, api: aiohttp.ClientSession, png: bytes
) -> None:
    sandbox.add_page("https://example.com/cats", png, title="Cats")
    await sandbox.say(alice, general, "<https://example.com/cats> https://example.com/dogs")
    await sandbox.say(alice, general, "https://example.com/cats")
    (embed,) = (await bot.edits.get()).message.embeds
    assert bot.edits.empty()
    assert (embed.type, embed.title) == ("article", "Cats")
    assert embed.thumbnail.proxy_url is not None
    assert await (await api.get(embed.thumbnail.proxy_url)).read() == png


async def test_file_that_an_embed_shows_is_not_among_the_attachments(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, general: Channel, clock: MovableClock, png: bytes
) -> None:
    other = sandbox.add_member(guild, "Gallery", bot=True)
    files = [Upload(0, "cat.png", png), Upload(1, "notes.txt", b"x")]
    said = await sandbox.say(
        other, general, "", files=files, embeds=[{"title": "A cat", "image": {"url": "attachment://cat.png"}}]
    )
    await clock.advance(DAY)
    fetched = await bot.get_partial_messageable(general.id).fetch_message(said.id)
    assert fetched.author.bot
    assert [each.filename for each in fetched.attachments] == ["notes.txt"]
    (embed,) = fetched.embeds
    assert (embed.type, embed.image.width, embed.image.height) == ("rich", 6, 4)
    assert embed.image.url is not None
    assert embed.image.proxy_url is not None
    async with aiohttp.ClientSession() as session:
        for url in (embed.image.url, embed.image.proxy_url):
            assert await (await session.get(url)).read() == png


async def test_forwarded_message_carries_a_copy(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, general: Channel, alice: Member, bob: Member, png: bytes
) -> None:
    elsewhere = sandbox.add_channel(guild, "elsewhere")
    photo = await sandbox.say(bob, elsewhere, "my cat", files=[Upload(0, "cat.png", png)])
    await bot.messages.get()
    forwarded = await sandbox.forward(alice, photo, general)
    sandbox.delete(photo)
    heard = await bot.messages.get()
    assert (heard.id, heard.content, heard.attachments) == (forwarded.id, "", [])
    assert heard.reference is not None
    assert heard.reference.type is discord.MessageReferenceType.forward
    assert heard.flags.forwarded
    (snapshot,) = heard.message_snapshots
    assert snapshot.content == "my cat"
    assert await snapshot.attachments[0].read() == png
