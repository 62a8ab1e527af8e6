import random

import pytest

from bot.domain.jobs import Order
from bot.domain.refusals import Refusal
from bot.domain.sizes import Shape
from bot.orders.imagine import ImagineOptions, checked_options, imagine_order, sizes_to_imagine
from bot.orders.options import SEED_MAX

STANDARD = {
    "1:1": (1328, 1328),
    "4:3": (1472, 1104),
    "3:2": (1584, 1056),
    "16:9": (1664, 936),
    "21:9": (2016, 864),
    "3:4": (1104, 1472),
    "2:3": (1056, 1584),
    "9:16": (936, 1664),
    "9:21": (864, 2016),
}
HD = {
    "1:1": (2048, 2048),
    "4:3": (2304, 1728),
    "3:2": (2496, 1664),
    "16:9": (2560, 1440),
    "21:9": (3024, 1296),
    "3:4": (1728, 2304),
    "2:3": (1664, 2496),
    "9:16": (1440, 2560),
    "9:21": (1296, 3024),
}


def order(prompt: str = "a red fox", **options: object) -> Order:
    return imagine_order(ImagineOptions(prompt, **options), random.Random(1))  # type: ignore[arg-type]  # as a hand-made interaction may send it


def size(ordered: Order) -> tuple[int, int]:
    return ordered.tasks[0].width, ordered.tasks[0].height


@pytest.mark.parametrize("shape", Shape)
def test_a_shape_has_its_size_in_each_quality(shape: Shape) -> None:
    assert size(order(size=str(shape))) == STANDARD[shape]
    assert size(order(size=f"{shape} hd")) == HD[shape]


def test_a_size_of_ones_own_reaches_spark() -> None:
    ordered = order(size="1536 × 512")
    assert size(ordered) == (1536, 512)
    assert ordered.tasks[0].params["width"] == 1536


def test_the_pictures_of_a_job_take_consecutive_seeds() -> None:
    assert [task.params["seed"] for task in order(seed=7, count=3).tasks] == [7, 8, 9]


def test_where_no_seed_is_given_one_is_drawn_and_sent() -> None:
    drawn = {imagine_order(ImagineOptions("x"), random.Random(n)).tasks[0].params["seed"] for n in range(50)}
    assert len(drawn) > 45
    assert all(isinstance(seed, int) and 1 <= seed <= SEED_MAX for seed in drawn)


@pytest.mark.parametrize(
    ("prompt", "enhance", "expanded"),
    [
        ("x" * 120, "auto", True),
        ("x" * 121, "auto", False),
        ("x" * 121, "on", True),
        ("x", "off", False),
    ],
)
def test_enhance_expands_short_prompts_by_itself(prompt: str, enhance: str, expanded: bool) -> None:
    # Spark expands unless it is told not to
    assert order(prompt, enhance=enhance).tasks[0].params.get("use_pre_llm", True) is expanded


@pytest.mark.parametrize("length", [1, 800])
def test_the_longest_and_the_shortest_prompt_are_taken(length: int) -> None:
    assert order("x" * length).tasks[0].params["prompt"] == "x" * length


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"prompt": ""}, "0 characters"),
        ({"prompt": "   \n"}, "0 characters"),
        ({"prompt": "x" * 801}, "801 characters"),
        ({"count": 0}, "count"),
        ({"count": 5}, "Choose 1 to 4"),
        ({"seed": 0}, "cannot be 0"),
        ({"seed": -2}, "cannot be -2"),
        ({"seed": SEED_MAX + 1}, "15 digits"),
        ({"seed": SEED_MAX, "count": 2}, "15 digits"),
        ({"size": "1024"}, "“1024” is no size that I know"),
        ({"size": "1024x1024 hd"}, "is no size that I know"),
        ({"size": "1806x600"}, "1:3"),
        ({"size": "4:1"}, "1:3"),
        ({"size": "511x1024"}, "511"),
        ({"size": "2048x2049"}, "2048×2049"),
        ({"size": "8k"}, "8k"),
        ({"size": 7}, "text"),
        ({"enhance": "maybe"}, "maybe"),
        ({"count": "3"}, "a whole number"),
        ({"count": True}, "a whole number"),
        ({"prompt": 7}, "text"),
    ],
)
def test_what_cannot_be_is_refused_with_its_value_and_costs_nothing(options: dict[str, object], says: str) -> None:
    with pytest.raises(Refusal) as refused:
        # before the acknowledgement; as a hand-made interaction may send it
        checked_options(ImagineOptions(**{"prompt": "a fox", **options}))  # type: ignore[arg-type]
    assert says in refused.value.text


def test_a_ratio_of_three_is_taken() -> None:
    assert size(order(size="1800x600")) == (1800, 600)


def test_every_size_that_has_a_name_is_offered() -> None:
    assert list(sizes_to_imagine("").values()) == [*STANDARD.values(), *HD.values()]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("16:9", ["16:9", "16:9 hd"]),
        ("16:9 h", ["16:9 hd"]),
        ("hd", ["1:1 hd", "4:3 hd", "3:2 hd", "16:9 hd"]),
        ("2560", ["16:9 hd", "9:16 hd"]),
        ("1328 × 1328", ["1:1"]),
        ("1500x900", ["1500x900"]),
        ("5:4", ["5:4", "5:4 hd"]),
        ("5:4 hd", ["5:4 hd"]),
    ],
)
def test_what_is_typed_comes_first_and_then_what_fits_it(typed: str, offered: list[str]) -> None:
    found = list(sizes_to_imagine(typed))
    assert [name for name in found if name in offered] == offered
    assert found[0] == offered[0]


@pytest.mark.parametrize("typed", ["round", "300x300", "4:1", "9000x9000"])
def test_what_the_model_does_not_make_is_not_offered(typed: str) -> None:
    assert sizes_to_imagine(typed) == sizes_to_imagine("")


@pytest.mark.parametrize("typed", ["", "16:9", "hd", "5:4", "1500x900", "round"])
def test_what_is_offered_is_taken_as_it_was_offered(typed: str) -> None:
    for text, pixels in sizes_to_imagine(typed).items():
        assert size(order(size=text)) == pixels
