"""The sandbox's painter: that the same words and seed give the same picture, and others another.

Plays calls of plain functions, and one other process. Needs nothing; takes some seconds.
"""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat

from sandbox.spark.order import Order
from sandbox.spark.painter import paint


@pytest.fixture(scope="session")
def fox() -> bytes:
    return paint(Order("spark_t2i_3_0", {"prompt": "a red fox in snow"}, 7, (300, 300)))


@pytest.fixture
def opened() -> Callable[[bytes], Image.Image]:
    def open_png(data: bytes) -> Image.Image:
        image = Image.open(io.BytesIO(data))
        assert (image.format, image.mode) == ("PNG", "RGB")
        return image

    return open_png


@pytest.fixture
def difference() -> Callable[[Any, Any], float]:
    """The mean difference of two pictures of one size, from 0 to 255 per channel."""

    def measure(one: Image.Image, other: Image.Image) -> float:
        assert one.size == other.size
        means = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean
        return sum(means) / 3

    return measure
