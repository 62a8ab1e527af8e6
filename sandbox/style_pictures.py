"""What the styles look like here: one small picture, painted in each of them."""

from collections.abc import Iterator
from typing import Final

import spark
from sandbox.spark import catalogue
from sandbox.spark.order import Order
from sandbox.spark.painter import paint

_WORDS: Final = "portrait of a woman in a red coat"
_SEED: Final = 7
_SIZE: Final = (416, 416)


def style_pictures() -> Iterator[tuple[str, bytes]]:
    """Paint them, each with its style's slug, as PNG; takes a second or two of one core."""
    base = paint(Order(catalogue.T2I, {"prompt": _WORDS}, _SEED, _SIZE))
    for slug, style in spark.STYLES.items():
        keys = {"req_key": style.req_key, "sub_req_key": style.sub_req_key}
        yield slug, paint(Order(catalogue.STYLE, keys, _SEED, _SIZE, base))
