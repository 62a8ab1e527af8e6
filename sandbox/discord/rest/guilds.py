"""Which servers the bot is in, what it may do there, and what AutoMod stops."""

from sandbox.discord.model.guilds import Guild
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.payloads import people, places
from sandbox.discord.rest.call import Answer, Call
from sandbox.discord.rules.access import guild_permissions
from sandbox.discord.rules.errors import MISSING_PERMISSIONS, UNKNOWN_GUILD, UNKNOWN_MEMBER, DiscordError

_PAGE = 200


def list_own_guilds(call: Call) -> Answer:
    """Answer GET /users/@me/guilds."""
    after = int(call.query.get("after") or 0)
    limit = min(int(call.query.get("limit") or _PAGE), _PAGE)
    later = sorted(guild_id for guild_id in call.world.guilds if guild_id > after)[:limit]
    return Answer(
        [
            {
                "id": str(guild.id),
                "name": guild.name,
                "icon": None,
                "banner": None,
                "owner": guild.owner_id == call.bot.id,
                "permissions": str(int(guild_permissions(guild.members[call.bot.id]))),
                "features": [],
            }
            for guild in (call.world.guilds[guild_id] for guild_id in later)
        ]
    )


def get_guild(call: Call) -> Answer:
    """Answer GET /guilds/{guild}."""
    return Answer(places.guild(_guild(call)))


def get_member(call: Call) -> Answer:
    """Answer GET /guilds/{guild}/members/{user}."""
    member = _guild(call).members.get(call.id("user"))
    if member is None:
        raise DiscordError(UNKNOWN_MEMBER)
    return Answer(people.member(member))


def list_automod_rules(call: Call) -> Answer:
    """Answer GET /guilds/{guild}/auto-moderation/rules, which is for those who manage the guild."""
    guild = _guild(call)
    if Permissions.MANAGE_GUILD not in guild_permissions(guild.members[call.bot.id]):
        raise DiscordError(MISSING_PERMISSIONS)
    return Answer([places.automod_rule(guild)] if guild.automod_words else [])


def _guild(call: Call) -> Guild:
    guild = call.world.guilds.get(call.id("guild"))
    if guild is None:
        raise DiscordError(UNKNOWN_GUILD)
    return guild
