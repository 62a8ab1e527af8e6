"""/spend limit: set, show or take away the limits of a member, a role or the whole server."""

from collections.abc import Callable
from functools import partial

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.domain.budgets import Period
from bot.domain.limits import Subject
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.moderation.in_force import Allowance
from bot.features.moderation.limit_pages import allowance_of, show_allowance, show_limits, show_server_limits
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.pages import page_of, show_page
from bot.interactions.people import require_known
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.service import Whose
from bot.moderation.typed import typed_amount
from bot.orders.options import checked_choice, given
from bot.wording import commands
from bot.wording.limits import allowance_text, changed_text, nothing_set_text, role_text
from bot.wording.moderators_options import amount_not_set, member_and_role, no_amount

_SET, _SHOW, _CLEAR = _ACTIONS = ("set", "show", "clear")


@app_commands.command(name="limit", description=commands.SPEND_LIMIT.description)
@app_commands.describe(**commands.SPEND_LIMIT.options)
@app_commands.choices(action=[Choice(name=name, value=name) for name in _ACTIONS])
@privately
async def limit(
    interaction: Interaction,
    action: str,
    member: discord.User | None = None,
    role: discord.Role | None = None,
    day: str | None = None,
    month: str | None = None,
) -> None:
    """Set, show or take away limits."""
    about, subject_id = (About.ROLE, role.id) if role else (About.MEMBER, member.id) if member else (None, None)
    attempt = Attempt("/spend limit", ActionKind.LIMIT, about or About.GUILD, subject_id)

    by = await require_moderator(interaction, attempt)
    require_known(member=member, role=role)
    chosen = checked_choice("action", action, {each: each for each in _ACTIONS})
    amounts = {Period(period): typed_amount(period, text) for period, text in given(day=day, month=month).items()}
    _require_consistent(chosen, member, role, amounts)
    if chosen == _SHOW and member is None and role is None:
        await show_limits(interaction, by)
        return
    moderation, whose = ModerationServices.of(interaction).moderation, _whose(member, role)
    before = None if member is None else await allowance_of(interaction, by, member)
    changed = None
    if chosen == _SET:
        await moderation.set_limit(by, whose, amounts)
        changed = True
    elif chosen == _CLEAR:
        changed = await moderation.clear_limit(by, whose)
    if member is not None and before is not None:
        words = _words_for(member.id, before, changed=changed)
        await show_allowance(interaction, by, member, words)
    elif whose.subject is Subject.ROLE:
        limits = await moderation.limits_set(by.guild_id)
        await show_page(interaction, page_of(role_text(whose.subject_id, limits, changed=changed)))
    else:
        await show_server_limits(interaction, by, changed=changed)


def _words_for(user_id: int, before: Allowance, *, changed: bool | None) -> Callable[[Allowance], str]:
    if changed:
        return partial(changed_text, user_id, before)
    return partial(allowance_text if changed is None else nothing_set_text, user_id)


def _require_consistent(
    action: str, member: object | None, role: object | None, amounts: dict[Period, int]
) -> None:
    if member is not None and role is not None:
        raise member_and_role()
    if action == _SET and not amounts:
        raise no_amount()
    if action != _SET and amounts:
        raise amount_not_set(action)


def _whose(member: discord.User | discord.Member | None, role: discord.Role | None) -> Whose:
    if member is not None:
        return Whose(Subject.MEMBER, member.id)
    return Whose(Subject.GUILD) if role is None else Whose(Subject.ROLE, role.id)
