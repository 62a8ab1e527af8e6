import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.jobs import Order, Task, TaskOrder
from bot.domain.pictures.sources import InputImage, Source
from bot.domain.sizes import IMAGINE_SIZES, PORTRAIT_SIZES, STRUCTURE_SIZES
from bot.orders.command_lines import asked_for, options_of
from bot.orders.edit import EditOptions, edit_order
from bot.orders.imagine import ImagineOptions, imagine_order
from bot.orders.picture_orders import PictureOrder
from bot.orders.portrait import PORTRAIT_MODES, PortraitOptions, portrait_order
from bot.orders.stylize import WATERMARK_LANGUAGES, WATERMARK_POSITIONS, StylizeOptions, stylize_order
from bot.wording.details import command_line
from spark import STYLES, Edit, Portrait
from tests.examples import JOB, TASK

Asks = Callable[[Mapping[str, Any]], Order]
_IMAGE = InputImage("f" * 64, b"", "png", 1200, 800)


def of_a_picture(order: PictureOrder) -> Order:
    return order.of(_IMAGE, Source("https://cdn.example/cat.png", "cat.png"))


def imagine(options: Mapping[str, Any]) -> Order:
    return imagine_order(ImagineOptions(**options), random.Random(4))


def edit(options: Mapping[str, Any]) -> Order:
    return of_a_picture(edit_order(EditOptions(**options), Edit.name, random.Random(4)))


def stylize(options: Mapping[str, Any]) -> Order:
    return of_a_picture(stylize_order(StylizeOptions(**options)))


def portrait(options: Mapping[str, Any]) -> Order:
    return of_a_picture(portrait_order(PortraitOptions(**options), random.Random(4)))


def tasks_of(order: Order) -> tuple[Task, ...]:
    return tuple(
        replace(TASK, position=n, model=t.model, params=t.params, width=t.width, height=t.height)
        for n, t in enumerate(order.tasks, start=1)
    )


def lines_of(order: Order) -> list[str]:
    job = replace(JOB, kind=order.kind, spoiler=order.spoiler, tasks=tasks_of(order))
    return [command_line(job.kind, options) for options in asked_for(job)]


def each(name: str, values: Iterable[object], **others: object) -> list[dict[str, object]]:
    return [{name: value, **others} for value in values]


_IMAGINE = [
    {"prompt": "a fox"},
    {"prompt": "a fox\nin two lines `and` marks"},
    *each("size", IMAGINE_SIZES.named(), prompt="a fox"),
    {"prompt": "a fox", "size": "700x900"},
    {"prompt": "a fox", "size": "512x1536", "seed": 2147483647},
    *each("enhance", ["auto", "on", "off"], prompt="a fox"),
    *each("enhance", ["auto", "on", "off"], prompt="a fox " * 40),
    *each("count", [1, 2, 4], prompt="a fox", seed=9, spoiler=True),
]
_EDIT = [
    {"prompt": "night"},
    *each("model", ["edit", "structure"], prompt="night"),
    *each("strength", [0, 0.0, 0.25, 0.5, 1 / 3, 1], prompt="night", model="edit"),
    *each("strength", [0, 0.5, 1], prompt="night", model="structure", seed=3),
    *each("size", STRUCTURE_SIZES.named(), prompt="night", model="structure"),
    {"prompt": "night", "model": "structure", "size": "512x2016", "spoiler": True},
]
_STYLIZE = [
    *each("style", STYLES),
    {"style": "anime", "watermark": True},
    {"style": "anime", "watermark": False},
    {"style": "anime", "watermark_text": "© me", "spoiler": True},
    *each("watermark_position", WATERMARK_POSITIONS, style="angel"),
    *each("watermark_language", WATERMARK_LANGUAGES, style="angel"),
    *each("watermark_opacity", [0, 0.25, 1], style="angel", watermark=True),
]
_PORTRAIT = [
    {},
    {"prompt": "as a king"},
    *each("mode", PORTRAIT_MODES),
    *each("mode", PORTRAIT_MODES, prompt="as a king"),
    *(
        each(name, [0, 0.1, 0.4, 0.7, 1.0])[n]
        for name in ("face_clarity", "beautify", "even_skin")
        for n in range(5)
    ),
    *each("size", PORTRAIT_SIZES.named()),
    {"size": "512x2048", "seed": 77, "spoiler": True},
]


