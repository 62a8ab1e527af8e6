"""The pages of limits: of a member, of the whole server, and of all that is set on it."""

from collections.abc import Callable
from typing import Annotated

import discord

from bot.domain.budgets import Account, Scope
from bot.domain.moderation.actions import ActionKind
from bot.domain.moderation.in_force import Allowance
from bot.domain.standing import standing
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import in_place
from bot.interactions.items import Button, Codec, PersistentItem
from bot.interactions.origins import role_ids_of
from bot.interactions.pages import page_of, row, show_page
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.service import Moderator
from bot.wording.limits import LIMITS_PER_PAGE, by_subject, limits_page, server_text
from bot.wording.pages import BACK, NEXT


class LimitsPageButton(PersistentItem[Button], custom_id="spend-limits:{first}"):
    """Turns to another page."""

    first: Annotated[int, Codec("[0-9]{1,6}", int)]
    """The number of the page's first subject."""
    label: str = ""

    def _draw(self) -> Button:
        return Button(label=self.label)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Show the page in the place of the one that stands there."""
        by = await require_moderator(interaction, Attempt("/spend limit", ActionKind.LIMIT))
        await show_limits(interaction, by, self.first)


async def show_limits(interaction: Interaction, by: Moderator, first: int = 0) -> None:
    """Fill an interaction's answer with a page of the server's limits, from the `first` subject on."""
    moderation = ModerationServices.of(interaction).moderation
    limits = await moderation.limits_set(by.guild_id)
    subjects = len(by_subject(limits))
    if first >= subjects:
        first = 0
    turns = []
    if first:
        turns.append(LimitsPageButton(max(0, first - LIMITS_PER_PAGE), BACK))
    if first + LIMITS_PER_PAGE < subjects:
        turns.append(LimitsPageButton(first + LIMITS_PER_PAGE, NEXT))
    await show_page(interaction, page_of(limits_page(limits, first, moderation.ceilings), row(*turns)))


async def show_allowance(
    interaction: Interaction,
    by: Moderator,
    member: discord.User | discord.Member,
    words: Callable[[Allowance], str],
) -> None:
    """Fill an interaction's answer with what holds for a member now, in some words."""
    jobs = ModerationServices.of(interaction).jobs
    budgets = await jobs.budgets(Account(by.guild_id, member.id), role_ids_of(member))
    own = standing(each for each in budgets if each.scope is Scope.PERSON)
    page = page_of(words(await allowance_of(interaction, by, member)), standing=own)
    await show_page(interaction, page)


async def allowance_of(
    interaction: Interaction, by: Moderator, member: discord.User | discord.Member
) -> Allowance:
    """Read what holds for a member now."""
    moderation = ModerationServices.of(interaction).moderation
    return await moderation.allowance(Account(by.guild_id, member.id), role_ids_of(member))


async def show_server_limits(interaction: Interaction, by: Moderator, *, changed: bool | None) -> None:
    """Fill an interaction's answer with what holds for the whole server now, and whether that was changed."""
    services, nobody = ModerationServices.of(interaction), Account(by.guild_id, 0)
    limits = (await services.moderation.allowance(nobody, frozenset())).limits
    budgets = await services.jobs.budgets(nobody, frozenset())
    own = standing(each for each in budgets if each.scope is Scope.GUILD)
    words = server_text([each for each in limits if each.scope is Scope.GUILD], changed=changed)
    await show_page(interaction, page_of(words, standing=own))
