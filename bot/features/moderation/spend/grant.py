"""/spend grant: more for one member, for a while."""

from typing import Final

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.domain.budgets import Account
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.money import usd_text
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.people import require_known, role_ids_of
from bot.interactions.responses import change
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.typed import DAYS_MAX, REASON_MAX, checked_days, checked_reason, typed_amount
from bot.wording.limits import allowance_text

_USUAL_DAYS: Final = 7


@app_commands.command(name="grant", description="Give a member more for a while, on top of their limits.")
@app_commands.describe(
    member="Who gets more.",
    amount="Dollars on top of the day's and the month's limit, such as 5; 0 ends their grants.",
    reason="Why; the record keeps it.",
    days=f"For how many days; {_USUAL_DAYS} where you choose none.",
)
@privately
async def grant(
    interaction: Interaction,
    member: discord.User,
    amount: Range[str, 1, 20],
    reason: Range[str, 1, REASON_MAX],
    days: Range[int, 1, DAYS_MAX] = _USUAL_DAYS,
) -> None:
    """Give a member more, or end what they were given."""
    attempt = Attempt("/spend grant", ActionKind.GRANT, About.MEMBER, member.id)
    by = await require_moderator(interaction, attempt)
    require_known(member=member)
    moderation, roles = ModerationServices.of(interaction).moderation, role_ids_of(member)
    nano, why, lasting = typed_amount("amount", amount), checked_reason(reason), checked_days(days)
    if nano:
        await moderation.grant(by, member.id, roles, nano, why, lasting)
        done = (
            f"**Granted.** While it lasts, {usd_text(nano)} is added to both limits; "
            "what is left of it then is gone."
        )
    else:
        ended = await moderation.end_grants(by, member.id, why)
        done = f"**Ended:** {ended} of {member.mention}'s grants." if ended else "**No grant counted there.**"
    allowance = await moderation.allowance(Account(by.guild_id, member.id), roles)
    await change(interaction, f"{done}\n{allowance_text(member.id, allowance)}", None)
