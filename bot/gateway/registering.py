"""Bringing Discord the commands, beside everything else: meanwhile the bot works with those that Discord has."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, TypeAlias, TypeVar

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.domain.incidents import incident_id
from bot.domain.troubles import Trouble
from bot.gateway.discord_internals import ask_through
from bot.health.troubles import Troubles
from bot.interactions.responses import LOST
from bot.jobs.outages import through_outages
from bot.store.commands import CommandStore
from bot.wording.text import seconds_text
from spark.clock import Clock

_log = structlog.get_logger()
_T = TypeVar("_T")
_Command: TypeAlias = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu
_FIRST_PAUSE: Final = 60.0
_LONGEST_PAUSE: Final = 3600.0
"""Seconds between tries; a longer wish of Discord's is kept to."""
_WAITED_OUT: Final = 30.0
"""Seconds of a rate limit that discord.py may wait out by itself; a longer one is told."""


def described(commands: Iterable[_Command], tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """Describe commands as Discord takes them, with what discord.py 2.7 does not know of yet."""
    return [_with_file_types(command.to_dict(tree)) for command in commands]


def _with_file_types(command: dict[str, Any]) -> dict[str, Any]:
    """Have Discord's picker offer pictures alone; `image` stands for its usual ones, which HEIC is not among."""
    for option in command.get("options", ()):
        if option["type"] == discord.AppCommandOptionType.attachment.value:
            option["file_types"] = ["image", ".heic", ".heif"]
    return command


class Registering:
    """Registers the commands of one application where they are not what Discord has."""

    def __init__(
        self,
        store: CommandStore,
        troubles: Troubles,
        clock: Clock,
        application_id: int,
        token: str,
        telling: aiohttp.ClientMiddlewareType,
    ) -> None:
        self._store = store
        self._troubles = troubles
        self._clock = clock
        self._application_id = application_id
        self._token = token
        self._telling = telling

    async def complete(self, commands: Sequence[dict[str, Any]]) -> None:
        """Try until Discord has the commands, as it describes them."""
        digest = hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()
        known = await self._step(lambda: self._store.digest(self._application_id))
        if known == digest:
            return
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._send(commands)
            except (discord.DiscordException, *LOST) as error:
                seconds = max(pause, _wish_of(error))
                self._troubles.met(Trouble.DISCORD_NOT_REGISTERED, **_told(error, seconds))
                await self._clock.sleep(seconds)
                pause = min(_LONGEST_PAUSE, 2 * pause)
            else:
                break
        self._troubles.over(Trouble.DISCORD_NOT_REGISTERED)
        await self._step(lambda: self._store.record(self._application_id, digest, self._clock.now_ms()))
        _log.info("commands.registered", count=len(commands))

    async def _send(self, commands: Sequence[dict[str, Any]]) -> None:
        """Send them over a connection of its own, since a long rate limit is to be told here alone."""
        http = discord.http.HTTPClient(asyncio.get_running_loop(), max_ratelimit_timeout=_WAITED_OUT)
        ask_through(http, self._telling)
        try:
            await http.static_login(self._token)
            await http.bulk_upsert_global_commands(self._application_id, list(commands))
        finally:
            await http.close()

    async def _step(self, step: Callable[[], Awaitable[_T]]) -> _T:
        return await through_outages(self._clock, step, "registering")


def _told(error: Exception, seconds: float) -> Mapping[str, Any]:
    told: dict[str, Any] = {
        "reason": repr(error),
        "remedy": _remedy(error),
        "next_try_in": seconds_text(seconds),
    }
    if _is_bug(error):
        told["incident"] = incident_id(error)
    return told


def _wish_of(error: Exception) -> float:
    """Give the seconds for which Discord wants to be left alone."""
    if isinstance(error, discord.RateLimited):
        return error.retry_after
    if not isinstance(error, discord.HTTPException):
        return 0.0
    wish = error.response.headers.get("Retry-After", "")
    return float(wish) if wish.isdecimal() else 0.0


def _is_bug(error: Exception) -> bool:
    return (
        isinstance(error, discord.HTTPException) and error.status == HTTPStatus.BAD_REQUEST and not _wish_of(error)
    )


def _remedy(error: Exception) -> str:
    """Say what the operator can do; until then the commands that Discord has go on."""
    if isinstance(error, discord.Forbidden):
        return "let Discord have the scope applications.commands: invite the bot anew with the link in the README"
    if isinstance(error, discord.LoginFailure):
        return "Discord accepts the token no more: copy it anew from the Developer Portal, and start the bot again"
    if _is_bug(error):
        return "this is a bug: report it with the incident"
    if isinstance(error, discord.RateLimited | discord.HTTPException) and (wish := _wish_of(error)):
        return f"nothing: Discord takes the commands again in {seconds_text(wish)}"
    return "nothing: Discord is in trouble, or cannot be reached"
