"""What `/metrics` tells of a bot that works, of refusals, and where the database does not answer."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.store import Database
from sandbox.discord import Kind, Trouble
from tests.deployment import read
from tests.e2e.harness import Harness

MESSAGES = r"/channels/\d+/messages"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


class Scraped:
    """One answer of `/metrics`."""

    def __init__(self, text: str) -> None:
        self.text = text
        families = list(text_string_to_metric_families(text))
        self.samples: Samples = {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in families
            for sample in family.samples
        }
        self.helped = {family.name for family in families if family.documentation}

    def __getitem__(self, name: str) -> float:
        return self.of(name)

    def of(self, name: str, **labels: str) -> float:
        return self.samples[f"spark_bot_{name}", frozenset(labels.items())]

    def __contains__(self, name: str) -> bool:
        return any(known == f"spark_bot_{name}" for known, _ in self.samples)


@pytest.fixture
def hung(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Give what has the bot's database answer no reads any more, until the test is over."""
    opened: list[Database] = []
    answers = threading.Event()

    def remembered(url: str, **hear: Any) -> Database:
        opened.append(Database(url, **hear))
        return opened[-1]

    monkeypatch.setattr("bot.app.Database", remembered)
    reads: list[asyncio.Future[bool]] = []
    yield lambda: reads.append(asyncio.ensure_future(opened[0].read(lambda _: answers.wait())))
    answers.set()


async def scraped(harness: Harness) -> Scraped:
    port = next(entry["port"] for entry in reversed(harness.log) if entry["event"] == "web.started")
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as answer,
    ):
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        return Scraped(await answer.text())


async def test_a_job_is_counted_and_timed_on_its_way(bot: Harness) -> None:
    await bot.posted(await bot.imagine(count=2))
    seen = await scraped(bot)
    assert seen["jobs_accepted_total"] == 1
    assert seen["tasks_claimed_total"] == 2
    assert seen.of("task_changes_total", state="succeeded") == 2
    assert seen.of("spark_requests_total", request="submit", answer="completed") == 2
    assert seen["job_duration_seconds_count"] == seen["delivery_duration_seconds_count"] == 1
    assert seen.of("store_step_duration_seconds_count", step="TaskStore.claim") >= 1
    assert seen.of("discord_requests_total", status="200") >= 1
    assert seen.of("ledger_usd", window="day", amount="settled") == pytest.approx(float(bot.bill))
    assert seen.of("ledger_usd", window="month", amount="reserved") == 0
    assert seen.of("ledger_limit_usd", window="day") == 25
    assert seen["connected_shards"] == seen["shards"] == 1
    assert seen["unserved_shards"] == 0
    assert seen["child_processes_resident_memory_bytes"] >= 0
    assert seen.samples["process_resident_memory_bytes", frozenset()] > 10_000_000


async def test_what_waits_is_told_with_its_age(bot: Harness) -> None:
    posting = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG))
    await bot.imagine()
    await posting.reached.wait()
    await bot.clock.advance(20)
    seen = await scraped(bot)
    assert seen.of("jobs", state="delivering") == 1
    assert seen["oldest_delivery_age_seconds"] == 20
    posting.release()
    await bot.done()


async def test_the_database_is_looked_at_every_five_seconds_however_many_ask(bot: Harness) -> None:
    looks = "store_step_duration_seconds_count"
    first = await scraped(bot)
    await asyncio.gather(*(scraped(bot) for _ in range(5)))
    assert (await scraped(bot)).of(looks, step="OverviewStore.at") == 1
    await bot.clock.advance(5)
    assert first["overview_age_seconds"] == 0
    assert (await scraped(bot))["overview_age_seconds"] == 0
    assert (await scraped(bot)).of(looks, step="OverviewStore.at") == 2


async def test_a_database_that_hangs_does_not_hang_it(harness: Harness, hung: Callable[[], None]) -> None:
    await harness.start()
    await harness.ready()
    await scraped(harness)
    hung()
    await harness.clock.advance(10)
    seen = await scraped(harness)
    assert seen["overview_age_seconds"] == 10
    assert "ledger_usd" in seen
    await harness.clock.advance(51)
    seen = await scraped(harness)
    assert seen["overview_age_seconds"] == 61
    assert "ledger_usd" not in seen
    assert "jobs_accepted_total" in seen


async def test_refusals_and_discords_own_are_counted(bot: Harness) -> None:
    await bot.imagine(prompt="x" * 900, strict=False)
    bot.discord.trouble.add(Trouble("POST", MESSAGES, status=403, code=50013))
    await bot.posted(await bot.imagine(), tick=1)
    seen = await scraped(bot)
    assert seen.of("refusals_total", refuser="bot") == 1
    assert seen.of("discord_requests_total", status="403") == seen["discord_refused_requests"] == 1


async def test_its_labels_are_few_and_name_nobody(bot: Harness) -> None:
    await bot.posted(await bot.imagine())
    await bot.refused(await bot.imagine(prompt="x" * 900, strict=False))
    seen = await scraped(bot)
    values = {value for _, labels in seen.samples for name, value in labels if name != "le"}
    assert not {value for value in values if re.search(r"\d{5}", value)}
    assert len(seen.samples) < 2000


async def test_the_dashboard_and_the_alerts_ask_for_what_is_told(bot: Harness) -> None:
    told = set(re.findall(r"^# TYPE (\w+) ", (await scraped(bot)).text, re.MULTILINE))
    alerts = [rule["expr"] for group in read("prometheus/alerts.yml")["groups"] for rule in group["rules"]]
    panels = [target["expr"] for panel in read("grafana/spark-bot.json")["panels"] for target in panel["targets"]]
    asked = {
        metric for asked in (*alerts, *panels) for metric in re.findall(r"\b(?:spark_bot|process)_\w+", asked)
    }
    assert {re.sub(r"_(bucket|sum|count)$", "", metric) for metric in asked} <= told
