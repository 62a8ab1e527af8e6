"""Reads and writes the reports of money, with their charts."""

from dataclasses import dataclass
from typing import Final

import structlog

from bot.domain.budgets import Account
from bot.domain.history import Lines, Way
from bot.domain.spending import ReportPeriod as Period
from bot.domain.spending import Span, Spending
from bot.jobs.history import History
from bot.jobs.service import JobService
from bot.moderation.service import Moderation
from bot.store import Store
from bot.usage.charts import spending_chart
from bot.usage.drawing import Drawing, NotDrawn
from bot.wording.charts import MEMBERS_SPENDING, OWN_SPENDING, SERVERS_SPENDING
from bot.wording.reports import member_jobs, member_record, member_report, server_report, usage_report
from spark.clock import Clock

_log = structlog.get_logger()
_SPENDERS: Final = 8
_LATELY: Final = 3
_RECORD: Final = 10


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a picture."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is shown."""

    text: str
    chart: Drawn | None
    """None where nothing was spent, or it could not be drawn."""


class Reporting:
    """Answers what was spent; who may ask is asked before."""

    def __init__(
        self,
        store: Store,
        service: JobService,
        history: History,
        moderation: Moderation,
        drawing: Drawing,
        clock: Clock,
    ) -> None:
        self._store = store
        self._service = service
        self._history = history
        self._moderation = moderation
        self._drawing = drawing
        self._clock = clock

    async def own(self, account: Account, role_ids: frozenset[int], period: Period) -> Report:
        """Tell a person what they spent and have left."""
        spending = await self._store.spending.of_account(account, self._span(period))
        text = usage_report(
            await self._service.budgets(account, role_ids),
            await self._moderation.allowance(account, role_ids),
            spending,
            (await self._history.page(account)).lines,
        )
        return Report(text, await self._drawn(spending, OWN_SPENDING))

    async def member(self, account: Account, role_ids: frozenset[int], period: Period) -> Report:
        """Tell moderators what a member spent."""
        spending = await self._store.spending.of_account(account, self._span(period))
        text = member_report(
            account.user_id,
            await self._service.budgets(account, role_ids),
            await self._moderation.allowance(account, role_ids),
            spending,
            await self._store.refusals.newest(account, _LATELY),
            await self._store.moderation.actions_about(account.guild_id, account.user_id, _LATELY),
        )
        return Report(text, await self._drawn(spending, MEMBERS_SPENDING))

    async def jobs(self, account: Account, way: Way | None) -> tuple[str, Lines]:
        """Tell moderators what a member made, page by page."""
        page = await self._history.page(account, way)
        return member_jobs(account.user_id, page), page

    async def record(self, account: Account) -> str:
        """Tell moderators what a member was refused, and what was done about them."""
        refusals = await self._store.refusals.newest(account, _RECORD)
        actions = await self._store.moderation.actions_about(account.guild_id, account.user_id, _RECORD)
        return member_record(account.user_id, refusals, actions, _RECORD)

    async def server(self, guild_id: int, period: Period, page: int) -> tuple[str, bool, Spending]:
        """Tell moderators what their server spent, with a page of spenders, and whether there are more of them."""
        span = self._span(period)
        spending = await self._store.spending.of_server(guild_id, span)
        spenders = await self._store.spending.spenders(guild_id, span, _SPENDERS, page)
        budgets = await self._service.budgets(Account(guild_id, 0), frozenset())
        return server_report(budgets, spending, spenders), spenders.more, spending

    async def server_chart(self, spending: Spending) -> Drawn | None:
        """Draw what a server spent."""
        return await self._drawn(spending, SERVERS_SPENDING)

    def _span(self, period: Period) -> Span:
        return Span.at(period, self._clock.now_ms())

    async def _drawn(self, spending: Spending, whose: str) -> Drawn | None:
        if not spending.total.spent:
            return None
        chart = spending_chart(spending, whose, self._clock.now_ms())
        try:
            return Drawn(await self._drawing.png(chart), chart.alt)
        except NotDrawn as failed:
            _log.warning("chart.not_drawn", reason=str(failed))
            return None
