"""Messages of channels: reading, posting, editing, deleting."""

from sandbox.discord.model.conversation import Channel, Message
from sandbox.discord.model.guilds import User
from sandbox.discord.model.kinds import MESSAGEABLE
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.payloads import places
from sandbox.discord.rest.call import Answer, Call, upload_limit
from sandbox.discord.rules.access import channel_permissions, require, sending_permission
from sandbox.discord.rules.drafts import Draft, read_draft
from sandbox.discord.rules.errors import (
    CANNOT_MESSAGE_USER,
    CANNOT_REPLY,
    NO_MUTUAL_GUILDS,
    NOT_A_TEXT_CHANNEL,
    NOT_IN_A_DM,
    NOT_YOUR_MESSAGE,
    DiscordError,
)
from sandbox.discord.rules.request_fields import Form

DEFAULT_HISTORY, MAX_HISTORY = 50, 100


def get_channel(call: Call) -> Answer:
    """Answer GET /channels/{channel}."""
    channel = call.channel()
    require(call.bot, channel)
    return Answer(places.channel(channel, reader_id=call.bot.id))


def list_messages(call: Call) -> Answer:
    """Answer GET /channels/{channel}/messages: newest first; nothing where the history is closed to the bot."""
    channel = call.channel()
    require(call.bot, channel)
    form = Form()
    limit = form.snowflake(("limit",), call.query.get("limit", DEFAULT_HISTORY)) or 0
    if not 1 <= limit <= MAX_HISTORY:
        form.refuse(("limit",), "NUMBER_TYPE_BOUNDS", f"int value should be between 1 and {MAX_HISTORY}.")
    bounds = {
        name: form.snowflake((name,), call.query[name])
        for name in ("before", "after", "around")
        if name in call.query
    }
    form.check()
    if Permissions.READ_MESSAGE_HISTORY not in channel_permissions(call.bot.id, channel):
        return Answer([])
    visible = [message for message in channel.messages.values() if not message.ephemeral]
    return Answer([call.written(each) for each in reversed(_page(visible, bounds, limit))])


def get_message(call: Call) -> Answer:
    """Answer GET /channels/{channel}/messages/{message}."""
    channel = call.channel()
    require(call.bot, channel, Permissions.READ_MESSAGE_HISTORY)
    return Answer(call.written(call.message(channel)))


def create_message(call: Call) -> Answer:
    """Answer POST /channels/{channel}/messages."""
    channel = call.channel()
    if channel.type not in MESSAGEABLE:
        raise DiscordError(NOT_A_TEXT_CHANNEL)
    require(call.bot, channel, sending_permission(channel))
    draft = read_draft(call.form, call.files, upload_limit=upload_limit(channel))
    _require_for(draft, call, channel)
    if channel.recipient is not None:
        _require_reachable(channel.recipient, call)
    return Answer(call.written(call.service.chat.post(channel, call.bot, draft)))


def edit_message(call: Call) -> Answer:
    """Answer PATCH /channels/{channel}/messages/{message}."""
    channel = call.channel()
    require(call.bot, channel)
    message = call.message(channel)
    if message.author is not call.bot:
        raise DiscordError(NOT_YOUR_MESSAGE)
    draft = read_draft(call.form, call.files, upload_limit=upload_limit(channel), edits=message)
    _require_for(draft, call, channel)
    return Answer(call.written(call.service.chat.edit(message, draft)))


def delete_message(call: Call) -> Answer:
    """Answer DELETE /channels/{channel}/messages/{message}."""
    channel = call.channel()
    require(call.bot, channel)
    message = call.message(channel)
    if message.author is not call.bot:
        if channel.guild is None:
            raise DiscordError(NOT_IN_A_DM)
        require(call.bot, channel, Permissions.MANAGE_MESSAGES)
    call.service.chat.delete(message)
    return Answer()


def _require_reachable(recipient: User, call: Call) -> None:
    if not call.world.shares_guild(recipient):
        raise DiscordError(NO_MUTUAL_GUILDS)
    if not recipient.accepts_dms:
        raise DiscordError(CANNOT_MESSAGE_USER)


def _require_for(draft: Draft, call: Call, channel: Channel) -> None:
    if draft.uploads:
        require(call.bot, channel, Permissions.ATTACH_FILES)
    if draft.embeds:
        require(call.bot, channel, Permissions.EMBED_LINKS)
    may_read = Permissions.READ_MESSAGE_HISTORY in channel_permissions(call.bot.id, channel)
    if draft.reply_to is not None and not may_read:
        raise DiscordError(CANNOT_REPLY)


def _page(messages: list[Message], bounds: dict[str, int | None], limit: int) -> list[Message]:
    """Pick a page, oldest first."""
    if (around := bounds.get("around")) is not None:
        older = [each for each in messages if each.id < around][-(limit // 2) :]
        newer = [each for each in messages if each.id >= around][: limit - len(older)]
        return older + newer
    if (after := bounds.get("after")) is not None:
        return [each for each in messages if each.id > after][:limit]
    if (before := bounds.get("before")) is not None:
        messages = [each for each in messages if each.id < before]
    return messages[-limit:]
