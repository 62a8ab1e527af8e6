"""What every bot is measured on: a Discord and a Spark of its own, as cheap as they can be, stamped precisely.

They run in the measuring process, which has to keep up with the bots: pictures are not painted, Discord's rate
limits are announced and not enforced (else every bot would mostly wait for them, and pay for the refusals), and
every stamp is `time.perf_counter`'s.
"""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Self, TypeAlias

from benchmarks import processes
from benchmarks.processes import Program
from sandbox.discord import DiscordSandbox, Interaction, Member
from sandbox.discord.people.inputs import OptionInput
from sandbox.spark.latency import Latency
from sandbox.spark.order import Order
from sandbox.spark.painter import swatch
from sandbox.spark.server import SparkSandbox
from spark.clock import SystemClock

BOT: Final = "benchmarks.watched"
DEFERRING: Final = "benchmarks.yardsticks.deferring"
CARELESS: Final = "benchmarks.yardsticks.careless"

Bots: TypeAlias = Mapping[str, tuple[Sequence[str], Mapping[str, str]]]
"""By name: the module that each is, with what that is called, and its settings."""

_TOKEN: Final = "sandbox-token"  # noqa: S105 - opens nothing but the sandbox
_KEY: Final = "sandbox-key"
_START: Final = 60.0
"""Seconds for a bot to be there."""
_LOOK: Final = 0.05
_SETTINGS: Final = "[spark]\nrequests_per_second = 100\n"
"""What not every version of the bot reads from the environment."""
_HIGH: Final = "1000000"
_APART: Final = 1 << 21
"""Of the ids of a millisecond, where nothing else is made: a server each millisecond, and so of each shard."""
_SERVERS: Final = 40
"""So many that no server has too many threads, and that discord.py, which keeps to the limit of threads that is
announced for each channel, does not hold a crowd's back."""


class PreciseClock(SystemClock):
    """The wall clock as it was at the start, carried on by `time.perf_counter`."""

    def __init__(self) -> None:
        self._offset = time.time() - time.perf_counter()

    def time(self) -> float:
        """Tell seconds since the Unix epoch."""
        return self._offset + time.perf_counter()


