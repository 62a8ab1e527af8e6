"""Tells how Discord answers each request, those that discord.py makes anew by itself included."""

from types import SimpleNamespace
from typing import Protocol

import aiohttp
from discord.http import Route


class Answers(Protocol):
    """Who hears of them."""

    def answered(self, status: int, *, shared: bool = False) -> None:
        """Hear of an answer; `shared` is a 429 for what others did."""
        ...

    def lost(self) -> None:
        """Hear of a request that was not answered."""
        ...


def telling(answers: Answers) -> aiohttp.TraceConfig:
    """Make what discord.py takes as `http_trace`."""

    async def ended(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        if str(request.url).startswith(Route.BASE):  # neither the gateway nor a file
            scope = request.response.headers.get("X-RateLimit-Scope")
            answers.answered(request.response.status, shared=scope == "shared")

    async def failed(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, request: aiohttp.TraceRequestExceptionParams
    ) -> None:
        if str(request.url).startswith(Route.BASE):
            answers.lost()

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    trace.on_request_exception.append(failed)
    return trace
