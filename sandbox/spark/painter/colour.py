"""Colours as triples of 0 to 255, and how to mix them."""

RGB = tuple[int, int, int]


def rgb(text: str) -> RGB:
    """Read "a1b2c3"."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def ramp(text: str) -> tuple[RGB, ...]:
    """Read several colours, with blanks between them."""
    return tuple(rgb(one) for one in text.split())


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """Mix two colours; `share` is that of the other, from 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lit(colour: RGB, factor: float) -> RGB:
    """Make a colour lighter (above 1) or darker (below 1)."""
    if factor > 1:
        return mix(colour, (255, 255, 255), min(factor - 1, 1.0))
    return mix((0, 0, 0), colour, factor)


def under(colour: RGB, light: RGB) -> RGB:
    """Tell how a surface of this colour looks under coloured light."""
    red, green, blue = (a * b // 255 for a, b in zip(colour, light, strict=True))
    return red, green, blue