class Contestant:
    """One bot with its own Discord, Spark and people, so that others can take turns with it; `async with`.

    Args:
        folder: where it runs and keeps its database.
        arguments: the module that it is, and with what that is called.
        settings: on top of the usual ones, in its environment.
        rate_limits: whether Discord enforces them.

    """

    def __init__(
        self, folder: Path, arguments: Sequence[str], settings: Mapping[str, str], *, rate_limits: bool = False
    ) -> None:
        self.folder = folder
        self.clock = PreciseClock()
        self.discord = DiscordSandbox(clock=self.clock, token=_TOKEN, rate_limits=rate_limits)
        self.spark = SparkSandbox(
            clock=self.clock, rng=random.Random(7), api_key=_KEY, latency=Latency.instant(), paint=_picture
        )
        first = self.discord.world.ids.new() | _APART
        guilds = [self.discord.add_guild(f"Sandbox {n}", guild_id=first + (n << 22)) for n in range(_SERVERS)]
        self._channels = {guild: self.discord.add_channel(guild, "general") for guild in guilds}
        self._newcomers = itertools.count()
        self._arguments = tuple(arguments)
        self._settings = settings
        self._resources = AsyncExitStack()
        self._programs: list[Program] = []

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opened:
            await opened.enter_async_context(self.discord)
            await opened.enter_async_context(self.spark)
            opened.push_async_callback(self._end)
            self._resources = opened.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._resources.aclose()

    @property
    def program(self) -> Program:
        """The bot's process, the newest where there are several."""
        return self._programs[-1]

    @property
    def programs(self) -> Sequence[Program]:
        """The bot's processes, in the order of their shards."""
        return self._programs

    @property
    def makes_pictures(self) -> bool:
        """Whether more comes of a command than its first answer."""
        return self._arguments[0] != DEFERRING

    @property
    def database_url(self) -> str:
        """Where the bot keeps everything, if it keeps anything."""
        return self._settings.get("DATABASE_URL", f"sqlite:///{self.folder}/bot.db")

    @property
    def place(self) -> tuple[int, int]:
        """The ids of a server and of its channel."""
        guild, channel = next(iter(self._channels.items()))
        return guild.id, channel.id

    def cpu(self) -> float:
        """Give the seconds of the processor that the bot's processes have used, with those that they began."""
        return sum(program.cpu() for program in self._programs)

    async def start(self) -> None:
        """Start the bot, a process for each shard where it has several, and wait until it hears."""
        self._programs = []
        if (count := self._settings.get("DISCORD_SHARD_COUNT")) is None:
            await self.add()
            return
        for shard in range(int(count)):
            await self.add(DISCORD_SHARD_IDS=str(shard))

    async def add(self, **settings: str) -> Program:
        """Start one more process of the bot, and wait until it hears and has registered its commands."""
        before = self.discord.gateway.identified
        program = await self.begin(**settings)
        application = self.discord.world.application
        until = time.perf_counter() + _START
        while self.discord.gateway.identified == before or not application.commands:
            if not program.alive or time.perf_counter() > until:
                raise RuntimeError(f"the bot did not come: {program.printed[-2000:]}")
            await asyncio.sleep(_LOOK)
        return program

    async def begin(self, **settings: str) -> Program:
        """Start one more process of the bot, with some settings on top, and wait for nothing."""
        (self.folder / "config.toml").write_text(_SETTINGS, encoding="ascii")
        environment = {
            "DISCORD_TOKEN": _TOKEN,
            "DISCORD_API_URL": self.discord.api_url,
            "DISCORD_GATEWAY_URL": self.discord.gateway_url,
            "DISCORD_CDN_HOSTS": f"{self.discord.cdn_host},{self.discord.media_host}",
            "SPARK_API_KEY": _KEY,
            "SPARK_BASE_URL": self.spark.base_url,
            "SPARK_MAX_IN_FLIGHT": "20000",
            "DATABASE_URL": self.database_url,
            "LIMITS_TOTAL_DAY_USD": _HIGH,
            "LIMITS_TOTAL_MONTH_USD": _HIGH,
            "WEB_PORT": "0",
            **self._settings,
            **settings,
        }
        self._programs.append(await processes.start(self._arguments, environment, self.folder))
        return self.program

    def people(self, count: int) -> Sequence[Member]:
        """Have so many people join whom the bot has never seen, each the next server."""
        guilds = list(self._channels)
        numbers = itertools.islice(self._newcomers, count)
        return [self.discord.add_member(guilds[n % len(guilds)], f"member-{n}") for n in numbers]

    async def imagines(self, member: Member) -> Interaction:
        """Have somebody type /imagine; it is on its way then.

        As a spoiler, which has no preview: decoding takes longer than all else, and would hide what that costs.
        """
        return await self.orders(member, "/imagine", {"prompt": "a red fox in snow", "spoiler": True})

    async def orders(self, member: Member, command: str, options: Mapping[str, OptionInput]) -> Interaction:
        """Have somebody type a command where they are; it is on its way then."""
        return await self.discord.command(member, self._channels[member.guild], command, options)

    async def answers(self, interaction: Interaction) -> None:
        """Wait until an interaction has its first answer."""
        await self.discord.wait_for(lambda: interaction.callback is not None)

    async def delivers(self, interactions: Sequence[Interaction], seconds: float) -> None:
        """Wait until the results of these stand, and their answers show it; raises `TimeoutError`."""
        waited = list(interactions)
        async with asyncio.timeout(seconds):
            while waited := [each for each in waited if not _is_over(each)]:  # noqa: ASYNC110 - a bell would ring all the time
                await asyncio.sleep(min(_LOOK, 0.001 * len(waited)))

    def waits(self, interactions: Sequence[Interaction]) -> Sequence[float]:
        """Give the seconds from each of these events to the arrival of its first answer."""
        began = {f"/interactions/{each.id}/TOKEN/callback": each.created_at for each in interactions}
        answers = (each for each in self.discord.requests if each.path in began)
        return [each.when - began[each.path] for each in answers]

    async def _end(self) -> None:
        for program in self._programs:
            await program.end()


@asynccontextmanager
async def contestant(
    arguments: Sequence[str], settings: Mapping[str, str], *, rate_limits: bool = False
) -> AsyncIterator[Contestant]:
    """Prepare one bot, which is started by hand."""
    with TemporaryDirectory(prefix="spark-bench-") as folder:
        async with Contestant(Path(folder), arguments, settings, rate_limits=rate_limits) as prepared:
            yield prepared


@asynccontextmanager
async def contestants(bots: Bots) -> AsyncIterator[Mapping[str, Contestant]]:
    """Start several bots, each with a folder of its own."""
    async with AsyncExitStack() as resources:
        folder = Path(resources.enter_context(TemporaryDirectory(prefix="spark-bench-")))
        opened = {}
        for name, (arguments, settings) in bots.items():
            own = folder / name
            own.mkdir()
            opened[name] = await resources.enter_async_context(Contestant(own, arguments, settings))
            await opened[name].start()
        yield opened


def percentile(figures: Sequence[float], share: float) -> float:
    """Give what so large a share of some figures does not pass."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _is_over(interaction: Interaction) -> bool:
    """Whether the picture stands in the answer's thread, and the answer was edited since."""
    answer = interaction.response
    if answer is None or answer.thread is None or answer.edited_at is None:
        return False
    results = (each for each in answer.thread.messages.values() if each.attachments)
    return any(answer.edited_at > result.created_at for result in results)


def _picture(order: Order) -> bytes:
    return _of_size(order.size)


@cache
def _of_size(size: tuple[int, int]) -> bytes:
    return swatch(Order("", {}, 1, size))
