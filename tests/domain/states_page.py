"""Writes docs/states.md from the table of states: `python -m tests.domain.states_page`."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path

from bot.domain.states import JOBS, TASKS, Event, Rules, State

PAGE = Path(__file__).parents[2] / "docs" / "states.md"
_HEAD = """\
# The states of tasks and jobs

This page is written from the table in `bot/domain/states.py`, by `python -m tests.domain.states_page`; `Rules`
and `TaskRules` there say what each column means. Tests hold this page, the store's steps and the database's
constraints and partial indexes to the table, and walk random paths through it in a real database
(`tests/store/test_lives.py`). Each step is one transaction."""


def written() -> str:
    """Write the page."""
    parts = ["## A task", *_described(TASKS), "## A job", *_described(JOBS)]
    return "\n\n".join([_HEAD, *parts]) + "\n"


def _described(table: Mapping[State, Rules[State, Event]]) -> Iterator[str]:
    for part in (_diagram, _rules, _steps):
        yield "\n".join(part(table))


def _diagram(table: Mapping[State, Rules[State, Event]]) -> Iterator[str]:
    """Draw an arrow for each two states, with all that leads from one to the other."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {next(iter(table))}"
    for state, rules in table.items():
        events: dict[State, list[str]] = {}
        for steps in rules.steps.values():
            for event, to in steps.items():
                events.setdefault(to, []).append(event.replace("_", " "))
        for to, names in events.items():
            yield f"    {state} --> {to}: {', '.join(names)}"
        if rules.ended:
            yield f"    {state} --> [*]"
    yield "```"


def _rules(table: Mapping[State, Rules[State, Event]]) -> Iterator[str]:
    named = [field.name for field in fields(next(iter(table.values()))) if field.name != "steps"]
    columns = [name for name in named if any(getattr(rules, name) for rules in table.values())]
    yield f"| state | {' | '.join(columns).replace('_', ' ')} |"
    yield "|---" * (len(columns) + 1) + "|"
    for state, rules in table.items():
        facts = (getattr(rules, column) for column in columns)
        words = ("yes" if fact is True else fact or "–" for fact in facts)
        yield f"| `{state}` | {' | '.join(words)} |"


def _steps(table: Mapping[State, Rules[State, Event]]) -> Iterator[str]:
    yield "| in | happens | by | then |"
    yield "|---|---|---|---|"
    for state, rules in table.items():
        for who, steps in rules.steps.items():
            yield from (f"| `{state}` | `{event}` | {who} | `{to}` |" for event, to in steps.items())


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
