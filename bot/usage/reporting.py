"""Reads and writes the reports of money, with their charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from bot.domain.budgets import Account, Scope
from bot.domain.history import Lines, Spot, Way
from bot.domain.spending import ReportPeriod as Period
from bot.domain.spending import Span, Spending
from bot.domain.standing import Standing, standing
from bot.jobs.history import History
from bot.jobs.service import JobService
from bot.moderation.service import Moderation
from bot.store import Store
from bot.usage.charts import spending_chart
from bot.usage.drawing import Drawing, NotDrawn
from bot.wording.charts import MEMBERS_SPENDING, OWN_SPENDING, SERVERS_SPENDING
from bot.wording.reports import (
    member_jobs,
    member_record,
    member_report,
    server_report,
    spenders_page,
    usage_report,
)
from spark.clock import Clock

_log = structlog.get_logger()
_SPENDERS: Final = 6
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

    blocks: Sequence[str]
    """From the top, with a line between them."""
    standing: Standing
    chart: Drawn | None
    """None where nothing was spent, or it could not be drawn."""


@dataclass(frozen=True, slots=True)
class ServerReport(Report):
    """One of a server."""

    more: bool
    """Whether there are more spenders than it names."""


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
        budgets = await self._service.budgets(account, role_ids)
        blocks = usage_report(
            budgets,
            await self._moderation.allowance(account, role_ids),
            spending,
            (await self._history.page(account)).lines,
        )
        return Report(blocks, standing(budgets), await self._drawn(spending, OWN_SPENDING))

    async def member(self, account: Account, role_ids: frozenset[int], period: Period) -> Report:
        """Tell moderators what a member spent."""
        spending = await self._store.spending.of_account(account, self._span(period))
        budgets = await self._service.budgets(account, role_ids)
        blocks = member_report(
            account.user_id,
            budgets,
            await self._moderation.allowance(account, role_ids),
            spending,
            await self._store.refusals.newest(account, _LATELY),
            await self._store.moderation.actions_about(account.guild_id, account.user_id, _LATELY),
        )
        own = standing(each for each in budgets if each.scope is Scope.PERSON)
        return Report(blocks, own, await self._drawn(spending, MEMBERS_SPENDING))

    async def jobs(self, account: Account, way: Way | None) -> tuple[Sequence[str], Lines]:
        """Tell moderators what a member made, page by page."""
        page = await self._history.page(account, Spot(way))
        return member_jobs(account.user_id, page), page

    async def record(self, account: Account) -> Sequence[str]:
        """Tell moderators what a member was refused, and what was done about them."""
        refusals = await self._store.refusals.newest(account, _RECORD)
        actions = await self._store.moderation.actions_about(account.guild_id, account.user_id, _RECORD)
        return member_record(account.user_id, refusals, actions, _RECORD)

    async def server(self, guild_id: int, period: Period) -> ServerReport:
        """Tell moderators what their server spent, and who the most."""
        span = self._span(period)
        spending = await self._store.spending.of_server(guild_id, span)
        spenders = await self._store.spending.spenders(guild_id, span, _SPENDERS, 0)
        budgets = await self._service.budgets(Account(guild_id, 0), frozenset())
        own = standing(each for each in budgets if each.scope is Scope.GUILD)
        chart = await self._drawn(spending, SERVERS_SPENDING)
        return ServerReport(server_report(budgets, spending, spenders), own, chart, spenders.more)

    async def spenders(self, guild_id: int, period: Period, page: int) -> tuple[Sequence[str], bool]:
        """Tell moderators a further page of who spent the most, and whether there are more of them."""
        spenders = await self._store.spending.spenders(guild_id, self._span(period), _SPENDERS, page)
        return spenders_page(period, spenders), spenders.more

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
