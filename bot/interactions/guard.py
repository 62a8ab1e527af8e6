"""What stands around every handler: that it is heard to its end, and what is told where it is refused or breaks.

    @command(name="usage", …)
    @privately
    async def usage(interaction: Interaction, period: str) -> None:
        await show_usage(interaction, require_period(period))

A handler raises: `Refusal` where the answer is no, `NeedsConsent` or `NeedsPicture` where its person is asked
first, `OwnersAsked` where others are. Whatever else escapes it is an incident.
"""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any, Final, ParamSpec, TypeAlias

import discord
import structlog

from bot.domain.access import Access
from bot.domain.incidents import incident_id
from bot.domain.refusals import Refusal, Remedy
from bot.interactions import Interaction
from bot.interactions.consent import NeedsConsent
from bot.interactions.origins import account_of
from bot.interactions.ownership import OwnersAsked
from bot.interactions.pending import AGREED, CHOICE, Pending
from bot.interactions.permissions import require_allowed
from bot.interactions.responses import (
    LOST,
    acknowledge_alone,
    acknowledge_in_place,
    say_alone,
    say_beside,
)
from bot.interactions.services import Services
from bot.interactions.which_picture import NeedsPicture, PictureChoice
from bot.jobs.in_flight import InFlight
from bot.metrics import RefusalMetrics
from bot.store import DatabaseAway
from bot.wording.trouble import database_away_text, incident_text

_log = structlog.get_logger()
_GIVEN_BACK: Final = "given back"

P = ParamSpec("P")
Handler: TypeAlias = Callable[P, Coroutine[Any, Any, None]]
_View: TypeAlias = discord.ui.View | discord.ui.LayoutView
_Say: TypeAlias = Callable[[Interaction, str | None, _View], Awaitable[None]]


class Guard(Services):
    """Hears every interaction to its end, and has the last word where its handler has none."""

    def __init__(
        self,
        pending: Pending,
        may_answer: Callable[[int], Awaitable[bool]],
        access: Access,
        consent_view: Callable[[str, str], discord.ui.View],
        remedy_view: Callable[[Interaction, Sequence[Remedy]], Awaitable[discord.ui.View]],
        which_picture_view: Callable[[str, PictureChoice], discord.ui.LayoutView],
        metrics: RefusalMetrics,
    ) -> None:
        """Build with who may use the bot and where, and with what draws what stands under a text.

        `may_answer` tells whether no other process answers an event, by its id.
        `consent_view` makes a button of a key and a label, `remedy_view` buttons of what mends a refusal,
        `which_picture_view` the question of which picture is meant.
        """
        self.access = access
        self._pending = pending
        self._may_answer = may_answer
        self._consent_view = consent_view
        self._remedy_view = remedy_view
        self._metrics = metrics
        self._which_picture_view = which_picture_view
        self._answering = InFlight()

    async def finished(self, grace: float) -> None:
        """Wait up to `grace` seconds until every interaction that was heard is answered."""
        if not await self._answering.landed(grace):
            _log.warning("interactions.unanswered")

    def hearing(self) -> AbstractContextManager[None]:
        """Count one interaction that is being answered."""
        return self._answering

    async def refuse(self, interaction: Interaction, refusal: Refusal, say: _Say = say_alone) -> None:
        """Say no where only the asking person sees it, whatever was answered before."""
        _log.info("refused", interaction=interaction.id, user=interaction.user.id, refusal=str(refusal))
        if not await self._is_ours(interaction):
            return
        self._metrics.refused(refusal.refuser.name.lower())
        view: discord.ui.View = discord.utils.MISSING
        if refusal.remedies:
            try:
                view = await self._remedy_view(interaction, refusal.remedies)
            except DatabaseAway as away:  # what they would order cannot be kept; the refusal stands all the same
                _log.warning("refusal.without_buttons", interaction=interaction.id, error=str(away))
        await _last_word(interaction, refusal.text, say, view)

    async def ask_first(self, interaction: Interaction, needed: NeedsConsent, say: _Say = say_alone) -> None:
        """Ask in private whether an order is to go on; whoever agrees presses the button."""
        if not await self._is_ours(interaction):
            return
        key = await self._pending.keep(AGREED, needed.agreed, interaction)
        await _last_word(interaction, needed.question, say, self._consent_view(key, needed.label))

    async def tell_asked(self, interaction: Interaction, asked: OwnersAsked, say: _Say = say_alone) -> None:
        """Tell a person that others are asked now whose picture it is."""
        interaction.extras.pop(_GIVEN_BACK, None)  # what was typed waits with the question
        if await self._is_ours(interaction):
            await _last_word(interaction, asked.text, say)

    async def ask_which(self, interaction: Interaction, choice: PictureChoice) -> None:
        """Ask in private which picture an order is of; whoever chooses one presses its button."""
        if not await self._is_ours(interaction):
            return
        key = await self._pending.keep(CHOICE, choice, interaction)
        await _last_word(interaction, None, say_alone, self._which_picture_view(key, choice))

    async def broke(self, interaction: Interaction, error: BaseException, say: _Say = say_alone) -> None:
        """Log what nobody foresaw, with its trace, and tell its person the incident's id."""
        incident = incident_id(error)
        _log.error("interaction.failed", interaction=interaction.id, incident=incident, exc_info=error)
        if await self._is_ours(interaction):
            await _last_word(interaction, incident_text(incident), say)

    async def _is_ours(self, interaction: Interaction) -> bool:
        """Whether no other process has answered what both have heard, as during a deploy."""
        try:
            return await self._may_answer(interaction.id)
        except DatabaseAway:
            return True


