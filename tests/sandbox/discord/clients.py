import asyncio
import contextlib
from typing import Any, Literal, TypeVar

import discord
from discord import app_commands

LEAN = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


T = TypeVar("T")


class Inbox(asyncio.Queue[T]):
    """A queue that says soon when nothing comes."""

    async def get(self) -> T:
        async with asyncio.timeout(5):
            return await super().get()


class Bot(discord.Client):
    """Hands every event to the test, which answers in its place."""

    def __init__(self, intents: discord.Intents = LEAN, **options: Any) -> None:
        super().__init__(intents=intents, chunk_guilds_at_startup=False, guild_ready_timeout=0.05, **options)
        self.tree = app_commands.CommandTree(self)
        self.interactions: Inbox[discord.Interaction] = Inbox()
        self.messages: Inbox[discord.Message] = Inbox()
        self.edits: Inbox[discord.RawMessageUpdateEvent] = Inbox()
        self.deletions: Inbox[discord.RawMessageDeleteEvent] = Inbox()
        self.threads: Inbox[discord.Thread] = Inbox()
        self.joins: Inbox[discord.Guild] = Inbox()
        self.lefts: Inbox[discord.Guild] = Inbox()
        self.resumes = 0
        self._running: asyncio.Task[None] | None = None
        self.tree.command(name="imagine", description="Paint a picture")(_imagine)
        self.tree.add_command(_spend)

    async def begin(self) -> None:
        await self.login("sandbox-token")
        self._running = asyncio.create_task(self.connect())
        await asyncio.wait(
            [self._running, ready := asyncio.create_task(self.wait_until_ready())],
            return_when=asyncio.FIRST_COMPLETED,
        )
        if not ready.done():
            ready.cancel()
            self._running.result()

    async def end(self) -> None:
        await self.close()
        if self._running is not None:
            with contextlib.suppress(discord.ConnectionClosed):
                await self._running

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: discord.py would wait five real seconds."""

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.interactions.put_nowait(interaction)

    async def on_message(self, message: discord.Message) -> None:
        self.messages.put_nowait(message)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        self.edits.put_nowait(event)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        self.deletions.put_nowait(event)

    async def on_thread_create(self, thread: discord.Thread) -> None:
        self.threads.put_nowait(thread)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.joins.put_nowait(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.lefts.put_nowait(guild)

    async def on_resumed(self) -> None:
        self.resumes += 1


@app_commands.describe(prompt="What to paint", aspect="Its shape", count="How many", image="A picture")
async def _imagine(
    interaction: discord.Interaction,
    prompt: str,
    aspect: Literal["1:1", "16:9"] | None = None,
    count: app_commands.Range[int, 1, 4] = 1,
    strength: app_commands.Range[float, 0, 1] = 0.5,
    spoiler: bool = False,
    image: discord.Attachment | None = None,
) -> None:
    """Answered by the test."""


_spend = app_commands.Group(
    name="spend", description="Who spent what", default_permissions=discord.Permissions(manage_guild=True)
)


@_spend.command(name="user", description="One person's spending")
async def _spend_user(interaction: discord.Interaction, member: discord.Member) -> None:
    """Answered by the test."""


def with_menus(bot: Bot) -> Bot:
    """Give a bot two message commands, of which one is for moderators."""
    bot.tree.add_command(app_commands.ContextMenu(name="Edit image", callback=_on_message))
    guarded = app_commands.ContextMenu(name="Erase image", callback=_on_message)
    guarded.default_permissions = discord.Permissions(manage_messages=True)
    bot.tree.add_command(guarded)
    return bot


async def _on_message(interaction: discord.Interaction, message: discord.Message) -> None:
    """Answered by the test."""


STYLES = [discord.SelectOption(label=label, value=label.lower()) for label in ("Anime", "Watercolor", "Clay")]


def buttons() -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Edit…", custom_id="edit"))
    return view


def styles(**options: Any) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Select(custom_id="style", placeholder="A style", options=STYLES, **options))
    return view
