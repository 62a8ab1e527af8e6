"""What stands in `deploy/` fits the bot: its settings, its shards, how long it takes to end, what it tells."""

import inspect
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.cli import ToBeMended
from bot.gateway import client
from bot.jobs.worker import Worker
from bot.settings import ENVIRONMENT, Settings, load
from tests import deployment
from tests.deployment import DEPLOY, read, text_of

BOTS = ("bot-a", "bot-b")
UNITS = ("spark-bot.service", "spark-bot@.service")
ROOT = DEPLOY.parent
SETTINGS = {f"{section}_{key}".upper() for section, keys in ENVIRONMENT.items() for key in keys}
SECRETS = {"DISCORD_TOKEN_FILE", "SPARK_API_KEY_FILE"}


@pytest.fixture(scope="module")
def compose() -> Any:
    return read("compose.yaml")


def the(kind: str, name: str) -> Any:
    """Give an object of Kubernetes'."""
    [found] = [
        each for each in deployment.kubernetes() if (each["kind"], each["metadata"]["name"]) == (kind, name)
    ]
    return found


def container() -> Any:
    [bot] = the("StatefulSet", "spark-bot")["spec"]["template"]["spec"]["containers"]
    return bot


def loaded(environment: Mapping[str, str], folder: Path) -> Settings:
    """Read the settings as a bot with this environment does, its secrets from files that are there."""
    secret = folder / "secret"
    secret.write_text("hush-hush")
    files = {name: str(secret) for name in environment if name.endswith("_FILE")}
    settings = load(None, {**environment, **files})
    assert settings.discord.token is not None
    assert settings.spark.api_key is not None
    return settings


def assert_each_shard_is_served_once(settings: Iterable[Settings]) -> None:
    all_discord = [each.discord for each in settings]
    [count] = {discord.shard_count for discord in all_discord}
    assert count is not None
    assert sorted(shard for discord in all_discord for shard in discord.shard_ids or ()) == list(range(count))


def longest_stop() -> float:
    """Add up the seconds that a stop may wait: its graces come one after the other, and the worker has two."""
    graces = (
        inspect.getsource(app.opened).count("_STOP_GRACE") - 1 + inspect.getsource(Worker.stop).count("(grace)")
    )
    return client._FAREWELL + graces * app._STOP_GRACE


def test_the_bots_of_compose_serve_each_shard_once(compose: Any, tmp_path: Path) -> None:
    environments = [compose["services"][bot]["environment"] for bot in BOTS]
    assert all(environment.keys() <= SETTINGS | SECRETS for environment in environments)
    assert_each_shard_is_served_once(loaded(environment, tmp_path) for environment in environments)


def test_the_pods_of_kubernetes_serve_each_shard_once(tmp_path: Path) -> None:
    given = {each["name"]: str(each.get("value", "postgresql://host/name")) for each in container()["env"]}
    assert given.keys() - {"POD_INDEX"} <= SETTINGS | SECRETS
    stub = tmp_path / "spark-bot"
    stub.write_text('#!/bin/sh\necho "$1 $DISCORD_SHARD_IDS"\n')
    stub.chmod(0o755)
    shards = []
    for index in range(the("StatefulSet", "spark-bot")["spec"]["replicas"]):
        environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "POD_INDEX": str(index)}
        command = [*container()["command"], *container()["args"]]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603
        assert said[0] == "run"
        shards.append(said[1])
    assert_each_shard_is_served_once(loaded({**given, "DISCORD_SHARD_IDS": ids}, tmp_path) for ids in shards)


def test_nothing_is_killed_before_it_may_have_ended(compose: Any) -> None:
    graces = [int(compose["services"][bot]["stop_grace_period"].removesuffix("s")) for bot in BOTS]
    graces += [int(setting(unit, "TimeoutStopSec")) for unit in UNITS]
    graces += [the("StatefulSet", "spark-bot")["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]]
    pages = "".join((ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "docs/operations.md"))
    pages += text_of("README.md")
    told = [int(seconds) for seconds in re.findall(r"(?:--stop-timeout|docker stop --time) (\d+)", pages)]
    assert told
    assert min(*graces, *told) >= longest_stop()


def test_what_compose_names_is_there(compose: Any) -> None:
    for name, service in compose["services"].items():
        assert {*service.get("secrets", ())} <= compose["secrets"].keys(), name
        assert {*service.get("networks", ())} <= compose["networks"].keys(), name
        assert {*service.get("depends_on", ())} <= compose["services"].keys(), name
        for source in (volume.split(":")[0] for volume in service.get("volumes", ())):
            assert (DEPLOY / source).exists() if source.startswith(".") else source in compose["volumes"], source
        files = {value for key, value in service.get("environment", {}).items() if key.endswith("_FILE")}
        assert files <= {f"/run/secrets/{secret}" for secret in service.get("secrets", ())}, name


def test_compose_opens_no_port_but_to_its_own_machine(compose: Any) -> None:
    ports = [port for service in compose["services"].values() for port in service.get("ports", ())]
    assert ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_whatever_may_is_confined(compose: Any) -> None:
    free = {name for name, service in compose["services"].items() if not service.get("read_only")}
    assert free == {"postgres", "grafana"}  # they write beside their volumes
    assert all("no-new-privileges:true" in service["security_opt"] for service in compose["services"].values())
    assert all("mem_limit" in service for service in compose["services"].values())


def setting(unit: str, name: str) -> str:
    [value] = re.findall(rf"^{name}=(.*)$", text_of(unit), re.MULTILINE)
    return str(value)


def test_what_only_another_setting_mends_is_not_started_again() -> None:
    told = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert f"| {ToBeMended.exit_code} |" in told
    assert {setting(unit, "RestartPreventExitStatus") for unit in UNITS} == {str(ToBeMended.exit_code)}


def test_both_units_are_hardened_alike() -> None:
    one, many = (set(re.findall(r"^\w+=.*$", text_of(unit), re.MULTILINE)) for unit in UNITS)
    assert {line.split("=")[0] for line in one ^ many} == {
        "After",
        "Description",
        "Documentation",
        "EnvironmentFile",
    }


def test_a_bot_sees_on_which_machine_it_is() -> None:
    assert not re.search(r"^ProcSubset=", text_of("spark-bot@.service"), re.MULTILINE)


def scraped() -> Iterator[tuple[str, str]]:
    """Give the service and the port of everything that Prometheus asks."""
    for job in read("prometheus/prometheus.yml")["scrape_configs"]:
        for target in (target for group in job["static_configs"] for target in group["targets"]):
            service, _, port = target.partition(":")
            yield service, port


def test_prometheus_asks_services_that_there_are(compose: Any) -> None:
    assert {*scraped()} == {(bot, str(Settings().web.port)) for bot in BOTS}
    assert {*BOTS} < compose["services"].keys()


def test_grafana_finds_its_dashboard_and_its_source(compose: Any) -> None:
    [source] = read("grafana/datasources.yml")["datasources"]
    assert source["url"].removeprefix("http://").partition(":")[0] in compose["services"]
    panels = read("grafana/spark-bot.json")["panels"]
    assert {panel["datasource"]["uid"] for panel in panels if "datasource" in panel} <= {source["uid"]}
    assert {target["datasource"]["uid"] for panel in panels for target in panel["targets"]} == {source["uid"]}
    [provider] = read("grafana/dashboards.yml")["providers"]
    mounted = {volume.split(":")[1] for volume in compose["services"]["grafana"]["volumes"]}
    assert provider["options"]["path"] in mounted
