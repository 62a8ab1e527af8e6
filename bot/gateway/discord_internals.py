"""Internals of discord.py 2.7, set in this one place.

Where it finds Discord, when it is ready, how fast it asks and what it remembers of that, what it does not read,
what an event does that it cannot read, and how much of an answer's text an error tells.
"""

import asyncio
import json
import logging
from typing import Any, ClassVar, Self

import aiohttp
import discord.gateway
import discord.http
import discord.shard
import structlog
import yarl
from discord.state import AutoShardedConnectionState

from bot.domain.incidents import incident_id
from bot.gateway.pace import Pace
from bot.wording.text import shortened
from spark.clock import Clock

_log = structlog.get_logger()
_TOLD_MAX = 200
"""How many characters of an answer's text an error tells; Discord, or a proxy before it, may send a whole page."""
_NONE_MISSING = 0.01
"""Seconds in which discord.py takes note of the servers that have come."""
_LIMITS_FORGOTTEN_EVERY = 60.0
"""Seconds; each thread has limits of its own, which count for five minutes."""
_CONNECTION_ENDS = (
    discord.gateway.ReconnectWebSocket,
    discord.gateway.WebSocketClosure,
    discord.ConnectionClosed,
    aiohttp.ClientError,
    OSError,
    asyncio.CancelledError,
)
"""What discord.py itself answers by connecting anew, or by ending."""


class Gateway(discord.gateway.DiscordWebSocket):
    """One shard's connection, which an event that discord.py cannot read does not end."""

    address: ClassVar[yarl.URL | None] = None
    """Where to connect to instead of where Discord says; a session is resumed where that session says."""

    @classmethod
    async def from_client(
        cls, client: discord.Client, *, gateway: yarl.URL | None = None, resume: bool = False, **options: Any
    ) -> Self:
        """Connect; `gateway` is Discord's own word, which counts where there is no other."""
        chosen = gateway if resume or cls.address is None else cls.address
        return await super().from_client(client, gateway=chosen, resume=resume, **options)

    async def received_message(self, msg: Any, /) -> None:
        """Read one frame; one that cannot be read is logged as an incident and dropped."""
        frame = await self._decompressed(msg) if isinstance(msg, bytes) else msg
        if frame is None:
            return
        try:
            await super().received_message(frame)
        except _CONNECTION_ENDS:
            raise
        except Exception as error:
            _log.exception("gateway.event_dropped", kind=_name_of(frame), incident=incident_id(error))

    async def _decompressed(self, msg: bytes) -> str | None:
        """Give the text of a frame, or None where more of it is to come; a broken stream is begun anew."""
        try:
            return self._decompressor.decompress(msg)
        except Exception as error:
            _log.exception("gateway.stream_broken", incident=incident_id(error))
            await self.close()
            raise discord.gateway.ReconnectWebSocket(self.shard_id) from None


class Connections(AutoShardedConnectionState[Any]):
    """What is known of Discord; it is complete as soon as each server has come that Discord has named."""

    def __init__(self, **options: Any) -> None:
        self._guilds = {}  # looked at before discord.py sets it
        super().__init__(**options)

    @property
    def guild_ready_timeout(self) -> float:
        """Tell for how many seconds another server is waited for."""
        missing = any(guild.unavailable for guild in self._guilds.values())
        return self._longest_wait if missing else _NONE_MISSING

    @guild_ready_timeout.setter
    def guild_ready_timeout(self, seconds: float) -> None:
        self._longest_wait = seconds


def point_discord_at(api_url: str, gateway_url: str | None) -> None:
    """Send discord.py's requests to `api_url`, and its gateway to `gateway_url` or where Discord says.

    It holds for the whole process.
    """
    discord.http.Route.BASE = api_url.rstrip("/")
    Gateway.address = None if gateway_url is None else yarl.URL(gateway_url)
    discord.shard.DiscordWebSocket = Gateway  # type: ignore[misc]  # there is no other way to hand one in


