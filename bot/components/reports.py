"""Reports of money: /usage, /spend user and /spend server, with their charts, buttons and pages."""

import re
from io import BytesIO
from typing import Any, Final, Self

import discord
import structlog

from bot.components.acknowledging import change
from bot.components.desk import desk_of
from bot.components.moderation.people import role_ids_of
from bot.components.moderation.rights import Tried, moderate, moderate_in_place
from bot.components.reach import account_of
from bot.components.showing import fill, showing
from bot.domain.budgets import Account
from bot.domain.history import Direction, Lines, Mark
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.orders.repeats import require_id
from bot.domain.spending import ReportPeriod
from bot.moderation.service import Moderator
from bot.usage.reporting import Drawn

_log = structlog.get_logger()
Interaction = discord.Interaction[Any]
Button = discord.ui.Button[discord.ui.View]
_USER: Final = r"(?P<user>[0-9]{1,20})"
_WAY: Final = r"(?P<way>(?:newer|older):[0-9]{1,16}:[0-9]{1,20})"
_PAGES: Final = 10_000
"""Beyond this no page is looked for."""


class MemberJobsButton(discord.ui.DynamicItem[Button], template=rf"spend-jobs:{_USER}"):
    """Lists what a member made."""

    def __init__(self, user_id: int) -> None:
        super().__init__(discord.ui.Button(label="Jobs", custom_id=f"spend-jobs:{user_id}"))
        self._user_id = user_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["user"]))

    async def callback(self, interaction: Interaction) -> None:
        """Show the newest in a private answer of its own."""

        async def work(by: Moderator) -> None:
            text, page = await _jobs(interaction, by, self._user_id)
            with showing("/spend user"):
                await fill(interaction, text, _jobs_view(self._user_id, page))

        await moderate(interaction, member_look(self._user_id), work)


class MemberJobsPageButton(discord.ui.DynamicItem[Button], template=rf"spend-jobs-page:{_USER}:{_WAY}"):
    """Turns to another page of what a member made."""

    def __init__(self, user_id: int, label: str, way: str) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"spend-jobs-page:{user_id}:{way}"))
        self._user_id = user_id
        self._way = way

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["user"]), getattr(item, "label", None) or "", match["way"])

    async def callback(self, interaction: Interaction) -> None:
        """Show the page in the place of the one that stands there."""

        async def work(by: Moderator) -> None:
            text, page = await _jobs(interaction, by, self._user_id, self._way)
            with showing("/spend user"):
                await change(interaction, text, _jobs_view(self._user_id, page))

        await moderate_in_place(interaction, member_look(self._user_id), work)


class MemberRecordButton(discord.ui.DynamicItem[Button], template=rf"spend-record:{_USER}"):
    """Tells what a member was refused, and what moderators did about them."""

    def __init__(self, user_id: int) -> None:
        label = "Refusals and decisions"
        super().__init__(discord.ui.Button(label=label, custom_id=f"spend-record:{user_id}"))
        self._user_id = user_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["user"]))

    async def callback(self, interaction: Interaction) -> None:
        """Show both in a private answer of its own."""

        async def work(by: Moderator) -> None:
            account = Account(by.guild_id, require_id(self._user_id))
            text = await desk_of(interaction).reporting.record(account)
            with showing("/spend user"):
                await fill(interaction, text)

        await moderate(interaction, member_look(self._user_id), work)


class SpendersPageButton(
    discord.ui.DynamicItem[Button], template=r"spend-server:(?P<period>day|week|month|all):(?P<page>[0-9]{1,5})"
):
    """Turns to another page of who spent the most."""

    def __init__(self, label: str, period: ReportPeriod, page: int) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"spend-server:{period}:{page}"))
        self._period = period
        self._page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        label = getattr(item, "label", None) or ""
        return cls(label, ReportPeriod(match["period"]), min(int(match["page"]), _PAGES))

    async def callback(self, interaction: Interaction) -> None:
        """Show the page in the place of the one that stands there; the chart stays."""

        async def work(by: Moderator) -> None:
            text, more, _ = await desk_of(interaction).reporting.server(by.guild_id, self._period, self._page)
            with showing("/spend server"):
                await change(interaction, text, _spenders_view(self._period, self._page, more=more))

        await moderate_in_place(interaction, SERVER_LOOK, work)


