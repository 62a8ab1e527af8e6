"""The gateway: one websocket per connected bot, JSON, uncompressed."""

import asyncio
import json
import secrets
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.discord.gateway.sessions import KNOWN_INTENTS, PRIVILEGED, Close, Intents, Outbox, Session
from sandbox.discord.model.address import Address
from sandbox.discord.model.changes import Changes
from sandbox.discord.model.world import World
from sandbox.discord.payloads import Json
from sandbox.discord.payloads.people import application_flags, own_user

HEARTBEAT_INTERVAL_MS = 41_250


class Op(IntEnum):
    """The gateway's opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


UNKNOWN_OPCODE = Close(4001, "Unknown opcode.")
DECODE_ERROR = Close(4002, "Error while decoding payload.")
NOT_AUTHENTICATED = Close(4003, "Not authenticated.")
AUTHENTICATION_FAILED = Close(4004, "Authentication failed.")
ALREADY_AUTHENTICATED = Close(4005, "Already authenticated.")
INVALID_SHARD = Close(4010, "Invalid shard.")
INVALID_VERSION = Close(4012, "Invalid API version.")
INVALID_INTENTS = Close(4013, "Invalid intent(s).")
DISALLOWED_INTENTS = Close(4014, "Disallowed intent(s).")


class _Refused(Exception):
    """Ends a connection with the given close code."""

    def __init__(self, close: Close) -> None:
        super().__init__(close.reason)
        self.close = close


class _Connection:
    """One websocket: its outbox, and its session once it has identified or resumed."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.request = request
        self.outbox = Outbox()
        self.session: Session | None = None

    async def write(self) -> None:
        """Write what is queued, until the connection ends."""
        while not self.socket.closed:
            item = await self.outbox.next()
            if isinstance(item, Close):
                await self.socket.close(code=item.code, message=item.reason.encode())
                return
            try:
                await (self.socket.send_bytes(item) if isinstance(item, bytes) else self.socket.send_str(item))
            except ConnectionError:
                return  # the session keeps its events for a resume


