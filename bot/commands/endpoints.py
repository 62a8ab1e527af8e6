"""Where discord.py looks for Discord: internals of 2.7, set in this one place."""

import discord.gateway
import discord.http
import yarl


def point_discord_at(api_url: str, gateway_url: str) -> None:
    """Send discord.py's requests to `api_url` and its gateway to `gateway_url`; for the whole process."""
    discord.http.Route.BASE = api_url.rstrip("/")
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
