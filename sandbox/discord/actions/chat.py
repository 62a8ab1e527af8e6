"""Posting, editing and deleting messages: what happens once it is known that it may."""

from dataclasses import replace

from sandbox.discord.actions.threads import Threads
from sandbox.discord.gateway.events import Events
from sandbox.discord.model.changes import Changes
from sandbox.discord.model.components import texts_of
from sandbox.discord.model.conversation import Channel, Interaction, Message, Reference, Snapshot
from sandbox.discord.model.files import Attachment, Upload, content_type_of, picture_size, stored_name
from sandbox.discord.model.guilds import User
from sandbox.discord.model.kinds import MessageFlags, MessageType
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.model.world import World
from sandbox.discord.rules.access import channel_permissions
from sandbox.discord.rules.automod import check_message
from sandbox.discord.rules.drafts import Draft
from sandbox.discord.rules.embeds import link_previews
from sandbox.discord.rules.errors import EMPTY_MESSAGE, THREAD_ARCHIVED, UNKNOWN_CHANNEL, DiscordError
from sandbox.discord.rules.mentions import AllowedMentions, Mentions, pinged_by, read_mentions
from sandbox.discord.rules.nonces import Nonces
from sandbox.discord.rules.request_fields import invalid
from spark.clock import Clock

SETTABLE = MessageFlags.SUPPRESS_EMBEDS | MessageFlags.SUPPRESS_NOTIFICATIONS | MessageFlags.COMPONENTS_V2
"""The flags that a sender may choose."""


