"""Tells how Discord answers each request, those that discord.py makes anew by itself included."""

from types import SimpleNamespace
from typing import Protocol

import aiohttp
import yarl
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
    discord = yarl.URL(Route.BASE).authority

    async def ended(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, request: aiohttp.TraceRequestEndParams
    ) -> None:
        if request.url.authority == discord:  # neither the gateway nor a file
            answer = request.response
            shared = answer.status == 429 and answer.headers.get("X-RateLimit-Scope") == "shared"
            answers.answered(answer.status, shared=shared)

    async def failed(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, request: aiohttp.TraceRequestExceptionParams
    ) -> None:
        if request.url.authority == discord:
            answers.lost()

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(ended)
    trace.on_request_exception.append(failed)
    return trace
