import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import bot
from bot.cli import main
from bot.settings import ENVIRONMENT
from bot.store import Database, driver_url
from bot.store.database.upgrades import NEWEST
from tests.kill.processes import BotProcess
from tests.mistakes.around import Around, Folder, Server, as_ordinary_user
from tests.mistakes.mistake import SURROUNDINGS, Mistake
from tests.mistakes.of_databases import OF_POSTGRESQL, OF_SQLITE
from tests.mistakes.of_settings import OF_SETTINGS
from tests.mistakes.of_surroundings import LIVED_WITH, OF_SURROUNDINGS, WAITED_FOR
from tests.ordinary_user import NOBODY

NAMES = {f"{section}_{key}".upper(): None for section, keys in ENVIRONMENT.items() for key in keys}
"""No setting of whoever runs the tests counts."""
PRIVILEGED = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")


class Operator:
    """Whoever has set the bot up, and calls its commands in this process."""

    def __init__(self, around: Around, folder: Folder) -> None:
        self._around = around
        self._folder = folder
        self._config = folder.written("config.toml", b"")
        self._names = {
            "config": str(self._config),
            "folder": str(folder.path),
            "newest": NEWEST,
            "page": around.page,
            "page_host": around.page.removeprefix("http://"),
            "taken": str(around.taken),
            "user": str(os.geteuid() or NOBODY),
        }
        self.environment: dict[str, str] = {
            **around.environment,
            "DATABASE_URL": f"sqlite:///{folder.path}/bot.db",
            "WEB_PORT": "0",
        }
        self._ordinary = False

    def makes(self, mistake: Mistake) -> None:
        """Set it up so."""
        toml = mistake.toml
        self._config.write_bytes(toml if isinstance(toml, bytes) else toml.encode())
        if "DATABASE_URL" not in mistake.environment:
            self._folder.database()
        self.environment |= {name: self.filled(value) for name, value in mistake.environment.items()}
        self.environment |= mistake.made(self._folder)
        self._ordinary = mistake.ordinary

    def filled(self, text: str, **more: str) -> str:
        """Put in what differs from run to run."""
        return text.format(**self._names, address=self.address, **more)

    @property
    def address(self) -> str:
        """The database's, as it is told; nothing where it is none."""
        try:
            driver_url(self.environment["DATABASE_URL"])
        except ValueError:
            return ""
        return Database(self.environment["DATABASE_URL"]).address

    def calls(self, command: str) -> Result:
        """Call a command of the bot's."""
        runner = CliRunner(env={**NAMES, **self.environment})
        with as_ordinary_user(self._folder.path) if self._ordinary else nullcontext():
            return runner.invoke(main, [command, "--config", str(self._config)])


