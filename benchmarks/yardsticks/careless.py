"""A bot that keeps nothing: `python -m benchmarks.yardsticks.careless`.

What people see of it is what they see of the real one: the answer, "painting", a thread with the picture and its
buttons, and the answer once more with what came of it; so it asks Discord and Spark for the same things. It looks
every five seconds, and has no database, no budgets, no queue, no second try, no checks; what is under way when it
ends is lost, paid or not. It says less and in fixed words, and shows no forecast.
"""

import asyncio
import io
import os
from typing import Any, Final

import aiohttp
import discord
import yarl
from discord import app_commands

_LOOK: Final = 5.0
_SPARK: Final = os.environ.get("SPARK_BASE_URL", "")
_KEY: Final = {"Authorization": f"Bearer {os.environ.get('SPARK_API_KEY', '')}"}
_BUTTONS: Final = ("Again", "Edit", "Style", "Portrait", "⋯ More")


class Careless(discord.Client):
    """The bot, with one session for Spark."""

    spark: aiohttp.ClientSession

    async def paint(self, prompt: str) -> bytes:
        """Have Spark paint, and give the picture."""
        params = {"prompt": prompt, "width": 1328, "height": 1328}
        body = {"model": "spark_t2i_3_0", "input": [{"params": params}]}
        async with self.spark.post("/model/v1/generation", json=body) as answer:
            task: dict[str, Any] = await answer.json()
        while task["status"] != "completed":
            await asyncio.sleep(_LOOK)
            async with self.spark.get(f"/model/v1/generation/task/{task['id']}") as answer:
                task = await answer.json()
        async with self.spark.get(task["output"][0]["content"][0]["url"]) as answer:
            return await answer.read()


def buttons(*labels: str) -> discord.ui.View:
    """Build buttons that do nothing."""
    view = discord.ui.View(timeout=None)
    for label in labels:
        view.add_item(discord.ui.Button(label=label, custom_id=label))
    view.stop()  # else discord.py keeps it
    return view


@app_commands.command(description="Paint")
async def imagine(interaction: discord.Interaction[Careless], prompt: str, spoiler: bool) -> None:
    """Paint from words."""
    await interaction.response.defer(thinking=True)
    painting = asyncio.create_task(interaction.client.paint(prompt))
    head = await interaction.edit_original_response(content=f"🎨 Painting {prompt}", view=buttons("Cancel"))
    picture = await painting
    channel = interaction.channel
    if not isinstance(channel, discord.TextChannel):
        raise TypeError("threads are opened in text channels")
    thread = await channel.get_partial_message(head.id).create_thread(name=prompt)
    await thread.send(
        f"{interaction.user.mention} here is your picture.",
        file=discord.File(io.BytesIO(picture), "picture.png", spoiler=spoiler),
        view=buttons(*_BUTTONS),
        allowed_mentions=discord.AllowedMentions(users=[interaction.user]),
    )
    await interaction.edit_original_response(content=f"🖼️ {prompt}", view=None)


async def main() -> None:
    """Hear until it is ended."""
    intents = discord.Intents(guilds=True)
    async with (
        Careless(intents=intents, max_messages=None) as client,
        aiohttp.ClientSession(_SPARK, headers=_KEY) as client.spark,
    ):
        tree = app_commands.CommandTree(client)
        tree.add_command(imagine)
        await client.login(os.environ["DISCORD_TOKEN"])
        await tree.sync()
        await client.connect()


if __name__ == "__main__":
    discord.http.Route.BASE = os.environ["DISCORD_API_URL"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    asyncio.run(main())
