import importlib.util
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

Check = Callable[[str, str, Any], tuple[str | None, list[str]]]


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
    spec.loader.exec_module(module)
    return module


def required_checker() -> Any:
    checker = official_checker()
    if checker is None:
        pytest.skip("Discord's official description is not here: DISCORD_CONTRACT_DIR may name its folder")
    return checker
