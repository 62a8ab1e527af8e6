"""Discord on localhost, for the demo and the end-to-end tests."""

from sandbox.discord.channels import Channel, ChannelType, Overwrite
from sandbox.discord.drafts import Upload
from sandbox.discord.guilds import Guild, Member, Role, User
from sandbox.discord.interactions import CallbackType, Interaction, InteractionState
from sandbox.discord.messages import Attachment, Message, MessageFlags, MessageType
from sandbox.discord.option_values import ClientRefusal
from sandbox.discord.permissions import Permissions
from sandbox.discord.request_log import Download
from sandbox.discord.sandbox import DiscordSandbox
from sandbox.discord.trouble import Kind, Trouble

__all__ = [
    "Attachment",
    "CallbackType",
    "Channel",
    "ChannelType",
    "ClientRefusal",
    "DiscordSandbox",
    "Download",
    "Guild",
    "Interaction",
    "InteractionState",
    "Kind",
    "Member",
    "Message",
    "MessageFlags",
    "MessageType",
    "Overwrite",
    "Permissions",
    "Role",
    "Trouble",
    "Upload",
    "User",
]
