"""All that the sandbox's Discord holds."""

from dataclasses import dataclass, field

from sandbox.discord.model.commands import Command, CommandPermission
from sandbox.discord.model.conversation import Channel, Interaction
from sandbox.discord.model.files import Attachment
from sandbox.discord.model.guilds import Guild, User
from sandbox.discord.model.kinds import ChannelType
from sandbox.discord.model.snowflakes import Snowflakes


@dataclass(slots=True, eq=False)
class Application:
    """The bot's registration. Its id is not the bot user's, as with older applications."""

    id: int
    bot: User
    owner: User
    token: str = field(repr=False)
    message_content: bool = False
    """Whether the privileged message-content intent is switched on."""
    public: bool = True
    """Whether anybody may add the bot to a server, and not its owner alone."""
    commands: dict[int, Command] = field(default_factory=dict)
    """Global commands by id."""
    guild_commands: dict[int, dict[int, Command]] = field(default_factory=dict)
    """Commands of one guild, by its id and theirs."""
    command_permissions: dict[tuple[int, int], list[CommandPermission]] = field(default_factory=dict)
    """Who may use a command, by a guild's id and its; where nothing is set there is no entry."""

    def commands_in(self, guild_id: int | None) -> list[Command]:
        """Tell which commands people are offered in a guild, or in a DM (None)."""
        own = self.guild_commands.get(guild_id, {}) if guild_id is not None else {}
        return [*self.commands.values(), *own.values()]


@dataclass(frozen=True, slots=True)
class Page:
    """Something on the web outside: a picture by itself, or a page with a title that shows one."""

    url: str
    picture: bytes = field(repr=False)
    title: str | None = None

    @property
    def picture_url(self) -> str:
        """Where the picture stands."""
        return self.url if self.title is None else f"{self.url.rstrip('/')}/preview.png"


@dataclass(slots=True, eq=False)
class World:
    """Everything there is, by id."""

    ids: Snowflakes
    application: Application
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    interactions: dict[int, Interaction] = field(default_factory=dict)
    tokens: dict[str, Interaction] = field(default_factory=dict, repr=False)
    """Interactions by their token."""
    attachments: dict[int, Attachment] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    """What there is on the web outside, by URL."""

    @property
    def bot(self) -> User:
        """The bot's user."""
        return self.application.bot

    def channels_of(self, guild: Guild) -> list[Channel]:
        """List a guild's channels, threads apart."""
        return [c for c in self.channels.values() if c.guild is guild and c.thread is None]

    def active_threads(self, guild: Guild) -> list[Channel]:
        """List a guild's threads that are not archived."""
        return [c for c in self.channels.values() if c.guild is guild and c.thread and not c.thread.archived]

    def outside(self, picture_url: str) -> bytes | None:
        """Give a picture on the web outside; None where there is none."""
        found = (page.picture for page in self.pages.values() if page.picture_url == picture_url)
        return next(found, None)

    def shares_guild(self, user: User) -> bool:
        """Whether somebody is in a guild with the bot."""
        return any(user.id in guild.members for guild in self.guilds.values())

    def direct_messages(self, user: User) -> Channel:
        """Find the DM between a user and the bot, opening it where there is none yet."""
        for channel in self.channels.values():
            if channel.type is ChannelType.DM and channel.recipient is user:
                return channel
        channel = Channel(self.ids.new(), ChannelType.DM, user.name, recipient=user)
        self.channels[channel.id] = channel
        return channel
