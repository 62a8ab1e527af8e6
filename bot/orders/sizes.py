"""The option `size`: checked against what a model makes, and offered while it is typed."""

from collections.abc import Callable, Mapping
from itertools import islice

import spark
from bot.domain.sizes import USUAL_SIZE, ModelSizes, Pixels, Quality, UsualSize, WrittenSize, read_size
from bot.wording.options import not_offered, unreadable_size

_OFFERED_MAX = 25
"""As many as Discord shows."""


def checked_size(text: str | None, sizes: ModelSizes, usual: UsualSize = USUAL_SIZE) -> Pixels:
    """Give the pixels of a written size, or of the usual one where none was; raises `Refusal`."""
    written = WrittenSize() if text is None else read_size(text)
    if written is None:
        raise unreadable_size(text or "")
    pixels = sizes.pixels(written, usual)
    if pixels is None:
        raise not_offered("size", text or "", list(sizes.named()))
    return pixels


def offered_sizes(
    typed: str, sizes: ModelSizes, takes: Callable[[Pixels], bool], usual: UsualSize = USUAL_SIZE
) -> Mapping[str, Pixels]:
    """Offer what somebody may mean who has typed so much, by the text for it; first what they wrote."""
    named = sizes.named()
    own = {name: pixels for name, pixels in _written(typed, sizes, usual).items() if takes(pixels)}
    wanted = typed.casefold().replace("×", "x").split()
    fitting = {
        name: pixels
        for name, pixels in named.items()
        if all(word in f"{name} {pixels[0]}x{pixels[1]}" for word in wanted)
    }
    return dict(islice({**own, **(fitting if own or fitting else named)}.items(), _OFFERED_MAX))


def taken_by(request: Callable[..., spark.Request], pixels: Pixels) -> bool:
    """Whether a model takes a size, asked with the other parameters that it needs."""
    try:
        request(width=pixels[0], height=pixels[1])
    except spark.InvalidRequest:
        return False
    return True


def _written(typed: str, sizes: ModelSizes, usual: UsualSize) -> Mapping[str, Pixels]:
    """Name what was typed so far; a shape by itself in each quality."""
    written = read_size(typed)
    if written is None:
        return {}
    if written.ratio is None:
        pixels = sizes.pixels(written, usual)
        return {} if pixels is None else {sizes.name_of(pixels): pixels}
    qualities = [written.quality] if written.quality else list(Quality)
    found = {quality: sizes.of_shape(written.ratio, quality) for quality in qualities}
    shape = f"{written.ratio.numerator}:{written.ratio.denominator}"
    own = {f"{shape} {quality}".removesuffix(" standard"): pixels for quality, pixels in found.items() if pixels}
    names = {pixels: name for name, pixels in sizes.named().items()}
    return {names.get(pixels, name): pixels for name, pixels in own.items()}
