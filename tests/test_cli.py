import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import cast

import discord
import pytest
from click.testing import CliRunner, Result
from discord import app_commands

from bot.app import App
from bot.cli import _serve, main
from bot.gateway.catalogue import commands
from bot.gateway.client import BotClient
from bot.jobs.fleet import Fleet
from bot.jobs.worker import Worker
from bot.settings import Settings
from sandbox.discord.people.lines import parse
from sandbox.discord.rules.commands import read_command

ENOUGH = {"DISCORD_TOKEN": "token", "SPARK_API_KEY": "key", "WEB_PORT": "0"}


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner(env={**ENOUGH, **environment}).invoke(main, arguments)


@pytest.mark.parametrize(
    ("file", "environment", "code", "says"),
    [
        ("", {"DISCORD_TOKEN": ""}, 78, "discord.token: is missing"),
        ("", {"DATABASE_URL": "postgresql://127.0.0.1:9/name"}, 1, "start the server"),
        ('[limits]\nuser_day_usd = "much"\nuser_year_usd = 1', {}, 78, "limits.user_year_usd: no such setting"),
    ],
)
def test_why_a_bot_cannot_start_is_a_line_of_the_log_where_machines_read_it(
    tmp_path: Path, file: str, environment: dict[str, str], code: int, says: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'log.format = "json"\n{file}')
    result = run("run", "--config", str(config), **environment)
    assert result.exit_code == code
    assert says in json.loads(result.output)["reason"]


@pytest.mark.parametrize("file", ['log.format = "json"\nno TOML', 'log.format = "xml"', "log = 7"])
def test_where_not_even_the_logs_form_can_be_read_it_is_said_in_words(tmp_path: Path, file: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(file)
    result = run("run", "--config", str(config))
    assert (result.exit_code, result.output.startswith("Error: ")) == (78, True)


def test_a_bug_ends_the_bot_with_its_traceback_in_the_form_of_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.cli.opened", broken)
    config = tmp_path / "config.toml"
    config.write_text('log.format = "json"')
    result = run("run", "--config", str(config))
    [line] = map(json.loads, result.output.splitlines())
    assert (result.exit_code, line["event"], line["exception"][0]["exc_type"]) == (
        1,
        "bot.broke",
        "ZeroDivisionError",
    )


async def test_it_ends_though_the_gateway_does_not_notice_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hears = asyncio.Event()

    async def lose_a_cancellation() -> None:
        hears.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    @asynccontextmanager
    async def opened(*_: object) -> AsyncIterator[App]:
        gateway = asyncio.create_task(lose_a_cancellation())
        try:
            yield App(cast("Fleet", None), cast("Worker", None), cast("BotClient", None), gateway)
        finally:
            while not gateway.done():
                gateway.cancel()
                await asyncio.sleep(0)

    monkeypatch.setattr("bot.cli.opened", opened)
    monkeypatch.setattr("bot.cli._spare_what_stays", lambda: None)
    serving = asyncio.create_task(_serve(Settings()))
    await hears.wait()
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(serving, 10)


def test_check_exits_with_1_where_something_fails(tmp_path: Path) -> None:
    result = run("check", DISCORD_TOKEN="", SPARK_API_KEY="", DATABASE_URL=f"sqlite:///{tmp_path}/missing.db")
    assert result.exit_code == 1
    assert result.output.count("FAIL") == 2


def test_check_rebuilds_totals_on_demand_and_marks_what_is_only_worth_knowing(sqlite_url: str) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("INSERT INTO totals VALUES ('total', 0, 0, '2026-01', 1, 0)")
        connection.execute("INSERT INTO limits VALUES (10, 'guild', 0, 'day', 2)")
    connection.close()
    result = run("check", "--rebuild-totals", DISCORD_TOKEN="", DATABASE_URL=sqlite_url, LIMITS_GUILD_DAY_USD="0")
    assert "note  totals: was wrong: total of total" in result.output
    assert "ok    totals: rebuilt from the ledger; 1 were wrong before" in result.output
    assert "ok    ledger: 0 entries" in result.output
    assert "note  limits: server 10: $0.000000002 for the day is set for the server itself" in result.output


def test_status_needs_no_secrets_and_says_why_where_it_can_tell_nothing(sqlite_url: str, tmp_path: Path) -> None:
    secrets = {"DISCORD_TOKEN": "", "SPARK_API_KEY": ""}
    result = run("status", DATABASE_URL=sqlite_url, **secrets)
    assert result.exit_code == 0
    assert "\nqueue       nobody waits\n" in result.output
    result = run("status", DATABASE_URL=f"sqlite:///{tmp_path}/missing.db", **secrets)
    assert result.exit_code == 1
    assert result.output.endswith("missing.db is not made yet; `spark-bot run` makes it\n")
    assert result.output.count("\n") == 1


def test_the_demo_plays_lines_saves_their_pictures_and_tells_the_spend(tmp_path: Path) -> None:
    lines = (
        "/imagine prompt:a red fox in snow seed:7",
        "as moderator: /spend server",
        "/help",
        "as moderator: /spend limit action:set day:5",
    )
    result = run("demo", *(part for line in lines for part in ("--once", line)), "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    picture, chart = sorted(tmp_path.iterdir())
    assert (picture.name, chart.name) == ("1-a-red-fox-in-snow.png", "2-spend-server.png")
    for file in (picture, chart):
        assert file.read_bytes().startswith(b"\x89PNG")
    assert "Mona in the thread “a red fox in snow”: /spend server" in result.output
    for part in (
        "the thread “a red fox in snow”",
        "1328×1328",
        "$0.0065",
        f"saved: {picture}",
        "What you have here",
    ):
        assert part in result.output
    assert "about $" not in result.output  # its Spark's prices are known
    assert "$5.00" in result.output  # a limit of the server, which there is in the demo


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/paint prompt:x", "There is no command /paint"),
        ("/imagine shape:9", "/imagine cannot place"),
        ("hello", "A line begins with"),
    ],
)
def test_a_line_that_cannot_be_played_ends_the_demo_with_the_reason(tmp_path: Path, line: str, says: str) -> None:
    result = run("demo", "--once", line, "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert says in result.output


def test_every_line_that_the_help_and_the_readme_show_can_be_read() -> None:
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents(guilds=True)))
    known = [read_command(each.to_dict(tree), command_id=1, version=1) for each in commands()]
    helped = re.findall(r"^ {4}(\S.*?)(?: {3}.*)?$", run("demo", "--help").output, re.MULTILINE)
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"--once '(.*?)'", readme)
    assert len(helped) == 9
    assert shown
    for line in helped + shown:
        parse(line, known)
