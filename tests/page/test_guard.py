"""The page answers only its own browser page on this machine."""

import aiohttp
import pytest

from sandbox.page import Page, PortTaken
from sandbox.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def status(page: Page, method: str, path: str, headers: dict[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, page.address.rstrip("/") + path, headers=headers, json={}) as answer,
    ):
        return answer.status


def own(page: Page) -> str:
    return page.address.rstrip("/")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1", "127.0.0.1.nip.io"])
async def test_another_hosts_name_is_refused(page: Page, host: str) -> None:
    assert await status(page, "GET", "/", {"Host": host}) == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
async def test_this_machines_names_are_served(page: Page, host: str) -> None:
    assert await status(page, "GET", "/", {"Host": f"{host}:1234"}) == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", ""])
async def test_another_sites_script_does_nothing(page: Page, origin: str) -> None:
    assert await status(page, "POST", "/do/say", {"Origin": origin}) == 403


async def test_a_request_without_an_origin_does_nothing(page: Page) -> None:
    assert await status(page, "POST", "/panel", {}) == 403


async def test_the_pages_own_script_does_something(page: Page) -> None:
    assert await status(page, "POST", "/panel", {"Origin": own(page)}) == 200


async def test_another_sites_script_hears_nothing(page: Page) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect(f"{own(page)}/live", headers={"Origin": "http://evil.example"})


async def test_a_taken_port_is_named(page: Page, stage: Stage) -> None:
    port = int(own(page).rsplit(":", 1)[1])
    with pytest.raises(PortTaken, match=rf"port {port}.*--port"):
        async with Page(stage.discord, stage.spark, stage.people, stage.general, port=port):
            pass