@pytest.mark.parametrize(
    ("asks", "options"),
    [
        (asks, options)
        for asks, table in ((imagine, _IMAGINE), (edit, _EDIT), (stylize, _STYLIZE), (portrait, _PORTRAIT))
        for options in table
    ],
)
def test_what_a_task_tells_asks_for_the_same_again(asks: Asks, options: Mapping[str, Any]) -> None:
    order = asks(options)
    for task, asked in zip(tasks_of(order), order.tasks, strict=True):
        [again] = asks(options_of(task)).tasks
        assert effective(again) == effective(asked)


def effective(task: TaskOrder) -> TaskOrder:
    """Name the mode of a portrait also where none was chosen: Details names what Spark takes then."""
    if task.model != Portrait.name:
        return task
    by_itself = "creative" if "prompt" in task.params else "reference"
    return replace(task, params={"gen_mode": by_itself, **task.params})


def test_one_line_stands_for_seeds_in_a_row() -> None:
    order = imagine({"prompt": "a fox", "seed": 5, "count": 3, "spoiler": True})
    assert lines_of(order) == ["/imagine prompt:a fox size:1:1 seed:5 enhance:on spoiler:True count:3"]


def test_seeds_that_do_not_follow_on_each_other_take_a_line_each() -> None:
    order = imagine({"prompt": "a fox", "seed": 5, "count": 4})
    some = replace(order, tasks=(order.tasks[0], order.tasks[2], order.tasks[3]))
    assert lines_of(some) == [
        "/imagine prompt:a fox size:1:1 seed:5 enhance:on",
        "/imagine prompt:a fox size:1:1 seed:7 enhance:on count:2",
    ]


@pytest.mark.parametrize(
    ("order", "line"),
    [
        (stylize({"style": "3d-game-z-era"}), "/stylize style:3D Game Z-Era watermark:False"),
        (
            stylize({"style": "angel", "watermark_text": "© me", "watermark_opacity": 0.5}),
            "/stylize style:Angel Style watermark:True watermark_text:© me watermark_position:bottom right "
            "watermark_opacity:0.5 watermark_language:Chinese",
        ),
        (
            portrait({"face_clarity": 0.0, "beautify": 1, "mode": "character", "seed": 8}),
            "/portrait mode:character face_clarity:0 beautify:1 even_skin:0 size:1:1 seed:8",
        ),
        (
            portrait({"seed": 8}),
            "/portrait mode:reference face_clarity:0.4 beautify:0.3 even_skin:0 size:1:1 seed:8",
        ),
        (
            portrait({"prompt": "as a king", "seed": 8}),
            "/portrait prompt:as a king mode:creative face_clarity:0.4 beautify:0.3 even_skin:0 size:1:1 seed:8",
        ),
        (
            edit({"prompt": "night", "strength": 1 / 3, "seed": 8}),
            "/edit prompt:night model:edit strength:0.3333333333333333 seed:8",
        ),
    ],
)
def test_choices_and_numbers_are_written_as_the_client_shows_them(order: Order, line: str) -> None:
    assert lines_of(order) == [line]


def test_the_mode_of_a_portrait_that_was_sent_without_one_is_the_one_that_spark_takes() -> None:
    def mode(**params: str) -> object:
        return options_of(replace(TASK, model=Portrait.name, params=params))["mode"]

    assert (mode(), mode(prompt="as a king")) == ("reference", "creative")


def test_the_size_that_a_picture_gave_is_said() -> None:
    order = edit({"prompt": "night", "model": "structure", "seed": 5})
    assert lines_of(order) == ["/edit prompt:night model:structure strength:0.5 size:3:2 seed:5"]
