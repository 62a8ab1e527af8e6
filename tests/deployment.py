"""What stands in `deploy/`, read as those programs read it that it is for."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

DEPLOY = Path(__file__).parents[1] / "deploy"
_BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)


def text_of(path: str) -> str:
    return (DEPLOY / path).read_text(encoding="utf-8")


def read(path: str) -> Any:
    """Read a file of YAML or JSON."""
    return json.loads(text_of(path)) if path.endswith(".json") else yaml.safe_load(text_of(path))


def kubernetes() -> list[Any]:
    """Read all objects of the page about Kubernetes."""
    blocks = _BLOCK.findall(text_of("kubernetes.md"))
    return [each for block in blocks for each in yaml.safe_load_all(block)]
