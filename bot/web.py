"""The operator's little web server: `/healthz` and `/metrics`."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import aiohttp
import structlog
from aiohttp import web

from bot.metrics import CONTENT_TYPE
from bot.settings import SettingsInvalid, WebSettings

_log = structlog.get_logger()

_VITAL = ("database", "worker")
"""Discord is none of them: the bot reconnects by itself, and a restart would not bring Discord back."""

Health = Callable[[], Awaitable[Mapping[str, bool]]]
Exposition = Callable[[], Awaitable[bytes]]
"""Writes all metrics as Prometheus reads them."""


@asynccontextmanager
async def serving(settings: WebSettings, health: Health, exposition: Exposition) -> AsyncIterator[None]:
    """Serve while the block runs: each part by name, and 503 where one is not well that a restart may mend.

    Raises `SettingsInvalid` where the address cannot be listened on.
    """

    async def healthz(_request: web.Request) -> web.Response:
        parts = await health()
        well = all(parts[part] for part in _VITAL)
        return web.json_response({"ok": well, **parts}, status=200 if well else 503)

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=await exposition(), headers={aiohttp.hdrs.CONTENT_TYPE: CONTENT_TYPE})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", metrics)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        try:
            await site.start()
        except OSError as error:
            address = f"{settings.host}:{settings.port}"
            raise SettingsInvalid(
                f"web.port: {address} cannot be listened on ({error.strerror}); choose another (WEB_PORT), or 0"
            ) from None
        for host, port, *_ in runner.addresses:
            _log.info("web.started", host=host, port=port)
        yield
    finally:
        await runner.cleanup()
