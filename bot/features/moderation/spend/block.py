"""/spend block and /spend unblock: stop a member, and let them go on."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.domain.moderation.actions import About, ActionKind
from bot.domain.moderation.typed import DAYS_MAX, REASON_MAX, checked_days, checked_reason
from bot.interactions import Interaction
from bot.interactions.desk import desk_of
from bot.interactions.people import require_known
from bot.interactions.responses import change
from bot.interactions.rights import Tried, moderate
from bot.moderation.service import Moderator
from bot.usage.blocks import blocked_text, unblocked_text


def block_command() -> app_commands.Command[Any, ..., None]:
    """Build the command."""

    @app_commands.command(name="block", description="Stop a member from making pictures here.")
    @app_commands.describe(
        member="Whom to stop.",
        reason="Why; moderators alone see it.",
        tell="What the member is told; without it, only that they are blocked.",
        days="For how many days; without it, until a moderator lifts it.",
    )
    async def block(
        interaction: Interaction,
        member: discord.User,
        reason: Range[str, 1, REASON_MAX],
        tell: Range[str, 1, REASON_MAX] | None = None,
        days: Range[int, 1, DAYS_MAX] | None = None,
    ) -> None:
        async def work(by: Moderator) -> None:
            require_known(member=member)
            why = checked_reason(reason)
            told = None if tell is None else checked_reason(tell, "tell")
            lasting = None if days is None else checked_days(days)
            made = await desk_of(interaction).moderation.block(by, member.id, why, lasting, told)
            await change(interaction, blocked_text(made), None)

        tried = Tried("/spend block", ActionKind.BLOCK, About.MEMBER, member.id)
        await moderate(interaction, tried, work)

    return block


def unblock_command() -> app_commands.Command[Any, ..., None]:
    """Build the command."""

    @app_commands.command(name="unblock", description="Let a blocked member make pictures again.")
    @app_commands.describe(member="Whom to let go on.", reason="Why; the record keeps it.")
    async def unblock(
        interaction: Interaction, member: discord.User, reason: Range[str, 1, REASON_MAX] | None = None
    ) -> None:
        async def work(by: Moderator) -> None:
            require_known(member=member)
            why = None if reason is None else checked_reason(reason)
            lifted = await desk_of(interaction).moderation.unblock(by, member.id, why)
            await change(interaction, unblocked_text(member.id, lifted=lifted), None)

        tried = Tried("/spend unblock", ActionKind.UNBLOCK, About.MEMBER, member.id)
        await moderate(interaction, tried, work)

    return unblock
