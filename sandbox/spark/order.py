"""What the painter is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.spark.sizes import Size


@dataclass(frozen=True, slots=True)
class Order:
    """One picture to make: valid parameters, a seed, the size in pixels, the input image's bytes."""

    model: str
    params: Mapping[str, Any]
    seed: int
    size: Size
    source: bytes | None = field(default=None, repr=False)


Paint = Callable[[Order], bytes]
"""Makes the bytes of a PNG; called in a thread, so it must not touch the event loop."""
