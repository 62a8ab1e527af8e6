"""What moderators read of money: /spend user and /spend server, with their charts, buttons and pages."""

from typing import Annotated, Final

import discord

from bot.domain.budgets import Account
from bot.domain.history import WAY, Way
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.spending import ReportPeriod
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import in_place, privately
from bot.interactions.items import Button, Codec, PersistentItem, one_of
from bot.interactions.origins import role_ids_of
from bot.interactions.pages import Part, divided, page_of, row, show_page, show_report
from bot.interactions.responses import showing
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.service import Moderator
from bot.orders.periods import REPORTED
from bot.orders.repeats import require_id
from bot.wording.pages import AFTER, BEFORE, NEWER, OLDER
from bot.wording.reports import JOBS, RECORD

_PAGES: Final = 10_000
"""Beyond this no page is looked for."""


def _page_of(written: str) -> int:
    return min(int(written), _PAGES)


class MemberJobsButton(PersistentItem[Button], custom_id="spend-jobs:{user_id}"):
    """Lists what a member made."""

    user_id: int

    def _draw(self) -> Button:
        return Button(label=JOBS)

    @privately
    async def callback(self, interaction: Interaction) -> None:
        """Show the newest in a private answer of its own."""
        by = await require_moderator(interaction, member_look(self.user_id))
        await _show_jobs(interaction, by, self.user_id)


class MemberJobsPageButton(PersistentItem[Button], custom_id="spend-jobs-page:{user_id}:{way}"):
    """Turns to another page of what a member made."""

    user_id: int
    way: Annotated[Way, Codec(WAY, Way.parse)]
    label: str = ""

    def _draw(self) -> Button:
        return Button(label=self.label)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Show the page in the place of the one that stands there."""
        by = await require_moderator(interaction, member_look(self.user_id))
        await _show_jobs(interaction, by, self.user_id, self.way)


class MemberRecordButton(PersistentItem[Button], custom_id="spend-record:{user_id}"):
    """Tells what a member was refused, and what moderators did about them."""

    user_id: int

    def _draw(self) -> Button:
        return Button(label=RECORD)

    @privately
    async def callback(self, interaction: Interaction) -> None:
        """Show both in a private answer of its own."""
        by = await require_moderator(interaction, member_look(self.user_id))
        account = Account(by.guild_id, require_id(self.user_id))
        blocks = await ModerationServices.of(interaction).reporting.record(account)
        with showing("/spend user"):
            await show_page(interaction, page_of(*divided(blocks)))


class SpendersPageButton(PersistentItem[Button], custom_id="spend-server:{period}:{page}"):
    """Turns to another page of who spent the most."""

    period: Annotated[ReportPeriod, one_of(*REPORTED)]
    page: Annotated[int, Codec("[0-9]{1,5}", _page_of)]
    label: str = ""

    def _draw(self) -> Button:
        return Button(label=self.label)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Show the page in the place of the one that stands there; the first one is the report itself."""
        by = await require_moderator(interaction, SERVER_LOOK)
        if not self.page:
            await show_server(interaction, by, self.period)
            return
        reporting = ModerationServices.of(interaction).reporting
        blocks, more = await reporting.spenders(by.guild_id, self.period, self.page)
        with showing("/spend server"):
            await show_page(interaction, page_of(*blocks, _turns(self.period, self.page, more=more)))


SERVER_LOOK: Final = Attempt("/spend server", ActionKind.LOOK)
"""What somebody tries who asks what a server spent."""


def member_look(user_id: int) -> Attempt:
    """Tell what somebody tries who asks what a member spent."""
    return Attempt("/spend user", ActionKind.LOOK, About.MEMBER, user_id)


async def show_member(
    interaction: Interaction, by: Moderator, member: discord.User | discord.Member, period: ReportPeriod
) -> None:
    """Fill an interaction's answer with what a member spent on the server where it was asked."""
    account = Account(by.guild_id, member.id)
    report = await ModerationServices.of(interaction).reporting.member(account, role_ids_of(member), period)
    buttons = row(MemberJobsButton(member.id), MemberRecordButton(member.id))
    with showing("/spend user"):
        await show_report(interaction, report.blocks, report.standing, report.chart, buttons)


async def show_server(interaction: Interaction, by: Moderator, period: ReportPeriod) -> None:
    """Fill an interaction's answer with what the server spent where it was asked."""
    report = await ModerationServices.of(interaction).reporting.server(by.guild_id, period)
    turns = _turns(period, 0, more=report.more)
    with showing("/spend server"):
        await show_report(interaction, report.blocks, report.standing, report.chart, turns)


async def _show_jobs(interaction: Interaction, by: Moderator, user_id: int, way: Way | None = None) -> None:
    account = Account(by.guild_id, require_id(user_id))
    blocks, page = await ModerationServices.of(interaction).reporting.jobs(account, way)
    turns = []
    if page.newer:
        turns.append(MemberJobsPageButton(user_id, Way.newer_than(page.lines[0].job), NEWER))
    if page.older:
        turns.append(MemberJobsPageButton(user_id, Way.older_than(page.lines[-1].job), OLDER))
    with showing("/spend user"):
        await show_page(interaction, page_of("\n".join(blocks), row(*turns)))


def _turns(period: ReportPeriod, page: int, *, more: bool) -> Part | None:
    turns = []
    if page:
        turns.append(SpendersPageButton(period, page - 1, BEFORE))
    if more:
        turns.append(SpendersPageButton(period, page + 1, AFTER))
    return row(*turns)
