"""What the docs name is there: files, tests, headings, tables; and an invariant's tests bear its number."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.schema import metadata

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [
    *sorted(DOCS.rglob("*.md")),
    *sorted((ROOT / "deploy").glob("*.md")),
    *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY")),
]
FOLDERS = ("bot", "spark", "sandbox", "tests", "benchmarks", "deploy", "docs", ".ci")
CODE = re.compile(r"^```\w*\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
PATH = re.compile(rf"(?:(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]*|[\w/-]+\.(?:py|md))(?:::\w+)?", re.ASCII)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
INVARIANT = re.compile(r"^## (I\d+): .+?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
MARKED = re.compile(r"^# invariant (.+)\n(?:(?!async def |def ).*\n)*(?:async )?def (\w+)", re.MULTILINE)
TABLE = re.compile(r"^    (\w+) \{\n(.*?)^    \}", re.DOTALL | re.MULTILINE)
COLUMN = re.compile(r"^ +\w+ (\w+)((?: PK)?,?(?: FK)?)", re.MULTILINE)
WORD = re.compile(r"^\| \*\*(.+?)\*\* \|", re.MULTILINE)


def id_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def named_in(page: Path) -> Iterator[str]:
    """Give the paths that stand in a page's code, in its lines and in its blocks."""
    for block, line in CODE.findall(text_of(page)):
        yield from (word for word in re.split(r"[\s,]+", block or line) if PATH.fullmatch(word))


def is_there(named: str) -> bool:
    """Whether a path is one of this project: from its top, or the end of one, as a table of one folder has it."""
    path, _, test = named.partition("::")
    if path.split("/")[0] in FOLDERS:
        found = [ROOT / path] if (ROOT / path).exists() else []
    else:
        inside = (each for folder in FOLDERS for each in (ROOT / folder).rglob(Path(path).name))
        found = [each for each in (ROOT / path, *inside) if each.is_file() and str(each).endswith(f"/{path}")]
    return any(not test or f"def {test}(" in text_of(each) for each in found)


def anchors_of(page: Path) -> set[str]:
    """Give what a link may lead to: headings, named as GitHub does, and places that are named by hand."""
    slugs = (
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text_of(page))
    )
    return {*slugs, *re.findall(r'<a id="([^"]+)">', text_of(page))}


def invariants() -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the number of each invariant and its tests."""
    sections = INVARIANT.finditer(text_of(DOCS / "invariants.md"))
    return [(section[1], TEST.findall(section[0])) for section in sections]


@pytest.mark.parametrize("page", PAGES, ids=id_of)
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    assert [named for named in named_in(page) if not is_there(named)] == []


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=id_of)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = []
    for path, anchor in LINK.findall(text_of(page)):
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(f"{path}#{anchor}")
    assert broken == []


def test_an_invariants_tests_bear_its_number_and_no_others_do() -> None:
    listed = {(number, module, test) for number, tests in invariants() for module, test in tests}
    marked = {
        (number, id_of(module), test)
        for module in (ROOT / "tests").rglob("test_*.py")
        for numbers, test in MARKED.findall(text_of(module))
        for number in numbers.split(", ")
    }
    assert listed == marked


def test_invariants_are_numbered_in_order_and_each_is_held_by_a_test() -> None:
    numbers = [number for number, _ in invariants()]
    assert numbers == [f"I{n}" for n in range(1, len(numbers) + 1)]
    assert [number for number, tests in invariants() if not tests] == []


def test_the_drawn_tables_are_those_that_there_are() -> None:
    page = text_of(DOCS / "tables.md")
    drawn = {name: dict(COLUMN.findall(body)) for name, body in TABLE.findall(page)}
    assert drawn.keys() == set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == metadata.tables.keys()
    for name, columns in drawn.items():
        table = metadata.tables[name]
        assert columns.keys() <= set(table.columns.keys())
        keys = {each for each, marks in columns.items() if "PK" in marks}
        references = {each for each, marks in columns.items() if "FK" in marks}
        assert keys == set(table.primary_key.columns.keys())
        assert references == {key.parent.name for key in table.foreign_keys}


def test_the_glossary_explains_each_word_once() -> None:
    words = WORD.findall(text_of(DOCS / "glossary.md"))
    assert sorted(words) == sorted(set(words))
