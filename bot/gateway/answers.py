"""Tells how Discord answers each request, those that discord.py makes anew by itself included."""

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


def telling(answers: Answers) -> aiohttp.ClientMiddlewareType:
    """Make a middleware for `ask_through`; aiohttp's own traces cost each request twelve calls."""
    discord = yarl.URL(Route.BASE).raw_authority

    async def tell(request: aiohttp.ClientRequest, ask: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
        if request.url.raw_authority != discord:  # the gateway, or a file
            return await ask(request)
        try:
            answer = await ask(request)
        except BaseException:
            answers.lost()
            raise
        shared = answer.status == 429 and answer.headers.get("X-RateLimit-Scope") == "shared"
        answers.answered(answer.status, shared=shared)
        return answer

    return tell
