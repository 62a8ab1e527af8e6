"""Discord's numbers for the kinds of channels, messages and interactions, and for a message's flags."""

from enum import IntEnum, IntFlag


class ChannelType(IntEnum):
    """Discord's channel type numbers."""

    TEXT = 0
    DM = 1
    VOICE = 2
    GROUP_DM = 3
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15
    MEDIA = 16


FORUMS = frozenset({ChannelType.FORUM, ChannelType.MEDIA})
"""The types that hold posts: threads that begin with a message of their own."""

MESSAGEABLE = frozenset(ChannelType) - {ChannelType.CATEGORY} - FORUMS
"""The types that hold messages of their own."""

THREADABLE = frozenset({ChannelType.TEXT, ChannelType.ANNOUNCEMENT})
"""The types in which a message can start a thread."""


class MessageType(IntEnum):
    """Discord's message type numbers."""

    DEFAULT = 0
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER_MESSAGE = 21
    CONTEXT_MENU_COMMAND = 23


class MessageFlags(IntFlag):
    """Discord's message flags."""

    NONE = 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    HAS_SNAPSHOT = 1 << 14
    COMPONENTS_V2 = 1 << 15


class InteractionType(IntEnum):
    """Discord's interaction type numbers."""

    APPLICATION_COMMAND = 2
    MESSAGE_COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class CallbackType(IntEnum):
    """Discord's numbers for the kinds of first answers."""

    CHANNEL_MESSAGE = 4
    DEFERRED_CHANNEL_MESSAGE = 5
    DEFERRED_MESSAGE_UPDATE = 6
    MESSAGE_UPDATE = 7
    AUTOCOMPLETE_RESULT = 8
    MODAL = 9
