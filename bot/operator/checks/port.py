"""Whether the web server could listen."""

import aiohttp

from bot.operator.checks.findings import Finding, note
from bot.settings import WebSettings
from bot.web.listening import NotListening, require_free

_PATIENCE = aiohttp.ClientTimeout(total=2.0)


async def port_finding(settings: WebSettings) -> Finding:
    """Prove that the port is free; a bot that runs there already is only worth knowing."""
    address = f"{settings.host}:{settings.port}"
    try:
        await require_free(settings)
    except NotListening as error:
        if error.is_taken and await _is_a_bot(f"http://{address}/healthz"):
            return note("port", f"a spark-bot answers on {address}; a second one needs another port (WEB_PORT)")
        return Finding("port", False, str(error))
    return Finding("port", True, f"{address} can be listened on")


async def _is_a_bot(url: str) -> bool:
    try:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session, session.get(url) as response:
            told = await response.json()
    except (aiohttp.ClientError, OSError, ValueError):
        return False
    return isinstance(told, dict) and {"ok", "worker"} <= told.keys()
