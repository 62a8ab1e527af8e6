"""Ordering, the same for commands, clicks and replies: welcome, consent, price, owners, accept, begin, each once.

What can be refused without a picture is refused before one is looked for. What is known at once is asked about
before anybody else sees any of it. A job is accepted while Discord takes the acknowledgement, which goes first.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import discord
import structlog
from structlog.contextvars import bound_contextvars

from bot.domain.access import Access
from bot.domain.confirmation import Agreed, PriceNotAgreed, disappointments
from bot.domain.jobs import Order, Origin
from bot.domain.kinds import Kind
from bot.domain.pictures.lifetimes import is_at_hand
from bot.domain.pictures.sources import Source
from bot.domain.prices import Price
from bot.domain.refusals import NoPicture
from bot.interactions import Interaction
from bot.interactions.consent import consent_to_copy, consent_to_disappointment, consent_to_price
from bot.interactions.limit_warnings import LimitWarnings
from bot.interactions.origins import origin_of, require_workplace
from bot.interactions.owner_questions import OwnerQuestions
from bot.interactions.ownership import OwnedOrder, OwnersAsked, PictureOwners
from bot.interactions.pending import AGREED, Pending
from bot.interactions.permissions import require_allowed
from bot.interactions.responses import acknowledge
from bot.interactions.services import Services
from bot.interactions.which_picture import NeedsPicture, NotClear, PictureChoice
from bot.jobs.in_flight import InFlight
from bot.jobs.inputs import Inputs
from bot.jobs.service import JobService
from bot.orders.ages import require_age_for
from bot.orders.picture_orders import AttachPicture, PictureOrder
from bot.store import Accepted
from bot.wording.owners import owners_changed
from spark.clock import Clock

_log = structlog.get_logger()
_HEAD_START = 0.5
"""Real seconds that a crowd's acknowledgements usually take at most."""
_P = ParamSpec("_P")
_Asked = TypeVar("_Asked", Interaction, Origin)
"""What has a job's id."""
_Ordered: TypeAlias = Callable[Concatenate["Ordering", _Asked, _P], Coroutine[Any, Any, None]]


def _naming_its_job(ordering: _Ordered[_Asked, _P]) -> _Ordered[_Asked, _P]:
    """Have every line of the log that is written while something is ordered name its job."""

    @wraps(ordering)
    async def named(self: "Ordering", asked: _Asked, /, *args: _P.args, **kwargs: _P.kwargs) -> None:
        with bound_contextvars(job=asked.id):
            await ordering(self, asked, *args, **kwargs)

    return named


