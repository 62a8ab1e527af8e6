"""How every interaction is answered: acknowledged while it is accepted, or refused in private."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

import discord
import structlog

from bot.domain.confirmation import Agreed, PriceNotAgreed, disappointments
from bot.domain.incidents import incident_id
from bot.domain.jobs import Order, Origin
from bot.domain.orders.picture_orders import PORTRAIT, PictureOrder
from bot.domain.pictures.lifetimes import is_at_hand
from bot.domain.pictures.sources import Source
from bot.domain.refusals import Refusal
from bot.interactions import Interaction
from bot.interactions.consent import (
    ConsentButton,
    NeedsConsent,
    consent_to_copy,
    consent_to_disappointment,
    consent_to_price,
)
from bot.interactions.drafts import Drafts
from bot.interactions.items import view_of
from bot.interactions.limit_warnings import LimitWarnings
from bot.interactions.origins import origin_of, require_allowed
from bot.interactions.reach import account_of
from bot.interactions.responses import (
    ALREADY_ACKNOWLEDGED,
    LOST,
    acknowledge,
    acknowledge_alone,
    acknowledge_in_place,
    answering,
    say_alone,
    say_beside,
)
from bot.jobs.in_flight import InFlight
from bot.jobs.inputs import Inputs
from bot.jobs.service import JobService
from bot.store import Accepted, DatabaseAway
from spark.clock import Clock

_log = structlog.get_logger()
_UNKNOWN_INTERACTION: Final = 10062
_ANSWERED_OR_TOO_LATE: Final = frozenset({ALREADY_ACKNOWLEDGED, _UNKNOWN_INTERACTION})
"""Another handler of a replayed event was first, or Discord has given up: the person sees which."""

DATABASE_AWAY = (
    "**This bot cannot reach its own records at the moment.**\n"
    "As far as is known, nothing was accepted and nothing charged; "
    "should it have been, the picture is posted here.\n"
    "Try again in a few minutes; if it lasts, tell whoever runs this bot."
)

Prepare = Callable[[Origin], Awaitable[Order | None]]
"""What is left to do for an order once its options are checked; it may wait, and raises `Refusal`.

