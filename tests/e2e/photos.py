"""Pictures that people attach, and how they reach Spark."""

import base64
import functools
import io
import random
from typing import Any, Final

from PIL import Image, ImageStat

from sandbox.discord import Attachment, Upload
from sandbox.spark.journal import Submit
from tests.spark.images.pictures import encoded, scene

_CELLS: Final = (16, 20)
IMAGE_FIELDS = frozenset({"image_urls", "binary_data_base64", "image_input"})


def photo(width: int = 640, height: int = 800, name: str = "house.png") -> Upload:
    """Give a picture that every model takes as it is: red above, blue below."""
    return Upload(0, name, _photo(width, height))


@functools.cache
def _photo(width: int, height: int) -> bytes:
    return encoded(scene(width, height), "PNG")


def drawing(number: int = 1) -> Image.Image:
    """Give a picture that shows enough to be recognised by; each number is another one."""
    light = random.Random(number).randbytes(_CELLS[0] * _CELLS[1])
    return Image.frombytes("L", _CELLS, light).resize((640, 800), Image.Resampling.BICUBIC).convert("RGB")


@functools.cache
def drawing_file(number: int = 1) -> Upload:
    """Give `drawing` as people attach it."""
    return Upload(0, "drawing.png", encoded(drawing(number), "PNG"))


def settings_of(submit: Submit) -> dict[str, Any]:
    """Give what Spark was sent, but for the picture."""
    return {name: value for name, value in submit.params.items() if name not in IMAGE_FIELDS}


def picture_of(submit: Submit) -> bytes:
    """Give the picture that Spark was sent; the models that take one by its bytes take exactly one."""
    [encoded_] = submit.params["binary_data_base64"]
    assert submit.params.keys() & IMAGE_FIELDS == {"binary_data_base64"}
    return base64.b64decode(encoded_)


def opened(attachment: Attachment) -> Image.Image:
    """Decode a picture that stands in Discord."""
    return Image.open(io.BytesIO(attachment.content)).convert("RGB")


def brightness(image: Image.Image) -> float:
    return ImageStat.Stat(image.convert("L")).mean[0]


def red_above_blue(image: Image.Image) -> bool:
    """Tell whether a picture still shows what `photo` is."""
    width, height = image.size
    above = ImageStat.Stat(image.crop((0, 0, width, height // 2))).mean
    below = ImageStat.Stat(image.crop((0, height // 2, width, height))).mean
    return above[0] - above[2] > below[0] - below[2]