class Ordering(Services):
    """Brings orders to a `JobService`.

    Raises `Refusal`, `OwnersAsked` where others are asked now whose picture it is, and `NeedsConsent` or
    `NeedsPicture` where a person can be asked first.
    """

    def __init__(
        self,
        service: JobService,
        inputs: Inputs,
        owners: PictureOwners,
        questions: OwnerQuestions,
        pending: Pending,
        limit_warnings: LimitWarnings,
        access: Access,
        clock: Clock,
        *,
        copies_have_a_channel: bool,
    ) -> None:
        """Build with who may use the bot and where, and whether copies have a channel."""
        self._service = service
        self._inputs = inputs
        self._owners = owners
        self._questions = questions
        self._pending = pending
        self._limit_warnings = limit_warnings
        self._access = access
        self._copies_have_a_channel = copies_have_a_channel
        self._clock = clock
        self._acknowledging = InFlight()

    async def order(self, interaction: Interaction, price: Price, filled: Callable[[], Awaitable[Order]]) -> None:
        """Order what is known at once, but for what its person leaves to their settings; `price` is without them.

        `filled` gives the order with them, after the acknowledgement unless there is a price to ask about.
        """
        if self._service.asks_about(price):
            origin = self._origin(interaction)
            await self._order_known(interaction, origin, Agreed(await filled()))
        else:
            await self._accept(interaction, lambda origin: self._filled(origin, filled))

    async def order_agreed(self, interaction: Interaction, key: str) -> None:
        """Order what a person was asked about and has now agreed to."""
        origin = self._origin(interaction)  # where this refuses, the order can still be agreed to
        agreed = await self._pending.take(AGREED, key, interaction)
        await self._order_known(interaction, origin, agreed)

    async def order_of_picture(
        self, interaction: Interaction, order: PictureOrder, find: Callable[[], Awaitable[Source]]
    ) -> None:
        """Order what is asked of a picture; it is looked for and fetched after the acknowledgement."""
        await self._accept(interaction, lambda origin: self._pictured(interaction, origin, order, find))

    async def order_once_more(self, interaction: Interaction, prepare: Callable[[], Awaitable[Order]]) -> None:
        """Order what a button asks for, which the database tells."""
        await self._accept(interaction, lambda origin: self._prepared(interaction, origin, prepare))

    @_naming_its_job
    async def order_by_message(
        self, origin: Origin, message: discord.Message, order: PictureOrder, find: Callable[[], Awaitable[Source]]
    ) -> None:
        """Order what a message asks of a picture, where nobody can be asked: raises `PriceNotAgreed` instead."""
        accepted = None
        if await self._service.require_room(origin, order):
            owned = await self._owners.of(origin, await self._fetched(origin, order, await find()))
            await self._service.require_agreed(origin, Agreed(owned.order))
            accepted = await self._allowed(origin, Agreed(owned.order), owned)
        if accepted is None:
            _log.info("message.replayed", job=origin.id)
            return
        self._service.begin(accepted.job, None)
        if accepted.warned:
            await self._limit_warnings.to(message.author, origin.account)

    @_naming_its_job
    async def order_allowed(self, origin: Origin, agreed: Agreed, allowed_by: Collection[int]) -> None:
        """Order what the owners of a picture have allowed; raises `PriceNotAgreed`, where nobody can be asked."""
        require_allowed(self._access, origin.account)
        owned = await self._owners.of(origin, agreed.order)
        if not set(owned.owner_ids).issubset(allowed_by):
            raise owners_changed()
        await self._service.require_agreed(origin, replace(agreed, order=owned.order))
        accepted = await self._service.accept(origin, owned.order)
        if accepted is not None:
            self._service.begin(accepted.job, None)

    async def require_welcome(self, interaction: Interaction) -> None:
        """Raise `Refusal` where nothing could come of a form or a choice, before anybody fills it in."""
        origin = self._origin(interaction)
        await self._service.require_welcome(origin)
        await self._service.require_something_left(origin.account, origin.role_ids)

    def require_age(self, interaction: Interaction, pictures: Sequence[Source]) -> None:
        """Raise `Refusal` where none of some pictures would be taken here, before anybody chooses from them."""
        if all(picture.explicit for picture in pictures):
            require_age_for(self._origin(interaction), pictures[0])

    def _origin(self, interaction: Interaction) -> Origin:
        require_workplace(interaction)
        return origin_of(interaction, self._clock.now_ms())

    async def _order_known(self, interaction: Interaction, origin: Origin, agreed: Agreed) -> None:
        await self._require_price(origin, agreed)
        await self._accept(interaction, lambda origin: self._agreed(origin, agreed))

    async def _agreed(self, origin: Origin, agreed: Agreed) -> Accepted | None:
        owned = await self._owners.of(origin, agreed.order)
        return await self._allowed(origin, replace(agreed, order=owned.order), owned)

    async def _filled(self, origin: Origin, filled: Callable[[], Awaitable[Order]]) -> Accepted | None:
        order = await filled()
        await self._require_price(origin, Agreed(order))
        return await self._service.accept(origin, order)

    async def _pictured(
        self,
        interaction: Interaction,
        origin: Origin,
        order: PictureOrder,
        find: Callable[[], Awaitable[Source]],
    ) -> Accepted | None:
        if not await self._service.require_room(origin, order):
            return None
        try:
            source = await find()
        except NotClear as several:
            price, guild_id = self._service.price_of_picture(order), origin.account.guild_id
            choice = PictureChoice(order, several.pictures, price, guild_id, several.hidden_url)
            raise NeedsPicture(choice) from several
        except NoPicture as none:
            none.remedies = [AttachPicture(order)]
            raise
        return await self._asked_first(interaction, origin, await self._fetched(origin, order, source))

    async def _fetched(self, origin: Origin, order: PictureOrder, source: Source) -> Order:
        """Fetch an order's picture, unless it is refused for what is known of it before."""
        require_age_for(origin, source)
        free = await self._owners.require_free(origin, order.kind, source)
        return await self._inputs.order_of(order, free, origin.account.user_id)

    async def _prepared(
        self, interaction: Interaction, origin: Origin, prepare: Callable[[], Awaitable[Order]]
    ) -> Accepted | None:
        await self._service.require_welcome(origin)
        return await self._asked_first(interaction, origin, await prepare())

    async def _asked_first(self, interaction: Interaction, origin: Origin, order: Order) -> Accepted | None:
        """Accept an order, unless its person is to be asked first."""
        owned = await self._owners.of(origin, order)
        self._require_consent(interaction, owned.order)
        await self._require_price(origin, Agreed(owned.order))
        return await self._allowed(origin, Agreed(owned.order), owned)

    async def _allowed(self, origin: Origin, agreed: Agreed, owned: OwnedOrder) -> Accepted | None:
        """Accept an order, unless the owners of its picture are to be asked first; raises `OwnersAsked` then."""
        if not owned.owner_ids:
            return await self._service.accept(origin, agreed.order)
        question = await self._questions.ask(origin, agreed, owned)
        if question is None:
            return None
        raise OwnersAsked(question)

    async def _require_price(self, origin: Origin, agreed: Agreed) -> None:
        try:
            await self._service.require_agreed(origin, agreed)
        except PriceNotAgreed as asked:
            raise consent_to_price(asked) from asked

    def _require_consent(self, interaction: Interaction, order: Order) -> None:
        """Raise `NeedsConsent` where an order may be paid for in vain, or others would see a copy of a picture."""
        if why := disappointments(order):
            raise consent_to_disappointment(Agreed(order), why, self._service.price(order))
        in_sight = interaction.guild_id is not None and not self._copies_have_a_channel
        source = order.source
        if order.kind != Kind.PORTRAIT or source is None or source.copy_agreed or source.copy is not None:
            return
        if in_sight and (source.needs_copy or not is_at_hand(source, self._clock.now_ms())):
            raise consent_to_copy(Agreed(order))

    @_naming_its_job
    async def _accept(
        self, interaction: Interaction, accept: Callable[[Origin], Awaitable[Accepted | None]]
    ) -> None:
        require_workplace(interaction)
        asked_at = self._clock.now_ms()

        async def accepted_after_the_acknowledgements() -> Accepted | None:
            # a crowd's go before the work on its orders; one that hangs holds nothing up
            await self._acknowledging.landed(_HEAD_START)
            return await accept(origin_of(interaction, asked_at))

        accepting = asyncio.create_task(accepted_after_the_acknowledgements())
        try:
            with self._acknowledging:
                acknowledged = await acknowledge(interaction)
        except Exception:
            if (accepted := await accepting) is not None:  # Discord may have taken it
                self._service.begin(accepted.job, None)
            raise
        accepted = await accepting
        if accepted is None:
            _log.info("interaction.replayed", job=interaction.id)
            return
        job = accepted.job
        if acknowledged.refused:
            # its person sees "did not respond" and will ask again
            withdrawn = await self._service.withdraw(job)
            _log.warning("interaction.not_acknowledged", job=job.id, withdrawn=withdrawn)
            return
        self._service.begin(job, acknowledged.status_message_id)
        if accepted.warned:
            self._limit_warnings.beside(interaction, job.account)


def click_key(interaction: Interaction, action: str) -> str:
    """Name what a click orders, so that a second click on the same orders nothing: message, action and person."""
    shown = interaction.message.id if interaction.message else 0
    return f"{shown}:{action}:{interaction.user.id}"
