"""Short answers to messages: for one person, in sight of all, and gone after a minute or two.

Discord shows a private answer only to a command or a click, never to a message.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

import discord
import structlog

from bot.interactions.permissions import own_permissions
from bot.interactions.responses import LOST
from bot.interactions.services import Services
from bot.jobs.background import Background
from spark.clock import Clock

_REMEMBERED: Final = 2000
"""How many answers are known at once; who floods from more accounts than that makes others' pauses shorter."""

_log = structlog.get_logger()
STANDS_FOR: Final = 60.0
"""Seconds."""
_AUTHOR_ALONE: Final = discord.AllowedMentions(everyone=False, users=False, roles=False, replied_user=True)


class Notes(Services):
    """Answers messages, once each, and takes the answers away again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._standing = Background()
        self._removing: dict[int, asyncio.Task[None]] = {}

    async def answer(
        self,
        message: discord.Message,
        channel: discord.abc.Messageable,
        text: str,
        view: discord.ui.View = discord.utils.MISSING,
        stands_for: float = STANDS_FOR,
    ) -> None:
        """Reply to a message in its `channel`, mentioning its author alone; where that is not possible, log it."""
        try:
            sent = await self._send(message, channel, text, view)
        except (discord.HTTPException, *LOST) as error:
            _log.warning("message.unanswered", message=message.id, reason=repr(error))
            return
        if sent is None:
            _log.warning("message.unanswered", message=message.id, reason="the bot may not write there")
            return
        removing = self._standing.spawn(self._remove(sent, stands_for), f"note {sent.id}")
        self._removing[sent.id] = removing
        removing.add_done_callback(lambda _: self._removing.pop(sent.id, None))

    def forget(self, note_id: int) -> None:
        """Take away no more what was taken away already."""
        if (removing := self._removing.get(note_id)) is not None:
            removing.cancel()

    async def close(self) -> None:
        """Let the answers stand that still do; nobody is left to take them away."""
        await self._standing.cancel()

    async def _send(
        self, message: discord.Message, channel: discord.abc.Messageable, text: str, view: discord.ui.View
    ) -> discord.Message | None:
        nonce = f"{message.id}-said"  # in case its event is heard by two processes
        if message.guild is None:
            return await _reply(message, channel, text, view, nonce)
        given = own_permissions(channel)
        in_thread = isinstance(channel, discord.Thread)
        if not given.view_channel or not (given.send_messages_in_threads if in_thread else given.send_messages):
            return None
        if given.read_message_history:
            return await _reply(message, channel, text, view, nonce)
        # Discord refuses replies then; the author is named in words
        who = discord.AllowedMentions(everyone=False, users=[message.author], roles=False)
        named = f"{message.author.mention}\n{text}"
        return await channel.send(named, view=view, nonce=nonce, allowed_mentions=who)

    async def _remove(self, sent: discord.Message, after: float) -> None:
        await self._clock.sleep(after)
        try:
            await sent.delete()
        except (discord.HTTPException, *LOST) as error:
            _log.info("note.not_removed", message=sent.id, reason=repr(error))


async def _reply(
    message: discord.Message, channel: discord.abc.Messageable, text: str, view: discord.ui.View, nonce: str
) -> discord.Message:
    # where somebody has deleted the message meanwhile, the answer still says what became of it
    to = message.to_reference(fail_if_not_exists=False)
    return await channel.send(text, view=view, reference=to, nonce=nonce, allowed_mentions=_AUTHOR_ALONE)


class Pauses:
    """Remembers for how long nobody is answered again, by person and by place; in memory, within bounds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: OrderedDict[Hashable, float] = OrderedDict()

    def begin(self, **seconds_of: tuple[Hashable, float]) -> bool:
        """Begin a pause of some seconds for each key; False where one of them has a pause already."""
        now = self._clock.monotonic()
        pauses = {(kind, key): seconds for kind, (key, seconds) in seconds_of.items()}
        if any(self._until.get(key, now) > now for key in pauses):
            return False
        for key, seconds in pauses.items():
            self._until[key] = now + seconds
            self._until.move_to_end(key)
        while len(self._until) > _REMEMBERED:
            self._until.popitem(last=False)
        return True
