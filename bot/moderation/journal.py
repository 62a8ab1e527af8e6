"""The journal: brings acts of moderators, reports, listed words and warnings into log channels, each once."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import groupby
from typing import Final, TypeVar

import structlog

from bot.domain.incidents import incident_id
from bot.domain.moderation.actions import RecordedAction
from bot.domain.moderation.complaints import Reported
from bot.domain.moderation.words import UsedWords
from bot.domain.warnings import BudgetWarning
from bot.jobs.background import Background
from bot.jobs.outages import through_outages
from bot.jobs.ports import DeliveryFailed
from bot.moderation.ports import LogChannel
from bot.store import Store
from bot.wording.budgets import server_warning
from bot.wording.journal import log_line
from bot.wording.listed_words import used_words_line
from spark.clock import Clock

_log = structlog.get_logger()
_T = TypeVar("_T")
_AT_ONCE: Final = 50
_EVERY: Final = 30.0
"""Seconds after which it looks by itself: for warnings, and for what another process has recorded."""
_NONCE_LIFE: Final = 60_000
"""Milliseconds for which Discord surely knows a message by its nonce."""
_SHORTEST_PAUSE: Final = 2.0
"""Seconds after which it tries again what Discord did not take; it doubles from there."""


class Journal:
    """One process's part in it; where several run, Discord takes each message once."""

    def __init__(self, store: Store, channel: LogChannel, clock: Clock) -> None:
        self._store = store
        self._channel = channel
        self._clock = clock
        self._wake = asyncio.Event()
        self._stopping = False
        self._loop = Background()
        self._held: set[int] = set()
        """The servers whose messages Discord did not take in this round; their order is kept."""

    def start(self) -> None:
        """Begin to tell."""
        self._loop.spawn(self._go(), "journal")

    async def stop(self, grace: float) -> None:
        """Tell no more; what is being told may end within `grace` seconds."""
        self._stopping = True
        self._wake.set()
        await self._loop.finish(grace)

    def wake(self) -> None:
        """Hear that something was recorded."""
        self._wake.set()

    async def _go(self) -> None:
        pause = _SHORTEST_PAUSE
        while not self._stopping:
            self._wake.clear()
            self._held.clear()
            if await self._all_told():
                pause = _SHORTEST_PAUSE
                await self._rest(_EVERY)
            else:
                await self._rest(pause)
                pause = min(2 * pause, _EVERY)

    async def _all_told(self) -> bool:
        """Go one round; False where something is left to be tried again. A round that breaks is logged."""
        try:
            await self._round()
        except Exception as error:
            _log.exception("journal.round_broke", incident=incident_id(error))
            return False
        return not self._held

    async def _rest(self, seconds: float) -> None:
        """Wait so long, or until something is recorded or the process ends."""
        rests = [
            asyncio.create_task(self._woken(), name="wake"),
            asyncio.create_task(self._clock.sleep(seconds), name="rest"),
        ]
        try:
            await asyncio.wait(rests, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for rest in rests:
                rest.cancel()

    async def _woken(self) -> None:
        await self._wake.wait()

    async def _round(self) -> None:
        """Tell what was not told yet."""
        actions = await self._step(partial(self._store.moderation.unlogged, _AT_ONCE))
        for recorded in actions:
            await self._tell_action(recorded)
        words = await self._step(partial(self._store.refusals.untold, _AT_ONCE))
        for used in words:
            await self._tell_words(used)
        warnings = await self._step(partial(self._store.warnings.untold_of_servers, _AT_ONCE))
        by_window = sorted(warnings, key=_window)
        for _, group in groupby(by_window, key=_window):
            await self._tell_warnings(sorted(group, key=lambda each: each.percent))
        unshown = await self._step(partial(self._store.complaints.unshown, _AT_ONCE, self._clock.now_ms()))
        for reported in unshown:
            await self._show_reported(reported)
        if _AT_ONCE in {len(actions), len(words), len(warnings), len(unshown)} and not self._held:
            self._wake.set()  # there may be more

    async def _tell_action(self, recorded: RecordedAction) -> None:
        action = recorded.action
        if await self._told(action.guild_id, log_line(recorded), f"action-{recorded.id}", action.at):
            await self._step(partial(self._store.moderation.mark_logged, recorded.id, self._clock.now_ms()))

    async def _tell_words(self, used: UsedWords) -> None:
        if await self._told(used.account.guild_id, used_words_line(used), f"words-{used.id}", used.at):
            await self._step(partial(self._store.refusals.mark_told, used.id))

    async def _tell_warnings(self, warnings: Sequence[BudgetWarning]) -> None:
        """Tell the loudest of one server's warnings about one day or month."""
        loudest = warnings[-1]
        key = f"{loudest.account.guild_id} {loudest.window} {loudest.percent}"
        # a nonce has 25 characters at most
        nonce = f"w-{hashlib.sha256(key.encode()).hexdigest()[:20]}"
        if await self._told(loudest.account.guild_id, server_warning(loudest), nonce, loudest.at):
            for warning in warnings:
                await self._step(partial(self._store.warnings.mark_told, warning, self._clock.now_ms()))

    async def _show_reported(self, reported: Reported) -> None:
        message_id = reported.shown.message_id
        at = min((each.at for each in reported.complaints), default=0)

        async def show(channel_id: int) -> None:
            logged = await self._channel.show(channel_id, reported, self._since(at))
            await self._step(partial(self._store.complaints.record_logged, message_id, logged))

        if await self._brought(reported.job.account.guild_id, f"report {message_id}", show):
            await self._step(partial(self._store.complaints.mark_shown, reported))

    async def _told(self, guild_id: int, text: str, nonce: str, at: int) -> bool:
        """Post what happened at a moment in a server's log channel; True too where nobody can be told."""

        async def post(channel_id: int) -> None:
            await self._channel.post(channel_id, text, nonce, self._since(at))

        return await self._brought(guild_id, nonce, post)

    def _since(self, at: int) -> int | None:
        """Tell from when on something may stand there already of which Discord no longer knows the nonce."""
        return at if self._clock.now_ms() > at + _NONCE_LIFE else None

    async def _brought(self, guild_id: int, what: str, bring: Callable[[int], Awaitable[None]]) -> bool:
        """Bring something into a server's log channel; True too where nobody can be told."""
        if self._stopping or guild_id in self._held:
            return False
        rules = await self._step(partial(self._store.moderation.rules, guild_id))
        channel_id = rules.log_channel_id
        if channel_id is None:
            return True
        try:
            await bring(channel_id)
        except DeliveryFailed as failed:
            told = {"server": guild_id, "channel": channel_id, "what": what, "reason": str(failed)}
            if failed.may_pass:
                _log.warning("journal.waits", **told)
                self._held.add(guild_id)
                return False
            _log.warning("journal.not_posted", **told)
        return True

    async def _step(self, step: Callable[[], Awaitable[_T]]) -> _T:
        """Take one step; while the database is away, wait, so that nothing posted is forgotten with it."""
        return await through_outages(self._clock, step, "journal")


def _window(warning: BudgetWarning) -> tuple[int, str]:
    return warning.account.guild_id, warning.window
