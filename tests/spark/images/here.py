"""Work on pictures in this process: starting the worker takes five times as long as most of its work."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PIL import Image

import spark
from spark.images import fitting, worker
from spark.images.headers import Header
from spark.images.limits import pixels_max
from spark.images.workshop import File


async def fit_here(file: File, model: str) -> spark.Fitted:
    """Do what `spark.fit` does, for a test of what comes of a picture and not of the worker's process."""
    with worked_on_here():
        return await spark.fit(file, model)


@contextmanager
def worked_on_here() -> Iterator[None]:
    """Have the worker's tasks be done in this process, without what keeps a stranger's picture from harming it."""
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(fitting, "worked", _worked)
        meanwhile.setattr(Image, "MAX_IMAGE_PIXELS", pixels_max("JPEG"))
        yield


async def _worked(file: File, _: Header, task: str, parameter: str = "") -> tuple[dict[str, Any], bytes]:
    told, made = await asyncio.to_thread(_work, file, task, parameter)
    return json.loads(json.dumps(told)), made


def _work(file: File, task: str, parameter: str) -> Any:
    if not isinstance(file, bytes):
        file.seek(0)
        file = file.read()
    return worker._TASKS[task](file, parameter)
