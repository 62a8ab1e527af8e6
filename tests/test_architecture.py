import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = (
    "spark",
    "bot.domain",
    "bot.store",
    "bot.jobs",
    "bot.moderation",
    "bot.usage",
    "bot.interactions",
    "bot.delivery",
    "bot.features",
    "bot.gateway",
)
MODULES = sorted(p for package in ("bot", "spark", "sandbox") for p in (ROOT / package).rglob("*.py"))


def name_of(module: Path) -> str:
    return ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def floor_of(name: str) -> int | None:
    return next((i for i, floor in enumerate(FLOORS) if is_in(name, floor)), None)


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_floor_stands_only_on_those_below(module: Path) -> None:
    own = floor_of(name_of(module))
    if own is None:
        return
    above = [name for name in imports_of(module) if (floor := floor_of(name)) is not None and floor > own]
    assert not above


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_library_is_imported_only_where_it_belongs(module: Path) -> None:
    name, imported = name_of(module), list(imports_of(module))
    faces_discord = ("bot.interactions", "bot.delivery", "bot.features", "bot.gateway")
    if not any(is_in(name, package) for package in faces_discord):
        assert not [i for i in imported if is_in(i, "discord")]
    if not is_in(name, "bot.store"):
        assert not [i for i in imported if is_in(i, "sqlalchemy") or is_in(i, "alembic")]
    if is_in(name, "spark"):
        assert not [i for i in imported if is_in(i, "bot")]
    if not is_in(name, "sandbox") and name != "bot.cli":
        assert not [i for i in imported if is_in(i, "sandbox")]


def test_the_command_line_reaches_the_sandbox_only_from_inside_the_demo() -> None:
    top = ast.parse((ROOT / "bot/cli.py").read_text(encoding="utf-8")).body
    imported = [node.module or "" for node in top if isinstance(node, ast.ImportFrom)]
    assert not [name for name in imported if is_in(name, "sandbox")]
