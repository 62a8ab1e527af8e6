import io
import random
from collections.abc import Mapping

import pytest
from PIL import Image

from bot.delivery.files import Shrinking
from bot.domain.pictures.results import Picture, Shown
from bot.jobs.fair_slots import FairSlots
from spark import Provenance
from tests.examples import JOB

SIDE = 400


async def shown_within(pictures: Mapping[int, Picture], limit: int) -> Mapping[int, Shown]:
    return await Shrinking(FairSlots(1)).within(JOB, pictures, limit)


def noise(seed: int) -> Picture:
    """Give a picture that no encoder makes small."""
    image = Image.frombytes("RGB", (SIDE, SIDE), random.Random(seed).randbytes(SIDE * SIDE * 3))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return Picture(buffer.getvalue(), SIDE, SIDE, Provenance.of("spark_t2i_3_0", "7"))


async def test_a_picture_that_fits_is_not_touched() -> None:
    picture = noise(1)
    shown = (await shown_within({1: picture}, len(picture.data)))[1]
    assert shown.data is picture.data
    assert not shown.smaller


@pytest.mark.parametrize(("limit", "same_size"), [(200_000, True), (20_000, False)])
async def test_a_picture_loses_quality_before_it_loses_pixels(limit: int, same_size: bool) -> None:
    shown = (await shown_within({1: noise(1)}, limit))[1]
    assert shown.smaller
    assert len(shown.data) <= limit
    with Image.open(io.BytesIO(shown.data)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (shown.width, shown.height))
    assert ((shown.width, shown.height) == (SIDE, SIDE)) is same_size


async def test_pictures_that_are_too_large_only_together_share_the_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pictures = {position: noise(position) for position in (1, 2, 4)}
    size = len(pictures[1].data)
    monkeypatch.setattr("bot.delivery.files._REQUEST_MAX", 2 * size)
    shown = await shown_within(pictures, size + 1000)
    assert [position for position, each in shown.items() if each.smaller] == [1, 2, 4]
    assert sum(len(each.data) for each in shown.values()) <= 2 * size
