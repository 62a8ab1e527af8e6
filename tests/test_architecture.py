"""The houses as CONTRIBUTING draws them: each module is parsed once, and a failing rule names every offender."""

import ast
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FLOORS = {
    "bot": (
        ("spark",),
        ("bot.domain", "bot.metrics"),
        ("bot.wording",),
        ("bot.orders",),
        ("bot.store",),
        ("bot.jobs",),
        ("bot.health",),
        ("bot.moderation",),
        ("bot.usage", "bot.sheets"),
        ("bot.interactions",),
        ("bot.delivery",),
        ("bot.features",),
        ("bot.gateway",),
        ("bot.settings",),
        ("bot.logs", "bot.web"),
        ("bot.operator",),
        ("bot.app",),
        ("bot.cli",),
        ("bot.__main__",),
    ),
    "sandbox.discord": (
        ("spark",),
        ("sandbox.discord.model",),
        ("sandbox.discord.rules",),
        ("sandbox.discord.payloads",),
        ("sandbox.discord.gateway",),
        ("sandbox.discord.actions",),
        ("sandbox.discord.people", "sandbox.discord.rest"),
        ("sandbox.discord.http",),
        ("sandbox.discord.sandbox",),
    ),
}
"""Each house from the ground up; what shares a floor stands side by side and apart."""

LIBRARIES = {
    "discord": ("bot.interactions", "bot.delivery", "bot.features", "bot.gateway"),
    "sqlalchemy": ("bot.store",),
    "alembic": ("bot.store",),
    # the bot has it in confined workers alone
    "PIL": ("spark.images", "bot.usage.chart_worker", "bot.sheets.sheet_worker", "sandbox"),
    "pillow_heif": ("spark.images",),
    "prometheus_client": ("bot.metrics", "bot.web.gauges"),
    "pydantic_settings": ("bot.settings",),
    "click": ("bot.cli", "sandbox.__main__"),
    "sandbox": ("sandbox", "bot.cli"),
    "bot": ("bot", "sandbox.demo"),
}
"""Who imports what is not for everybody."""

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(module: Path) -> str:
    return ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def modules() -> Mapping[str, ast.Module]:
    return parsed("bot", "spark", "sandbox")


def parsed(*packages: str) -> Mapping[str, ast.Module]:
    found = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    return {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(found)}


@cache
def imports() -> Mapping[str, Collection[str]]:
    """Give what each module imports anywhere in it, under `TYPE_CHECKING` and in functions too."""
    return {name: sorted(set(imported(tree, modules()))) for name, tree in modules().items()}


def imported(tree: ast.AST, known: Collection[str]) -> Iterator[str]:
    """Give what a module imports: of the `known` modules each, of all others what stands behind `from`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = "." * node.level + (node.module or "")
            names = (f"{package}.{alias.name}" for alias in node.names)
            yield from (name if name in known else package for name in names)


def is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def place_of(name: str, house: str) -> tuple[int, str] | None:
    """Tell a module's floor, from 0 up, and its part of it; None for one that is not of the house."""
    rooms = ((n, part) for n, parts in enumerate(FLOORS[house]) for part in parts)
    return next(((n, part) for n, part in rooms if is_in(name, part)), None)


def circles() -> set[frozenset[str]]:
    """Give the sets of modules each of which reaches all others of its set."""
    reached = {name: reach(name) for name in modules()}
    return {
        frozenset(other for other in reached[name] if name in reached[other])
        for name in modules()
        if name in reached[name]
    }


def reach(name: str) -> set[str]:
    found: set[str] = set()
    new = {name}
    while new:
        new = {other for each in new for other in imports()[each] if other in modules()} - found
        found |= new
    return found


@pytest.mark.parametrize("house", FLOORS)
def test_a_floor_stands_only_on_those_below(house: str) -> None:
    assert not [
        f"{name} imports {other}"
        for name, others in imports().items()
        for other in others
        if (own := place_of(name, house)) and (there := place_of(other, house))
        if there != own and there[0] >= own[0]
    ]


@pytest.mark.parametrize("house", FLOORS)
def test_every_module_of_a_house_has_its_floor(house: str) -> None:
    assert [name for name in modules() if is_in(name, house) and place_of(name, house) is None] == [house]


def test_a_library_is_imported_only_where_it_belongs() -> None:
    assert not [
        f"{name} imports {other}"
        for name, others in imports().items()
        for other in others
        for library, homes in LIBRARIES.items()
        if is_in(other, library) and not any(is_in(name, home) for home in homes)
    ]


def test_no_module_reaches_itself() -> None:
    assert not [sorted(circle) for circle in circles()]


def test_every_module_begins_with_a_line_that_says_what_it_is_for() -> None:
    docstrings = {name: ast.get_docstring(tree) or "" for name, tree in modules().items()}
    assert not [name for name, text in docstrings.items() if not text.partition("\n")[0].endswith(".")]


def test_imports_are_absolute() -> None:
    relative = {name: [other for other in others if other.startswith(".")] for name, others in imports().items()}
    assert not {name: others for name, others in relative.items() if others}


def test_no_test_is_imported() -> None:
    tests = parsed("tests")
    assert not [
        f"{name} imports {other}"
        for name, tree in tests.items()
        for other in imported(tree, tests)
        if other in tests and other.rpartition(".")[2].startswith("test_")
    ]


def test_production_reaches_the_sandbox_only_from_inside_the_demo() -> None:
    house = modules()
    at_import = {
        name: [other for node in tree.body if not isinstance(node, FUNCTIONS) for other in imported(node, house)]
        for name, tree in house.items()
        if not is_in(name, "sandbox")
    }
    assert not [name for name, others in at_import.items() if any(is_in(other, "sandbox") for other in others)]