def guarded(handler: Handler[P]) -> Handler[P]:
    """Guard a handler that gives the first answer itself."""
    return _guarded(handler, None, say_alone)


def privately(handler: Handler[P]) -> Handler[P]:
    """Guard a handler that takes a moment; only its person sees that, and what the answer is filled with."""
    return _guarded(handler, acknowledge_alone, say_alone)


def in_place(handler: Handler[P]) -> Handler[P]:
    """Guard the handler of a click on a private message, which it changes; a refusal is said beside it."""
    return _guarded(handler, acknowledge_in_place, say_beside)


def give_back(interaction: Interaction, written: str) -> None:
    """Have what was typed go back to its person where nothing comes of it: Discord forgets a sent form."""
    interaction.extras[_GIVEN_BACK] = written


def _guarded(
    handler: Handler[P], acknowledge: Callable[[Interaction], Awaitable[bool]] | None, say: _Say
) -> Handler[P]:
    @wraps(handler)
    async def guard(*args: P.args, **kwargs: P.kwargs) -> None:
        interaction = next(each for each in args if isinstance(each, discord.Interaction))
        watch = Guard.of(interaction)
        with watch.hearing():
            try:
                try:
                    if acknowledge is None or await acknowledge(interaction):
                        require_allowed(watch.access, account_of(interaction))
                        await handler(*args, **kwargs)
                except Refusal as refusal:
                    await watch.refuse(interaction, refusal, say)
                except NeedsConsent as needed:
                    await watch.ask_first(interaction, needed, say)
                except OwnersAsked as asked:
                    await watch.tell_asked(interaction, asked, say)
                except NeedsPicture as needed:
                    await watch.ask_which(interaction, needed.choice)
            except DatabaseAway:
                _log.info("interaction.database_away", interaction=interaction.id)
                await _last_word(interaction, database_away_text(), say)
            except Exception as error:
                await watch.broke(interaction, error, say)

    return guard


async def _last_word(
    interaction: Interaction, text: str | None, say: _Say, view: _View = discord.utils.MISSING
) -> None:
    if text is not None and (given_back := interaction.extras.get(_GIVEN_BACK)):
        text = f"{text}\n{given_back}"
    try:
        await say(interaction, text, view)
    except (discord.HTTPException, *LOST) as error:
        _log.warning("interaction.unanswered", interaction=interaction.id, reason=repr(error))
    except Exception as error:
        incident = incident_id(error)
        _log.exception("interaction.unanswered", interaction=interaction.id, incident=incident)
