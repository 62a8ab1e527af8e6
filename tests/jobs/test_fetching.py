import asyncio
import errno
import gzip
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import IO

import aiohttp
import pytest
from structlog.testing import capture_logs

import spark
from bot.domain.jobs import Order
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import Source
from bot.domain.refusals import Refusal, Refuser
from bot.jobs import inputs as fetching
from bot.jobs.fair_slots import FairSlots
from bot.jobs.inputs import Inputs
from bot.orders.picture_orders import PictureOrder
from bot.wording.pictures_not_taken import expired, not_handed_out, too_many_at_once
from sandbox.clock import MovableClock
from tests.jobs.moving import moved_on
from tests.spark.images.pictures import encoded, scene
from tests.spark.scripted import HANG, RESET, Reply, ScriptedServer, answer

PICTURE = encoded(scene(90, 80), "PNG")
TYPE = {"Content-Type": "image/png"}


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer([answer(200, PICTURE, TYPE)]) as server:
        yield server


@pytest.fixture
async def other() -> AsyncIterator[ScriptedServer]:
    """A server that nobody may ask."""
    async with ScriptedServer([answer(200, PICTURE, TYPE)]) as server:
        yield server
        assert (server.connections, server.heard) == (0, [])


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def inputs(server: ScriptedServer, clock: MovableClock) -> AsyncIterator[Inputs]:
    async with Inputs([f"127.0.0.1:{server.port}"], FairSlots(2), clock) as inputs:
        yield inputs


def at(server: ScriptedServer, path: str = "/attachments/1/2/house.png?ex=1&is=2&hm=3&") -> str:
    return f"http://127.0.0.1:{server.port}{path}"


async def ordered(inputs: Inputs, url: str, person: int = 1) -> Order:
    order = PictureOrder(Kind.EDIT, "make it night", spark.Edit(prompt="make it night"))
    return await inputs.order_of(order, Source(url, "house.png"), person)


async def refused(inputs: Inputs, url: str) -> Refusal:
    with pytest.raises(Refusal) as raised:
        await ordered(inputs, url)
    return raised.value


async def test_a_picture_is_fetched_as_its_address_is_signed(inputs: Inputs, server: ScriptedServer) -> None:
    path = "/attachments/1/2/a%20b%2Fc%7e.png?ex=6a&is=%2e&hm=c0ffee&"
    order = await ordered(inputs, at(server, path))
    assert order.image is not None
    assert order.image.data == PICTURE
    assert [(each.method, each.path) for each in server.heard] == [("GET", path)]


async def test_no_cookie_is_kept_and_nothing_is_sent_packed(inputs: Inputs, server: ScriptedServer) -> None:
    server.replies = [answer(200, PICTURE, {**TYPE, "Set-Cookie": "who=you; Path=/"})]
    for _ in range(2):
        await ordered(inputs, at(server))
    told = [{name.lower(): value for name, value in each.headers.items()} for each in server.heard]
    assert ["cookie" in headers or "authorization" in headers for headers in told] == [False, False]
    assert {headers["accept-encoding"] for headers in told} == {"identity"}


async def test_no_proxy_of_the_environment_is_asked(
    inputs: Inputs, server: ScriptedServer, other: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, at(other, ""))
    await ordered(inputs, at(server))
    assert len(server.heard) == 1


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("http://127.0.0.1:{other}/a.png", "127.0.0.1:{other}"),
        ("http://localhost:{other}/a.png", "localhost:{other}"),
        ("http://127.0.0.1:{server}@127.0.0.1:{other}/a.png", "127.0.0.1:{server}@127.0.0.1:{other}"),
        ("http://127.0.0.1:{other}\\@127.0.0.1:{server}/a.png", "127.0.0.1:{other}"),
        ("http://127.0.0.1:{server}\\@127.0.0.1:{other}/a.png", "127.0.0.1:{server}"),
        ("http://127.0.0.1:{other}#@127.0.0.1:{server}/a.png", "127.0.0.1:{other}"),
        ("http://2130706433:{other}/a.png", "2130706433:{other}"),
        ("http://0x7f000001:{server}/a.png", "0x7f000001:{server}"),
        ("http://[::ffff:127.0.0.1]:{other}/a.png", "::ffff:127.0.0.1"),
        ("http://127.0.0.1.:{other}/a.png", "127.0.0.1.:{other}"),
        ("http://0.0.0.0:{server}/a.png", "0.0.0.0:{server}"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254"),
        ("http://10.0.0.1/a.png", "10.0.0.1"),
        ("https://example.com/a.png", "example.com"),
    ],
)
async def test_nothing_is_fetched_from_another_host(
    inputs: Inputs, server: ScriptedServer, other: ScriptedServer, written: str, named: str
) -> None:
    ports = {"server": server.port, "other": other.port}
    refusal = await refused(inputs, written.format(**ports))
    shown = refusal.so.replace("\\", "").replace("\u200b", "")
    assert named.format(**ports) in shown
    assert server.connections == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_an_allowed_host_that_leads_elsewhere_is_not_followed(
    inputs: Inputs, server: ScriptedServer, other: ScriptedServer, status: int
) -> None:
    server.replies = [answer(status, headers={"Location": at(other)})]
    refusal = await refused(inputs, at(server))
    assert "leads away from Discord" in refusal.so
    assert len(server.heard) == 1


async def test_not_even_to_itself(inputs: Inputs, server: ScriptedServer) -> None:
    server.replies = [answer(302, headers={"Location": at(server, "/other.png")})]
    await refused(inputs, at(server))
    assert len(server.heard) == 1


