"""What stands around a bot that its operator sets up wrong: both sandboxes, a folder, a PostgreSQL server."""

import asyncio
import os
import random
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from uuid import uuid4

import psycopg
import psycopg.sql
import sqlalchemy as sa
from aiohttp import web

from sandbox.discord import DiscordSandbox
from sandbox.spark.latency import Latency
from sandbox.spark.server import SparkSandbox
from spark.clock import SystemClock
from tests.databases import PostgreSQL
from tests.ordinary_user import NOBODY


@dataclass(frozen=True, slots=True)
class Around:
    """Both sandboxes, and a web server with nothing but pages."""

    environment: Mapping[str, str]
    """The settings that bring a bot to the sandboxes."""
    page: str
    """An address below which `/200`, `/404` and so on answer with a page and that status."""
    taken: int
    """Its port."""


@contextmanager
def sandboxes() -> Iterator[Around]:
    """Run them in a thread of their own, so that a command may have this one's event loop."""
    opened: Queue[Around] = Queue()
    over = threading.Event()

    async def serve() -> None:
        clock = SystemClock()
        discord = DiscordSandbox(clock=clock, token="a-token", rate_limits=False)
        discord.add_guild("Sandbox")
        spark = SparkSandbox(clock=clock, rng=random.Random(1), api_key="a-key", latency=Latency.instant())
        async with discord, spark, _pages() as port:
            environment = {
                "DISCORD_TOKEN": "a-token",
                "DISCORD_API_URL": discord.api_url,
                "DISCORD_GATEWAY_URL": discord.gateway_url,
                "SPARK_API_KEY": "a-key",
                "SPARK_BASE_URL": spark.base_url,
            }
            opened.put(Around(environment, f"http://127.0.0.1:{port}", port))
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="sandboxes")
    thread.start()
    try:
        yield opened.get(timeout=30)
    finally:
        over.set()
        thread.join()


@asynccontextmanager
async def _pages() -> AsyncIterator[int]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=int(request.match_info["status"]), text="<html>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", r"/{status:\d+}{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that an ordinary user owns, who may look into all above it."""

    path: Path
    template: Path

    def database(self, name: str = "bot.db") -> Path:
        """Put a database there, as a bot of this revision leaves it."""
        return Path(shutil.copy(self.template, self.path / name))

    def changed(self, statement: str) -> Path:
        """Put one there that somebody has changed."""
        file = self.database()
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(statement)
        return file

    def written(self, name: str, content: bytes) -> Path:
        """Put a file there."""
        file = self.path / name
        file.write_bytes(content)
        return file

    def closed(self, file: Path, mode: int = 0) -> Path:
        """Take rights from everybody; root needs none."""
        file.chmod(mode)
        return file


@contextmanager
def a_folder(template: Path) -> Iterator[Folder]:
    """Make one outside of pytest's own, into which nobody else may look."""
    path = Path(tempfile.mkdtemp(prefix="mistakes-"))
    try:
        path.chmod(0o755)
        yield Folder(path, template)
    finally:
        for each in path.rglob("*"):
            each.chmod(0o755)
        shutil.rmtree(path)


@contextmanager
def as_ordinary_user(folder: Path) -> Iterator[None]:
    """Be an ordinary user, who owns the folder and all in it."""
    if os.geteuid() != 0:
        yield
        return
    for each in (folder, *folder.rglob("*")):
        os.chown(each, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


class Server:
    """A PostgreSQL server with databases that each have something wrong, and roles that lack something.

    The roles: `guest` may only connect, `locked` needs its password, `reader` may read the tables, `writer` may
    change what is in them.
    """

    def __init__(self, databases: Mapping[str, str], ending: str) -> None:
        self._databases = databases
        self._ending = ending

    def address(self, database: str, role: str | None = None, password: str | None = None) -> str:
        """Give the address of one of the databases, for one of the roles, or for whoever may do everything."""
        url = sa.make_url(self._databases[database])
        if role is not None:
            url = url.set(username=self.named(role), password=password)
        return url.render_as_string(hide_password=False)

    def named(self, role: str) -> str:
        """Give the name of a role as the server has it."""
        return f"{role}_{self._ending}"

    def nowhere(self) -> str:
        """Give the address of a database that is not there."""
        return sa.make_url(self._databases["ready"]).set(database="nowhere").render_as_string(hide_password=False)


_MADE = {
    "ready": ("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}",),
    "older": (
        "UPDATE alembic_version SET version_num = '0016'",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO {writer}",
        "GRANT CREATE ON SCHEMA public TO {writer}",
    ),
    "newer": ("UPDATE alembic_version SET version_num = '9999'",),
    "foreign": ("DROP TABLE alembic_version",),
    "closed": ("REVOKE CONNECT ON DATABASE {database} FROM PUBLIC",),
    "standby": ("ALTER DATABASE {database} SET default_transaction_read_only = on",),
    "empty": ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public"),
}
"""The databases, each migrated and then changed by these statements."""
_ROLES = {"guest": "", "locked": "PASSWORD 'right'", "reader": "", "writer": ""}


@contextmanager
def a_server(postgresql: PostgreSQL) -> Iterator[Server]:
    """Make the databases and roles; nothing of them is left afterwards."""
    ending = uuid4().hex
    roles = {role: f"{role}_{ending}" for role in _ROLES}
    with ExitStack() as stack:
        for role, rights in _ROLES.items():
            postgresql.execute(f"CREATE ROLE {roles[role]} LOGIN {rights}")
            stack.callback(postgresql.execute, f"DROP ROLE {roles[role]}")
        databases = {name: stack.enter_context(postgresql.altered()) for name in _MADE}
        for name, statements in _MADE.items():
            with psycopg.connect(databases[name], autocommit=True) as connection:
                for each in statements:
                    statement = each.format(**roles, database=connection.info.dbname)
                    connection.execute(statement.encode())
        stack.enter_context(_asking_for_a_password(databases["ready"], roles["locked"]))
        yield Server(databases, ending)


@contextmanager
def _asking_for_a_password(url: str, role: str) -> Iterator[None]:
    """Have the server ask one role for its password, as it may ask nobody otherwise."""
    with psycopg.connect(url, autocommit=True) as connection:
        [(file, rules)] = connection.execute(
            "SELECT current_setting('hba_file'), pg_read_file(current_setting('hba_file'))"
        ).fetchall()
        asking = f"local all {role} scram-sha-256\nhost all {role} all scram-sha-256\n{rules}"
        for text in (asking, rules):
            lines = psycopg.sql.SQL("COPY (SELECT unnest(string_to_array({}, E'\\n'))) TO {}")
            connection.execute(lines.format(psycopg.sql.Literal(text), psycopg.sql.Literal(file)))
            connection.execute("SELECT pg_reload_conf()")
            if text is asking:
                yield