SERVER_LOOK: Final = Tried("/spend server", ActionKind.LOOK)
"""What somebody tries who asks what a server spent."""


def member_look(user_id: int) -> Tried:
    """Tell what somebody tries who asks what a member spent."""
    return Tried("/spend user", ActionKind.LOOK, About.MEMBER, user_id)


async def show_usage(interaction: Interaction, period: ReportPeriod) -> None:
    """Fill an interaction's answer with its person's own spend."""
    account = account_of(interaction)
    report = await desk_of(interaction).reporting.own(account, role_ids_of(interaction.user), period)
    with showing("/usage"):
        await _fill(interaction, report.text, None, report.chart)


async def show_member(
    interaction: Interaction, by: Moderator, member: discord.User | discord.Member, period: ReportPeriod
) -> None:
    """Fill an interaction's answer with what a member spent on the server where it was asked."""
    account = Account(by.guild_id, member.id)
    report = await desk_of(interaction).reporting.member(account, role_ids_of(member), period)
    view = discord.ui.View(timeout=None)
    view.add_item(MemberJobsButton(member.id))
    view.add_item(MemberRecordButton(member.id))
    with showing("/spend user"):
        await _fill(interaction, report.text, view, report.chart)


async def show_server(interaction: Interaction, by: Moderator, period: ReportPeriod) -> None:
    """Fill an interaction's answer with what the server spent where it was asked."""
    reporting = desk_of(interaction).reporting
    text, more, spending = await reporting.server(by.guild_id, period, 0)
    chart = await reporting.server_chart(spending)
    with showing("/spend server"):
        await _fill(interaction, text, _spenders_view(period, 0, more=more), chart)


async def _fill(interaction: Interaction, text: str, view: discord.ui.View | None, chart: Drawn | None) -> None:
    if chart is not None:
        file = discord.File(BytesIO(chart.png), "spending.png", description=chart.alt)
        try:
            await fill(interaction, text, view, [file])
        except discord.Forbidden as refused:  # the words may do where files may not be attached
            _log.info("chart.not_taken", interaction=interaction.id, reason=str(refused))
        else:
            return
    await fill(interaction, text, view)


async def _jobs(
    interaction: Interaction, by: Moderator, user_id: int, way: str | None = None
) -> tuple[str, Lines]:
    account = Account(by.guild_id, require_id(user_id))
    return await desk_of(interaction).reporting.jobs(account, None if way is None else _read(way))


def _jobs_view(user_id: int, page: Lines) -> discord.ui.View | None:
    if not page.newer and not page.older:
        return None
    view = discord.ui.View(timeout=None)
    if page.newer:
        way = _written(Direction.NEWER, Mark.of(page.lines[0].job))
        view.add_item(MemberJobsPageButton(user_id, "◀ Newer", way))
    if page.older:
        way = _written(Direction.OLDER, Mark.of(page.lines[-1].job))
        view.add_item(MemberJobsPageButton(user_id, "Older ▶", way))
    return view


def _spenders_view(period: ReportPeriod, page: int, *, more: bool) -> discord.ui.View | None:
    if not page and not more:
        return None
    view = discord.ui.View(timeout=None)
    if page:
        view.add_item(SpendersPageButton("◀ Before", period, page - 1))
    if more:
        view.add_item(SpendersPageButton("After ▶", period, page + 1))
    return view


def _written(direction: Direction, mark: Mark) -> str:
    return f"{direction}:{mark.accepted_at}:{mark.job_id}"


def _read(way: str) -> tuple[Direction, Mark]:
    direction, accepted_at, job_id = way.split(":")
    return Direction(direction), Mark(int(accepted_at), require_id(int(job_id)))
