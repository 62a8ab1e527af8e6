"""What people send, from Discord's file store to what Spark takes, over real sockets."""

import asyncio
import io
import random
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass

import aiohttp
import pytest
from PIL import Image

import spark
from bot.domain.jobs import Order
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import Source
from bot.domain.refusals import Refusal
from bot.jobs.fair_slots import FairSlots
from bot.jobs.inputs import Inputs
from bot.orders.picture_orders import PictureOrder
from bot.wording.pictures_not_taken import unfit
from sandbox.clock import MovableClock
from sandbox.discord import Channel, DiscordSandbox, Member, Upload
from sandbox.spark.latency import Latency
from sandbox.spark.painter import swatch
from sandbox.spark.server import SparkSandbox
from tests.spark.images import pictures
from tests.spark.images.here import worked_on_here
from tests.spark.images.pictures import encoded, exif, scene

STYLE = next(iter(spark.STYLES.values()))
ORDERS = {
    "structure": PictureOrder(Kind.EDIT, "make it night", spark.ImageToImage(prompt="make it night", seed=7)),
    "edit": PictureOrder(Kind.EDIT, "make it night", spark.Edit(prompt="make it night", seed=7)),
    "style": PictureOrder(
        Kind.STYLIZE,
        "Anime",
        spark.StyleTemplate(req_key=STYLE.req_key, sub_req_key=STYLE.sub_req_key),
    ),
    "portrait": PictureOrder(Kind.PORTRAIT, "a portrait", spark.Portrait(prompt="at the sea", seed=7)),
}
"""One order for each model that works on a picture."""


@dataclass
class Way:
    """The way of a picture: posted to Discord, fetched by the bot, handed to Spark."""

    discord: DiscordSandbox
    spark_server: SparkSandbox
    client: spark.Client
    inputs: Inputs
    api: aiohttp.ClientSession
    general: Channel
    alice: Member

    async def post(self, filename: str, data: bytes) -> Source:
        said = await self.discord.say(self.alice, self.general, "look", files=[Upload(0, filename, data)])
        async with self.api.get(f"{self.discord.api_url}/channels/{self.general.id}/messages/{said.id}") as answer:
            (file,) = (await answer.json())["attachments"]
        return Source(file["url"], file["filename"], self.general.id, said.id)

    async def submitted(self, order: Order, source: Source) -> spark.Task:
        """Send an order to Spark as the worker does: the picture as base64, or by its address."""
        (task,) = order.tasks
        request = spark.parse(task.model, task.params)
        image = order.image
        assert image is not None
        assert not isinstance(request, spark.TextToImage)
        if isinstance(request, spark.Portrait):
            assert order.source is not None
            at = await self.post("copy.jpg", image.data) if order.source.needs_copy else source
            return await self.client.submit(request.with_image_url(at.url))
        return await self.client.submit(request.with_image(image.data))


@pytest.fixture
async def way() -> AsyncIterator[Way]:
    clock, rng = MovableClock(), random.Random(7)
    async with (
        DiscordSandbox(clock=clock, rate_limits=False, message_content=True) as discord,
        SparkSandbox(clock=clock, rng=rng, latency=Latency.instant(), paint=swatch) as server,
        spark.Client("sandbox-key", server.base_url, clock=clock, rng=rng) as client,
        Inputs([discord.cdn_host], FairSlots(2), clock) as inputs,
        aiohttp.ClientSession(headers={"Authorization": "Bot sandbox-token"}) as api,
    ):
        guild = discord.add_guild()
        general, alice = discord.add_channel(guild), discord.add_member(guild, "alice")
        yield Way(discord, server, client, inputs, api, general, alice)


@pytest.fixture
def here() -> Iterator[None]:
    """Have pictures worked on in this process; that it is another one is for `tests/spark/` to show."""
    with worked_on_here():
        yield


def thirty_megabytes() -> bytes:
    data = encoded(scene(3400, 3000), "PNG", compress_level=0)
    assert 30_000_000 < len(data) < 32_000_000
    return data


