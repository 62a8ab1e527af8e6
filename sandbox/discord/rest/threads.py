"""Threads: starting them, and who is in them."""

from sandbox.discord.actions.threads import AUTO_ARCHIVE_MINUTES, DEFAULT_AUTO_ARCHIVE
from sandbox.discord.model.conversation import Channel
from sandbox.discord.model.kinds import ChannelType
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.payloads import places
from sandbox.discord.rest.call import Answer, Call
from sandbox.discord.rules.access import may_see, require
from sandbox.discord.rules.errors import (
    NOT_IN_A_DM,
    UNKNOWN_MEMBER,
    UNKNOWN_USER,
    WRONG_CHANNEL_TYPE,
    DiscordError,
)
from sandbox.discord.rules.request_fields import Form


def start_thread_from_message(call: Call) -> Answer:
    """Answer POST /channels/{channel}/messages/{message}/threads."""
    channel = _parent(call)
    name, minutes = _read(call)
    thread = call.service.threads.start_from(call.message(channel), call.bot, name, minutes)
    return _started(call, thread)


def start_thread(call: Call) -> Answer:
    """Answer POST /channels/{channel}/threads: a public thread."""
    channel = _parent(call)
    name, minutes = _read(call)
    form = Form()
    form.choice(("type",), call.form.get("type"), {ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD})
    form.check()
    return _started(call, call.service.threads.start(channel, call.bot, name, minutes))


def edit_thread(call: Call) -> Answer:
    """Answer PATCH /channels/{channel}: a thread that is archived, the bot's own or as its manager."""
    channel = call.channel()
    require(call.bot, channel)
    if channel.thread is None or call.form != {"archived": True}:
        raise DiscordError(WRONG_CHANNEL_TYPE)
    if channel.thread.owner_id != call.bot.id:
        require(call.bot, channel, Permissions.MANAGE_THREADS)
    call.service.threads.archive(channel)
    return Answer(places.channel(channel, reader_id=call.bot.id))


def delete_thread(call: Call) -> Answer:
    """Answer DELETE /channels/{channel}: a thread."""
    channel = call.channel()
    require(call.bot, channel, Permissions.MANAGE_THREADS)
    if channel.thread is None:
        raise DiscordError(WRONG_CHANNEL_TYPE)
    told = places.channel(channel, reader_id=call.bot.id)
    call.service.threads.delete(channel)
    call.service.changes.announce()
    return Answer(told)


def join_thread(call: Call) -> Answer:
    """Answer PUT /channels/{channel}/thread-members/@me."""
    channel = call.channel()
    require(call.bot, channel)
    call.service.threads.join(channel, call.bot)
    return Answer()


def leave_thread(call: Call) -> Answer:
    """Answer DELETE /channels/{channel}/thread-members/@me."""
    channel = call.channel()
    require(call.bot, channel)
    call.service.threads.leave(channel, call.bot)
    return Answer()


def add_thread_member(call: Call) -> Answer:
    """Answer PUT /channels/{channel}/thread-members/{user}."""
    channel = call.channel()
    require(call.bot, channel, Permissions.SEND_MESSAGES_IN_THREADS)
    user = call.world.users.get(call.id("user"))
    if user is None or not may_see(user.id, channel):
        raise DiscordError(UNKNOWN_USER)
    call.service.threads.join(channel, user)
    return Answer()


def get_thread_member(call: Call) -> Answer:
    """Answer GET /channels/{channel}/thread-members/{user}."""
    channel, user_id = call.channel(), call.id("user")
    require(call.bot, channel)
    if channel.thread is None or user_id not in channel.thread.members:
        raise DiscordError(UNKNOWN_MEMBER)
    return Answer(places.thread_member(channel, user_id, channel.thread.members[user_id]))


def list_thread_members(call: Call) -> Answer:
    """Answer GET /channels/{channel}/thread-members."""
    channel = call.channel()
    require(call.bot, channel)
    if channel.thread is None:
        raise DiscordError(WRONG_CHANNEL_TYPE)
    joined = channel.thread.members.items()
    return Answer([places.thread_member(channel, user_id, when) for user_id, when in joined])


def _parent(call: Call) -> Channel:
    channel = call.channel()
    if channel.guild is None:
        raise DiscordError(NOT_IN_A_DM)
    require(call.bot, channel, Permissions.CREATE_PUBLIC_THREADS)
    return channel


def _read(call: Call) -> tuple[str, int]:
    form = Form()
    name = form.text(("name",), call.form.get("name"), least=1, most=100, required=True)
    minutes = call.form.get("auto_archive_duration") or DEFAULT_AUTO_ARCHIVE
    form.choice(("auto_archive_duration",), minutes, AUTO_ARCHIVE_MINUTES)
    form.check()
    return name, minutes


def _started(call: Call, thread: Channel) -> Answer:
    call.service.changes.announce()
    return Answer(places.channel(thread, reader_id=call.bot.id), status=201)
