from typing import Any

import pytest

from sandbox.discord.rules.commands import check_commands
from sandbox.discord.rules.errors import DiscordError


def option(kind: int = 3, **more: Any) -> dict[str, Any]:
    return {"name": "prompt", "description": "What", "type": kind, **more}


def command(**more: Any) -> dict[str, Any]:
    return {"name": "imagine", "description": "Paint", "type": 1, **more}


def choices(number: int) -> list[dict[str, Any]]:
    return [{"name": f"{n}", "value": f"{n}"} for n in range(number)]


def long_choices(number: int) -> list[dict[str, Any]]:
    return [{"name": f"{n:0100}", "value": f"{n:0100}"} for n in range(number)]


def options(number: int) -> list[dict[str, Any]]:
    return [option(name=f"o{n}") for n in range(number)]


@pytest.mark.parametrize(
    "commands",
    [
        [],
        [command()],
        [command(name="x" * 32, description="d" * 100)],
        [command(options=options(25))],
        [command(options=[option(choices=choices(25))])],
        [command(options=[option(4, choices=[{"name": "one", "value": 1}])])],
        [command(options=[option(required=True), option(name="b")])],
        [command(name="größe")],
        [command(type=3, name="Edit image", description="")],
        [command(), command(type=3, description="")],
        [command(type=3, name=f"menu {n}", description="") for n in range(5)],
        [command(options=[option(2, options=[option(1, options=[option()])])])],
    ],
)
def test_registration_within_the_limits(commands: list[dict[str, Any]]) -> None:
    assert check_commands(commands) == commands


@pytest.mark.parametrize(
    ("commands", "path"),
    [
        ([command(name="Imagine")], "0.name"),
        ([command(name="x" * 33)], "0.name"),
        ([command(name="two words")], "0.name"),
        ([command(name="")], "0.name"),
        ([command(description="")], "0.description"),
        ([command(description="d" * 101)], "0.description"),
        ([command(description=None)], "0.description"),
        ([command(type=9)], "0.type"),
        ([command(), command()], "1.name"),
        ([command(options=options(26))], "0.options"),
        ([command(options=[option(name="Prompt")])], "0.options.0.name"),
        ([command(options=[option(), option()])], "0.options.1.name"),
        ([command(options=[option(description="")])], "0.options.0.description"),
        ([command(options=[option(99)])], "0.options.0.type"),
        ([command(options=[option(choices=choices(26))])], "0.options.0.choices"),
        ([command(options=[option(5, choices=choices(1))])], "0.options.0.choices"),
        ([command(options=[option(choices=choices(1), autocomplete=True)])], "0.options.0.choices"),
        ([command(options=[option(choices=[{"name": "", "value": "x"}])])], "0.options.0.choices.0.name"),
        ([command(options=[option(choices=[{"name": "x", "value": "v" * 101}])])], "0.options.0.choices.0.value"),
        ([command(options=[option(4, choices=[{"name": "x", "value": "1"}])])], "0.options.0.choices.0.value"),
        ([command(options=[option(), option(name="b", required=True)])], "0.options.1"),
        ([command(options=[option(max_length=6001)])], "0.options.0.max_length"),
        ([command(options=[option(max_length=0)])], "0.options.0.max_length"),
        ([command(options=[option(), option(1, name="sub")])], "0.options"),
        ([command(options=[option(1, options=[option(1)])])], "0.options.0.options.0.type"),
        ([command(options=[option(2, options=[option(2)])])], "0.options.0.options.0.type"),
        ([command(type=3, name="Edit image")], "0.description"),
        ([command(type=3, name="m" * 33, description="")], "0.name"),
        ([command(type=3, name=f"menu {n}", description="") for n in range(6)], ""),
        ([command(name=f"c{n}") for n in range(101)], ""),
        (
            [
                command(
                    options=[
                        option(name="a", choices=long_choices(25)),
                        option(name="b", choices=long_choices(16)),
                    ]
                )
            ],
            "0",
        ),
        ({"name": "imagine"}, ""),
    ],
)
def test_registration_over_a_limit(commands: Any, path: str) -> None:
    with pytest.raises(DiscordError) as refused:
        check_commands(commands)
    node = refused.value.errors
    for key in path.split(".") if path else ():
        assert node is not None
        node = node[key]
    assert refused.value.fault.code == 50035
    assert node is not None
    assert node["_errors"]
