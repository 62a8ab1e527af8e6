"""What Discord answers instead: statuses, JSON error codes, and the tree of field errors."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One of Discord's documented errors: HTTP status, JSON code, sentence."""

    status: int
    code: int
    message: str


SERVER_ERROR = Fault(500, 0, "500: Internal Server Error")
UNAUTHORIZED = Fault(401, 0, "401: Unauthorized")
NO_SUCH_ROUTE = Fault(404, 0, "404: Not Found")
METHOD_NOT_ALLOWED = Fault(405, 0, "405: Method Not Allowed")
UNKNOWN_CHANNEL = Fault(404, 10003, "Unknown Channel")
UNKNOWN_GUILD = Fault(404, 10004, "Unknown Guild")
UNKNOWN_MEMBER = Fault(404, 10007, "Unknown Member")
UNKNOWN_MESSAGE = Fault(404, 10008, "Unknown Message")
UNKNOWN_USER = Fault(404, 10013, "Unknown User")
UNKNOWN_WEBHOOK = Fault(404, 10015, "Unknown Webhook")
UNKNOWN_APPLICATION = Fault(404, 10002, "Unknown Application")
UNKNOWN_INTERACTION = Fault(404, 10062, "Unknown interaction")
REQUEST_TOO_LARGE = Fault(413, 40005, "Request entity too large")
UNKNOWN_COMMAND = Fault(404, 10063, "Unknown application command")
UNKNOWN_COMMAND_PERMISSIONS = Fault(404, 10066, "Unknown application command permissions")
ALREADY_ACKNOWLEDGED = Fault(400, 40060, "Interaction has already been acknowledged.")
MISSING_ACCESS = Fault(403, 50001, "Missing Access")
NOT_IN_A_DM = Fault(403, 50003, "Cannot execute action on a DM channel")
NOT_YOUR_MESSAGE = Fault(403, 50005, "Cannot edit a message authored by another user")
NO_MUTUAL_GUILDS = Fault(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
EMPTY_MESSAGE = Fault(400, 50006, "Cannot send an empty message")
CANNOT_MESSAGE_USER = Fault(403, 50007, "Cannot send messages to this user")
NOT_A_TEXT_CHANNEL = Fault(400, 50008, "Cannot send messages in a non-text channel")
MISSING_PERMISSIONS = Fault(403, 50013, "Missing Permissions")
WRONG_CHANNEL_TYPE = Fault(400, 50024, "Cannot execute action on this channel type")
INVALID_WEBHOOK_TOKEN = Fault(401, 50027, "Invalid Webhook Token")
INVALID_FORM = Fault(400, 50035, "Invalid Form Body")
THREAD_ARCHIVED = Fault(400, 50083, "Thread is archived")
INVALID_JSON = Fault(400, 50109, "The request body contains invalid JSON.")
CANNOT_REPLY = Fault(400, 160002, "Cannot reply without permission to read message history")
THREAD_LOCKED = Fault(403, 160005, "Thread is locked")
THREAD_EXISTS = Fault(400, 160004, "A thread has already been created for this message")
TOO_MANY_THREADS = Fault(400, 160006, "Maximum number of active threads reached")
MESSAGE_BLOCKED = Fault(400, 200000, "Message was blocked by automatic moderation")
TITLE_BLOCKED = Fault(400, 200001, "Title was blocked by automatic moderation")


class DiscordError(Exception):
    """Ends a request with one of Discord's errors.

    Args:
        fault: which one.
        errors: the tree of field errors, where the fault is `INVALID_FORM`.

    """

    def __init__(self, fault: Fault, errors: dict[str, Any] | None = None) -> None:
        super().__init__(f"{fault.status} {fault.code}: {fault.message}")
        self.fault = fault
        self.errors = errors

    @property
    def body(self) -> dict[str, Any]:
        """The JSON answer."""
        body: dict[str, Any] = {"message": self.fault.message, "code": self.fault.code}
        return body if self.errors is None else {**body, "errors": self.errors}
