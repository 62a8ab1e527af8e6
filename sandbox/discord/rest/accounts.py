"""Who the bot is, where its gateway is, and its DMs."""

from sandbox.discord.payloads import people, places
from sandbox.discord.rest.call import Answer, Call
from sandbox.discord.rules.errors import UNKNOWN_USER, DiscordError
from sandbox.discord.rules.request_fields import Form

_IDENTIFIES_A_DAY = 1000


def get_own_user(call: Call) -> Answer:
    """Answer GET /users/@me."""
    return Answer(people.own_user(call.bot))


def get_own_application(call: Call) -> Answer:
    """Answer GET /oauth2/applications/@me."""
    return Answer(people.application(call.world.application, guild_count=len(call.world.guilds)))


def get_gateway(call: Call) -> Answer:
    """Answer GET /gateway/bot."""
    used = call.service.events.gateway.identified
    return Answer(
        {
            "url": call.service.address.gateway,
            "shards": 1,
            "session_start_limit": {
                "total": _IDENTIFIES_A_DAY,
                "remaining": max(0, _IDENTIFIES_A_DAY - used),
                "reset_after": 24 * 60 * 60 * 1000,
                "max_concurrency": 1,
            },
        }
    )


def open_direct_messages(call: Call) -> Answer:
    """Answer POST /users/@me/channels."""
    form = Form()
    user_id = form.snowflake(("recipient_id",), call.form.get("recipient_id"))
    form.check()
    user = call.world.users.get(user_id or 0)
    if user is None or user is call.bot:
        raise DiscordError(UNKNOWN_USER)
    return Answer(places.channel(call.world.direct_messages(user), reader_id=call.bot.id))