def ask_through(http: discord.http.HTTPClient, middleware: aiohttp.ClientMiddlewareType) -> None:
    """Have each request of a session of discord.py's go through a middleware, which it hands on to none."""
    request = http.request

    async def through(route: discord.http.Route, **options: Any) -> Any:
        http._HTTPClient__session._middlewares = (middleware,)  # type: ignore[attr-defined]  # a session asks here first
        return await request(route, **options)

    http.request = through  # type: ignore[method-assign]


def keep_pace(client: discord.Client, pace: Pace) -> None:
    """Have each of a client's requests wait its turn, but for those with an interaction's token."""
    request = client.http.request

    async def in_turn(route: discord.http.Route, **options: Any) -> Any:
        await pace.turn()
        return await request(route, **options)

    client.http.request = in_turn  # type: ignore[method-assign]


class NotDiscord(aiohttp.ClientError):
    """Something answers that is not Discord: a proxy's page, or a server that has another one's address."""


def refuse_pages(client: discord.Client) -> None:
    """Have an answer that is no JSON be `NotDiscord`; discord.py would hand its text on as if it were one."""
    request = client.http.request

    async def answered(route: discord.http.Route, **options: Any) -> Any:
        answer = await request(route, **options)
        if isinstance(answer, str) and answer:
            raise NotDiscord(f"{route.path} is answered with what is no JSON: {_one_line(answer, _TOLD_MAX)}")
        return answer

    client.http.request = answered  # type: ignore[method-assign]


def hear_no_edits(client: discord.Client) -> None:
    """Let events pass unread that nobody here asks for: every message would be built once more for them."""
    for event in ("MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "CHANNEL_PINS_UPDATE"):
        del client._connection.parsers[event]


def hear_no_bots(client: discord.Client) -> None:
    """Let messages of bots pass unread, which nobody here answers: most are this one's own."""
    parsers = client._connection.parsers
    read = parsers["MESSAGE_CREATE"]

    def read_of_people(message: Any) -> None:
        if not message["author"].get("bot"):
            read(message)

    parsers["MESSAGE_CREATE"] = read_of_people


def forget_limits_seldom(client: discord.Client, clock: Clock) -> None:
    """Have discord.py look through the rate limits of all channels at intervals, not at each new channel."""
    http, look_from = client.http, clock.monotonic()
    forget = http._try_clear_expired_ratelimits

    def forget_seldom() -> None:
        nonlocal look_from
        if clock.monotonic() >= look_from:
            look_from = clock.monotonic() + _LIMITS_FORGOTTEN_EVERY
            forget()

    http._try_clear_expired_ratelimits = forget_seldom  # type: ignore[method-assign]


def _one_line(text: str, longest: int) -> str:
    """Write what another machine said as one line of a log: cut, without line breaks and control characters."""
    return "".join(filter(str.isprintable, shortened(text[: 2 * longest], longest)))


def _told(error: discord.HTTPException) -> str:
    """Say what Discord answered, as one line: for logs, tracebacks and whatever else quotes the error."""
    said = _one_line(error.text, _TOLD_MAX)
    about = f"{error.status} {_one_line(error.response.reason or '', _TOLD_MAX)} (error code: {error.code})"
    return f"{about}: {said}" if said else about


def _shown(error: discord.HTTPException) -> str:
    return f"{type(error).__name__}({_told(error)!r})"


def _without_traceback(record: logging.LogRecord) -> bool:
    """Tell in one line of a connection that did not come about, or broke: discord.py connects anew."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, _CONNECTION_ENDS):
        record.msg, record.args = f"{record.getMessage()} ({_one_line(str(error), _TOLD_MAX)})", ()
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None
    return True


logging.getLogger("discord.shard").addFilter(_without_traceback)
# this bot never speaks, so discord.py need not warn that it cannot
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False
discord.HTTPException.__str__ = _told  # type: ignore[method-assign, assignment]  # its own tells all of a page
discord.HTTPException.__repr__ = _shown  # type: ignore[method-assign, assignment]


def _name_of(frame: str) -> str | None:
    """Name the event of a frame, where it has one."""
    try:
        name = json.loads(frame)["t"]
    except (ValueError, TypeError, KeyError):
        return None
    return name if isinstance(name, str) and name.isidentifier() else None
