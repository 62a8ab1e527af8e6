"""What the journal needs of Discord: implemented by `bot/delivery/`, handed in by `app.py`."""

from typing import Protocol

from bot.domain.moderation.complaints import Reported
from bot.domain.pictures.sources import MessageRef


class LogChannel(Protocol):
    """A channel in which a server's moderators read what was done."""

    async def post(self, channel_id: int, text: str, nonce: str, since: int | None) -> None:
        """Post a text that mentions nobody, once per nonce.

        Where Discord may have forgotten the nonce, `since` (Unix milliseconds) tells from when on the text may
        stand there already; a message with the same last line is it. Raises `bot.jobs.ports.DeliveryFailed`.
        """
        ...

    async def show(self, channel_id: int, reported: Reported, since: int | None) -> MessageRef:
        """Bring what was reported up to date where moderators read of it, or post it; where it stands then.

        `since` is as for `post`, from the oldest complaint on. Raises `bot.jobs.ports.DeliveryFailed`.
        """
        ...
