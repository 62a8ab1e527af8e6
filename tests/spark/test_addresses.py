import random
from collections.abc import AsyncIterator

import pytest

import spark
from spark import addresses, transport
from tests.spark.conftest import KEY, HurriedClock
from tests.spark.scripted import ScriptedServer, answer

PUBLIC = "https://93.184.216.34"
PNG = b"\x89PNG"


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("2002:5db8:d822::1", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),  # noqa: S104 - an address that is refused
        ("224.0.1.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:169.254.169.254", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::1", False),
        ("fe80::1", False),
        ("fe80::1%1", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
    ],
)
def test_only_the_open_internet_is_public(host: str, public: bool) -> None:
    assert addresses.is_public(host) is public


def client_at(base_url: str) -> spark.Client:
    return spark.Client(KEY, base_url, clock=HurriedClock(), rng=random.Random(7))


@pytest.fixture
async def outside(server: ScriptedServer) -> AsyncIterator[spark.Client]:
    """A client whose own address is on the open internet."""
    server.replies = [answer(200, PNG)]
    async with client_at(PUBLIC) as client:
        yield client


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"])  # noqa: S104
async def test_a_result_is_not_fetched_from_this_machines_network(
    server: ScriptedServer, outside: spark.Client, host: str
) -> None:
    with pytest.raises(spark.DownloadFailed, match="private address") as raised:
        await outside.download(f"https://{host}:{server.port}/1.png")
    assert not raised.value.retryable
    assert server.connections == 0


async def test_a_result_is_not_fetched_over_http(server: ScriptedServer, outside: spark.Client) -> None:
    with pytest.raises(spark.DownloadFailed, match="http"):
        await outside.download(f"http://127.0.0.1:{server.port}/1.png")
    assert server.connections == 0


async def test_a_private_spark_may_give_results_out_of_its_network(server: ScriptedServer) -> None:
    server.replies = [answer(200, PNG)]
    async with client_at(f"http://localhost:{server.port}") as client:
        assert (await client.download(f"http://127.0.0.1:{server.port}/1.png")).data == PNG


async def test_a_private_spark_by_https_gives_nothing_over_http(server: ScriptedServer) -> None:
    async with client_at("https://127.0.0.1:1") as client:
        with pytest.raises(spark.DownloadFailed, match="http"):
            await client.download(f"{server.url}/1.png")


@pytest.fixture
async def redirecting(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[spark.Client]:
    """A client to which 127.0.0.1 is the open internet, and the rest of the loopback net is not."""
    for module in (addresses, transport):
        monkeypatch.setattr(module, "is_public", lambda host: host == "127.0.0.1")
    async with client_at(server.url) as client:
        yield client


@pytest.mark.parametrize("to", ["http://127.0.0.2:{port}/1.png", "//127.0.0.3:{port}/1.png"])
async def test_each_address_that_a_result_leads_on_to_is_looked_at(
    server: ScriptedServer, redirecting: spark.Client, to: str
) -> None:
    server.replies = [answer(302, b"", {"Location": to.format(port=server.port)}), answer(200, PNG)]
    with pytest.raises(spark.DownloadFailed, match="private address"):
        await redirecting.download(f"{server.url}/1.png")
    assert len(server.heard) == 1


@pytest.mark.parametrize("to", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://h:port/"])
async def test_a_result_leads_nowhere_but_to_the_web(
    server: ScriptedServer, redirecting: spark.Client, to: str
) -> None:
    server.replies = [answer(302, b"", {"Location": to}), answer(200, PNG)]
    with pytest.raises(spark.DownloadFailed):
        await redirecting.download(f"{server.url}/1.png")
    assert len(server.heard) == 1


async def test_a_result_that_leads_round_and_round_is_given_up(
    server: ScriptedServer, redirecting: spark.Client
) -> None:
    server.replies = [answer(307, b"", {"Location": "/again"})]
    with pytest.raises(spark.DownloadFailed, match="more than 5 times"):
        await redirecting.download(f"{server.url}/1.png")
    assert len(server.heard) == 6
