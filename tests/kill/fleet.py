"""Several processes on one PostgreSQL, each in a seat: with its shard, its way to the database, its clock."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Final

import psycopg
import sqlalchemy as sa

from tests.jobs.proxy import Proxy
from tests.kill.lives import Lives
from tests.kill.processes import BotProcess, Conditions

LEASE: Final = 2.0
"""Seconds for which a lease holds here, so that nobody waits long until one is over."""
OVER: Final = LEASE * 4 / 3
"""Seconds after which a lease that was not renewed is over for certain."""
_TO_END: Final = 60.0
"""Real seconds that a process may take for what is under way when it is told to end."""


def shard(number: int, count: int) -> Mapping[str, str]:
    """Give the settings of a process that serves one of so many shards."""
    return {"DISCORD_SHARD_COUNT": str(count), "DISCORD_SHARD_IDS": str(number)}


def next_shard(guild_id: int) -> int:
    """Give the id of a server that belongs to the shard after a server's, however many there are."""
    return (guild_id + (1 << 22)) | (1 << 21)  # so many things are never made in a millisecond


def named(url: str, name: str) -> str:
    """Have PostgreSQL know the connections over an address by a name."""
    return sa.make_url(url).update_query_dict({"application_name": name}).render_as_string(hide_password=False)


def cut_connections(url: str, name: str) -> None:
    """Have PostgreSQL end all connections of a name; raises `psycopg.OperationalError` where it is down."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s", [name]
        )


class Seat:
    """Where one process after the other serves the same shards, as under a supervisor that starts it again.

    Args:
        name: what PostgreSQL knows its connections by.
        lives: starts the processes.
        database_url: the server, as whoever ends its connections reaches it.
        proxy: the way there for those who sit here.
        settings: on top of the usual ones.
        conditions: what they work under.

    """

    def __init__(
        self,
        name: str,
        lives: Lives,
        database_url: str,
        proxy: Proxy,
        settings: Mapping[str, str],
        conditions: Conditions,
    ) -> None:
        self.name = name
        self.proxy = proxy
        self._lives = lives
        self._database_url = database_url
        self._settings = {**settings, "DATABASE_URL": named(proxy.url, name)}
        self._conditions = conditions
        self._bot: BotProcess | None = None

    @property
    def bot(self) -> BotProcess:
        """The process that sits here."""
        assert self._bot is not None
        return self._bot

    async def begin(self) -> None:
        """Start a process that hears; one that ends meanwhile, since its database is away, is started again."""
        while True:
            self._bot = await self._lives.begin_or_die(self._conditions, **self._settings)
            if self._bot.alive:
                return

    async def deploy(self) -> None:
        """Start a new process, and only when it hears tell the old one to end."""
        old = self.bot
        await self.begin()
        old.tell_to_end()
        await old.ended(_TO_END)

    async def cut(self) -> None:
        """Have the server end all of its connections; one that is down has none."""
        with suppress(psycopg.OperationalError):
            await asyncio.to_thread(cut_connections, self._database_url, self.name)


@asynccontextmanager
async def fleet(
    lives: Lives, database_url: str, processes: int, ahead: Mapping[int, float], **settings: str
) -> AsyncIterator[list[Seat]]:
    """Start so many processes, a shard each; `ahead` are the seconds by which some of their clocks are wrong."""
    async with AsyncExitStack() as stack:
        seats = []
        for number in range(processes):
            proxy = await stack.enter_async_context(Proxy(database_url))
            conditions = Conditions(LEASE, ahead.get(number, 0.0))
            chosen = {**settings, **shard(number, processes)}
            seats.append(Seat(f"seat-{number}", lives, database_url, proxy, chosen, conditions))
        for seat in seats:
            await seat.begin()
        yield seats
