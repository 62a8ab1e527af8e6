"""The HTTP side: every request is logged, meets its trouble, is let in or not, and gets its answer."""

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox.discord.actions.service import Service
from sandbox.discord.http.bodies import Body, read_body
from sandbox.discord.http.request_log import Download, LoggedRequest, RequestLog, without_token
from sandbox.discord.http.trouble import Kind, Trouble, Troubles
from sandbox.discord.model.address import MEDIA_HOST
from sandbox.discord.model.files import content_type_of
from sandbox.discord.rest.call import Call
from sandbox.discord.rest.routes import Route, find_route
from sandbox.discord.rules.errors import UNAUTHORIZED, DiscordError
from sandbox.discord.rules.rate_limits import RateLimiter, refusal_body, refusal_headers

API_PREFIX = "/api/v10"
_MAX_BODY = 1024**3  # the rules of Discord refuse large files, not the web server


class _Torn(Exception):
    """The connection is gone, and with it the need for an answer."""


class Server:
    """Answers requests to the API and to the file store.

    Args:
        service: Discord's inside.
        limiter: lets requests in or has them wait.
        log: where each request to the API is noted.
        downloads: where each request for a file is noted.
        troubles: what goes wrong on purpose.

    """

    def __init__(
        self,
        service: Service,
        limiter: RateLimiter,
        log: RequestLog,
        downloads: list[Download],
        troubles: Troubles,
    ) -> None:
        self._service = service
        self._limiter = limiter
        self._log = log
        self._downloads = downloads
        self._troubles = troubles

    def application(self) -> web.Application:
        """Build the web application."""
        application = web.Application(client_max_size=_MAX_BODY)
        connect = self._service.events.gateway.connect
        application.router.add_get("/gateway", connect)
        application.router.add_get("/gateway/resume", connect)
        application.router.add_get("/attachments/{channel}/{attachment}/{filename}", self._download)
        application.router.add_get("/external/{signature}/{scheme}/{rest:.+}", self._download_outside)
        application.router.add_route("*", API_PREFIX + "/{path:.*}", self._answer_api)
        return application

    async def _download(self, request: web.Request) -> web.Response:
        info = request.match_info
        path = f"/attachments/{info['channel']}/{info['attachment']}/{quote(info['filename'])}"
        query = request.query
        signed = self._service.cdn.allows(path, query.get("ex", ""), query.get("is", ""), query.get("hm", ""))
        attachment = self._service.world.attachments.get(int(info["attachment"])) if signed else None
        if attachment is None or not attachment.available(self._service.clock.time()):
            return self._served(request, None, None)
        return self._served(request, attachment.content, attachment.content_type)

    async def _download_outside(self, request: web.Request) -> web.Response:
        info = request.match_info
        url = self._service.cdn.proxied(info["signature"], info["scheme"], info["rest"])
        proxied = url is not None and request.url.host == MEDIA_HOST
        content = self._service.world.outside(url) if url and proxied else None
        return self._served(request, content, content_type_of(url.partition("?")[0]) if url else None)

    def _served(self, request: web.Request, content: bytes | None, content_type: str | None) -> web.Response:
        status = 404 if content is None else 200
        self._downloads.append(Download(request.url.host or "", request.path, self._service.clock.time(), status))
        self._service.changes.announce()
        if content is None:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=content, content_type=content_type or "application/octet-stream")

    async def _answer_api(self, request: web.Request) -> web.StreamResponse:
        path = request.raw_path.removeprefix(API_PREFIX).partition("?")[0]
        try:
            body, broken = await read_body(request), None
        except DiscordError as error:
            body, broken = Body(), error
        entry = self._note(request, path, body)
        trouble = self._troubles.take(request.method, path)
        try:
            response = None
            if trouble is not None and not trouble.applied:
                response = await self._disturb(request, trouble)
            if response is None:
                response = _error(broken) if broken else self._handle(request, path, body)
            if trouble is not None and trouble.applied:
                response = await self._disturb(request, trouble) or response
        except _Torn:
            return web.Response()  # goes nowhere
        entry.status = response.status
        self._service.changes.announce()
        return response

    def _note(self, request: web.Request, path: str, body: Body) -> LoggedRequest:
        entry = LoggedRequest(
            request.method,
            without_token(path),
            dict(request.query),
            body.json,
            body.files,
            self._service.clock.time(),
        )
        self._log.requests.append(entry)
        self._service.changes.announce()
        return entry

    async def _disturb(self, request: web.Request, trouble: Trouble) -> web.Response | None:
        """Play trouble; None lets the request go on as if nothing had been."""
        match trouble.kind:
            case Kind.RESET:
                trouble.reached.set()
                _tear(request)
                raise _Torn
            case Kind.HANG:
                await trouble.hang()
                if request.transport is None or request.transport.is_closing():
                    raise _Torn
                return None
            case Kind.ANSWER:
                trouble.reached.set()
                return _scripted(trouble)

    def _handle(self, request: web.Request, path: str, body: Body) -> web.Response:
        try:
            route, params = find_route(request.method, path)
        except DiscordError as error:
            return _error(error)
        if not route.by_token and not self._authorized(request):
            return _error(DiscordError(UNAUTHORIZED))
        verdict = self._limiter.admit(
            f"{route.method} {route.path}", route.major(params), route.limit, counts_globally=not route.by_token
        )
        if verdict.retry_after is not None:
            refused = refusal_body(verdict.retry_after, everywhere=verdict.everywhere)
            return _json(refused, 429, refusal_headers(verdict))
        return self._call(
            route, Call(self._service, params, request.query, body.json, body.files), verdict.headers
        )

    def _call(self, route: Route, call: Call, headers: Mapping[str, str]) -> web.Response:
        try:
            answer = route.answer(call)
        except DiscordError as error:
            return _error(error, headers)
        if answer.body is None:
            return web.Response(status=204, headers=headers)
        return _json(answer.body, answer.status, headers)

    def _authorized(self, request: web.Request) -> bool:
        return request.headers.get("Authorization") == f"Bot {self._service.world.application.token}"


def _json(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    # bytes, since aiohttp adds a charset to text, and clients compare the content type as a whole
    encoded = json.dumps(body, separators=(",", ":")).encode()
    return web.Response(body=encoded, status=status, headers=headers, content_type="application/json")


def _error(error: DiscordError, headers: Mapping[str, str] | None = None) -> web.Response:
    return _json(error.body, error.fault.status, headers)


def _scripted(trouble: Trouble) -> web.Response:
    if trouble.body is not None:
        headers = {"Content-Type": "application/json", **trouble.headers}
        return web.Response(body=trouble.body.encode(), status=trouble.status, headers=headers)
    if trouble.status != 429:
        return _json({"message": trouble.message, "code": trouble.code}, trouble.status, trouble.headers)
    headers = {"Via": "1.1 google", "Retry-After": "1", "X-RateLimit-Scope": "user", **trouble.headers}
    everywhere = headers.get("X-RateLimit-Global") == "true"
    body = refusal_body(float(headers["Retry-After"]), everywhere=everywhere)
    return _json({**body, "code": trouble.code}, 429, headers)


def _tear(request: web.Request) -> None:
    """Abort the connection so that the client sees a reset, not an orderly end."""
    if request.transport is None:
        return
    connection = request.transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
