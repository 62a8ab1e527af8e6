"""The quickest picture there is."""

import io
import random

from PIL import Image

from sandbox.spark.order import Order


def swatch(order: Order) -> bytes:
    """Paint one flat colour, drawn from the order, in the size asked for; a PNG."""
    key = repr((order.model, sorted(order.params.items(), key=repr), order.seed))
    rng = random.Random(key)
    picture = Image.new("P", order.size)
    picture.putpalette(rng.randbytes(3))
    file = io.BytesIO()
    picture.save(file, "PNG", bits=1, compress_level=1)
    return file.getvalue()
