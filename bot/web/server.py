"""The operator's little web server: `/healthz`, `/readyz` and `/metrics`."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TypeAlias

import aiohttp
import structlog
from aiohttp import web

from bot.domain.health import Health
from bot.metrics import CONTENT_TYPE
from bot.settings import WebSettings
from bot.web.listening import NotListening

_log = structlog.get_logger()

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


def health_handlers(look: Callable[[], Awaitable[Health]]) -> Mapping[str, Handler]:
    """Answer 503 at `/healthz` where a restart helps, and at `/readyz` where the bot cannot do its work now."""

    async def healthz(_request: web.Request) -> web.Response:
        health = await look()
        return _told(health, ok=health.is_alive)

    async def readyz(_request: web.Request) -> web.Response:
        health = await look()
        return _told(health, ok=health.is_ready)

    return {"/healthz": healthz, "/readyz": readyz}


def metrics_handler(exposition: Callable[[], Awaitable[bytes]]) -> Handler:
    """Answer with all metrics, as Prometheus reads them."""

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=await exposition(), headers={aiohttp.hdrs.CONTENT_TYPE: CONTENT_TYPE})

    return metrics


@asynccontextmanager
async def serving(settings: WebSettings, handlers: Mapping[str, Handler]) -> AsyncIterator[None]:
    """Serve what is handed in, by path, while the block runs.

    Raises `NotListening` where the address cannot be listened on.
    """
    app = web.Application()
    for path, handler in handlers.items():
        app.router.add_get(path, handler)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port)
        try:
            await site.start()
        except OSError as error:
            raise NotListening(settings, error) from None
        for host, port, *_ in runner.addresses:
            _log.info("web.started", host=host, port=port)
        yield
    finally:
        await runner.cleanup()


def _told(health: Health, *, ok: bool) -> web.Response:
    """Write each part by its name, and ages in seconds."""
    parts = {
        "ok": ok,
        "database": health.database,
        "worker": health.worker,
        "discord": health.discord,
        "spark": health.spark,
        "seconds_since": {
            "write": _rounded(health.written_ago),
            "claim": _rounded(health.claimed_ago),
            "spark": _rounded(health.answered_ago),
        },
        "troubles": {kind.value: _rounded(seconds) for kind, seconds in health.troubles.items()},
    }
    return web.json_response(parts, status=200 if ok else 503)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
