"""What releases rest on: lock files that tools can renew, a version that is said once, a log of changes."""

import json
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_says_the_command_that_makes_it_as_make_lock_has_it(lock: str) -> None:
    said = re.search(r"^#    uv (.*)$", text_of(lock), re.MULTILINE)
    assert said is not None
    makefile = text_of("Makefile")
    [of_both] = re.findall(r"^LOCK := (.*)$", makefile, re.MULTILINE)
    [recipe] = re.findall(rf"/uv (.* --output-file={re.escape(lock)}) \$\(LOCK\)", makefile)
    ran = [word for word in f"{recipe} {of_both}".split() if word not in {"--quiet", "--upgrade"}]
    assert said[1].split() == ran


@pytest.mark.parametrize("lock", LOCKS)
def test_renovate_finds_the_lock_files(lock: str) -> None:
    [pattern] = json.loads(text_of(".github/renovate.json"))["pip-compile"]["managerFilePatterns"]
    assert re.search(pattern.strip("/"), lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_asked_for_is_locked(lock: str) -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    groups = project["dependency-groups"]
    asked = [*project["project"]["dependencies"], *groups["build"], *(groups["dev"] if "dev" in lock else ())]
    names = {re.split(r"[^\w.-]", each)[0].lower().replace(".", "-") for each in asked}
    assert names <= set(re.findall(r"^([\w-]+)==", text_of(lock), re.MULTILINE))


def test_the_version_is_said_once_and_told() -> None:
    told = CliRunner().invoke(main, ["--version"])
    assert told.output == f"spark-bot, version {version('spark-bot')}\n"


def test_the_log_of_changes_begins_with_this_version_or_what_comes_after_it() -> None:
    first, *_ = re.findall(r"^## \[(.+?)\]", text_of("CHANGELOG.md"), re.MULTILINE)
    assert first in {"Unreleased", tomllib.loads(text_of("pyproject.toml"))["project"]["version"]}
