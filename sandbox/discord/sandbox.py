"""Discord on localhost: real sockets, and the rules of the real one."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from sandbox.discord.actions.service import build_service
from sandbox.discord.gateway.connections import Gateway
from sandbox.discord.http.request_log import Download, RequestLog
from sandbox.discord.http.server import API_PREFIX, Server
from sandbox.discord.http.trouble import Troubles
from sandbox.discord.model.address import MEDIA_HOST, Address
from sandbox.discord.model.changes import Changes
from sandbox.discord.model.conversation import Channel, Interaction, Message
from sandbox.discord.model.files import Upload
from sandbox.discord.model.guilds import Person, User
from sandbox.discord.model.snowflakes import Snowflakes
from sandbox.discord.model.world import Application, World
from sandbox.discord.people.building import Builder
from sandbox.discord.people.forms import FieldInput
from sandbox.discord.people.gestures import Gestures
from sandbox.discord.people.inputs import OptionInput
from sandbox.discord.people.writing import Writer
from sandbox.discord.rules.rate_limits import RateLimiter
from sandbox.discord.rules.sight import visible
from spark.clock import Clock, SystemClock

T = TypeVar("T")
_SAFETY_NET = 10.0
"""Real seconds after which `wait_for` gives up."""


class DiscordSandbox(Builder):
    """A Discord of its own, with one bot registered; listens while it is entered.

    Args:
        clock: what time it is there.
        token: the bot's token.
        host: where to listen.
        port: where to listen; 0 takes any free port.
        message_content: whether the bot has the privileged message-content intent.
        rate_limits: False still sends the headers of rate limits, but refuses nothing by them.

    """

    def __init__(
        self,
        *,
        clock: Clock,
        token: str = "sandbox-token",  # noqa: S107  - opens nothing but this sandbox
        host: str = "127.0.0.1",
        port: int = 0,
        message_content: bool = False,
        rate_limits: bool = True,
    ) -> None:
        ids = Snowflakes(clock)
        owner = User(ids.new(), "owner")
        bot = User(ids.new(), "Spark", bot=True)
        application = Application(ids.new(), bot, owner, token, message_content)
        world = World(ids, application, users={user.id: user for user in (owner, bot)})
        self._changes = Changes()
        self._address = Address(host, port)
        super().__init__(build_service(world, clock, self._changes, self._address, secret=secrets.token_bytes(16)))
        self.requests = RequestLog()
        self.downloads: list[Download] = []
        """Every request for a file, or for a picture outside, in the order in which they came."""
        self.trouble = Troubles()
        self._gestures = Gestures(self._service)
        self._writer = Writer(self._service)
        limiter = RateLimiter(clock, SystemClock(), enforced=rate_limits)
        self._server = Server(self._service, limiter, self.requests, self.downloads, self.trouble)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self._server.application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._address.host, self._address.port)
        await site.start()
        self._address.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.trouble.clear()
        self._service.responses.close()
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def connections(self) -> frozenset[object]:
        """The connections that are open now, the gateway's among them."""
        server = None if self._runner is None else self._runner.server
        return frozenset(() if server is None else server.connections)

    @property
    def api_url(self) -> str:
        """The base of the REST API, without a trailing slash."""
        return f"{self._address.http}{API_PREFIX}"

    @property
    def gateway_url(self) -> str:
        """Where bots connect."""
        return self._address.gateway

    @property
    def cdn_host(self) -> str:
        """The host that serves attachments, without its port."""
        return self._address.host

    @property
    def media_host(self) -> str:
        """The host through which pictures of embeds and outside are shown, without its port."""
        return MEDIA_HOST

    @property
    def gateway(self) -> Gateway:
        """The gateway, with its sessions and what can be done to them."""
        return self._service.events.gateway

    async def command(
        self,
        member: Person,
        channel: Channel,
        name: str,
        options: Mapping[str, OptionInput] | None = None,
        *,
        strict: bool = True,
    ) -> Interaction:
        """Type a slash command; returns once it is on its way.

        Args:
            member: who types it.
            channel: where.
            name: `/imagine`, or `/spend user` with a subcommand.
            options: values by name; a file as an `Upload`.
            strict: False sends whatever the options hold, as a hand-made client can.

        Raises:
            ClientRefusal: the real client would not send it.

        """
        return self._gestures.command(member, channel, name, options or {}, strict=strict)

    async def complete(
        self,
        member: Person,
        channel: Channel,
        name: str,
        focused: str,
        typed: str = "",
        options: Mapping[str, OptionInput] | None = None,
    ) -> Interaction:
        """Type into an option that the bot completes; returns once it is on its way.

        Args:
            member: who types.
            channel: where.
            name: the command, as in `command`.
            focused: the option that is typed into.
            typed: what stands there so far.
            options: what the others hold so far.

        Raises:
            ClientRefusal: the client would not ask the bot.

        """
        return self._gestures.complete(member, channel, name, focused, typed, options or {})

    async def menu(self, member: Person, message: Message, command: str) -> Interaction:
        """Choose a message command from a message's menu; `ClientRefusal` where the client does not offer it."""
        return self._gestures.menu(member, message, command)

    async def click(self, member: Person, message: Message, button: str) -> Interaction:
        """Press a button, by custom_id or label; `ClientRefusal` where it cannot be pressed."""
        return self._gestures.click(member, message, button)

    async def select(self, member: Person, message: Message, select: str, values: Sequence[str]) -> Interaction:
        """Choose from a select.

        Args:
            member: who chooses.
            message: where the select stands.
            select: its custom_id, or its placeholder.
            values: the options, each by value or label.

        Raises:
            ClientRefusal: it cannot be chosen so.

        """
        return self._gestures.select(member, message, select, values)

    async def submit(self, opened: Interaction, values: Mapping[str, FieldInput] | None = None) -> Interaction:
        """Send the form that an interaction was answered with.

        Args:
            opened: the command, click or choice that the bot answered with a modal.
            values: what is filled in, by custom_id or label; the rest stays as the bot had filled it.

        Raises:
            ClientRefusal: no form is open, or the client would not send it.

        """
        return self._gestures.submit(opened, values or {})

    async def say(
        self,
        member: Person,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Sequence[Upload] = (),
        embeds: Sequence[dict[str, Any]] = (),
    ) -> Message:
        """Write a message; `ClientRefusal` where the person may not write there.

        Args:
            member: who writes.
            channel: where.
            text: the words.
            reply_to: the message that is replied to.
            ping: whether a reply mentions its author.
            files: what is attached.
            embeds: what somebody else's bot shows; people send none.

        """
        return self._writer.say(member, channel, text, reply_to=reply_to, ping=ping, files=files, embeds=embeds)

    async def forward(self, member: Person, message: Message, channel: Channel) -> Message:
        """Forward a message to a channel; `ClientRefusal` where the person may not."""
        return self._writer.forward(member, message, channel)

    async def start_thread(
        self, member: Person, channel: Channel, name: str, *, under: Message | None = None
    ) -> Channel:
        """Start a public thread, under a message or by itself; `ClientRefusal` where the person may not."""
        return self._writer.start_thread(member, channel, name, under=under)

    async def start_post(
        self, member: Person, forum: Channel, name: str, text: str, *, files: Sequence[Upload] = ()
    ) -> Channel:
        """Start a forum's post and give its thread; `ClientRefusal` where the person may not."""
        return self._writer.start_post(member, forum, name, text, files=files)

    def replay(self, cause: Interaction | Message) -> None:
        """Bring an interaction or a message to the bot once more, as a gateway may after a resume."""
        if isinstance(cause, Message):
            self._service.events.message_created(cause)
        else:
            self._service.events.interaction_created(cause)

    def visible(self, channel: Channel, member: Person) -> list[Message]:
        """List what a member sees in a channel, oldest first: ephemeral messages only if they are theirs."""
        return visible(channel, member)

    async def wait_for(self, predicate: Callable[[], T], timeout: float = _SAFETY_NET) -> T:  # noqa: ASYNC109  - a safety net in real seconds
        """Return the predicate's first true value, looking again at each change.

        Raises:
            TimeoutError: it stayed false for `timeout` real seconds.

        """
        return await self._changes.wait_for(predicate, timeout)
