"""Making and unmaking servers, channels, roles and people."""

from collections.abc import Iterable, Mapping

from sandbox.discord.actions.service import Service
from sandbox.discord.model.commands import CommandPermission, Holder
from sandbox.discord.model.conversation import Channel, Message, Overwrite
from sandbox.discord.model.files import Attachment
from sandbox.discord.model.guilds import Guild, Member, Person, Role, User, user_of
from sandbox.discord.model.kinds import ChannelType
from sandbox.discord.model.permissions import USUAL, Permissions
from sandbox.discord.model.world import Page


class Builder:
    """Makes and unmakes the places and the people of a sandbox, as their owners do."""

    def __init__(self, service: Service) -> None:
        self.world = service.world
        self._service = service

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
        self._join(guild, self.world.application.owner, [])
        self.invite_bot(guild, bot)
        return guild

    def invite_bot(self, guild: Guild, permissions: Permissions = Permissions.NONE) -> None:
        """Have the bot join a server, with a role of its own."""
        self.world.guilds[guild.id] = guild
        self._join(guild, self.world.bot, [self._make_role(guild, self.world.bot.name, permissions)])
        self._service.events.guild_created(guild)

    def remove_bot(self, guild: Guild) -> None:
        """Throw the bot out of a server; its role goes with it."""
        for role in guild.members.pop(self.world.bot.id).roles:
            del guild.roles[role.id]
        del self.world.guilds[guild.id]
        self._service.events.guild_deleted(guild)

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

    def add_user(self, name: str, *, bot: bool = False) -> User:
        """Give the account of this name, new where there is none yet; `bot` for somebody else's bot."""
        known = (user for user in self.world.users.values() if user.name == name and user.bot == bot)
        user = next(known, None) or User(self.world.ids.new(), name, bot=bot)
        self.world.users[user.id] = user
        return user

    def add_member(self, guild: Guild, name: str, *, roles: Iterable[Role] = (), bot: bool = False) -> Member:
        """Have somebody join a server: the account of this name, new where there is none yet."""
        return self._join(guild, self.add_user(name, bot=bot), list(roles))

    def remove_member(self, member: Member) -> None:
        """Have somebody leave a server; a bot without the members intent hears nothing of it."""
        member.guild.members.pop(member.id, None)
        for thread in self.world.active_threads(member.guild):
            if thread.thread is not None:
                thread.thread.members.pop(member.id, None)
        self._service.changes.announce()

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

    def set_age_restricted(self, channel: Channel, *, on: bool = True) -> None:
        """Make a channel for adults alone, or for everybody, as in its settings."""
        channel.age_restricted = on
        self._service.events.channel_changed("CHANNEL_UPDATE", channel)

    def set_command_permission(
        self, guild: Guild, command: str, target: Role | Member, *, allowed: bool = True
    ) -> None:
        """Allow or forbid a role or member one of the bot's commands, as in the server's integration settings."""
        application = self.world.application
        (command_id,) = [each.id for each in application.commands_in(guild.id) if each.name == command]
        kind = Holder.USER if isinstance(target, Member) else Holder.ROLE
        kept = application.command_permissions.setdefault((guild.id, command_id), [])
        kept[:] = [each for each in kept if (each.type, each.id) != (kind, target.id)]
        kept.append(CommandPermission(target.id, kind, allowed))

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """Archive a thread."""
        self._service.threads.archive(thread, locked=locked)

    def lock(self, thread: Channel) -> None:
        """Lock a thread and leave it open."""
        self._service.threads.lock(thread)

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel with all its threads, or one thread."""
        self._service.threads.delete(channel)
        self._service.changes.announce()

    def delete(self, message: Message) -> None:
        """Delete a message, as its author or a moderator does."""
        self._service.chat.delete(message)

    def link(self, attachment: Attachment) -> str:
        """Copy the link of a file, signed now."""
        return self._service.cdn.sign(attachment)

    def attachment_of(self, url: str) -> Attachment | None:
        """Find the file that a link of Discord's leads to, or once led to."""
        return self.world.attachments.get(self._service.cdn.attachment_of(url) or 0)

    def direct_messages(self, person: Person) -> Channel:
        """Open the DM between somebody and the bot."""
        return self.world.direct_messages(user_of(person))

    def add_page(self, url: str, picture: bytes, *, title: str | None = None) -> None:
        """Put a picture on the web outside, or with `title` a page that shows it, for messages to link to."""
        self.world.pages[url] = Page(url, picture, title)

    def _make_role(self, guild: Guild, name: str, permissions: Permissions) -> Role:
        role = Role(self.world.ids.new(), name, permissions, position=len(guild.roles))
        guild.roles[role.id] = role
        return role

    def _join(self, guild: Guild, user: User, roles: list[Role]) -> Member:
        member = Member(user, guild, self._service.clock.time(), roles)
        guild.members[user.id] = member
        return member
