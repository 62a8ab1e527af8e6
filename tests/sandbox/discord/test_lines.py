from typing import Any

import pytest

from sandbox.discord.model.commands import Command
from sandbox.discord.people.lines import (
    ChooseLine,
    CommandLine,
    FileName,
    Line,
    LineError,
    MenuLine,
    PressLine,
    ReplyLine,
    parse,
)
from sandbox.discord.rules.commands import read_command

STRING, INTEGER, BOOLEAN, USER, NUMBER, ATTACHMENT = 3, 4, 5, 6, 10, 11


def option(name: str, kind: int, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "description": name, **more}


def command(name: str, *options: dict[str, Any], **more: Any) -> Command:
    raw = {"name": name, "description": name, "options": list(options), **more}
    return read_command(raw, command_id=1, version=1)


COMMANDS = [
    command(
        "imagine",
        option("prompt", STRING, required=True),
        option("aspect", STRING, choices=[{"name": n, "value": n} for n in ("1:1", "16:9")]),
        option("quality", STRING, choices=[{"name": "High definition", "value": "hd"}]),
        option("count", INTEGER),
        option("strength", NUMBER),
        option("spoiler", BOOLEAN),
        option("image", ATTACHMENT),
    ),
    command("help"),
    command(
        "spend",
        {"name": "user", "type": 1, "description": "x", "options": [option("member", USER)]},
        {
            "name": "limit",
            "type": 2,
            "description": "x",
            "options": [{"name": "set", "type": 1, "description": "x", "options": [option("usd", NUMBER)]}],
        },
    ),
    command("Edit image", type=3),
]


@pytest.mark.parametrize(
    ("line", "name", "options"),
    [
        ("/imagine prompt:a red fox in snow", "/imagine", {"prompt": "a red fox in snow"}),
        (
            "/imagine prompt:a lighthouse at dawn aspect:16:9 count:3",
            "/imagine",
            {"prompt": "a lighthouse at dawn", "aspect": "16:9", "count": 3},
        ),
        ("/imagine prompt:note: this", "/imagine", {"prompt": "note: this"}),
        ("/imagine prompt: a fox, style:oil  ", "/imagine", {"prompt": "a fox, style:oil"}),
        ("/imagine prompt:my discount:3 cents", "/imagine", {"prompt": "my discount:3 cents"}),
        ("/imagine count:-2 prompt:x", "/imagine", {"count": -2, "prompt": "x"}),
        ("/imagine prompt:x quality:hd", "/imagine", {"prompt": "x", "quality": "hd"}),
        ("/imagine prompt:x quality:high DEFINITION", "/imagine", {"prompt": "x", "quality": "hd"}),
        (
            "/imagine prompt:x strength:0.5 spoiler:True",
            "/imagine",
            {"prompt": "x", "strength": 0.5, "spoiler": True},
        ),
        ("/imagine prompt:x spoiler:false", "/imagine", {"prompt": "x", "spoiler": False}),
        ("/imagine prompt:x image:pictures/a fox.png", "/imagine", {"prompt": "x", "image": "pictures/a fox.png"}),
        ("/imagine prompt:two\nlines", "/imagine", {"prompt": "two\nlines"}),
        ("/imagine", "/imagine", {}),
        ("  /help ", "/help", {}),
        ("/spend user member:<@123>", "/spend user", {"member": 123}),
        ("/spend user member:123", "/spend user", {"member": 123}),
        ("/spend limit set usd:2", "/spend limit set", {"usd": 2.0}),
    ],
)
def test_command_line(line: str, name: str, options: dict[str, Any]) -> None:
    assert parse(line, COMMANDS) == CommandLine(name, options)


@pytest.mark.parametrize("line", ["reply: make it night", "Reply:make it night", " reply:  make it night "])
def test_reply_line(line: str) -> None:
    assert parse(line, COMMANDS) == ReplyLine("make it night")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("press: Again", PressLine("Again")),
        ("Press:Stylize...", PressLine("Stylize...")),
        ("press: Edit… | Words: make it night: now", PressLine("Edit…", {"Words": "make it night: now"})),
        ("choose: Watercolor Style", ChooseLine("Watercolor Style")),
        ("choose: Other | Which: mine", ChooseLine("Other", {"Which": "mine"})),
        ("menu: Edit image", MenuLine("Edit image")),
        ("menu: edit IMAGE", MenuLine("Edit image")),
        (
            "menu: Edit image | prompt: night|Mask: @last",
            MenuLine("Edit image", {"prompt": "night", "Mask": "@last"}),
        ),
        ("reply: this | that: those", ReplyLine("this | that: those")),
    ],
)
def test_line_of_a_gesture(line: str, read: Line) -> None:
    assert parse(line, COMMANDS) == read


def test_file_is_told_from_words() -> None:
    read = parse("/imagine prompt:@last image:@last", COMMANDS)
    assert isinstance(read, CommandLine)
    assert {name for name, value in read.options.items() if isinstance(value, FileName)} == {"image"}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("make it night", "A line begins with /, reply:, press:, choose: or menu:, not with 'make it night'."),
        ("reply:", "A reply needs words: reply: make it night"),
        ("/paint x", "There is no command /paint. There is /help, /imagine or /spend."),
        ("/", "There is no command /. There is /help, /imagine or /spend."),
        ("/spend", "/spend needs one of its subcommands: /spend limit set or /spend user."),
        ("/spend everyone", "/spend needs one of its subcommands: /spend limit set or /spend user."),
        ("/help me", "/help cannot place 'me'. It takes no options."),
        (
            "/imagine a fox count:2",
            "/imagine cannot place 'a fox'. "
            "It takes prompt:, aspect:, quality:, count:, strength:, spoiler: or image:.",
        ),
        ("/imagine prompt:x count:2 count:3", "/imagine was given count: twice."),
        ("/imagine prompt:x count:many", "count: takes a whole number, not 'many'."),
        ("/imagine prompt:x count:1.5", "count: takes a whole number, not '1.5'."),
        ("/imagine prompt:x strength:nan", "strength: takes a number, not 'nan'."),
        ("/imagine prompt:x spoiler:maybe", "spoiler: takes true or false, not 'maybe'."),
        ("/imagine prompt:x aspect:2:1", "aspect: takes 1:1 or 16:9, not '2:1'."),
        ("/imagine prompt: count:2", "prompt: needs a value."),
        ("/spend user member:alice", "member: takes a mention or an id, not 'alice'."),
        ("/Edit image", "There is no command /Edit. There is /help, /imagine or /spend."),
        ("press:", "A press needs a button: press: Again"),
        ("press: | Words: x", "A press needs a button: press: Again"),
        ("choose: ", "A choice needs an option: choose: Watercolor"),
        ("menu:", "A menu needs a command: menu: Edit image"),
        ("menu: imagine", "There is no message command 'imagine'. There is Edit image."),
        (
            "press: Edit… | make it night",
            "After a | a form's field is filled in, as in | Prompt: make it night, not 'make it night'.",
        ),
        (
            "press: Edit… | Words:",
            "After a | a form's field is filled in, as in | Prompt: make it night, not 'Words:'.",
        ),
    ],
)
def test_line_that_cannot_be_read(line: str, sentence: str) -> None:
    with pytest.raises(LineError) as refused:
        parse(line, COMMANDS)
    assert str(refused.value) == sentence
