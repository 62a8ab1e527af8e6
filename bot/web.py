"""The operator's little web server: `/healthz`."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.settings import WebSettings

_log = structlog.get_logger()

Health = Callable[[], Awaitable[Mapping[str, bool]]]


@asynccontextmanager
async def serving(settings: WebSettings, health: Health) -> AsyncIterator[None]:
    """Serve while the block runs: 200 where every part is well, else 503, with each part by name."""

    async def healthz(_request: web.Request) -> web.Response:
        parts = await health()
        well = all(parts.values())
        return web.json_response({"ok": well, **parts}, status=200 if well else 503)

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        for host, port, *_ in runner.addresses:
            _log.info("web.started", host=host, port=port)
        yield
    finally:
        await runner.cleanup()
