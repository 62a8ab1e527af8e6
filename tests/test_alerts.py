"""Each alert fires where it is to, stays silent where not, and has its page: promtool plays `tests/alerts/`."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deployment import DEPLOY, read, text_of

SCENES = sorted(Path(__file__).with_name("alerts").glob("*.yml"))
PAGE = DEPLOY.parent / "docs" / "operations.md"


def rules() -> dict[str, Any]:
    """Give the alerts by name."""
    return {rule["alert"]: rule for group in read("prometheus/alerts.yml")["groups"] for rule in group["rules"]}


def promtool(*arguments: str | Path) -> str:
    """Give what promtool says, or fail with it."""
    if shutil.which("promtool") is None:
        missing = pytest.fail if os.environ.get("REQUIRE_PROMTOOL") else pytest.skip
        missing("promtool is not installed (apt-get install prometheus)")
    asked = ("promtool", *map(str, arguments))
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - of this repository
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_prometheus_is_given_is_valid() -> None:
    assert "1 rule files found" in promtool("check", "config", DEPLOY / "prometheus" / "prometheus.yml")
    assert f"{len(rules())} rules found" in promtool("check", "rules", DEPLOY / "prometheus" / "alerts.yml")


def test_each_alert_fires_when_it_is_to_and_only_then() -> None:
    assert promtool("test", "rules", *SCENES).count("SUCCESS") == len(SCENES) == len(rules())


def test_each_alert_is_seen_firing_and_silent() -> None:
    seen = {
        (name, bool(looked.get("exp_alerts")))
        for scene in SCENES
        for test in yaml.safe_load(scene.read_text(encoding="utf-8"))["tests"]
        for looked in test["alert_rule_test"]
        if (name := looked["alertname"])
    }
    assert seen == {(name, fires) for name in rules() for fires in (True, False)}


@pytest.mark.parametrize("name", rules())
def test_each_alert_has_its_page(name: str) -> None:
    told = rules()[name]["annotations"]
    assert told["runbook"] == f"docs/operations.md#{name.lower()}"
    assert re.search(rf"^### {name}\n\n\S", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert told["summary"]
    assert told["description"].endswith(".")


def test_no_page_is_left_of_an_alert_that_is_gone() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("\n## The alerts\n")[2].partition("\n## ")[0]
    assert re.findall(r"^### (\w+)$", section, re.MULTILINE) == list(rules())


def test_compose_gives_prometheus_its_rules() -> None:
    [file] = read("prometheus/prometheus.yml")["rule_files"]
    assert f"./prometheus/{file}:/etc/prometheus/{file}:ro" in text_of("compose.yaml")
