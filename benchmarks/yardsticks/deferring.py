"""Ten lines of discord.py that only defer: `python -m benchmarks.yardsticks.deferring [asyncio|uvloop]`."""

import asyncio
import os
import sys

import discord
import yarl
from discord import app_commands


@app_commands.command(description="Defer")
async def imagine(interaction: discord.Interaction, prompt: str, spoiler: bool) -> None:  # noqa: ARG001 - it only defers
    """Defer, as the real one's command of that name begins."""
    await interaction.response.defer(thinking=True)


async def main() -> None:
    """Hear until it is ended."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        tree = app_commands.CommandTree(client)
        tree.add_command(imagine)
        await client.login(os.environ["DISCORD_TOKEN"])
        await tree.sync()
        await client.connect()


if __name__ == "__main__":
    discord.http.Route.BASE = os.environ["DISCORD_API_URL"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    if sys.argv[1:] == ["uvloop"]:
        import uvloop

        uvloop.run(main())
    else:
        asyncio.run(main())
