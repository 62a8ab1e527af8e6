"""Discord on localhost, for the demo and the end-to-end tests."""

from sandbox.discord.http.request_log import Download
from sandbox.discord.http.trouble import Kind, Trouble
from sandbox.discord.model.conversation import Channel, Interaction, InteractionState, Message, Overwrite
from sandbox.discord.model.files import Attachment, Upload
from sandbox.discord.model.guilds import Guild, Member, Role, User
from sandbox.discord.model.kinds import CallbackType, ChannelType, MessageFlags, MessageType
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.people.inputs import ClientRefusal
from sandbox.discord.sandbox import DiscordSandbox

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
