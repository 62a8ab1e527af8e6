"""Whether Discord has the bot: its token, its gateway, its intents, its shards and its servers."""

from collections.abc import AsyncIterator, Iterator

from bot.gateway.bot_permissions import NoStanding, Standing, standing
from bot.gateway.discord_internals import point_discord_at
from bot.gateway.refusals import INTENT_OFF
from bot.operator.checks.findings import Finding, note
from bot.settings import DiscordSettings, SettingsInvalid, required


async def discord_findings(settings: DiscordSettings) -> AsyncIterator[Finding]:
    """Ask Discord over REST, and its gateway for a greeting."""
    try:
        token = required(settings.token, "discord", "token")
        point_discord_at(settings.api_url, settings.gateway_url)
        found = await standing(token, settings.assets_channel_id)
    except (SettingsInvalid, NoStanding) as refused:
        yield Finding("discord", False, str(refused))
        return
    yield Finding("discord", True, f"the token is that of {found.name}")
    for finding in _connection(settings, found):
        yield finding
    for finding in _servers(found):
        yield finding


def _connection(settings: DiscordSettings, found: Standing) -> Iterator[Finding]:
    if found.gateway_fault:
        text = f"discord.gateway_url: {found.gateway}: {found.gateway_fault}; mend it, or leave it out"
        yield Finding("gateway", False, text)
    else:
        yield Finding("gateway", True, f"{found.gateway} answers")
    if settings.message_content and not found.message_content:
        yield Finding("intents", False, INTENT_OFF)
    if found.assets_fault:
        text = f"discord.assets_channel_id: {found.assets_fault}; mend it, or let the bot see that channel"
        yield Finding("assets", False, text)
    own = len(settings.shards.ids) if settings.shards else found.advised_shards
    if own > found.starts_left:
        yield Finding(
            "shards",
            False,
            f"Discord lets {found.starts_left} more shards connect today, and these settings have {own}; "
            "mend discord.shard_count, or wait for the next day",
        )


def _servers(found: Standing) -> Iterator[Finding]:
    if found.public:
        yield note("access", "anybody may add the bot to a server: Public Bot is on (Developer Portal → Bot)")
    if not found.lacking:
        yield Finding("servers", True, "the bot is on no server yet; invite it as the README says")
    for server, lacking in found.lacking:
        text = f"lacks {lacking}" if lacking else "has every permission that it needs"
        yield Finding("servers", not lacking, f"{server}: the bot {text}")