class Gateway:
    """Keeps the sessions and brings them their events.

    Args:
        world: what READY tells of.
        address: where a session is to be resumed.
        changes: told when a session joins or leaves.
        welcome: called once a new session is ready, to send it its guilds.

    """

    def __init__(
        self, world: World, address: Address, changes: Changes, welcome: Callable[[Session], None]
    ) -> None:
        self._world = world
        self._address = address
        self._changes = changes
        self._welcome = welcome
        self._sessions: dict[str, Session] = {}
        self._connections: set[_Connection] = set()
        self.identified = 0
        """How many times a bot has identified."""
        self.resumed = 0
        """How many times a session was resumed."""

    @property
    def connected(self) -> list[Session]:
        """The sessions whose bot is there now."""
        return [session for session in self._sessions.values() if session.outbox is not None]

    def dispatch(
        self, event: str, build: Callable[[Session], Json], *, intent: Intents, guild_id: int | None
    ) -> None:
        """Send an event to every session that asked for its kind and whose shard it belongs to.

        Args:
            event: the event's name.
            build: writes the event for one session.
            intent: what a session must have asked for; `Intents.NONE` for everyone.
            guild_id: where it happened; None for DMs.

        """
        for session in self._sessions.values():
            if intent in session.intents and session.hears(guild_id):
                session.send(event, build(session))

    def send_event(self, event: str, data: Any) -> None:
        """Send every connected bot an event of any shape, as none of Discord's documents shows it."""
        for session in self.connected:
            session.send(event, data)

    def send_frame(self, frame: str | bytes) -> None:
        """Send every connected bot a frame of any content."""
        for connection in self._connections:
            if isinstance(frame, bytes):
                connection.outbox.put_bytes(frame)
            else:
                connection.outbox.put_text(frame)

    def drop(self) -> None:
        """Tear every connection as a network failure does; the sessions can be resumed."""
        for connection in self._connections:
            if connection.request.transport is not None:
                connection.request.transport.abort()

    def ask_to_reconnect(self) -> None:
        """Ask every connected bot to reconnect and resume (op 7)."""
        for connection in self._connections:
            connection.outbox.put(Op.RECONNECT)

    def invalidate(self) -> None:
        """Forget all sessions and tell the bots to identify anew (op 9)."""
        self._sessions.clear()
        for connection in self._connections:
            connection.outbox.put(Op.INVALID_SESSION, data=False)

    async def close(self) -> None:
        """End every connection."""
        for connection in list(self._connections):
            await connection.socket.close(code=1001, message=b"Going away")

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one websocket until it ends."""
        socket = web.WebSocketResponse(max_msg_size=4096)
        await socket.prepare(request)
        connection = _Connection(socket, request)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        connection.outbox.put(Op.HELLO, {"heartbeat_interval": HEARTBEAT_INTERVAL_MS})
        try:
            _check_version(request)
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._receive(connection, frame.data)
        except _Refused as refused:
            await socket.close(code=refused.close.code, message=refused.close.reason.encode())
        finally:
            writer.cancel()
            self._connections.discard(connection)
            self._leave(connection)
        return socket

    def _leave(self, connection: _Connection) -> None:
        session = connection.session
        if session is None or session.outbox is not connection.outbox:
            return
        session.outbox = None
        if connection.socket.close_code in (1000, 1001):  # a bot that says goodbye does not come back
            self._sessions.pop(session.id, None)
        self._changes.announce()

    def _receive(self, connection: _Connection, text: str) -> None:
        try:
            payload = json.loads(text)
            op, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError) as error:
            raise _Refused(DECODE_ERROR) from error
        if op == Op.HEARTBEAT:
            connection.outbox.put(Op.HEARTBEAT_ACK)
        elif op == Op.IDENTIFY:
            self._identify(connection, data)
        elif op == Op.RESUME:
            self._resume(connection, data)
        elif op not in (Op.PRESENCE_UPDATE, Op.VOICE_STATE_UPDATE):
            raise _Refused(UNKNOWN_OPCODE)
        elif connection.session is None:
            raise _Refused(NOT_AUTHENTICATED)

    def _authenticate(self, connection: _Connection, data: Any) -> None:
        if connection.session is not None:
            raise _Refused(ALREADY_AUTHENTICATED)
        if not isinstance(data, dict):
            raise _Refused(DECODE_ERROR)
        if data.get("token") != self._world.application.token:
            raise _Refused(AUTHENTICATION_FAILED)

    def _identify(self, connection: _Connection, data: Any) -> None:
        self._authenticate(connection, data)
        intents = self._read_intents(data.get("intents"))
        shard = _read_shard(data.get("shard"))
        session = Session(secrets.token_hex(16), intents, shard)
        self._sessions[session.id] = session
        self._join(connection, session)
        self.identified += 1
        application = self._world.application
        session.send(
            "READY",
            {
                "v": 10,
                "user": own_user(application.bot),
                "guilds": [
                    {"id": str(guild.id), "unavailable": True}
                    for guild in self._world.guilds.values()
                    if session.hears(guild.id)
                ],
                "session_id": session.id,
                "resume_gateway_url": self._address.gateway_resume,
                "application": {"id": str(application.id), "flags": application_flags(application)},
                **({} if shard is None else {"shard": list(shard)}),
            },
        )
        self._welcome(session)

    def _resume(self, connection: _Connection, data: Any) -> None:
        self._authenticate(connection, data)
        session = self._sessions.get(data.get("session_id"))
        sequence = data.get("seq")
        missed = session.missed_since(sequence) if session and isinstance(sequence, int) else None
        if session is None or missed is None:
            connection.outbox.put(Op.INVALID_SESSION, data=False)
            return
        self._join(connection, session, missed)
        self.resumed += 1
        session.send("RESUMED", {})

    def _join(self, connection: _Connection, session: Session, missed: list[str] | None = None) -> None:
        for text in missed or []:
            connection.outbox.put_text(text)
        connection.session = session
        session.outbox = connection.outbox
        self._changes.announce()

    def _read_intents(self, value: Any) -> Intents:
        if not isinstance(value, int) or value < 0 or value & ~KNOWN_INTENTS:
            raise _Refused(INVALID_INTENTS)
        intents = Intents(value)
        allowed = Intents.MESSAGE_CONTENT if self._world.application.message_content else Intents.NONE
        if intents & PRIVILEGED & ~allowed:
            raise _Refused(DISALLOWED_INTENTS)
        return intents


def _check_version(request: web.Request) -> None:
    if request.query.get("v") != "10" or request.query.get("encoding") != "json":
        raise _Refused(INVALID_VERSION)


def _read_shard(value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    match value:
        case [int(number), int(count)] if 0 <= number < count:
            return number, count
    raise _Refused(INVALID_SHARD)
