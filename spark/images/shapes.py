"""Which sizes of pictures a model's limits allow, and how far one that is refused is from them."""

import math
from bisect import bisect_left
from typing import Final

from spark.errors import ImageRefused
from spark.images.limits import ENLARGE_MAX, SOURCE_SIDE_MIN, Limits

_LARGER: Final = "Send a larger one; the original is better than a thumbnail."


def target_size(width: int, height: int, limits: Limits) -> tuple[int, int]:
    """Tell the size nearest to `width`×`height` that the limits allow; raise `ImageRefused` where none does."""
    long, short = max(width, height), min(width, height)
    if (target := _target(long, short, limits)) is None:
        raise _refused(width, height, limits)
    return target if width >= height else target[::-1]


def _target(long: int, short: int, limits: Limits) -> tuple[int, int] | None:
    if short < SOURCE_SIDE_MIN or (limits.max_ratio is not None and long > limits.max_ratio * short):
        return None
    grow = max(1.0, limits.min_short / short, limits.min_long / long)
    if grow > ENLARGE_MAX:
        return None
    # the short side is rounded up, so that no ratio grows beyond what is allowed
    new_long = min(math.ceil(long * grow), limits.max_side)
    new_short = min(math.ceil(short * new_long / long), limits.max_side)
    return None if new_short < limits.min_short else (new_long, new_short)


def _refused(width: int, height: int, limits: Limits) -> ImageRefused:
    """Say which side is too short for which other, and the nearest numbers that are allowed."""
    long, short = max(width, height), min(width, height)
    narrow, other = ("height", "width") if width > height else ("width", "height")
    size = f"The picture is {width}×{height}"
    least_short = max(SOURCE_SIDE_MIN, math.ceil(limits.min_short / ENLARGE_MAX))
    least_long = max(least_short, math.ceil(limits.min_long / ENLARGE_MAX))
    if long < least_long:
        needs = f"its shorter side needs at least {least_short} pixels, its longer one {least_long}"
        return ImageRefused("too_small", f"{size}: {needs}.", advice=_LARGER)
    sides = range(long)
    least = bisect_left(sides, True, 1, key=lambda side: _target(long, side, limits) is not None)
    why = f"{size}: its {narrow} of {short} pixels must be at least {least} beside a {other} of {long}."
    if short < least_short:
        return ImageRefused("too_small", why, advice=_LARGER)
    from_side = max(short, least_long)
    most = bisect_left(sides, True, from_side, key=lambda side: _target(side, short, limits) is None) - 1
    cut = f"Cut its {other} to at most {most} pixels, and send that; or send one that is less narrow."
    return ImageRefused("too_long", why, advice=cut)
