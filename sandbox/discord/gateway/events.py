"""Tells connected bots what happens, as far as their intents and their access to a channel let them know."""

from sandbox.discord.gateway.connections import Gateway
from sandbox.discord.gateway.sessions import Intents, Session
from sandbox.discord.model.address import Address
from sandbox.discord.model.changes import Changes
from sandbox.discord.model.conversation import Channel, Interaction, Message
from sandbox.discord.model.guilds import Guild, Role, User
from sandbox.discord.model.world import World
from sandbox.discord.payloads import Json, iso, people, places
from sandbox.discord.payloads import interactions as interaction_payloads
from sandbox.discord.payloads import messages as message_payloads
from sandbox.discord.rules.access import may_see
from sandbox.discord.rules.links import Cdn
from sandbox.discord.rules.sight import shows_content


class Events:
    """Writes the gateway's events."""

    def __init__(self, world: World, cdn: Cdn, address: Address, changes: Changes) -> None:
        self._world = world
        self._cdn = cdn
        self.gateway = Gateway(world, address, changes, self._welcome)

    def write_message(self, message: Message, *, privileged: bool) -> Json:
        """Write a message as the bot gets it, with or without the message-content intent."""
        bot = self._world.bot
        return message_payloads.message(
            message,
            reader_id=bot.id,
            application_id=self._world.application.id,
            cdn=self._cdn,
            shows_content=lambda each: shows_content(each, bot, privileged=privileged),
        )

    def write_target(self, message: Message) -> Json:
        """Write the target of a message command: all of it, whatever the intents, but nothing it refers to."""
        return message_payloads.message(
            message,
            reader_id=self._world.bot.id,
            application_id=self._world.application.id,
            cdn=self._cdn,
            shows_content=lambda _: True,
            depth=0,
        )

    def message_created(self, message: Message) -> None:
        """Send MESSAGE_CREATE."""
        self._send_message("MESSAGE_CREATE", message)

    def message_updated(self, message: Message) -> None:
        """Send MESSAGE_UPDATE."""
        self._send_message("MESSAGE_UPDATE", message)

    def message_deleted(self, message: Message) -> None:
        """Send MESSAGE_DELETE."""
        if self._bot_hears(message):
            self.gateway.dispatch(
                "MESSAGE_DELETE",
                lambda _: message_payloads.deletion(message),
                intent=_message_intent(message.channel),
                guild_id=_guild_id(message.channel),
            )

    def guild_created(self, guild: Guild) -> None:
        """Send GUILD_CREATE: the bot has joined a guild."""
        self.gateway.dispatch(
            "GUILD_CREATE", lambda _: self._guild(guild), intent=Intents.GUILDS, guild_id=guild.id
        )

    def guild_deleted(self, guild: Guild) -> None:
        """Send GUILD_DELETE: the bot is no longer in a guild."""
        told = {"id": str(guild.id)}
        self.gateway.dispatch("GUILD_DELETE", lambda _: told, intent=Intents.GUILDS, guild_id=guild.id)

    def role_created(self, guild: Guild, role: Role) -> None:
        """Send GUILD_ROLE_CREATE."""
        told = {"guild_id": str(guild.id), "role": people.role(role)}
        self.gateway.dispatch("GUILD_ROLE_CREATE", lambda _: told, intent=Intents.GUILDS, guild_id=guild.id)

    def channel_changed(self, event: str, channel: Channel) -> None:
        """Send CHANNEL_CREATE or CHANNEL_UPDATE for a guild's channel."""
        self._send_place(event, channel)

    def channel_deleted(self, channel: Channel) -> None:
        """Send CHANNEL_DELETE, or THREAD_DELETE; of the threads that go with their channel nothing is told."""
        if channel.thread is None:
            self._send_place("CHANNEL_DELETE", channel)
            return
        if channel.guild is None or channel.parent is None or not may_see(self._world.bot.id, channel):
            return
        told = {
            "id": str(channel.id),
            "guild_id": str(channel.guild.id),
            "parent_id": str(channel.parent.id),
            "type": int(channel.type),
        }
        self.gateway.dispatch("THREAD_DELETE", lambda _: told, intent=Intents.GUILDS, guild_id=channel.guild.id)

    def thread_created(self, thread: Channel) -> None:
        """Send THREAD_CREATE."""
        self._send_place("THREAD_CREATE", thread, newly_created=True)

    def thread_updated(self, thread: Channel) -> None:
        """Send THREAD_UPDATE."""
        self._send_place("THREAD_UPDATE", thread)

    def thread_member_added(self, thread: Channel, user: User, joined_at: float) -> None:
        """Send THREAD_MEMBERS_UPDATE where it is the bot that joined: of others it hears nothing."""
        if user is not self._world.bot or thread.guild is None or thread.thread is None:
            return
        guild_id = thread.guild.id
        told = {
            "id": str(thread.id),
            "guild_id": str(guild_id),
            "member_count": len(thread.thread.members),
            "added_members": [
                {
                    "id": str(thread.id),
                    "user_id": str(user.id),
                    "join_timestamp": iso(joined_at),
                    "flags": 0,
                }
            ],
        }
        self.gateway.dispatch("THREAD_MEMBERS_UPDATE", lambda _: told, intent=Intents.GUILDS, guild_id=guild_id)

    def interaction_created(self, interaction: Interaction) -> None:
        """Send INTERACTION_CREATE, which needs no intent."""
        application = self._world.application
        source = interaction.message
        message = self.write_message(source, privileged=application.message_content) if source else None
        self.gateway.dispatch(
            "INTERACTION_CREATE",
            lambda _: interaction_payloads.interaction(interaction, application, message=message),
            intent=Intents.NONE,
            guild_id=_guild_id(interaction.channel),
        )

    def _welcome(self, session: Session) -> None:
        if Intents.GUILDS not in session.intents:
            return
        for guild in self._world.guilds.values():
            if session.hears(guild.id):
                # of one that the bot has just joined, nothing is said about that
                session.send("GUILD_CREATE", {**self._guild(guild), "unavailable": False})

    def _guild(self, guild: Guild) -> Json:
        threads = [thread for thread in self._world.active_threads(guild) if may_see(self._world.bot.id, thread)]
        channels = self._world.channels_of(guild)
        return places.joined_guild(guild, channels=channels, threads=threads, reader_id=self._world.bot.id)

    def _bot_hears(self, message: Message) -> bool:
        return not message.ephemeral and may_see(self._world.bot.id, message.channel)

    def _send_message(self, event: str, message: Message) -> None:
        if not self._bot_hears(message):
            return

        def build(session: Session) -> Json:
            privileged = Intents.MESSAGE_CONTENT in session.intents
            return message_payloads.with_guild(self.write_message(message, privileged=privileged), message)

        self.gateway.dispatch(
            event, build, intent=_message_intent(message.channel), guild_id=_guild_id(message.channel)
        )

    def _send_place(self, event: str, channel: Channel, **told: bool) -> None:
        if channel.guild is None or not may_see(self._world.bot.id, channel):
            return
        self.gateway.dispatch(
            event,
            lambda _: {**places.channel(channel, reader_id=self._world.bot.id), **told},
            intent=Intents.GUILDS,
            guild_id=channel.guild.id,
        )


def _message_intent(channel: Channel) -> Intents:
    return Intents.DIRECT_MESSAGES if channel.guild is None else Intents.GUILD_MESSAGES


def _guild_id(channel: Channel) -> int | None:
    return None if channel.guild is None else channel.guild.id
