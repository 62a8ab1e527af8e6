"""/spend grant: more for one member, for a while."""

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.domain.moderation.actions import About, ActionKind
from bot.domain.moderation.decisions import USUAL_DAYS
from bot.features.moderation.limit_pages import show_allowance
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.origins import role_ids_of
from bot.interactions.people import require_known
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.typed import DAYS_MAX, REASON_MAX, checked_days, checked_reason, typed_amount
from bot.wording import commands
from bot.wording.limits import allowance_text, granted_text, grants_ended_text


@app_commands.command(name="grant", description=commands.SPEND_GRANT.description)
@app_commands.describe(**commands.SPEND_GRANT.options)
@privately
async def grant(
    interaction: Interaction,
    member: discord.User,
    amount: Range[str, 1, 20],
    reason: Range[str, 1, REASON_MAX],
    days: Range[int, 1, DAYS_MAX] = USUAL_DAYS,
) -> None:
    """Give a member more, or end what they were given."""
    attempt = Attempt("/spend grant", ActionKind.GRANT, About.MEMBER, member.id)
    by = await require_moderator(interaction, attempt)
    require_known(member=member)
    moderation, roles = ModerationServices.of(interaction).moderation, role_ids_of(member)
    nano, why, lasting = typed_amount("amount", amount), checked_reason(reason), checked_days(days)
    if nano:
        done = granted_text(await moderation.grant(by, member.id, roles, nano, why, lasting))
    else:
        done = grants_ended_text(member.id, await moderation.end_grants(by, member.id, why))
    await show_allowance(
        interaction, by, member, lambda allowance: f"{done}\n{allowance_text(member.id, allowance)}"
    )
