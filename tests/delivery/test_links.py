import io
from collections.abc import AsyncIterator
from dataclasses import replace

import discord
import pytest
from PIL import Image

from bot.domain.pictures.sources import Source
from bot.jobs.ports import DeliveryFailed, InputLost
from bot.store import Database, Store
from sandbox.clock import MovableClock
from sandbox.discord import DiscordSandbox, Permissions, Upload
from sandbox.discord.http.trouble import Kind, Trouble
from tests.delivery.portraits import IMAGE, PICTURE, Stage
from tests.spark.images.pictures import encoded, scene

MINUTE, DAY = 60.0, 86_400.0


@pytest.fixture
async def stage(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    clock = MovableClock()
    database = Database(sqlite_url)
    await database.open()
    async with DiscordSandbox(clock=clock, rate_limits=False) as sandbox:
        monkeypatch.setattr(discord.http.Route, "BASE", sandbox.api_url)
        guild = sandbox.add_guild()
        general, assets = sandbox.add_channel(guild, "general"), sandbox.add_channel(guild, "assets")
        alice = sandbox.add_member(guild, "alice")
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login("sandbox-token")
            yield Stage(clock, sandbox, client, Store.over(database), guild, general, assets, alice)
    await database.close()


async def test_an_address_that_works_is_given_as_it_is(stage: Stage) -> None:
    source = stage.shown(await stage.said())
    job = await stage.job(source)
    assert await stage.links().of(job, IMAGE) == source.url
    assert (await stage.known(job)).source == source
    assert stage.posts(stage.general) == []


async def test_an_expired_one_is_had_from_the_message_where_the_bot_sees_it(stage: Stage) -> None:
    ours = await stage.client.get_partial_messageable(stage.general.id).send(
        file=discord.File(io.BytesIO(PICTURE), "7-1.jpg")
    )
    source = Source(ours.attachments[0].url, "7-1.jpg", ours.channel.id, ours.id)
    await stage.clock.advance(DAY)
    job = await stage.job(source)
    url = await stage.links().of(job, IMAGE)
    assert await stage.fetched(source.url) is None
    assert await stage.fetched(url) == PICTURE
    assert (await stage.known(job)).source == replace(source, url=url)
    assert stage.sandbox.requests.matching("POST", "/attachments/refresh-urls") == []


async def test_where_the_message_is_hidden_discord_signs_the_address_anew(stage: Stage) -> None:
    source = stage.shown(await stage.said())
    await stage.clock.advance(DAY - 10 * MINUTE)  # soon is too late: its task may wait
    job = await stage.job(source)
    url = await stage.links().of(job, IMAGE)
    assert url != source.url
    assert await stage.fetched(url) == PICTURE
    assert (await stage.known(job)).source == replace(source, url=url)


async def test_even_where_the_bot_may_not_read_back(stage: Stage) -> None:
    source = stage.shown(await stage.said())
    await stage.clock.advance(DAY)
    closed = Permissions.READ_MESSAGE_HISTORY
    stage.sandbox.set_overwrite(stage.general, stage.guild.everyone, deny=closed)
    assert await stage.fetched(await stage.links().of(await stage.job(source), IMAGE)) == PICTURE


@pytest.mark.parametrize("why", ["the message is deleted", "the file is gone", "nobody signs anew"])
async def test_a_picture_that_is_gone_is_said_to_be_and_no_copy_is_posted(stage: Stage, why: str) -> None:
    message = await stage.said()
    source = stage.shown(message)
    await stage.clock.advance(DAY)
    if why == "the message is deleted":
        stage.sandbox.delete(message)
    elif why == "the file is gone":
        message.attachments[0].gone = True
    else:
        stage.sandbox.trouble.add(Trouble("POST", "/attachments/refresh-urls", status=404))
    with pytest.raises(InputLost, match="Send it again, with the same words"):
        await stage.links().of(await stage.job(source), IMAGE)
    assert stage.posts(stage.general) == []


async def test_a_deleted_message_is_noticed_while_its_address_would_still_work(stage: Stage) -> None:
    message = await stage.said()
    source = stage.shown(message)
    stage.sandbox.delete(message)
    with pytest.raises(InputLost):
        await stage.links().of(await stage.job(source), IMAGE)


async def test_what_is_gone_is_posted_to_the_channel_for_copies(stage: Stage) -> None:
    message = await stage.said()
    source = stage.shown(message)
    stage.sandbox.delete(message)
    job = await stage.job(source)
    url = await stage.links(stage.assets).of(job, IMAGE)
    (copy,) = stage.posts(stage.assets)
    assert [file.filename for file in copy.attachments] == [f"input-{job.id}.jpg"]
    assert await stage.fetched(url) == PICTURE
    assert stage.posts(stage.general) == []
    known = await stage.known(job)
    assert known.source is not None
    assert known.source.copy is not None
    assert (known.source.copy.url, known.source.copy.message_id) == (url, copy.id)


async def test_in_direct_messages_a_copy_is_posted_right_there(stage: Stage) -> None:
    dm = stage.sandbox.direct_messages(stage.alice)
    message = await stage.said(dm)
    source = stage.shown(message)
    stage.sandbox.delete(message)
    url = await stage.links().of(await stage.job(source, dm), IMAGE)
    assert await stage.fetched(url) == PICTURE
    assert len(stage.posts(dm)) == 1


async def test_a_copy_is_posted_in_sight_only_where_its_person_agreed(stage: Stage) -> None:
    source = stage.shown(await stage.said(), needs_copy=True, changes=("converted from HEIC to JPEG",))
    with pytest.raises(InputLost):
        await stage.links().of(await stage.job(source), IMAGE)
    assert stage.posts(stage.general) == []
    url = await stage.links().of(await stage.job(replace(source, copy_agreed=True)), IMAGE)
    (copy,) = stage.posts(stage.general)
    assert copy.content == (
        f"-# A copy of the picture for <@{stage.alice.id}>'s portrait (converted from HEIC to JPEG): "
        "Spark fetches the picture of a portrait from here."
    )
    assert copy.pinged == set()
    assert await stage.fetched(url) == PICTURE


async def test_a_copy_is_posted_once_and_used_again(stage: Stage) -> None:
    job = await stage.job(stage.shown(await stage.said(), needs_copy=True))
    links = stage.links(stage.assets)
    url = await links.of(job, IMAGE)
    assert await links.of(await stage.known(job), IMAGE) == url
    assert len(stage.posts(stage.assets)) == 1


@pytest.mark.parametrize("later", [0.0, 10 * MINUTE], ids=["at once", "when no nonce is known"])
async def test_a_copy_that_was_not_written_down_is_not_posted_twice(stage: Stage, later: float) -> None:
    job = await stage.job(stage.shown(await stage.said(), needs_copy=True), spoiler=True)
    url = await stage.links(stage.assets).of(job, IMAGE)
    await stage.clock.advance(later)
    again = await stage.links(stage.assets).of(job, IMAGE)  # as it was read before the copy was recorded
    assert await stage.fetched(again) == await stage.fetched(url) == PICTURE
    (copy,) = stage.posts(stage.assets)
    assert copy.attachments[0].filename == f"SPOILER_input-{job.id}.jpg"


async def test_an_answer_that_is_lost_does_not_post_a_copy_twice(stage: Stage) -> None:
    job = await stage.job(stage.shown(await stage.said(), needs_copy=True))
    path = f"/channels/{stage.assets.id}/messages"
    stage.sandbox.trouble.add(Trouble("POST", path, status=503, applied=True))
    with pytest.raises(DeliveryFailed) as failed:
        await stage.links(stage.assets).of(job, IMAGE)
    assert failed.value.may_pass
    assert await stage.fetched(await stage.links(stage.assets).of(job, IMAGE)) == PICTURE
    assert len(stage.posts(stage.assets)) == 1


async def test_the_address_of_a_copy_is_renewed(stage: Stage) -> None:
    first = await stage.job(stage.shown(await stage.said(), needs_copy=True))
    url = await stage.links(stage.assets).of(first, IMAGE)
    source = (await stage.known(first)).source
    assert source is not None
    await stage.clock.advance(DAY)
    renewed = await stage.links(stage.assets).of(await stage.job(source), IMAGE)
    assert renewed != url
    assert await stage.fetched(renewed) == PICTURE
    assert len(stage.posts(stage.assets)) == 1


async def test_a_copy_that_somebody_deleted_is_put_back_only_out_of_sight(stage: Stage) -> None:
    agreed = stage.shown(await stage.said(), needs_copy=True, copy_agreed=True)
    for assets, place in ((None, stage.general), (stage.assets, stage.assets)):
        first = await stage.job(agreed)
        await stage.links(assets).of(first, IMAGE)
        (copy,) = stage.posts(place)
        stage.sandbox.delete(copy)
        source = (await stage.known(first)).source
        assert source is not None
        again = await stage.job(source)
        if assets is None:
            with pytest.raises(InputLost):
                await stage.links().of(again, IMAGE)
            assert stage.posts(stage.general) == []
        else:
            assert await stage.fetched(await stage.links(assets).of(again, IMAGE)) == PICTURE


async def test_a_file_that_came_with_a_command_is_dead_before_discord_forgets_it(stage: Stage) -> None:
    came = {"image": Upload(0, "me.jpg", PICTURE)}
    asked = await stage.sandbox.command(stage.alice, stage.general, "/portrait", came, strict=False)
    (file,) = asked.data["resolved"]["attachments"].values()
    source = Source(file["url"], "me.jpg")
    assert await stage.links().of(await stage.job(source), IMAGE) == source.url
    await stage.clock.advance(11 * MINUTE)
    with pytest.raises(InputLost, match="the file of the command has expired"):
        await stage.links().of(await stage.job(source), IMAGE)
    url = await stage.links(stage.assets).of(await stage.job(source), IMAGE)
    assert await stage.fetched(url) == PICTURE


@pytest.mark.parametrize(
    ("trouble", "may_pass"),
    [
        (Trouble("GET", r"/channels/\d+/messages/\d+", status=503), True),
        (Trouble("GET", r"/channels/\d+/messages/\d+", status=400), False),
        (Trouble("GET", r"/channels/\d+/messages/\d+", status=408), True),
        (Trouble("GET", r"/channels/\d+/messages/\d+", Kind.RESET, times=9), True),
        (Trouble("POST", "/attachments/refresh-urls", status=503), True),
    ],
    ids=["away", "refused", "too slow for a proxy", "torn", "away for the address"],
)
async def test_discord_in_trouble_is_told(stage: Stage, trouble: Trouble, may_pass: bool) -> None:
    source = stage.shown(await stage.said())
    await stage.clock.advance(DAY)
    job = await stage.job(source)
    stage.sandbox.trouble.add(replace(trouble))
    with pytest.raises(DeliveryFailed) as failed:
        await stage.links(stage.assets).of(job, IMAGE)
    assert failed.value.may_pass is may_pass
    assert stage.posts(stage.assets) == []


async def test_a_channel_for_copies_that_is_closed_to_the_bot_is_told(stage: Stage) -> None:
    stage.sandbox.set_overwrite(stage.assets, stage.guild.everyone, deny=Permissions.ATTACH_FILES)
    job = await stage.job(stage.shown(await stage.said(), needs_copy=True, copy_agreed=True))
    with pytest.raises(DeliveryFailed) as failed:
        await stage.links(stage.assets).of(job, IMAGE)
    assert not failed.value.may_pass
    assert stage.posts(stage.general) == []


async def test_the_copy_is_the_picture_as_the_bot_keeps_it(stage: Stage) -> None:
    job = await stage.job(stage.shown(await stage.said(), needs_copy=True))
    png = replace(IMAGE, data=encoded(scene(40, 30), "PNG"), format="PNG")
    data = await stage.fetched(await stage.links(stage.assets).of(job, png))
    assert data == png.data
    assert Image.open(io.BytesIO(data)).size == (40, 30)
    assert stage.posts(stage.assets)[0].attachments[0].filename.endswith(".png")
