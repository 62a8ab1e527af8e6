from dataclasses import replace
from itertools import pairwise

import pytest

import spark
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import InputImage, ResultRef, Source
from bot.orders.picture_orders import PictureOrder

SOURCE = Source("https://cdn.discordapp.com/1/cat.png?ex=1", "cat.png")


def picture(width: int, height: int) -> InputImage:
    return InputImage("ab" * 32, b"a PNG", "PNG", width, height)


@pytest.mark.parametrize(
    ("shape", "size"),
    [
        ((1000, 1000), (1328, 1328)),
        ((4096, 4096), (1328, 1328)),
        ((600, 640), (1328, 1328)),
        ((870, 1000), (1328, 1328)),
        ((800, 600), (1472, 1104)),
        ((600, 800), (1104, 1472)),
        ((3000, 2000), (1536, 1024)),
        ((2000, 3000), (1024, 1536)),
        ((1920, 1080), (1536, 864)),
        ((1080, 1920), (864, 1536)),
        ((2560, 1080), (1536, 656)),
        ((3000, 1000), (1536, 656)),
        ((1000, 3000), (656, 1536)),
    ],
)
def test_the_nearest_size_has_the_pictures_shape(shape: tuple[int, int], size: tuple[int, int]) -> None:
    assert spark.nearest_image_to_image_size(*shape) == size
    assert spark.nearest_image_to_image_size(*shape[::-1]) == size[::-1]


def test_a_wider_picture_never_gets_a_narrower_size() -> None:
    ratios = [
        size[0] / size[1]
        for size in (spark.nearest_image_to_image_size(width, 1000) for width in range(333, 3001))
    ]
    assert all(narrow <= wide for narrow, wide in pairwise(ratios))
    assert len(set(ratios)) == len(spark.IMAGE_TO_IMAGE_SIZES)


def test_the_structure_model_takes_the_pictures_shape_where_nobody_has_chosen_another() -> None:
    request = spark.ImageToImage(prompt="make it night", seed=7, scale=0.3)
    [task] = PictureOrder(Kind.EDIT, "make it night", request).of(picture(1080, 1920), SOURCE).tasks
    assert (task.width, task.height) == (864, 1536)
    assert task.params == {"prompt": "make it night", "seed": 7, "scale": 0.3, "width": 864, "height": 1536}


@pytest.mark.parametrize("size", [(512, 2016), (1328, 1328)])
def test_a_size_that_somebody_has_chosen_wins_over_the_pictures_shape(size: tuple[int, int]) -> None:
    request = spark.ImageToImage(prompt="x", seed=7, width=size[0], height=size[1])
    [task] = PictureOrder(Kind.EDIT, "x", request).of(picture(1080, 1920), SOURCE).tasks
    assert (task.width, task.height) == size
    rebuilt = spark.parse(task.model, task.params)
    assert isinstance(rebuilt, spark.ImageToImage)
    assert (rebuilt.width, rebuilt.height) == size


@pytest.mark.parametrize(
    ("kind", "request_", "size"),
    [
        (Kind.EDIT, spark.Edit(prompt="x", seed=7), (1080, 1920)),
        (Kind.STYLIZE, spark.StyleTemplate.of(spark.STYLES["doll"]), (1080, 1920)),
        (Kind.PORTRAIT, spark.Portrait(seed=7), (1328, 1328)),
        (Kind.PORTRAIT, spark.Portrait(seed=7, width=600, height=800), (600, 800)),
    ],
    ids=str,
)
def test_a_price_is_learned_by_the_pictures_size_or_the_one_asked_for(
    kind: Kind, request_: spark.Edit | spark.StyleTemplate | spark.Portrait, size: tuple[int, int]
) -> None:
    [task] = PictureOrder(kind, "x", request_).of(picture(1080, 1920), SOURCE).tasks
    assert (task.model, task.params) == (request_.name, request_.settings())
    assert (task.width, task.height) == size


def test_an_order_carries_its_picture_where_it_was_found_and_what_it_was_made_from() -> None:
    image = picture(640, 480)
    source = Source(SOURCE.url, "9-2.png", channel_id=500, message_id=600, result=ResultRef(9, 2))
    asked = PictureOrder(
        Kind.EDIT, "make it night", spark.Edit(prompt="x", seed=7), spoiler=True, click_key="1:edit:2"
    )

    ordered = asked.of(image, source)

    assert (ordered.kind, ordered.title, ordered.spoiler, ordered.click_key) == (
        "edit",
        "make it night",
        True,
        "1:edit:2",
    )
    assert (ordered.image, ordered.source, ordered.parent) == (image, source, ResultRef(9, 2))
    assert [task.image_sha256 for task in ordered.tasks] == [image.sha256]
    assert asked.of(image, SOURCE).parent is None


def test_what_is_made_of_a_hidden_picture_is_hidden_too() -> None:
    open_, hidden = (
        PictureOrder(Kind.EDIT, "x", spark.Edit(prompt="x", seed=7)).of(
            picture(640, 480), replace(SOURCE, spoiler=s)
        )
        for s in (False, True)
    )
    assert (open_.spoiler, hidden.spoiler) == (False, True)
