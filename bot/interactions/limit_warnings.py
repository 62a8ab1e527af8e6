"""Telling a person in private that most of their limit is used: after what they asked for, never in its way."""

from typing import Final, cast

import discord
import structlog

from bot.domain.budgets import Account
from bot.interactions import Interaction
from bot.interactions.responses import LOST, say_beside
from bot.jobs.background import Background
from bot.jobs.service import JobService
from bot.store import DatabaseAway
from bot.wording.budgets import person_warning
from spark.clock import Clock

_log = structlog.get_logger()
_LOOKS: Final = 30
_PAUSE: Final = 1.0
"""Seconds between looks whether the answer to a command says something."""


class LimitWarnings:
    """Tells each warning once; one that Discord does not take is logged, and not told again."""

    def __init__(self, service: JobService, clock: Clock) -> None:
        self._service = service
        self._clock = clock
        self._telling = Background()

    async def close(self) -> None:
        """Leave what was not told yet; nobody waits for it."""
        await self._telling.cancel()

    def beside(self, interaction: Interaction, account: Account) -> None:
        """Tell it beside the answer to an interaction, in the background."""
        self._telling.spawn(self._beside(interaction, account), f"warnings of {interaction.id}")

    async def to(self, person: discord.User | discord.Member, account: Account) -> None:
        """Tell it by direct message to somebody whom Discord lets the bot answer in public only."""
        if text := await self._text(account):
            try:
                await person.send(text, allowed_mentions=discord.AllowedMentions.none())
            except (discord.HTTPException, *LOST) as error:
                _log.warning("warning.not_told", user=account.user_id, reason=repr(error))

    async def _beside(self, interaction: Interaction, account: Account) -> None:
        try:
            await self._until_answered(interaction)
            if text := await self._text(account):
                await say_beside(interaction, text, discord.utils.MISSING)
        except (discord.HTTPException, *LOST) as error:
            _log.warning("warning.not_told", user=account.user_id, reason=repr(error))

    async def _until_answered(self, interaction: Interaction) -> None:
        """Wait until the public answer says something: a follow-up before that would become it, for all to see."""
        for _ in range(_LOOKS):
            try:
                # what discord.py itself remembers of the answer is old; Discord takes this name in place of an id
                answer = await interaction.followup.fetch_message(cast("int", "@original"))
                if not answer.flags.loading:
                    return
            except discord.NotFound:  # somebody has deleted it
                return
            await self._clock.sleep(_PAUSE)
        raise TimeoutError("the answer to the command says nothing yet")

    async def _text(self, account: Account) -> str:
        try:
            warnings = await self._service.warnings(account)
        except DatabaseAway as away:
            _log.warning("warning.not_told", user=account.user_id, reason=str(away))
            return ""
        return "\n".join(map(person_warning, warnings))
