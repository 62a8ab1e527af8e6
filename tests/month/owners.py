"""Discord where pictures are asked about: what was shown is fetched, questions stand, words arrive."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import discord

from bot.domain.budgets import Account
from bot.domain.confirmation import Agreed
from bot.domain.jobs import Order, Origin
from bot.domain.pictures.consents import Asked, Question, Verdict
from bot.domain.pictures.sources import InputImage, MessageRef, Source
from bot.interactions.limit_warnings import LimitWarnings
from bot.interactions.owner_questions import OwnerQuestions
from bot.interactions.ownership import OwnedOrder
from bot.jobs.inputs import Inputs
from bot.jobs.service import JobService
from bot.orders.picture_orders import PictureOrder
from bot.store import Store
from spark.clock import Clock
from tests.month.letters import Letters
from tests.store.picture_scenes import picture


@dataclass(frozen=True)
class Shown:
    """A picture in a message, of its owner's or of somebody who has posted it again."""

    number: int
    owner: Account
    since: int
    """When it was shown first, in Unix milliseconds."""
    message_id: int
    poster_id: int
    copy: int = 0
    answer: Verdict = Verdict.SILENCE
    """What its owner says when they are asked this time."""
    at_once: bool = False
    """Whether they say it in the same round."""

    @property
    def source(self) -> Source:
        """Give it as it is found, before it is fetched."""
        return replace(self.fetched, sha256=None, fingerprint=None)

    @property
    def fetched(self) -> Source:
        return picture(self.number, self.poster_id, self.message_id, copy=self.copy)


class Album(Inputs):
    """The pictures of all messages, ready for Spark: decoding so many would take longer than the month."""

    def __init__(self, image: InputImage, shown: Sequence[Shown]) -> None:
        self._image = image
        self._shown = shown

    async def order_of(self, order: PictureOrder, source: Source, _person: int) -> Order:
        [shown] = [each for each in self._shown if each.message_id == source.message_id]
        assert source == shown.source
        return order.of(self._image, shown.fetched)


class Questions(OwnerQuestions):
    """Questions that stand at once."""

    def __init__(self, store: Store, letters: Letters) -> None:
        self._of = store.consents
        self._letters = letters

    async def ask(self, origin: Origin, agreed: Agreed, owned: OwnedOrder) -> Question | None:
        question = await self._of.ask(Asked(origin, agreed), owned.owner_ids, owned.stands[0])
        assert question is not None
        return await self._of.record_posted(question.id, MessageRef(origin.channel_id, question.id))

    async def post_again(self, question: Question) -> None:
        raise AssertionError(f"question {question.id} stands")

    async def show(self, question: Question) -> None:
        assert question.verdict is not None
        self._letters.end(question.id, question.verdict)

    async def tell_asker(self, question: Question, text: str) -> None:
        self._letters.told[question.id] = text


class Warnings(LimitWarnings):
    """Warnings that arrive."""

    def __init__(self, service: JobService, clock: Clock, letters: Letters) -> None:
        super().__init__(service, clock)
        self._letters = letters

    async def to(self, person: discord.User | discord.Member, account: Account) -> None:
        assert person.id == account.user_id
        self._letters.warn(await self._service.warnings(account))