TAKEN: dict[str, tuple[Callable[[], bytes], tuple[str, ...], str]] = {
    "house.webp": (lambda: encoded(scene(900, 700), "WEBP"), tuple(ORDERS), "converted from WebP to JPEG"),
    "house.heic": (lambda: pictures.heic(900, 700), tuple(ORDERS), "converted from HEIC to JPEG"),
    "house.avif": (lambda: encoded(scene(900, 700), "AVIF"), tuple(ORDERS), "converted from AVIF to JPEG"),
    "moving.gif": (
        lambda: pictures.gif(900, 700),
        tuple(ORDERS),
        "took its first frame; converted from GIF to JPEG",
    ),
    "print.jpg": (
        lambda: encoded(scene(900, 700, "CMYK"), "JPEG"),
        tuple(ORDERS),
        "converted from CMYK to RGB",
    ),
    "deep.png": (
        lambda: pictures.deep_colour(900, 700),
        tuple(ORDERS),
        "reduced from 16 to 8 bits a colour; converted from PNG to JPEG",
    ),
    "turned.jpg": (
        lambda: encoded(scene(900, 700), "JPEG", exif=exif(orientation=6)),
        tuple(ORDERS),
        "turned upright",
    ),
    "holiday.jpg": (
        lambda: encoded(scene(900, 700), "JPEG", exif=exif(place=True)),
        tuple(ORDERS),
        "removed its hidden data, with the place where it was taken",
    ),
    "plain.png": (lambda: encoded(scene(900, 700), "PNG"), tuple(ORDERS), ""),
    # below the one model's least, and as it should be for the others
    "small.png": (lambda: encoded(scene(450, 350), "PNG"), ("structure", "edit", "portrait"), ""),
    "enlarged.png": (
        lambda: encoded(scene(450, 350), "PNG"),
        ("style",),
        "enlarged from 450×350 to 800×623; converted from PNG to JPEG",
    ),
    "tower.png": (lambda: encoded(scene(100, 4000), "PNG"), ("portrait",), ""),
    "wide.jpg": (lambda: encoded(scene(4500, 1600), "JPEG"), ("edit",), "scaled down from 4500×1600 to 4096×1457"),
    # what is that heavy takes a while, and is the same for all
    "heavy.png": (thirty_megabytes, ("structure",), "converted from PNG to JPEG"),
}
"""By file name: the picture, the orders that it is for, and the beginning of what is said to be changed."""


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", TAKEN)
async def test_what_people_send_is_made_what_spark_takes(way: Way, name: str) -> None:
    make, kinds, changes = TAKEN[name]
    source = await way.post(name, make())
    for kind in kinds:
        order = await way.inputs.order_of(ORDERS[kind], source, 1)
        assert order.source is not None
        told = "; ".join(order.source.changes)
        assert told.startswith(changes) if changes else not told
        task = await way.submitted(order, source)
        task.raise_for_failure()
        assert (task.status, task.error) == (spark.TaskStatus.COMPLETED, None)
    assert [submit.model for submit in way.spark_server.submits] == [ORDERS[kind].request.name for kind in kinds]


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("picture.png", encoded(scene(900, 700), "PNG"))
    return buffer.getvalue()


def forged() -> bytes:
    return pictures.forged_png(encoded(scene(900, 700), "PNG"), 1200, 1000)


NOT_TAKEN: dict[str, tuple[Callable[[], bytes], tuple[str, ...], str, str]] = {
    "dot.png": (lambda: encoded(scene(1, 1), "PNG"), tuple(ORDERS), "This picture is too small.", "needs"),
    "tower.png": (
        lambda: encoded(scene(100, 4000), "PNG"),
        ("structure", "edit"),
        "This picture is too narrow.",
        "at least 1334 beside a height of 4000",
    ),
    "narrow.png": (
        lambda: encoded(scene(100, 4000), "PNG"),
        ("style",),
        "This picture is too small.",
        "at least 585 beside a height of 4000",
    ),
    "forged.png": (forged, tuple(ORDERS), "This picture is damaged.", "cannot be decoded"),
    "zip.png": (zipped, tuple(ORDERS), "This file is no picture.", "no picture of a kind"),
    "bomb.png": (
        lambda: pictures.bomb(30_000, 30_000),
        tuple(ORDERS),
        "This picture has too many pixels.",
        "30000×30000; the most is 64 megapixels",
    ),
    "empty.png": (lambda: b"", ("edit",), "There is nothing in this file.", "empty"),
    "huge.png": (
        lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 64_000_000,
        ("edit",),
        "This file is too large.",
        "has 64 MB, and 64 MB is the most",
    ),
}
"""By file name: the picture, the orders that refuse it, what is refused and why."""


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", NOT_TAKEN)
async def test_what_cannot_be_made_so_is_refused_by_its_reason(way: Way, name: str) -> None:
    make, kinds, so, why = NOT_TAKEN[name]
    source = await way.post(name, make())
    for kind in kinds:
        with pytest.raises(Refusal) as raised:
            await way.inputs.order_of(ORDERS[kind], source, 1)
        assert raised.value.so == so
        assert why in raised.value.way
    assert way.spark_server.submits == []


async def test_a_bomb_is_known_by_its_header_and_never_opened(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    async def started(*_: object, **__: object) -> None:
        raise AssertionError("somebody decodes it")

    source = await way.post("bomb.png", pictures.bomb(30_000, 30_000))
    monkeypatch.setattr(asyncio, "create_subprocess_exec", started)
    with pytest.raises(Refusal, match="too many pixels"):
        await way.inputs.order_of(ORDERS["edit"], source, 1)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("kind", ORDERS)
async def test_only_what_spark_can_take_as_it_stands_needs_no_copy(way: Way, kind: str) -> None:
    as_it_is = {"plain.png": False, "hidden.jpg": False, "holiday.jpg": True, "house.webp": True}
    made = {
        "plain.png": encoded(scene(900, 700), "PNG"),
        "hidden.jpg": encoded(scene(900, 700), "JPEG", exif=exif()),
        "holiday.jpg": encoded(scene(900, 700), "JPEG", exif=exif(place=True)),
        "house.webp": encoded(scene(900, 700), "WEBP"),
    }
    found = {}
    for name, data in made.items():
        order = await way.inputs.order_of(ORDERS[kind], await way.post(name, data), 1)
        assert order.source is not None
        assert order.image is not None
        assert b"SecretCam" not in order.image.data
        assert Image.open(io.BytesIO(order.image.data)).size == (900, 700)
        found[name] = order.source.needs_copy
    assert found == as_it_is


@pytest.mark.parametrize(
    "reason",
    ["empty", "too_large", "not_an_image", "broken", "too_many_pixels", "too_heavy", "too_small", "too_long"],
)
def test_every_reason_has_its_advice(reason: str) -> None:
    refusal = unfit(spark.ImageRefused(reason, "The picture is not as it should be."))
    assert refusal.so.endswith(".")
    assert refusal.way.startswith("The picture is not as it should be. ")
