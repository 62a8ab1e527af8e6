"""The members that moderators look at: their roles, as far as Discord tells them."""

import discord

from bot.interactions import Interaction
from bot.interactions.origins import role_ids_of
from bot.interactions.responses import LOST
from bot.wording.trouble import member_not_shown, unknown_to_discord


def require_known(**named: object | None) -> None:
    """Raise `Refusal` where an option names somebody, or a role, that Discord does not tell of."""
    for option, value in named.items():
        if value is not None and not isinstance(value, discord.User | discord.Member | discord.Role):
            raise unknown_to_discord(option)


async def member_name(interaction: Interaction, user_id: int) -> str:
    """Give the name of a member as it is shown; of somebody who has left their id."""
    if interaction.guild is None:
        return str(user_id)
    try:
        return f"@{(await interaction.guild.fetch_member(user_id)).display_name}"
    except discord.NotFound:
        return str(user_id)
    except (discord.HTTPException, *LOST) as error:
        raise member_not_shown() from error


async def fetched_role_ids(interaction: Interaction, user_id: int) -> frozenset[int]:
    """Ask Discord for the roles of a member of the server; somebody who has left has none."""
    if interaction.guild is None:
        return frozenset()
    try:
        return role_ids_of(await interaction.guild.fetch_member(user_id))
    except discord.NotFound:
        return frozenset()
    except (discord.HTTPException, *LOST) as error:
        raise member_not_shown() from error
