"""A job as the command that asks for the same again: Spark's parameters turned back into options."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import spark
from bot.domain.jobs import Job, Task
from bot.domain.sizes import IMAGINE_SIZES, PORTRAIT_SIZES, STRUCTURE_SIZES
from bot.orders.edit import EDIT_MODELS
from bot.orders.options import given
from bot.orders.portrait import mode_of
from bot.orders.stylize import WATERMARK_LANGUAGES, WATERMARK_POSITIONS

Options = dict[str, str | int | float | bool]
"""A command's options by name, as a person gives them."""

_PORTRAIT_TENTHS: Final = {"face_clarity": "gpen", "beautify": "skin", "even_skin": "skin_unifi"}


def asked_for(job: Job) -> Sequence[Options]:
    """Give the options of each command that a job comes to: of one, where its seeds follow on each other."""
    asked: list[Options] = []
    for task in job.tasks:
        options = options_of(task) | ({"spoiler": True} if job.spoiler else {})
        if asked and _next_after(asked[-1]) == options:
            asked[-1]["count"] = _count(asked[-1]) + 1
        else:
            asked.append(options)
    return asked


def options_of(task: Task) -> Options:
    """Give the options that ask for what a task has asked Spark for; its picture is not among them."""
    request = spark.parse(task.model, task.params)
    match request:
        case spark.TextToImage():
            return _imagine(request)
        case spark.Edit() | spark.ImageToImage():
            return _edit(request)
        case spark.StyleTemplate():
            return {"style": request.style.slug} | _watermark(request.logo_info)
        case spark.Portrait():
            return _portrait(request)


def _count(options: Options) -> int:
    return int(options.get("count", 1))


def _next_after(options: Options) -> Options:
    """Give the options of the picture that would come next, had one more been asked for."""
    following = {name: value for name, value in options.items() if name != "count"}
    return following | ({"seed": int(options["seed"]) + _count(options)} if "seed" in options else {})


def _imagine(request: spark.TextToImage) -> Options:
    size = IMAGINE_SIZES.name_of((request.width, request.height))
    enhance = "on" if request.use_pre_llm else "off"
    return {"prompt": request.prompt, "size": size, "seed": request.seed, "enhance": enhance}


def _edit(request: spark.Edit | spark.ImageToImage) -> Options:
    options: Options = {"prompt": request.prompt, "model": _name_of(EDIT_MODELS, request.name)}
    options["strength"] = request.scale
    if isinstance(request, spark.ImageToImage):
        # the picture's shape may have given it
        options["size"] = STRUCTURE_SIZES.name_of((request.width, request.height))
    return options | {"seed": request.seed}


def _watermark(logo: spark.LogoInfo) -> Options:
    if not logo.add_logo:
        return {"watermark": False}
    return given(
        watermark=True,
        watermark_text=logo.logo_text_content,
        watermark_position=_name_of(WATERMARK_POSITIONS, logo.position),
        watermark_opacity=logo.opacity,
        watermark_language=_name_of(WATERMARK_LANGUAGES, logo.language),
    )


def _portrait(request: spark.Portrait) -> Options:
    tenths = {option: getattr(request, name) for option, name in _PORTRAIT_TENTHS.items()}
    size = PORTRAIT_SIZES.name_of((request.width, request.height))
    asked = given(prompt=request.prompt, mode=mode_of(request))
    return asked | tenths | {"size": size, "seed": request.seed}


def _name_of(names: Mapping[str, Any], meaning: object) -> str:
    return next(name for name, means in names.items() if means == meaning)
