"""What owners answer, and what comes of it, each once: the job, or the word that it is a no."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Final

import discord
import structlog

from bot.domain.confirmation import PriceNotAgreed
from bot.domain.incidents import incident_id
from bot.domain.pictures.consents import Question, Verdict
from bot.domain.refusals import Refusal
from bot.interactions.ordering import Ordering
from bot.interactions.owner_questions import OwnerQuestions
from bot.interactions.responses import LOST
from bot.interactions.services import Services
from bot.jobs.background import Background
from bot.orders.repeats import require_id
from bot.store import DatabaseAway, Store
from bot.wording.owners import answered_already, told_allowed_but, told_no
from bot.wording.questions import too_dear_for_a_reply
from spark.clock import Clock

_log = structlog.get_logger()
_EVERY: Final = 60.0
"""Seconds after which it is looked for what nobody has answered, and for what another process has left."""


class OwnerAnswers(Services):
    """Takes answers, and carries each question to its end; one process of all does what others have left."""

    def __init__(
        self,
        store: Store,
        questions: OwnerQuestions,
        ordering: Ordering,
        leads: Callable[[], Awaitable[bool]],
        clock: Clock,
    ) -> None:
        """Build with what tells whether this process does what one of all does."""
        self._store = store
        self._questions = questions
        self._ordering = ordering
        self._leads = leads
        self._clock = clock
        self._loop = Background()

    def start(self) -> None:
        """Begin to look after questions."""
        self._loop.spawn(self._go(), "questions to owners")

    async def stop(self) -> None:
        """Leave the rest to the next process."""
        await self._loop.cancel()

    async def answer(self, question_id: int, owner_id: int, verdict: Verdict) -> None:
        """Take an owner's answer; raises `Refusal` for anybody else's, and for one that comes too late."""
        now = self._clock.now_ms()
        question = await self._store.consents.answer(require_id(question_id), owner_id, verdict, now)
        _log.info("question.answered", question=question_id, owner=owner_id, verdict=verdict)
        await self._gone_on_with(question)

    async def take_back_never(self, question_id: int, owner_id: int) -> None:
        """Let others ask an owner again about the picture of a question; raises `Refusal` for anybody else."""
        question = await self._store.consents.take_back_never(require_id(question_id), owner_id)
        if question is None:
            raise answered_already(await self._store.consents.get(question_id))
        await self._questions.show(question)

    async def _go(self) -> None:
        # at the start whatever a process before this one has left, also if its lease is not over: each step is
        # known by its job, or by its nonce, where another process takes it too
        begins = True
        while True:
            try:
                if begins or await self._leads():
                    await self._round(self._clock.now_ms() - (0 if begins else int(_EVERY * 1000)))
                begins = False
            except DatabaseAway as away:
                _log.debug("questions.put_off", reason=str(away))
            except Exception as error:
                _log.exception("questions.round_broke", incident=incident_id(error))
            await self._clock.sleep(_EVERY)

    async def _round(self, left_before: int) -> None:
        """End what nobody has answered in time, and go on with what was left before a moment."""
        silent = await self._store.consents.end_silent(self._clock.now_ms())
        for question_id in dict.fromkeys([*silent, *await self._store.consents.unfinished(left_before)]):
            question = await self._store.consents.get(question_id)
            if question is not None:
                await self._gone_on_with(question)

    async def _gone_on_with(self, question: Question) -> None:
        """Do what is to be done next; where Discord is away, it is done later."""
        step = self._end if question.verdict is not None else self._show if question.posted else self._ask_again
        try:
            await step(question)
        except (discord.DiscordServerError, *LOST) as away:
            _log.warning("question.waits", question=question.id, reason=repr(away))

    async def _show(self, question: Question) -> None:
        await self._questions.show(question)

    async def _ask_again(self, question: Question) -> None:
        try:
            await self._questions.post_again(question)
        except Refusal as refusal:
            _log.info("question.not_asked", question=question.id, refusal=str(refusal))

    async def _end(self, question: Question) -> None:
        if question.verdict is Verdict.ALLOWED:
            await self._carry_out(question)
        else:
            await self._questions.tell_asker(question, told_no(question))
        if shown := question if question.posted else await self._questions.found(question):
            await self._questions.show(shown)
        await self._store.consents.close(question.id, self._clock.now_ms())

    async def _carry_out(self, question: Question) -> None:
        """Make the job that was allowed; a second time nothing comes of it, since its id is the question's."""
        asked = await self._store.consents.asked(question.id)
        if asked is None:
            return
        tell = partial(self._questions.tell_asker, question)
        origin = replace(asked.origin, asked_at=self._clock.now_ms())
        try:
            await self._ordering.order_allowed(origin, asked.agreed, question.owner_ids)
        except Refusal as refusal:
            await tell(told_allowed_but(question, refusal))
        except PriceNotAgreed as dear:
            await tell(told_allowed_but(question, too_dear_for_a_reply(dear)))
