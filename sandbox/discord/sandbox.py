"""Discord on localhost: real sockets, and the rules of the real one."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from sandbox.discord.address import Address
from sandbox.discord.changes import Changes
from sandbox.discord.channels import Channel, ChannelType, Overwrite
from sandbox.discord.drafts import Upload
from sandbox.discord.gateway import Gateway
from sandbox.discord.guilds import Guild, Member, Role, User
from sandbox.discord.interactions import Interaction
from sandbox.discord.messages import Message
from sandbox.discord.option_values import OptionInput
from sandbox.discord.permissions import USUAL, Permissions
from sandbox.discord.player import Player
from sandbox.discord.rate_limits import RateLimiter
from sandbox.discord.request_log import RequestLog
from sandbox.discord.server import API_PREFIX, Server
from sandbox.discord.service import build_service
from sandbox.discord.snowflakes import Snowflakes
from sandbox.discord.trouble import Troubles
from sandbox.discord.world import Application, World
from spark.clock import Clock, SystemClock

T = TypeVar("T")
_SAFETY_NET = 10.0
"""Real seconds after which `wait_for` gives up."""


class DiscordSandbox:
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
        self.world = World(ids, application, users={user.id: user for user in (owner, bot)})
        self.requests = RequestLog()
        self.trouble = Troubles()
        self._clock = clock
        self._changes = Changes()
        self._address = Address(host, port)
        self._service = build_service(
            self.world, clock, self._changes, self._address, secret=secrets.token_bytes(16)
        )
        self._player = Player(self._service)
        limiter = RateLimiter(clock, SystemClock(), enforced=rate_limits)
        self._server = Server(self._service, limiter, self.requests, self.trouble)
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
    def gateway(self) -> Gateway:
        """The gateway, with its sessions and what can be done to them."""
        return self._service.events.gateway

    def add_guild(
        self,
        name: str = "Sandbox",
        *,
        guild_id: int | None = None,
        premium_tier: int = 0,
        everyone: Permissions = USUAL,
        bot: Permissions = Permissions.NONE,
    ) -> Guild:
        """Make a server that the bot is in.

        Args:
            name: its name.
            guild_id: its id, where a test needs a certain shard.
            premium_tier: 0 to 3, which sets the upload limit.
            everyone: what @everyone may do.
            bot: what the bot's own role allows on top.

        """
        guild = Guild(guild_id or self.world.ids.new(), name, self.world.application.owner.id, premium_tier)
        guild.roles[guild.id] = Role(guild.id, "@everyone", everyone)
        self.world.guilds[guild.id] = guild
        self._join(guild, self.world.application.owner, [])
        self._join(guild, self.world.bot, [self._make_role(guild, self.world.bot.name, bot)])
        self._service.events.guild_created(guild)
        return guild

    def add_role(self, guild: Guild, name: str, permissions: Permissions = Permissions.NONE) -> Role:
        """Make a role."""
        role = self._make_role(guild, name, permissions)
        self._service.events.role_created(guild, role)
        return role

    def add_channel(
        self,
        guild: Guild,
        name: str = "general",
        *,
        kind: ChannelType = ChannelType.TEXT,
        overwrites: Mapping[int, Overwrite] | None = None,
    ) -> Channel:
        """Make a channel; `overwrites` go by the id of the role or member."""
        position = len(self.world.channels_of(guild))
        channel = Channel(self.world.ids.new(), kind, name, guild, position=position)
        channel.overwrites = dict(overwrites or {})
        self.world.channels[channel.id] = channel
        self._service.events.channel_changed("CHANNEL_CREATE", channel)
        return channel

    def add_member(self, guild: Guild, name: str, *, roles: Iterable[Role] = ()) -> Member:
        """Have somebody join a server: the person of this name, new where there is none yet."""
        known = (user for user in self.world.users.values() if user.name == name and not user.bot)
        user = next(known, None) or User(self.world.ids.new(), name)
        self.world.users[user.id] = user
        return self._join(guild, user, list(roles))

    def set_overwrite(
        self,
        channel: Channel,
        target: Role | Member,
        *,
        allow: Permissions = Permissions.NONE,
        deny: Permissions = Permissions.NONE,
    ) -> None:
        """Allow and deny a role or member something in one channel."""
        channel.overwrites[target.id] = Overwrite(allow, deny, is_member=isinstance(target, Member))
        self._service.events.channel_changed("CHANNEL_UPDATE", channel)

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """Archive a thread."""
        self._service.threads.archive(thread, locked=locked)

    def delete(self, message: Message) -> None:
        """Delete a message, as its author or a moderator does."""
        self._service.chat.delete(message)

    def direct_messages(self, member: Member) -> Channel:
        """Open the DM between somebody and the bot."""
        return self.world.direct_messages(member.user)

    async def command(
        self,
        member: Member,
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
        return self._player.command(member, channel, name, options or {}, strict=strict)

    async def click(self, member: Member, message: Message, button: str) -> Interaction:
        """Press a button, by custom_id or label; `ClientRefusal` where it cannot be pressed."""
        return self._player.click(member, message, button)

    async def say(
        self,
        member: Member,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Sequence[Upload] = (),
    ) -> Message:
        """Write a message; `ClientRefusal` where the person may not write there.

        Args:
            member: who writes.
            channel: where.
            text: the words.
            reply_to: the message that is replied to.
            ping: whether a reply mentions its author.
            files: what is attached.

        """
        return self._player.say(member, channel, text, reply_to=reply_to, ping=ping, files=files)

    def replay(self, interaction: Interaction) -> None:
        """Bring an interaction to the bot once more, as a gateway may after a resume."""
        self._service.events.interaction_created(interaction)

    def visible(self, channel: Channel, member: Member) -> list[Message]:
        """List what a member sees in a channel, oldest first: ephemeral messages only if they are theirs."""
        return self._player.visible(channel, member)

    async def wait_for(self, predicate: Callable[[], T], timeout: float = _SAFETY_NET) -> T:  # noqa: ASYNC109  - a safety net in real seconds
        """Return the predicate's first true value, looking again at each change.

        Raises:
            TimeoutError: it stayed false for `timeout` real seconds.

        """
        return await self._changes.wait_for(predicate, timeout)

    def _make_role(self, guild: Guild, name: str, permissions: Permissions) -> Role:
        role = Role(self.world.ids.new(), name, permissions, position=len(guild.roles))
        guild.roles[role.id] = role
        return role

    def _join(self, guild: Guild, user: User, roles: list[Role]) -> Member:
        member = Member(user, guild, self._clock.time(), roles)
        guild.members[user.id] = member
        return member