class Chat:
    """Changes what is said in channels, and tells the bots."""

    def __init__(self, world: World, clock: Clock, events: Events, threads: Threads, changes: Changes) -> None:
        self._world = world
        self._clock = clock
        self._events = events
        self._threads = threads
        self._changes = changes
        self._nonces = Nonces(clock)

    def post(
        self,
        channel: Channel,
        author: User,
        draft: Draft,
        *,
        kind: MessageType = MessageType.DEFAULT,
        flags: MessageFlags = MessageFlags.NONE,
        reference: Reference | None = None,
        interaction: Interaction | None = None,
        message_id: int | None = None,
    ) -> Message:
        """Post a message; one that answers an interaction and is ephemeral stays out of the channel.

        Raises:
            DiscordError: 10003 the channel is gone, 50006 empty, 50083 or 160005 in a locked thread, 50035 a
                reply to nothing, 200000 blocked by AutoMod.

        """
        if channel.deleted:
            raise DiscordError(UNKNOWN_CHANNEL)
        if draft.empty and MessageFlags.LOADING not in flags:
            raise DiscordError(EMPTY_MESSAGE)
        if draft.enforce_nonce and draft.nonce is not None:
            earlier = self._nonces.find(author.id, draft.nonce)
            if earlier is not None:
                return earlier
        if draft.reply_to is not None:
            reference = self._reply(channel, draft.reply_to, must_exist=draft.must_exist)
            kind = MessageType.REPLY if reference else kind
        check_message(channel, author, draft.content or "", draft.embeds or [], draft.components or [])
        self._threads.open_for_posting(channel, author)
        chosen = (draft.flags or MessageFlags.NONE) & SETTABLE
        message = Message(
            message_id or self._world.ids.new(),
            channel,
            author,
            self._clock.time(),
            content=draft.content or "",
            type=kind,
            flags=flags | chosen,
            embeds=draft.embeds or [],
            components=draft.components or [],
            nonce=draft.nonce,
            reference=reference,
            interaction=interaction,
        )
        message.attachments = self._store(channel, draft.uploads, ephemeral=message.ephemeral)
        self._notify(message, draft.allowed_mentions)
        self._nonces.remember(message)
        channel.messages[message.id] = message
        if not message.ephemeral:
            channel.last_message_id = message.id
            self._threads.spoken(channel, author)
            self._events.message_created(message)
            self._unfurl(message)
        self._changes.announce()
        return message

    def forward(self, message: Message, channel: Channel, author: User) -> Message:
        """Forward a message: its copy, with copies of its files, outlives it."""
        snapshot = Snapshot(
            message.type,
            message.created_at,
            message.edited_at,
            message.content,
            message.flags,
            tuple(self._copy(each, channel) for each in message.attachments),
            tuple(message.embeds),
            tuple(message.components),
        )
        guild_id = message.channel.guild.id if message.channel.guild else None
        self._threads.open_for_posting(channel, author)
        forwarding = Message(
            self._world.ids.new(),
            channel,
            author,
            self._clock.time(),
            flags=MessageFlags.HAS_SNAPSHOT,
            reference=Reference(message.channel.id, message.id, guild_id, None, forwards=True),
            snapshot=snapshot,
        )
        channel.messages[forwarding.id] = forwarding
        channel.last_message_id = forwarding.id
        self._threads.spoken(channel, author)
        self._events.message_created(forwarding)
        self._changes.announce()
        return forwarding

    def edit(self, message: Message, draft: Draft) -> Message:
        """Change a message; nobody is pinged by that, and a loading message stops loading.

        Raises:
            DiscordError: 50006 nothing would be left, 50083 in an archived thread, 200000 blocked by AutoMod.

        """
        if message.channel.thread is not None and message.channel.thread.archived:
            raise DiscordError(THREAD_ARCHIVED)
        kept = [
            attachment
            for attachment in message.attachments
            if draft.kept_attachments is None or attachment.id in draft.kept_attachments
        ]
        content = message.content if draft.content is None else draft.content
        embeds = message.embeds if draft.embeds is None else draft.embeds
        components = message.components if draft.components is None else draft.components
        flags = message.flags | (draft.flags or MessageFlags.NONE)
        files = MessageFlags.COMPONENTS_V2 not in flags and (kept or draft.uploads)
        if not (content or embeds or components or files):
            raise DiscordError(EMPTY_MESSAGE)
        check_message(message.channel, message.author, content, embeds, components)
        for attachment in set(message.attachments) - set(kept):
            attachment.gone = True
        for attachment in kept:
            attachment.hidden = draft.spoilers.get(attachment.id, attachment.hidden)
        message.content, message.embeds, message.components = content, embeds, components
        message.attachments = kept + self._store(message.channel, draft.uploads, ephemeral=message.ephemeral)
        message.flags &= ~MessageFlags.LOADING
        if draft.flags is not None:
            message.flags = (
                message.flags & ~SETTABLE
                | draft.flags & SETTABLE
                | (
                    message.flags & MessageFlags.COMPONENTS_V2  # it can be switched on, never off
                )
            )
        mentions = self._mentions(message, draft.allowed_mentions)
        message.mentioned_users, message.mentioned_roles = mentions.users, mentions.roles
        message.edited_at = self._clock.time()
        self._events.message_updated(message)
        self._changes.announce()
        return message

    def delete(self, message: Message) -> None:
        """Delete a message; its files are gone with it, its thread stays."""
        message.deleted = True
        for attachment in message.attachments:
            attachment.gone = True
        message.channel.messages.pop(message.id, None)
        if message.channel.thread is not None and not message.ephemeral:
            message.channel.thread.message_count -= 1
        self._events.message_deleted(message)
        self._changes.announce()

    def store(
        self, channel: Channel, upload: Upload, *, ephemeral: bool, vanishes_at: float | None = None
    ) -> Attachment:
        """Keep a file and give it an id; what it is follows from its name and its bytes."""
        attachment = Attachment(
            self._world.ids.new(),
            channel.id,
            stored_name(upload.filename),
            upload.content,
            content_type=content_type_of(upload.filename) if upload.measured else None,
            description=upload.description,
            size=picture_size(upload.content) if upload.measured else None,
            ephemeral=ephemeral,
            vanishes_at=vanishes_at,
            explicit=upload.explicit,
        )
        self._world.attachments[attachment.id] = attachment
        return attachment

    def _store(self, channel: Channel, uploads: tuple[Upload, ...], *, ephemeral: bool) -> list[Attachment]:
        return [self.store(channel, upload, ephemeral=ephemeral) for upload in uploads]

    def _copy(self, attachment: Attachment, channel: Channel) -> Attachment:
        copied = replace(attachment, id=self._world.ids.new(), channel_id=channel.id, vanishes_at=None, gone=False)
        self._world.attachments[copied.id] = copied
        return copied

    def _unfurl(self, message: Message) -> None:
        """Add what stands behind a message's links, which comes as an update after the message."""
        found = link_previews(message.content, self._world.pages)
        may_embed = Permissions.EMBED_LINKS in channel_permissions(message.author.id, message.channel)
        if found and may_embed and MessageFlags.SUPPRESS_EMBEDS not in message.flags:
            message.embeds = [*message.embeds, *found]
            self._events.message_updated(message)

    def _reply(self, channel: Channel, message_id: int, *, must_exist: bool) -> Reference | None:
        found = channel.messages.get(message_id)
        guild_id = channel.guild.id if channel.guild else None
        if found is not None and not found.ephemeral:
            return Reference(channel.id, found.id, guild_id, found)
        if must_exist:
            raise invalid(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        return None

    def _notify(self, message: Message, allowed: AllowedMentions | None) -> None:
        mentions = self._mentions(message, allowed)
        message.mentioned_users = mentions.users
        message.mentioned_roles = mentions.roles
        message.mentions_everyone = mentions.everyone
        if message.ephemeral or message.flags & (MessageFlags.SUPPRESS_NOTIFICATIONS | MessageFlags.LOADING):
            return
        message.pinged = pinged_by(mentions, message.channel) - {message.author.id}

    def _mentions(self, message: Message, allowed: AllowedMentions | None) -> Mentions:
        granted = channel_permissions(message.author.id, message.channel)
        found = read_mentions(
            "\n".join((message.content, *texts_of(message.components))),
            message.channel,
            self._world.users,
            allowed,
            may_mention_everyone=Permissions.MENTION_EVERYONE in granted,
        )
        replied = message.reference.message if message.reference else None
        if message.type is not MessageType.REPLY or replied is None or (allowed and not allowed.replied_user):
            return found
        # a reply to the answer to an interaction counts as no mention of the bot
        if replied.interaction is not None or replied.author in found.users:
            return found
        return Mentions((*found.users, replied.author), found.roles, everyone=found.everyone)
