"""/spend block and /spend unblock: stop a member, and let them go on."""

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.domain.moderation.actions import About, ActionKind
from bot.features.moderation.services import ModerationServices
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.people import require_known
from bot.interactions.responses import show
from bot.interactions.rights import Attempt, require_moderator
from bot.moderation.typed import DAYS_MAX, REASON_MAX, checked_days, checked_reason
from bot.wording import commands
from bot.wording.blocks import blocked_text, unblocked_text


@app_commands.command(name="block", description=commands.SPEND_BLOCK.description)
@app_commands.describe(**commands.SPEND_BLOCK.options)
@privately
async def block(
    interaction: Interaction,
    member: discord.User,
    reason: Range[str, 1, REASON_MAX],
    tell: Range[str, 1, REASON_MAX] | None = None,
    days: Range[int, 1, DAYS_MAX] | None = None,
) -> None:
    """Stop a member, and tell what holds."""
    attempt = Attempt("/spend block", ActionKind.BLOCK, About.MEMBER, member.id)
    by = await require_moderator(interaction, attempt)
    require_known(member=member)
    why = checked_reason(reason)
    told = None if tell is None else checked_reason(tell, "tell")
    lasting = None if days is None else checked_days(days)
    made = await ModerationServices.of(interaction).moderation.block(by, member.id, why, lasting, told)
    await show(interaction, blocked_text(made), None)


@app_commands.command(name="unblock", description=commands.SPEND_UNBLOCK.description)
@app_commands.describe(**commands.SPEND_UNBLOCK.options)
@privately
async def unblock(
    interaction: Interaction, member: discord.User, reason: Range[str, 1, REASON_MAX] | None = None
) -> None:
    """Let a blocked member go on."""
    attempt = Attempt("/spend unblock", ActionKind.UNBLOCK, About.MEMBER, member.id)
    by = await require_moderator(interaction, attempt)
    require_known(member=member)
    why = None if reason is None else checked_reason(reason)
    lifted = await ModerationServices.of(interaction).moderation.unblock(by, member.id, why)
    await show(interaction, unblocked_text(member.id, lifted=lifted), None)