async def test_a_file_that_says_to_be_too_large_is_not_read(inputs: Inputs, server: ScriptedServer) -> None:
    server.replies = [Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 123456789\r\n\r\n", then="hang")]
    refusal = await refused(inputs, at(server))
    assert "“house.png” has 123 MB, and 64 MB is the most." in refusal.way
    assert refusal.refuser is Refuser.BOT


async def test_a_file_that_grows_too_large_is_given_up(
    inputs: Inputs, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "SOURCE_BYTES_MAX", 2_000_000)
    endless = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"\0" * 2_000_001
    server.replies = [Reply(endless, then="hang")]
    refusal = await refused(inputs, at(server))
    assert "“house.png” has more than 2 MB, and 2 MB is the most." in refusal.way


@pytest.mark.parametrize("status", [403, 404, 410])
async def test_a_link_that_has_expired_is_named(inputs: Inputs, server: ScriptedServer, status: int) -> None:
    server.replies = [answer(status, b"This content is no longer available.")]
    refusal = await refused(inputs, at(server))
    assert refusal.text == expired("house.png").text
    assert len(server.heard) == 1


CUT_SHORT = Reply(answer(200, PICTURE, TYPE).data[:-100])


@pytest.mark.parametrize(
    "trouble", [answer(500), answer(503), answer(429), RESET, CUT_SHORT, Reply(b"junk\r\n\r\n")]
)
async def test_what_may_pass_is_tried_again(
    inputs: Inputs, server: ScriptedServer, clock: MovableClock, trouble: Reply
) -> None:
    server.replies = [trouble, trouble, answer(200, PICTURE, TYPE)]
    order = await moved_on(clock, ordered(inputs, at(server)))
    assert order.image is not None
    assert order.image.data == PICTURE


@pytest.mark.parametrize(
    ("trouble", "logged"), [(answer(503), "Discord is in trouble (503)"), (RESET, "Discord cannot be reached")]
)
async def test_and_not_for_ever(
    inputs: Inputs, server: ScriptedServer, clock: MovableClock, trouble: Reply, logged: str
) -> None:
    server.replies = [trouble]
    with capture_logs() as logs:
        refusal = await moved_on(clock, refused(inputs, at(server)))
    assert refusal.refuser is Refuser.DISCORD
    assert logged in logs[-1]["reason"]
    assert "hm=" not in refusal.text
    assert clock.monotonic() == 2 * 60  # two pauses between three tries


async def test_a_host_where_nobody_listens_is_told(clock: MovableClock) -> None:
    async with ScriptedServer() as gone:
        nowhere = at(gone)
    async with Inputs(["127.0.0.1"], FairSlots(2), clock) as inputs:
        refusal = await moved_on(clock, refused(inputs, nowhere))
    assert refusal.text == not_handed_out("house.png").text


async def test_an_answer_that_never_comes_is_given_up(
    server: ScriptedServer, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_TIMEOUT", aiohttp.ClientTimeout(total=0.05))
    server.replies = [HANG]
    async with Inputs(["127.0.0.1"], FairSlots(2), clock) as inputs:
        refusal = await moved_on(clock, refused(inputs, at(server)))
    assert refusal.text == not_handed_out("house.png").text


async def test_what_is_packed_is_not_unpacked(inputs: Inputs, server: ScriptedServer) -> None:
    server.replies = [answer(200, gzip.compress(PICTURE), {**TYPE, "Content-Encoding": "gzip"})]
    refusal = await refused(inputs, at(server))
    assert refusal.so == "This file is no picture."


async def test_few_pictures_are_held_on_the_disk_at_a_time(
    server: ScriptedServer, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[IO[bytes]] = []
    four_are_held = asyncio.Event()

    async def never_fitted(file: IO[bytes], _model: str) -> spark.Fitted:
        held.append(file)
        if len(held) == 4:
            four_are_held.set()
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(spark, "fit", never_fitted)
    async with Inputs([f"127.0.0.1:{server.port}"], FairSlots(4), clock) as inputs:
        asking = [asyncio.create_task(ordered(inputs, at(server), person)) for person in range(7)]
        await four_are_held.wait()
        await asyncio.sleep(0.01)  # for whoever comes too early
        assert (len(held), len(server.heard)) == (4, 4)
        for each in asking:
            each.cancel()
        await asyncio.gather(*asking, return_exceptions=True)


async def test_a_third_picture_of_a_person_at_once_is_refused_before_it_is_fetched(
    server: ScriptedServer, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitting, go_on = asyncio.Event(), asyncio.Event()

    async def slowly_fitted(file: IO[bytes], _model: str) -> spark.Fitted:
        fitting.set()
        await go_on.wait()
        flat = spark.Fingerprint(0, (b"",), (0,))
        return spark.Fitted(file.read(), "PNG", 90, 80, (), True, "0a", flat)

    monkeypatch.setattr(spark, "fit", slowly_fitted)
    async with Inputs([f"127.0.0.1:{server.port}"], FairSlots(2), clock) as inputs:
        first, second = [asyncio.create_task(ordered(inputs, at(server))) for _ in range(2)]
        await fitting.wait()
        fetched = len(server.heard)
        refusal = await refused(inputs, at(server))
        assert refusal.text == too_many_at_once().text
        assert len(server.heard) == fetched
        go_on.set()
        await asyncio.gather(first, second)
        await ordered(inputs, at(server))


async def test_a_disk_that_is_full_is_not_taken_for_discords_trouble(
    inputs: Inputs, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    @asynccontextmanager
    async def full_disk() -> AsyncIterator[IO[bytes]]:
        yield Full()

    monkeypatch.setattr(spark, "scratch_file", full_disk)
    with pytest.raises(RuntimeError, match="cannot be kept on the disk"):
        await ordered(inputs, at(server))
    assert len(server.heard) == 1
