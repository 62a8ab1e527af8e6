"""The seed is seen in every mode of every model: Again would otherwise bring the same picture."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageChops

from sandbox.spark.catalogue import EDIT, I2I, PORTRAIT, STYLE, STYLES, T2I
from sandbox.spark.order import Order
from sandbox.spark.painter import paint

Open = Callable[[bytes], Image.Image]

SEEDS = (1, 2, 3)
WORDS = [
    "make it night",
    "black and white",
    "pixel art",
    "make it pink",
    "at sunset",
    "comic",
    "add a cat",
    "smile",
    "make it snowy",
    "oil painting",
]
ORDERS: list[tuple[str, dict[str, Any]]] = [
    (T2I, {"prompt": "a castle at night"}),
    *((model, {"prompt": words}) for model in (EDIT, I2I) for words in [*WORDS, "add a rainbow"]),
    *((STYLE, {"req_key": key, "sub_req_key": sub}) for key, subs in STYLES.items() for sub in subs or (None,)),
    (PORTRAIT, {}),
    *(
        (PORTRAIT, {"gen_mode": mode} | words)
        for mode in ("creative", "reference", "reference_char")
        for words in ({}, {"prompt": "as an astronaut"})
    ),
]


@pytest.mark.parametrize(
    ("model", "params"),
    ORDERS,
    ids=lambda value: " ".join(map(str, value.values()))[:60] if isinstance(value, dict) else value,
)
def test_another_seed_is_seen_and_the_same_one_repeats(
    model: str, params: dict[str, Any], fox: bytes, opened: Open
) -> None:
    source = None if model == T2I else fox

    def painted(seed: int) -> bytes:
        return paint(Order(model, params, seed, (200, 200), source))

    files = [painted(seed) for seed in SEEDS]
    for one, other in itertools.combinations(map(opened, files), 2):
        apart = ImageChops.difference(one, other).convert("L").histogram()
        assert sum(apart[8:]) / sum(apart) > 0.01, "less than a hundredth of the picture is seen to differ"
    assert painted(SEEDS[0]) == files[0]
