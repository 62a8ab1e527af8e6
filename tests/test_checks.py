import random
import socket
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import opened
from bot.domain.shards import Shards
from bot.operator.checks import Finding, checked
from bot.settings import Settings, load
from bot.store import Database, Place, WorkerStore
from sandbox.discord import Permissions
from sandbox.spark.latency import Latency
from sandbox.spark.painter import swatch
from sandbox.stage import Stage
from spark.clock import SystemClock
from tests.examples import HOUR, NOW


@pytest.fixture
async def stage(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    import discord.http
    import discord.shard

    from bot.gateway.discord_internals import Gateway

    for owner, name in (
        (discord.http.Route, "BASE"),
        (discord.shard, "DiscordWebSocket"),
        (Gateway, "address"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back afterwards
    rng = random.Random(1)
    async with Stage(SystemClock(), rng, latency=Latency.instant(), patience=20, paint=swatch) as stage:
        yield stage


def settings(stage: Stage, database: Path, **environment: str) -> Settings:
    given = {**stage.environment, "DATABASE_URL": f"sqlite:///{database}", "WEB_PORT": "0"}
    return load(None, {**given, **environment})


async def findings(chosen: Settings, *, rebuild_totals: bool = False) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    async for finding in checked(chosen, rebuild_totals=rebuild_totals):
        found.setdefault(finding.subject, []).append(finding)
    return found


def failed(found: dict[str, list[Finding]]) -> dict[str, str]:
    return {name: f.text for name, all_of_it in found.items() for f in all_of_it if not f.passed}


@pytest.fixture
async def database(stage: Stage, sqlite_url: str) -> Path:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    async with opened(settings(stage, path), SystemClock(), random.Random(1)):
        await stage.bot_ready()
        await stage.play("/imagine prompt:a red fox in snow", stage.general)
    return path


async def test_a_bot_that_is_well_passes_every_check(stage: Stage, database: Path) -> None:
    found = await findings(settings(stage, database))
    assert not failed(found)
    proved = {"settings", "database", "ledger", "shards", "port", "discord", "gateway", "servers", "spark"}
    assert set(found) == proved | {"total limit", "access"}
    assert "2 entries" in found["ledger"][0].text


async def test_a_model_that_will_be_retired_is_noted_with_the_setting_that_takes_another(
    stage: Stage, database: Path
) -> None:
    found = await findings(settings(stage, database))
    assert not failed(found)
    [told] = [finding.text for finding in found["spark"] if finding.note]
    assert "spark_edit_3_0 edits pictures, and is announced as a model that will be retired" in told
    assert "set spark.edit_model to spark_i2i_3_0" in told
    found = await findings(settings(stage, database, SPARK_EDIT_MODEL="spark_i2i_3_0"))
    assert [finding for finding in found["spark"] if finding.note] == []


NONE = {"LIMITS_TOTAL_DAY_USD": "none", "LIMITS_TOTAL_MONTH_USD": "none"}


async def test_every_open_end_is_noted_with_the_setting_that_closes_it(stage: Stage, database: Path) -> None:
    async def noted(**environment: str) -> list[str]:
        found = await findings(settings(stage, database, **environment))
        assert not failed(found)
        ends = [*found.get("total limit", ()), *found.get("access", ())]
        assert all(each.note for each in ends)
        return [each.text for each in ends]

    anybody = "anybody may add the bot to a server: Public Bot is on (Developer Portal → Bot)"
    no_server = "every server that adds the bot may use it: discord.allowed_guilds names none"
    assert await noted() == [
        "all people together can spend $25.00 a day and $250.00 a month, which is the default; change it with "
        'limits.total_day_usd and limits.total_month_usd, where "none" is no limit',
        no_server,
        anybody,
    ]
    assert (await noted(LIMITS_TOTAL_MONTH_USD="9"))[0].startswith("all people together can spend $25.00 a day, ")
    assert (await noted(**NONE))[0] == (
        '"none" stands in limits.total_day_usd and limits.total_month_usd: '
        "nothing limits what all people together spend"
    )
    stage.discord.world.application.public = False
    closed = {"LIMITS_TOTAL_DAY_USD": "9", "LIMITS_TOTAL_MONTH_USD": "90", "DISCORD_ALLOWED_GUILDS": "1"}
    assert await noted(**closed) == []


async def test_it_reads_beside_a_running_bot_whose_port_is_no_strangers(stage: Stage, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    chosen = settings(stage, tmp_path / "bot.db", WEB_PORT=str(port))
    async with opened(chosen, SystemClock(), random.Random(1)):
        found_beside = await findings(chosen)
    assert not failed(found_beside)
    [finding] = found_beside["port"]
    assert finding.note
    assert finding.text.startswith(f"a spark-bot answers on 127.0.0.1:{port}; ")
    [finding] = (await findings(chosen))["port"]
    assert finding.text == f"127.0.0.1:{port} can be listened on"


async def test_a_total_that_differs_from_the_ledger_is_told_with_both_amounts(
    stage: Stage, database: Path
) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE totals SET spent_nano = spent_nano + 1 WHERE scope = 'total'")
    connection.close()
    text = failed(await findings(settings(stage, database)))["ledger"]
    assert "kept $0.006500001 spent" in text
    assert "the ledger says $0.0065" in text


async def test_totals_are_rebuilt_on_demand_and_what_was_wrong_is_told(stage: Stage, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE totals SET spent_nano = spent_nano + 1 WHERE scope = 'total'")
    connection.close()
    chosen = settings(stage, database)

    found = await findings(chosen, rebuild_totals=True)

    assert not failed(found)
    day, month, done = found["totals"]
    assert day.note
    assert month.note
    assert "kept $0.006500001 spent" in day.text
    assert done.text == "rebuilt from the ledger; 2 were wrong before"
    assert "every total agrees" in found["ledger"][0].text
    assert [f.text for f in (await findings(chosen, rebuild_totals=True))["totals"]] == [
        "rebuilt from the ledger; none were wrong before"
    ]


async def test_totals_are_not_rebuilt_beside_a_running_bot(stage: Stage, database: Path) -> None:
    chosen = settings(stage, database)
    async with opened(chosen, SystemClock(), random.Random(1)):
        found = await findings(chosen, rebuild_totals=True)
    assert failed(found).keys() == {"totals"}
    assert "another spark-bot already serves" in failed(found)["totals"]
    assert "every total agrees" in found["ledger"][0].text


async def test_totals_are_not_rebuilt_where_the_tables_are_not_of_this_revision(
    stage: Stage, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    found = await findings(settings(stage, empty), rebuild_totals=True)
    assert "no tables yet" in found["database"][0].text
    assert "totals" not in found
    assert empty.stat().st_size == 0


async def test_a_limit_that_is_set_above_the_settings_is_a_note(stage: Stage, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.executemany(
            "INSERT INTO limits VALUES (10, 'role', ?, 'day', ?)",
            [(70, 1_000_000_000), *((role, 2_000_000_000) for role in range(71, 78))],
        )
    connection.close()

    found = await findings(settings(stage, database))

    assert not failed(found)
    assert [f.note for f in found["limits"]] == [True] * 6
    assert found["limits"][0].text == (
        "server 10: $2.00 for the day is set for role 71; your settings allow $1.00, and no more is spent"
    )
    assert found["limits"][-1].text == "and 2 more are set above your settings"


async def test_a_price_that_is_far_from_the_others_is_a_note(stage: Stage, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        [task] = connection.execute("SELECT * FROM tasks").fetchall()
        for position, cost in ((2, 6_500_000), (3, 1_500_000_000)):
            copied = {
                **dict(task),
                "position": position,
                "cost_nano": cost,
                "ended_at": task["ended_at"] + position,
            }
            names = ", ".join(copied)
            marks = ", ".join("?" * len(copied))
            connection.execute(f"INSERT INTO tasks ({names}) VALUES ({marks})", list(copied.values()))  # noqa: S608 - the table's own names
    connection.close()

    [finding] = (await findings(settings(stage, database)))["prices"]

    assert finding.note
    assert finding.text == (
        f"spark_t2i_3_0 of 1328×1328: $1.50 was charged for {task['job_id']}-3, where $0.0065 is usual; "
        "estimates leave it out, and after an hour so do budgets"
    )


async def test_a_task_with_the_wrong_entries_is_named(stage: Stage, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("DELETE FROM ledger WHERE kind = 'settle'")
    connection.close()
    found = await findings(settings(stage, database))
    assert any("is succeeded with 1 reserve, 0 settle" in finding.text for finding in found["ledger"])


HALF = {"DISCORD_SHARD_COUNT": "4", "DISCORD_SHARD_IDS": "0,1"}


async def test_on_sqlite_shards_that_are_left_out_are_a_failure(stage: Stage, database: Path) -> None:
    assert [each.text for each in (await findings(settings(stage, database)))["shards"]] == [
        "these settings serve all, in as many as Discord advises"
    ]
    for file in (database, database.with_name("missing.db")):
        found = await findings(settings(stage, file, **HALF))
        assert failed(found) == {
            "shards": "nobody serves 2, 3 of 4: one process alone holds a SQLite file. "
            "Leave discord.shard_ids out, or let several processes share a PostgreSQL database"
        }
        assert found["shards"][0].text == "these settings serve 0, 1 of 4"


@pytest.fixture
async def workers(postgresql_url: str) -> AsyncIterator[WorkerStore]:
    database = Database(postgresql_url)
    await database.open()
    yield WorkerStore(database)
    await database.close()


async def test_on_postgresql_shards_that_nobody_serves_are_a_note_with_the_process_that_is_missing(
    stage: Stage, tmp_path: Path, postgresql_url: str, workers: WorkerStore
) -> None:
    chosen = settings(stage, tmp_path, DATABASE_URL=postgresql_url, **HALF)

    async def noted() -> list[str]:
        found = await findings(chosen)
        assert not failed(found)
        return [each.text for each in found["shards"] if each.note]

    missing = "nobody serves {} of 4 yet: start a process with discord.shard_count = 4 and discord.shard_ids = {}"
    assert await noted() == [missing.format("2, 3", [2, 3])]
    await workers.register("at work", Place(None, "web-1", 1), HOUR, NOW, Shards(4, (1, 2)))
    await workers.register("gone", Place(None, "web-2", 2), -HOUR, NOW, Shards(4, (3,)))
    assert await noted() == [missing.format("3", [3])]
    await workers.register("gone", Place(None, "web-2", 2), HOUR, NOW, Shards(4, (3,)))
    assert await noted() == []
    await workers.register("of before", Place(None, "web-3", 3), HOUR, NOW, Shards(2, (0, 1)))
    assert await noted() == [
        "processes at work divide the servers into 2, these settings into 4, as in a move from one to the other: "
        "end them once all of 4 are served"
    ]


async def test_a_permission_that_is_missing_on_a_server_is_named(stage: Stage, database: Path) -> None:
    stage.discord.add_guild("Stingy", everyone=Permissions.VIEW_CHANNEL | Permissions.SEND_MESSAGES)
    text = failed(await findings(settings(stage, database)))["servers"]
    assert "Stingy" in text
    assert "Attach Files" in text
    assert "View Channel" not in text