@pytest.fixture
def operator(around: Around, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Operator:
    import discord.http
    import discord.shard

    from bot.gateway.discord_internals import Gateway

    for owner, name in (
        (discord.http.Route, "BASE"),
        (discord.shard, "DiscordWebSocket"),
        (Gateway, "address"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back afterwards
    return Operator(around, folder)


def says(line: str, expected: str) -> bool:
    """Whether a line is the expected one, in which … stands for anything."""
    begins, _, ends = expected.partition("…")
    return line == expected or ("…" in expected and line.startswith(begins) and line.endswith(ends))


def assert_check_says(result: Result, expected: str) -> None:
    failed = [line for line in result.output.splitlines() if line[:6] not in {"ok    ", "note  "}]
    assert result.exit_code == 1, result.output
    assert len(failed) == 1, result.output
    assert says(failed[0], f"FAIL  {expected}"), failed[0]


def assert_run_says(result: Result, expected: str, code: int) -> None:
    told = [
        line for line in result.output.splitlines() if "[info " not in line and "process.not_hidden" not in line
    ]
    assert len(told) == 1, result.output
    assert says(told[0], f"Error: {expected.partition(': ')[2]}"), told[0]
    assert result.exit_code == code


def assert_both_say(operator: Operator, expected: str, code: int) -> None:
    assert_check_says(operator.calls("check"), expected)
    assert_run_says(operator.calls("run"), expected, code)


def test_without_a_mistake_all_is_well(operator: Operator) -> None:
    operator.makes(Mistake(""))
    result = operator.calls("check")
    assert (result.exit_code, "FAIL" in result.output) == (0, False), result.output


def test_a_slash_too_many_is_no_mistake(operator: Operator, folder: Folder) -> None:
    operator.environment["DATABASE_URL"] = f"sqlite:////{folder.database()}"
    result = operator.calls("check")
    assert (result.exit_code, "FAIL" in result.output) == (0, False), result.output


@pytest.mark.parametrize("name", OF_SETTINGS)
def test_a_mistake_in_the_settings(operator: Operator, name: str) -> None:
    mistake = OF_SETTINGS[name]
    operator.makes(mistake)
    assert_both_say(operator, operator.filled(mistake.line), mistake.code)


@pytest.mark.parametrize("name", OF_SQLITE)
def test_a_mistake_with_sqlite(operator: Operator, name: str) -> None:
    mistake = OF_SQLITE[name]
    operator.makes(mistake)
    assert_both_say(operator, operator.filled(mistake.line), mistake.code)


@pytest.mark.parametrize("name", OF_POSTGRESQL)
def test_a_mistake_with_postgresql(operator: Operator, server: Server, name: str) -> None:
    address, line = OF_POSTGRESQL[name]
    operator.environment["DATABASE_URL"] = address(server)
    roles = {role: server.named(role) for role in ("guest", "locked", "nobody", "reader", "writer")}
    assert_both_say(operator, operator.filled(f"database: {{address}}: {line}", **roles), SURROUNDINGS)


@pytest.mark.parametrize("name", ["the wrong password", "no such database", "a newer version's"])
def test_status_says_the_same(operator: Operator, server: Server, name: str) -> None:
    address, _ = OF_POSTGRESQL[name]
    operator.environment["DATABASE_URL"] = address(server)
    assert operator.calls("status").output == operator.calls("run").output


@pytest.mark.parametrize("name", OF_SURROUNDINGS)
def test_a_mistake_around_it(operator: Operator, name: str) -> None:
    mistake = OF_SURROUNDINGS[name]
    if mistake.environment.get("WEB_PORT") == "80" and int(PRIVILEGED.read_text()) <= 80:
        pytest.skip("here every user may listen on every port")
    operator.makes(mistake)
    assert_both_say(operator, operator.filled(mistake.line), mistake.code)


@pytest.mark.parametrize("name", WAITED_FOR)
async def test_what_is_waited_for(operator: Operator, folder: Folder, name: str) -> None:
    mistake = WAITED_FOR[name]
    operator.makes(mistake)
    bot = await BotProcess.start(operator.environment, folder.path / "bot.log")
    await bot.prints("discord.away" if mistake.line.startswith("discord") else "Retrying...")
    bot.tell_to_end()
    assert await bot.ended() == 0
    assert "Traceback" not in bot.printed


@pytest.mark.parametrize("name", [*WAITED_FOR, *LIVED_WITH])
def test_what_keeps_no_bot_from_starting(operator: Operator, name: str) -> None:
    mistake = {**WAITED_FOR, **LIVED_WITH}[name]
    operator.makes(mistake)
    assert_check_says(operator.calls("check"), operator.filled(mistake.line))


def test_several_mistakes_have_a_line_each(operator: Operator) -> None:
    operator.makes(Mistake("", toml="web.ports = 1\nlimits.user_running = 0\n"))
    said = [
        "limits.user_running: must be more than 0",
        "web.ports: no such setting; did you mean web.port?",
    ]
    check, run = operator.calls("check"), operator.calls("run")
    assert sorted(check.output.splitlines()) == [f"FAIL  settings: {each}" for each in said]
    assert sorted(run.output.splitlines()) == [f"Error: {each}" for each in said]


OLDER = "UPDATE alembic_version SET version_num = '0016'"


@pytest.mark.parametrize(
    ("made", "noted"),
    [
        (lambda folder: folder.path / "new" / "bot.db", " is not made yet; `spark-bot run` makes it"),
        (lambda folder: folder.written("bot.db", b""), ": no tables yet; `spark-bot run` makes them"),
        (
            lambda folder: folder.changed(OLDER),
            f": tables of revision 0016; `spark-bot run` brings them to {NEWEST}",
        ),
    ],
    ids=["absent", "empty", "older"],
)
def test_what_run_itself_makes_is_no_mistake_with_sqlite(
    operator: Operator, folder: Folder, made: Callable[[Folder], Path], noted: str
) -> None:
    file = made(folder)
    before = file.read_bytes() if file.exists() else None
    operator.environment["DATABASE_URL"] = f"sqlite:///{file}"
    result = operator.calls("check")
    assert result.exit_code == 0, result.output
    assert f"note  database: sqlite:///{file}{noted}\n" in result.output
    assert (file.read_bytes() if file.exists() else None) == before


@pytest.mark.parametrize(
    ("database", "noted"),
    [
        ("empty", "no tables yet; `spark-bot run` makes them"),
        ("older", f"tables of revision 0016; `spark-bot run` brings them to {NEWEST}"),
    ],
)
def test_what_run_itself_makes_is_no_mistake_with_postgresql(
    operator: Operator, server: Server, database: str, noted: str
) -> None:
    operator.environment["DATABASE_URL"] = server.address(database)
    for _ in range(2):  # the first has made nothing
        result = operator.calls("check")
        assert result.exit_code == 0, result.output
        assert f"note  database: {operator.address}: {noted}\n" in result.output


def test_a_file_system_that_is_read_only(operator: Operator, folder: Folder) -> None:
    mounting = 'mount -t tmpfs -o ro none "$0" && exec "$@"'
    mounted = ("unshare", "--map-root-user", "--mount", "sh", "-c", mounting, str(folder.path))
    if shutil.which("unshare") is None or subprocess.run([*mounted, "true"], check=False).returncode:  # noqa: S603 - ours
        pytest.skip("nothing can be mounted here")
    path = {"PYTHONPATH": str(Path(bot.__file__).parents[1]), "PATH": os.environ["PATH"]}
    run = subprocess.run(  # noqa: S603
        [*mounted, sys.executable, "-m", "bot", "run"],
        env={**operator.environment, **path},
        capture_output=True,
        text=True,
        check=False,
    )
    why = f"{folder.path} is on a read-only file system; name a path in database.url that is not"
    assert (run.stderr, run.returncode) == (f"Error: {operator.address}: {why}\n", SURROUNDINGS)
