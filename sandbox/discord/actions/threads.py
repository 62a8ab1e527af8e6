"""The life of threads: started, spoken in, archived when idle."""

from sandbox.discord.gateway.events import Events
from sandbox.discord.model.conversation import Channel, Message, Reference, ThreadState
from sandbox.discord.model.guilds import User
from sandbox.discord.model.kinds import FORUMS, THREADABLE, ChannelType, MessageFlags, MessageType
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.model.world import World
from sandbox.discord.rules.access import channel_permissions
from sandbox.discord.rules.automod import check_title
from sandbox.discord.rules.errors import (
    THREAD_ARCHIVED,
    THREAD_EXISTS,
    THREAD_LOCKED,
    TOO_MANY_THREADS,
    WRONG_CHANNEL_TYPE,
    DiscordError,
)
from spark.clock import Clock

AUTO_ARCHIVE_MINUTES = frozenset({60, 1440, 4320, 10080})
DEFAULT_AUTO_ARCHIVE = 1440


class Threads:
    """Starts threads and keeps their state."""

    def __init__(self, world: World, clock: Clock, events: Events) -> None:
        self._world = world
        self._clock = clock
        self._events = events

    def start_from(self, message: Message, owner: User, name: str, auto_archive_minutes: int) -> Channel:
        """Start a thread under a message; its id is the message's.

        Raises:
            DiscordError: 50024 wrong kind of channel, 160004 there is one already, 160006 too many, 200001
                blocked by AutoMod.

        """
        if message.thread is not None:
            raise DiscordError(THREAD_EXISTS)
        _check_threadable(message.channel)
        thread = self._start(message.id, message.channel, owner, name, auto_archive_minutes)
        message.thread = thread
        message.flags |= MessageFlags.HAS_THREAD
        self._events.thread_created(thread)
        self._events.message_updated(message)
        self._post_starter(thread, message)
        return thread

    def start(self, parent: Channel, owner: User, name: str, auto_archive_minutes: int) -> Channel:
        """Start a public thread that hangs under no message.

        Raises:
            DiscordError: 50024 wrong kind of channel, 160006 too many, 200001 blocked by AutoMod.

        """
        _check_threadable(parent)
        thread = self._start(self._world.ids.new(), parent, owner, name, auto_archive_minutes)
        self._events.thread_created(thread)
        note = Message(
            self._world.ids.new(),
            parent,
            owner,
            self._clock.time(),
            content=name,
            type=MessageType.THREAD_CREATED,
            reference=Reference(thread.id, thread.id, thread.guild.id if thread.guild else None, None),
        )
        parent.messages[note.id] = note
        self._events.message_created(note)
        return thread

    def start_post(self, forum: Channel, owner: User, name: str) -> Channel:
        """Start a forum's post; its first message is still to come, with the thread's own id.

        Raises:
            DiscordError: 50024 no forum, 160006 too many, 200001 blocked by AutoMod.

        """
        if forum.type not in FORUMS:
            raise DiscordError(WRONG_CHANNEL_TYPE)
        thread = self._start(self._world.ids.new(), forum, owner, name, DEFAULT_AUTO_ARCHIVE)
        self._events.thread_created(thread)
        return thread

    def refresh(self, channel: Channel) -> None:
        """Archive a thread in which nothing was said for its auto-archive duration."""
        thread = channel.thread
        if thread is None or thread.archived:
            return
        due = thread.last_activity + thread.auto_archive_minutes * 60
        if self._clock.time() >= due:
            thread.archived = True
            thread.archive_changed_at = due
            self._events.thread_updated(channel)

    def archive(self, channel: Channel, *, locked: bool = False) -> None:
        """Archive a thread, as a person with the right to does."""
        if channel.thread is not None:
            channel.thread.archived = True
            channel.thread.locked = locked
            channel.thread.archive_changed_at = self._clock.time()
            self._events.thread_updated(channel)

    def delete(self, channel: Channel) -> None:
        """Delete a channel with all its threads, or one thread; the message that it hung under stays."""
        going = [each for each in self._world.channels.values() if channel in (each, each.parent)]
        self._events.channel_deleted(channel)
        for each in going:
            each.deleted = True
            del self._world.channels[each.id]
            above = each.parent.messages.get(each.id) if each.parent is not None else None
            if above is not None:
                above.thread = None
                above.flags &= ~MessageFlags.HAS_THREAD
            for message in each.messages.values():
                message.deleted = True
                for attachment in message.attachments:
                    attachment.gone = True
            each.messages.clear()

    def lock(self, channel: Channel) -> None:
        """Lock a thread and leave it open, as a person with the right to does."""
        if channel.thread is not None:
            channel.thread.locked = True
            self._events.thread_updated(channel)

    def open_for_posting(self, channel: Channel, author: User) -> None:
        """Unarchive a thread that is about to be spoken in.

        Raises:
            DiscordError: it is locked for all who may not manage threads: 50083 archived, 160005 open; or it is
                archived, and there are too many active ones: 160006.

        """
        thread = channel.thread
        if thread is None:
            return
        if thread.locked and Permissions.MANAGE_THREADS not in channel_permissions(author.id, channel):
            raise DiscordError(THREAD_ARCHIVED if thread.archived else THREAD_LOCKED)
        if not thread.archived:
            return
        self._require_room(channel)
        thread.archived = False
        thread.archive_changed_at = self._clock.time()
        self._events.thread_updated(channel)

    def spoken(self, channel: Channel, author: User) -> None:
        """Count a message; who speaks in a thread joins it."""
        if channel.thread is None:
            return
        channel.thread.message_count += 1
        channel.thread.total_messages_sent += 1
        channel.thread.last_activity = self._clock.time()
        self.join(channel, author)

    def join(self, channel: Channel, user: User) -> None:
        """Add somebody to a thread; `DiscordError` 50024 where the channel is none, 50083 where archived."""
        thread = channel.thread
        if thread is None:
            raise DiscordError(WRONG_CHANNEL_TYPE)
        if thread.archived:
            raise DiscordError(THREAD_ARCHIVED)
        if user.id not in thread.members:
            thread.members[user.id] = self._clock.time()
            self._events.thread_member_added(channel, user, thread.members[user.id])

    def leave(self, channel: Channel, user: User) -> None:
        """Take somebody out of a thread; `DiscordError` 50024 where the channel is none."""
        if channel.thread is None:
            raise DiscordError(WRONG_CHANNEL_TYPE)
        channel.thread.members.pop(user.id, None)

    def _start(
        self, thread_id: int, parent: Channel, owner: User, name: str, auto_archive_minutes: int
    ) -> Channel:
        guild = parent.guild
        if guild is None or parent.type not in THREADABLE | FORUMS:
            raise DiscordError(WRONG_CHANNEL_TYPE)
        check_title(parent, owner, name)
        self._require_room(parent)
        now = self._clock.time()
        news = parent.type is ChannelType.ANNOUNCEMENT
        thread = Channel(
            thread_id,
            ChannelType.ANNOUNCEMENT_THREAD if news else ChannelType.PUBLIC_THREAD,
            name,
            guild,
            parent,
            thread=ThreadState(owner.id, now, auto_archive_minutes, now, now, members={owner.id: now}),
        )
        self._world.channels[thread.id] = thread
        return thread

    def _require_room(self, channel: Channel) -> None:
        """Raise `DiscordError` 160006 where a guild has as many active threads as it may."""
        if (guild := channel.guild) is None:
            return
        for active in self._world.active_threads(guild):
            self.refresh(active)
        if len(self._world.active_threads(guild)) >= guild.max_active_threads:
            raise DiscordError(TOO_MANY_THREADS)

    def _post_starter(self, thread: Channel, message: Message) -> None:
        guild_id = thread.guild.id if thread.guild else None
        starter = Message(
            self._world.ids.new(),
            thread,
            message.author,
            self._clock.time(),
            type=MessageType.THREAD_STARTER_MESSAGE,
            reference=Reference(message.channel.id, message.id, guild_id, message),
        )
        thread.messages[starter.id] = starter
        self._events.message_created(starter)


def _check_threadable(channel: Channel) -> None:
    if channel.type not in THREADABLE:
        raise DiscordError(WRONG_CHANNEL_TYPE)
