"""/spend limit: set, show or take away the limits of a member, a role or the whole server."""

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.domain.budgets import Account, Period, Scope
from bot.domain.limits import Subject
from bot.domain.moderation.actions import About, ActionKind
from bot.features.moderation.limit_pages import show_limits
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.origins import role_ids_of
from bot.interactions.people import require_known
from bot.interactions.responses import show
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.service import Moderator, Whose
from bot.moderation.typed import typed_amount
from bot.orders.options import checked_choice, given
from bot.wording import commands
from bot.wording.limits import LIMIT_SET, LIMIT_TAKEN_AWAY, NO_LIMIT_SET, allowance_text, role_text, server_text
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
    services, whose = ModerationServices.of(interaction), _whose(member, role)
    done = []
    if chosen == _SET:
        await services.moderation.set_limit(by, whose, amounts)
        done.append(LIMIT_SET)
    elif chosen == _CLEAR:
        cleared = await services.moderation.clear_limit(by, whose)
        done.append(LIMIT_TAKEN_AWAY if cleared else NO_LIMIT_SET)
    await show(interaction, " ".join([*done, await _what_holds(services, by, whose, member)]), None)


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


async def _what_holds(
    services: ModerationServices, by: Moderator, whose: Whose, member: discord.User | discord.Member | None
) -> str:
    if member is not None:
        account = Account(by.guild_id, member.id)
        return allowance_text(member.id, await services.moderation.allowance(account, role_ids_of(member)))
    if whose.subject is Subject.ROLE:
        return role_text(whose.subject_id, await services.moderation.limits_set(by.guild_id))
    nobody = await services.moderation.allowance(Account(by.guild_id, 0), frozenset())
    return server_text([each for each in nobody.limits if each.scope is Scope.GUILD])
