"""How every interaction is answered: acknowledged while it is accepted, or refused in private."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
import discord
import structlog

from bot.components.consent import NeedsConsent, consent_text, consent_view
from bot.components.drafts import Drafts
from bot.components.origins import origin_of
from bot.domain.incidents import incident_id
from bot.domain.jobs import Job, Order
from bot.domain.picture_orders import PORTRAIT, PictureOrder
from bot.domain.pictures import Source
from bot.domain.refusals import Refusal
from bot.jobs.in_flight import InFlight
from bot.jobs.inputs import Inputs
from bot.jobs.service import JobService
from bot.store import DatabaseAway
from spark.clock import Clock

_log = structlog.get_logger()
ALREADY_ACKNOWLEDGED = 40060
_LOST = (aiohttp.ClientError, OSError, TimeoutError)
"""No answer came; Discord may have done what it was asked."""

_DATABASE_AWAY = (
    "**This bot cannot reach its own records at the moment.**\n"
    "As far as is known, nothing was accepted and nothing charged; "
    "should it have been, the picture is posted here.\n"
    "Try again in a few minutes; if it lasts, tell whoever runs this bot."
)

Interaction = discord.Interaction[Any]
Prepare = Callable[[], Awaitable[Order]]
"""What is left to do for an order once its options are checked; it may wait, and raises `Refusal`."""


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

    async def finished(self, grace: float) -> None:
        """Wait up to `grace` seconds until every interaction that was heard is answered."""
        if not await self._answering.landed(grace):
            _log.warning("interactions.unanswered")

    async def ask(self, interaction: Interaction, check: Callable[[], Order]) -> None:
        """Order what an interaction asks for: first the checks without I/O, then acknowledgement and accept."""

        def checked() -> Prepare:
            order = check()

            async def prepared() -> Order:
                return order

            return prepared

        await self._guarded(interaction, self._ask(interaction, checked))

    async def ask_of_picture(
        self, interaction: Interaction, check: Callable[[], PictureOrder], find: Callable[[], Awaitable[Source]]
    ) -> None:
        """Order what an interaction asks of a picture; it is looked for and fetched after the acknowledgement."""

        def checked() -> Prepare:
            order = check()

            async def prepared() -> Order:
                pictured = await self._inputs.order_of(order, await find())
                self._require_consent(interaction, pictured)
                return pictured

            return prepared

        await self._guarded(interaction, self._ask(interaction, checked))

    async def ask_once_more(self, interaction: Interaction, prepare: Prepare) -> None:
        """Order what a button asks for, which the database tells."""
        await self._guarded(interaction, self._ask(interaction, lambda: prepare))

    def _require_consent(self, interaction: Interaction, order: Order) -> None:
        """Raise `NeedsConsent` where a copy of a picture would be posted for others to see."""
        source = order.source
        in_sight = interaction.guild_id is not None and not self._copies_have_a_channel
        if order.kind == PORTRAIT and source is not None and source.needs_copy and in_sight:
            raise NeedsConsent(order)

    async def ask_consented(self, interaction: Interaction, key: str) -> None:
        """Order what a person was asked about and has now agreed to."""

        async def prepared() -> Order:
            return self._drafts.take(key, interaction.user.id, Order)

        await self._guarded(interaction, self._ask(interaction, lambda: prepared))

    async def tell(self, interaction: Interaction, text: Callable[[], Awaitable[str]]) -> None:
        """Answer with a text that only the asking person sees."""

        async def telling() -> None:
            await interaction.response.send_message(
                await text(), ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
            )

        await self._guarded(interaction, telling())

    async def refuse(self, interaction: Interaction, refusal: Refusal) -> None:
        """Say no where only the asking person sees it, whatever was answered before."""
        await self._last_word(interaction, refusal.text)

    async def _ask(self, interaction: Interaction, check: Callable[[], Prepare]) -> None:
        origin = origin_of(interaction, self._allowed_guilds, int(self._clock.time() * 1000))
        prepare = check()

        async def accepted() -> Job | None:
            return await self._service.accept(origin, await prepare())

        accepting = asyncio.create_task(accepted())
        acknowledged = await _acknowledge(interaction)
        job = await accepting
        if job is None:
            _log.info("interaction.replayed", job=origin.id)
        elif acknowledged.refused:
            # its person sees "did not respond" and will ask again
            withdrawn = await self._service.withdraw(job)
            _log.warning("interaction.not_acknowledged", job=job.id, withdrawn=withdrawn)
        else:
            await self._service.begin(job, acknowledged.head_id)

    async def _guarded(self, interaction: Interaction, work: Awaitable[None]) -> None:
        with self._answering.one():
            try:
                await work
            except Refusal as refusal:
                _log.info("refused", interaction=interaction.id, user=interaction.user.id, refusal=str(refusal))
                await self._last_word(interaction, refusal.text)
            except NeedsConsent as needed:
                key = self._drafts.keep(needed.order, interaction.user.id)
                await self._last_word(interaction, consent_text(needed.order), consent_view(key))
            except DatabaseAway:
                _log.exception("interaction.database_away", interaction=interaction.id)
                await self._last_word(interaction, _DATABASE_AWAY)
            except Exception as error:
                incident = incident_id(error)
                _log.exception("interaction.failed", interaction=interaction.id, incident=incident)
                await self._last_word(interaction, _broken(incident))

    async def _last_word(
        self, interaction: Interaction, text: str, view: discord.ui.View = discord.utils.MISSING
    ) -> None:
        try:
            await _say_alone(interaction, text, view)
        except (discord.HTTPException, *_LOST) as error:
            _log.warning("interaction.unanswered", interaction=interaction.id, reason=repr(error))


@dataclass(frozen=True, slots=True)
class _Acknowledged:
    refused: bool
    head_id: int | None


async def _acknowledge(interaction: Interaction) -> _Acknowledged:
    """Show that the bot works on it; where the answer is lost, Discord may have taken it, and the job goes on."""
    try:
        response = await interaction.response.defer(thinking=True)
    except discord.HTTPException as error:
        _log.warning("interaction.not_deferred", interaction=interaction.id, reason=str(error))
        # the other handler of a replayed event has acknowledged it
        if error.code == ALREADY_ACKNOWLEDGED:
            return _Acknowledged(refused=False, head_id=None)
        if error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return _Acknowledged(refused=True, head_id=None)
        return await _looked_up(interaction)
    except _LOST as error:
        _log.warning("interaction.defer_lost", interaction=interaction.id, reason=repr(error))
        return await _looked_up(interaction)
    return _Acknowledged(refused=False, head_id=response.message_id if response else None)


async def _looked_up(interaction: Interaction) -> _Acknowledged:
    """Ask Discord whether an acknowledgement arrived whose answer was lost; if it cannot tell, the job goes on."""
    try:
        return _Acknowledged(refused=False, head_id=(await interaction.original_response()).id)
    except discord.NotFound:
        return _Acknowledged(refused=True, head_id=None)
    except (discord.HTTPException, *_LOST) as error:
        _log.warning("interaction.not_looked_up", interaction=interaction.id, reason=repr(error))
        return _Acknowledged(refused=False, head_id=None)


async def _say_alone(interaction: Interaction, text: str, view: discord.ui.View) -> None:
    nobody = discord.AllowedMentions.none()
    if not interaction.response.is_done():
        try:
            await interaction.response.send_message(text, ephemeral=True, view=view, allowed_mentions=nobody)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
            # a deferral whose answer was lost: Discord has taken it
        else:
            return
    # a public answer cannot become a private one
    await _delete_answer(interaction)
    await interaction.followup.send(text, ephemeral=True, view=view, allowed_mentions=nobody)


async def _delete_answer(interaction: Interaction) -> None:
    with suppress(discord.NotFound):
        try:
            await interaction.delete_original_response()
        except _LOST:
            # where it still stands, what follows would fill it for everybody to see
            await interaction.delete_original_response()


def _broken(incident: str) -> str:
    return (
        f"**Something in this bot broke (incident `{incident}`).**\n"
        "Nothing is lost: what was accepted goes on, and what was not accepted is not charged.\n"
        "Tell whoever runs this bot the incident's id; the log carries it."
    )
