"""The members that moderators look at: their roles, as far as Discord tells them."""

import discord

from bot.domain.refusals import Refusal, Refuser
from bot.interactions import Interaction
from bot.interactions.responses import LOST
from bot.wording.options import wrong


def require_known(**named: object | None) -> None:
    """Raise `Refusal` where an option names somebody, or a role, that Discord does not tell of."""
    for option, value in named.items():
        if value is not None and not isinstance(value, discord.User | discord.Member | discord.Role):
            raise wrong(option, "Discord does not know it", f"Choose a {option} from what Discord offers.")


def role_ids_of(person: discord.User | discord.Member) -> frozenset[int]:
    """Give the roles of somebody whom a command names; somebody who has left has none."""
    return frozenset(role.id for role in person.roles) if isinstance(person, discord.Member) else frozenset()


async def fetched_role_ids(interaction: Interaction, user_id: int) -> frozenset[int]:
    """Ask Discord for the roles of a member of the server; somebody who has left has none."""
    if interaction.guild is None:
        return frozenset()
    try:
        return role_ids_of(await interaction.guild.fetch_member(user_id))
    except discord.NotFound:
        return frozenset()
    except (discord.HTTPException, *LOST) as error:
        raise Refusal(
            Refuser.DISCORD,
            "to show this now",
            "It is in trouble, cannot be reached, or does not let the bot look at this member.",
            "Try again in a minute.",
        ) from error