None where the event was heard before.
"""
_Say = Callable[[Interaction, str, discord.ui.View], Awaitable[None]]


class Answers:
    """Answers interactions over a `JobService`."""

    def __init__(
        self,
        service: JobService,
        inputs: Inputs,
        drafts: Drafts,
        allowed_guilds: frozenset[int] | None,
        clock: Clock,
        *,
        copies_have_a_channel: bool,
    ) -> None:
        """Build with the servers that may use the bot (None is all), and whether copies have a channel."""
        self._service = service
        self._inputs = inputs
        self._drafts = drafts
        self._allowed_guilds = allowed_guilds
        self._copies_have_a_channel = copies_have_a_channel
        self._clock = clock
        self._answering = InFlight()
        self._limit_warnings = LimitWarnings(service, clock)

    async def finished(self, grace: float) -> None:
        """Wait up to `grace` seconds until every interaction that was heard is answered."""
        if not await self._answering.landed(grace):
            _log.warning("interactions.unanswered")
        await self._limit_warnings.close()

    async def ask(self, interaction: Interaction, check: Callable[[], Order]) -> None:
        """Order what an interaction asks for: first the checks without I/O, then acknowledgement and accept."""
        await self._guarded(interaction, self._ask_known(interaction, lambda: Agreed(check())))

    async def ask_of_picture(
        self,
        interaction: Interaction,
        check: Callable[[], PictureOrder],
        find: Callable[[], Awaitable[Source]],
        *,
        written: str = "",
    ) -> None:
        """Order what an interaction asks of a picture; it is looked for and fetched after the acknowledgement.

        Where nothing comes of it, `written` goes back to the person: what was typed into a form is gone with it.
        """

        def checked() -> Prepare:
            order = check()

            async def prepared(origin: Origin) -> Order | None:
                if not await self._service.require_room(origin, order):
                    return None
                pictured = await self._inputs.order_of(order, await find(), origin.account.user_id)
                self._require_consent(interaction, pictured)
                return pictured

            return prepared

        async def say(interaction: Interaction, text: str, view: discord.ui.View) -> None:
            await say_alone(interaction, f"{text}\n{written}" if written else text, view)

        await self._guarded(interaction, self._ask(interaction, checked), say)

    async def begin(self, interaction: Interaction, show: Callable[[], Awaitable[None]]) -> None:
        """Show a form or a choice that leads to an order; refused before, where nothing could come of it."""

        async def welcome() -> None:
            origin = origin_of(interaction, self._allowed_guilds, self._now())
            await self._service.require_welcome(origin)
            await self._service.require_something_left(origin.account, origin.role_ids)
            await show()

        await self.open(interaction, welcome)

    async def open(self, interaction: Interaction, show: Callable[[], Awaitable[None]]) -> None:
        """Answer with a form or a choice, which must be the first answer; `show` raises `Refusal`."""

        async def opening() -> None:
            require_allowed(interaction.guild_id or 0, self._allowed_guilds)
            await _given(interaction, show)

        await self._guarded(interaction, opening())

    async def ask_once_more(self, interaction: Interaction, prepare: Callable[[], Awaitable[Order]]) -> None:
        """Order what a button asks for, which the database tells."""

        async def prepared(origin: Origin) -> Order:
            await self._service.require_welcome(origin)
            order = await prepare()
            self._require_consent(interaction, order)
            return order

        await self._guarded(interaction, self._ask(interaction, lambda: prepared))

    def _require_consent(self, interaction: Interaction, order: Order) -> None:
        """Raise `NeedsConsent` where an order may be paid for in vain, or others would see a copy of a picture."""
        if why := disappointments(order):
            raise consent_to_disappointment(Agreed(order), why, self._service.price(order))
        in_sight = interaction.guild_id is not None and not self._copies_have_a_channel
        source = order.source
        if order.kind != PORTRAIT or source is None or source.copy_agreed or source.copy is not None:
            return
        if in_sight and (source.needs_copy or not is_at_hand(source, self._now())):
            raise consent_to_copy(Agreed(order))

    async def ask_agreed(self, interaction: Interaction, key: str) -> None:
        """Order what a person was asked about and has now agreed to."""

        def take() -> Agreed:
            return self._drafts.take(key, account_of(interaction), Agreed, by=interaction.id)

        await self._guarded(interaction, self._ask_known(interaction, take))

    async def tell(
        self,
        interaction: Interaction,
        text: Callable[[], Awaitable[str]],
        view: discord.ui.View = discord.utils.MISSING,
    ) -> None:
        """Answer with a text that only the asking person sees, and perhaps with buttons under it."""

        async def telling() -> None:
            require_allowed(interaction.guild_id or 0, self._allowed_guilds)
            told, nobody = await text(), discord.AllowedMentions.none()

            async def say() -> None:
                await interaction.response.send_message(told, ephemeral=True, view=view, allowed_mentions=nobody)

            await _given(interaction, say)

        await self._guarded(interaction, telling())

    async def in_place(self, interaction: Interaction, work: Callable[[], Awaitable[None]]) -> None:
        """Do what a click asks of the message that it is under; what is refused is said beside it, in private."""

        async def working() -> None:
            if await acknowledge_in_place(interaction):
                require_allowed(interaction.guild_id or 0, self._allowed_guilds)
                await work()

        await self._guarded(interaction, working(), say_beside)

    async def in_private(self, interaction: Interaction, work: Callable[[], Awaitable[None]]) -> None:
        """Do what takes a moment and is for the asking person alone; `work` fills the answer."""

        async def working() -> None:
            if await acknowledge_alone(interaction):
                require_allowed(interaction.guild_id or 0, self._allowed_guilds)
                await work()

        await self._guarded(interaction, working())

    def _now(self) -> int:
        return int(self._clock.time() * 1000)

    async def refuse(self, interaction: Interaction, refusal: Refusal) -> None:
        """Say no where only the asking person sees it, whatever was answered before."""
        await self._last_word(interaction, refusal.text)

    async def broke(self, interaction: Interaction, error: BaseException, say: _Say | None = None) -> None:
        """Log what nobody foresaw, with its trace, and tell its person the incident's id."""
        incident = incident_id(error)
        _log.error("interaction.failed", interaction=interaction.id, incident=incident, exc_info=error)
        await self._last_word(interaction, broken_text(incident), say=say)

    async def _ask(self, interaction: Interaction, check: Callable[[], Prepare]) -> None:
        """Order what is known only once the interaction is acknowledged."""
        origin = origin_of(interaction, self._allowed_guilds, self._now())
        prepare = check()

        async def accepted() -> Accepted | None:
            order = await prepare(origin)
            return None if order is None else await self._service.accept(origin, Agreed(order))

        await self._accept(interaction, origin, accepted())

    async def _ask_known(self, interaction: Interaction, check: Callable[[], Agreed]) -> None:
        """Order what is known at once; where its person has to be asked first, nobody else sees any of it."""
        origin = origin_of(interaction, self._allowed_guilds, self._now())
        agreed = check()
        await self._service.require_agreed(origin, agreed)
        await self._accept(interaction, origin, self._service.accept(origin, agreed))

    async def _accept(
        self, interaction: Interaction, origin: Origin, accept: Coroutine[Any, Any, Accepted | None]
    ) -> None:
        accepting = asyncio.create_task(accept)
        try:
            acknowledged = await acknowledge(interaction)
        except Exception:
            if (accepted := await accepting) is not None:  # Discord may have taken it
                await self._service.begin(accepted.job, None)
            raise
        accepted = await accepting
        if accepted is None:
            _log.info("interaction.replayed", job=origin.id)
            return
        job = accepted.job
        if acknowledged.refused:
            # its person sees "did not respond" and will ask again
            withdrawn = await self._service.withdraw(job)
            _log.warning("interaction.not_acknowledged", job=job.id, withdrawn=withdrawn)
            return
        await self._service.begin(job, acknowledged.head_id)
        if accepted.warned:
            self._limit_warnings.beside(interaction, job.account)

    async def _guarded(self, interaction: Interaction, work: Awaitable[None], say: _Say | None = None) -> None:
        with self._answering.one():
            try:
                await work
            except Refusal as refusal:
                _log.info("refused", interaction=interaction.id, user=interaction.user.id, refusal=str(refusal))
                await self._last_word(interaction, refusal.text, say=say)
            except PriceNotAgreed as asked:
                await self._ask_first(interaction, consent_to_price(asked), say)
            except NeedsConsent as needed:
                await self._ask_first(interaction, needed, say)
            except DatabaseAway:
                _log.exception("interaction.database_away", interaction=interaction.id)
                await self._last_word(interaction, DATABASE_AWAY, say=say)
            except Exception as error:
                await self.broke(interaction, error, say)

    async def _ask_first(self, interaction: Interaction, needed: NeedsConsent, say: _Say | None) -> None:
        key = self._drafts.keep(needed.agreed, account_of(interaction))
        view = view_of(ConsentButton(key, needed.label))
        await self._last_word(interaction, needed.question, view, say=say)

    async def _last_word(
        self,
        interaction: Interaction,
        text: str,
        view: discord.ui.View = discord.utils.MISSING,
        say: _Say | None = None,
    ) -> None:
        try:
            await (say or say_alone)(interaction, text, view)
        except (discord.HTTPException, *LOST) as error:
            _log.warning("interaction.unanswered", interaction=interaction.id, reason=repr(error))
        except Exception as error:
            incident = incident_id(error)
            _log.exception("interaction.unanswered", interaction=interaction.id, incident=incident)


async def _given(interaction: Interaction, answer: Callable[[], Awaitable[None]]) -> None:
    """Give an interaction's first answer; one that comes second or too late is nobody's any more."""
    with answering():
        try:
            await answer()
        except discord.HTTPException as refused:
            if refused.code not in _ANSWERED_OR_TOO_LATE:
                raise
            _log.warning("interaction.not_begun", interaction=interaction.id, reason=str(refused))


def broken_text(incident: str) -> str:
    """Say that nobody foresaw this, with what finds it in the log."""
    return (
        f"**Something in this bot broke (incident `{incident}`).**\n"
        "Nothing is lost: what was accepted goes on, and what was not accepted is not charged.\n"
        "Tell whoever runs this bot the incident's id; the log carries it."
    )
