"""Who may talk to the page: this machine's browser, at the page's own address, and no other site in it."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Final

from aiohttp import hdrs, web
from yarl import URL

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@web.middleware
async def own_site_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other hosts' names, which a rebound DNS would bring, and other sites' scripts."""
    if not _is_loopback(URL(f"http://{request.host}").host):
        raise web.HTTPForbidden(text="The demo answers only to localhost.")
    origin = request.headers.get(hdrs.ORIGIN)
    reads = request.method in {hdrs.METH_GET, hdrs.METH_HEAD}
    opens_socket = hdrs.UPGRADE in request.headers
    if (origin is not None or not reads or opens_socket) and origin != f"http://{request.host}":
        raise web.HTTPForbidden(text="The demo answers only to its own page.")
    response = await handler(request)
    if not response.prepared:
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers[hdrs.CACHE_CONTROL] = "no-store"
    return response


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return host is not None and ip_address(host).is_loopback
    except ValueError:
        return False
