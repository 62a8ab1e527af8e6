import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, MutableMapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from bot.app import App, opened
from bot.settings import load
from sandbox.clock import MovableClock
from sandbox.discord import (
    Channel,
    DiscordSandbox,
    Guild,
    Interaction,
    InteractionState,
    Member,
    Message,
    MessageType,
)
from sandbox.discord.people.inputs import OptionInput
from sandbox.spark.journal import Submit
from sandbox.spark.server import SparkSandbox
from tests.e2e.books import Books
from tests.resting import at_rest

T = TypeVar("T")
_STILL = 0.02
"""Real seconds in which nothing happens, and next to nothing is computed, after which the clock moves on."""
_LATE = 1.1 * _STILL
"""Real seconds from which on another process has had the core: what came meanwhile is still to be worked on."""
_ROUNDS = 12
"""Of the event loop, in which that is begun."""
_LONG_STILL = 10
"""So many times that, for what waits a moment by itself."""
_PATIENCE = 100.0
"""Real seconds after which what is waited for will not come: pictures are shrunk on busy machines too."""


class Harness:
    """The production bot between both sandboxes, all on one clock that stands still unless it is moved.

    Where a test says nothing else, Spark answers a submit with the finished task, so that whole jobs go by
    without any time passing.
    """

    def __init__(
        self,
        clock: MovableClock,
        discord: DiscordSandbox,
        spark: SparkSandbox,
        books: Books,
        url: str,
        log: list[MutableMapping[str, Any]],
    ) -> None:
        self.clock = clock
        self.discord = discord
        self.spark = spark
        self.books = books
        self.log = log
        self.guild: Guild = discord.add_guild("Studio")
        self.general: Channel = discord.add_channel(self.guild, "general")
        self.alice: Member = discord.add_member(self.guild, "alice")
        self.bob: Member = discord.add_member(self.guild, "bob")
        self._url = url
        self._bot = AsyncExitStack()
        self._app: App | None = None
        self._second: App | None = None

    # the bot

    @property
    def styles(self) -> Path:
        """Where the bot looks for pictures of the styles."""
        return load(None, {"DATABASE_URL": self._url}).styles_folder

    @property
    def app(self) -> App:
        assert self._app is not None
        return self._app

    async def start(self, seed: int = 11, **settings: dict[str, Any]) -> App:
        """Start the bot, with some settings by section, and wait until it is ready."""
        self._app = await self._bot.enter_async_context(self._opened(seed, settings))
        return self._app

    @asynccontextmanager
    async def another(self, **settings: dict[str, Any]) -> AsyncIterator[App]:
        """Run a second process of the bot beside the first, on the same database; both hear everything."""
        async with self._opened(12, settings) as app:
            async with asyncio.timeout(10):
                await app.client.wait_until_ready()
            await self.until(lambda: self.app.fleet.size == app.fleet.size == 2)
            self._second = app
            try:
                yield app
            finally:
                self._second = None

    def goes_on_as(self, app: App) -> None:
        """Have the tests' questions go to another process, after the first has ended."""
        self._app, self._second = app, None

    @asynccontextmanager
    async def _opened(self, seed: int, settings: Mapping[str, dict[str, Any]]) -> AsyncIterator[App]:
        environment = {
            "DISCORD_TOKEN": "sandbox-token",
            "DISCORD_API_URL": self.discord.api_url,
            "DISCORD_GATEWAY_URL": self.discord.gateway_url,
            "DISCORD_CDN_HOSTS": f"{self.discord.cdn_host},{self.discord.media_host}",
            "SPARK_API_KEY": "sandbox-key",
            "SPARK_BASE_URL": self.spark.base_url,
            "DATABASE_URL": self._url,
            "WEB_PORT": "0",
        }
        usual = load(None, environment)
        chosen = {
            section: getattr(usual, section).model_copy(update=values) for section, values in settings.items()
        }
        async with opened(usual.model_copy(update=chosen), self.clock, random.Random(seed)) as app:
            yield app

    async def ready(self) -> None:
        """Wait until the bot hears, and Discord has its commands."""
        async with asyncio.timeout(10):
            await self.app.client.wait_until_ready()
        await self.discord.wait_for(lambda: self.discord.world.application.commands)

    async def stop(self) -> None:
        """Close the bot in order, as a signal does."""
        self._app = None
        await self._bot.aclose()

    # what people do

    async def command(
        self,
        name: str,
        member: Member | None = None,
        place: Channel | None = None,
        *,
        strict: bool = True,
        **options: OptionInput,
    ) -> Interaction:
        """Type a command and wait for its first answer; alice in #general, where no one else is named."""
        interaction = await self.discord.command(
            member or self.alice, place or self.general, name, options, strict=strict
        )
        await self.discord.wait_for(lambda: interaction.state is not InteractionState.PENDING)
        return interaction

    async def imagine(
        self,
        member: Member | None = None,
        place: Channel | None = None,
        *,
        strict: bool = True,
        **options: Any,
    ) -> Interaction:
        options.setdefault("prompt", "a red fox")
        return await self.command("/imagine", member, place, strict=strict, **options)

    async def click(self, member: Member, message: Message, button: str) -> Interaction:
        interaction = await self.discord.click(member, message, button)
        await self.discord.wait_for(lambda: interaction.state is not InteractionState.PENDING)
        return interaction

    # what is waited for

    async def until(self, holds: Callable[[], T | None], *, tick: float = 0.0) -> T:
        """Give the first true value of `holds`; where none comes about, move the clock on by `tick` seconds."""
        begun = time.monotonic()
        while time.monotonic() - begun < _PATIENCE:
            found, rested = await self._look(holds)
            if found is not None:
                return found
            if rested:
                await self.clock.advance(tick)
        raise TimeoutError("it never came true")

    async def rest(self) -> None:
        """Wait until nothing comes about any more, as long as time stands still."""
        begun, still = time.monotonic(), 0
        while still < _LONG_STILL:
            if time.monotonic() - begun > _PATIENCE:
                raise TimeoutError("something goes on")
            _, rested = await self._look(lambda: None)
            still = still + 1 if rested else 0

    async def _look(self, holds: Callable[[], T | None]) -> tuple[T | None, bool]:
        """Wait a moment for a true value of `holds`; give it, and whether nothing came about meanwhile."""
        looked, before, worked = time.monotonic(), self._bustle, time.process_time()
        with suppress(TimeoutError):
            return await self.discord.wait_for(holds, _STILL), False
        took = time.monotonic() - looked
        if took > _LATE:
            for _ in range(_ROUNDS):
                await asyncio.sleep(0)
        idle = time.process_time() - worked < _STILL / 4
        starved = took > 3 * _STILL  # whoever waits for a core is not at rest
        return None, idle and not starved and self._bustle == before and at_rest()

    @property
    def _bustle(self) -> int:
        """How much has happened so far."""
        requests = len(self.discord.requests) + len(self.discord.downloads) + len(self.spark.requests)
        return len(self.log) + requests

    async def logged(self, event: str, *, times: int = 1, tick: float = 0.0) -> None:
        """Wait until the bot has logged an event so many times."""
        await self.until(lambda: len([e for e in self.log if e["event"] == event]) >= times, tick=tick)

    def troubles(self) -> list[MutableMapping[str, Any]]:
        """Give what the log has said of troubles that began and ended."""
        return [entry for entry in self.log if "trouble" in entry]

    async def broke(self, event: str) -> MutableMapping[str, Any]:
        """Wait for an incident that a test brings about, and give its log line; it counts as no bug."""

        def found() -> MutableMapping[str, Any] | None:
            return next((entry for entry in self.log if entry["event"] == event and "incident" in entry), None)

        entry = await self.until(found)
        self.log.remove(entry)
        return entry

    async def posted(self, interaction: Interaction, *, tick: float = 0.0) -> Message:
        """Wait until a job's message stands and everything about it is done; give that message."""
        await self.until(lambda: self.posts(interaction), tick=tick)
        await self.done(tick=tick)
        return self.posts(interaction)[0]

    async def done(self, *, tick: float = 0.0) -> None:
        """Wait until no job is open and no status message is still to be edited."""
        # whichever process does the last of it sees that
        idle = [asyncio.create_task(app.worker.idle()) for app in (self.app, self._second) if app is not None]
        await self.until(lambda: any(each.done() for each in idle), tick=tick)
        for each in idle:
            each.cancel()

    async def refused(self, interaction: Interaction) -> str:
        """Wait for what only the asking person sees, and give its text."""
        message = await self.until(lambda: self.private_answer(interaction))
        return message.content

    async def first_status(self, interaction: Interaction) -> str:
        """Wait until the answer to a command says something, and give that."""
        return await self.until(lambda: interaction.response.content if interaction.response else None)

    # what is seen

    def posts(self, interaction: Interaction | None = None) -> list[Message]:
        """List the bot's ordinary messages but for copies of pictures, oldest first.

        Gives all, or those of one job without what its picture's owners were asked.
        """
        prefix = f"{interaction.id}-" if interaction else ""
        said = (m for m in self._messages() if m.interaction is None and str(m.nonce).startswith(prefix))
        beside = ("-copy", "-owner", "-told") if interaction else ("-copy",)
        return [m for m in said if not str(m.nonce).endswith(beside)]

    @staticmethod
    def private_answer(interaction: Interaction) -> Message | None:
        given = [interaction.response, *interaction.followups]
        return next((m for m in given if m is not None and m.ephemeral and not m.loading), None)

    @staticmethod
    def status_message(interaction: Interaction) -> str:
        assert interaction.response is not None
        return interaction.response.content

    def pinged(self) -> set[int]:
        """Tell who was notified by anything that the bot has said."""
        return {user for message in self._messages() for user in message.pinged}

    @property
    def submits(self) -> list[Submit]:
        return self.spark.submits

    @property
    def bill(self) -> str:
        return f"{self.spark.bill.normalize():f}" if self.spark.bill else "0"

    def finish(self, *, where: Callable[[Submit], bool] = lambda _: True) -> None:
        """Let Spark end what it has under way."""
        for submit in self.submits:
            if submit.task_id is not None and where(submit):
                self.spark.finish(submit.task_id)

    def _messages(self) -> Iterable[Message]:
        said = (m for channel in self.discord.world.channels.values() for m in channel.messages.values())
        ours = [
            m
            for m in said
            if m.author is self.discord.world.bot and m.type is not MessageType.THREAD_STARTER_MESSAGE
        ]
        return sorted(ours, key=lambda m: m.id)
