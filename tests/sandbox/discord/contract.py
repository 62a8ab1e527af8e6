import importlib.util
import json
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sandbox.discord.http.request_log import LoggedRequest


@cache
def official_checker() -> Any:
    """Discord's official description, with its checker; None where it is not at hand."""
    root = Path(__file__).resolve().parents[3]
    folder = Path(os.environ.get("DISCORD_CONTRACT_DIR") or root / "../shared/contracts")
    script = folder / "check_discord_requests.py"
    if not script.exists():
        return None
    spec = importlib.util.spec_from_file_location("check_discord_requests", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as meanwhile:
        # for a format that nobody checks here jsonschema would compile grammars, which takes a second
        meanwhile.setitem(sys.modules, "rfc3987_syntax", None)
        spec.loader.exec_module(module)
    return module


def required_checker() -> Any:
    checker = official_checker()
    if checker is None:
        pytest.skip("Discord's official description is not here: DISCORD_CONTRACT_DIR may name its folder")
    return checker


def request_findings(request: LoggedRequest) -> Sequence[str]:
    """Hold a request against the description, where that is at hand."""
    return _findings_once(request.method, request.path, json.dumps(request.body))


@cache
def _findings_once(method: str, path: str, body: str) -> Sequence[str]:
    # most bots register the same commands, and these take longer to check than all else
    checker = official_checker()
    return () if checker is None else tuple(checker.check(method, path, json.loads(body))[1])


def findings(checker: Any, schema: Any, answer: Any) -> list[str]:
    """Hold an answer of the sandbox's against a schema of the description."""
    validator = checker.Draft202012Validator(checker.absolute(schema), registry=checker.REGISTRY)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(answer)]
