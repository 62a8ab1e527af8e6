from typing import Any

import pytest

from bot.orders.options import SEED_MAX
from sandbox.discord import Attachment, Interaction
from sandbox.discord.people.inputs import ClientRefusal
from sandbox.spark.painter import paint as painted
from tests.e2e.harness import Harness
from tests.e2e.photos import opened, photo, settings_of
from tests.spark.images.told import pixels_of


async def _portrait(bot: Harness, **options: Any) -> Interaction:
    return await bot.command("/portrait", **{"image": photo(), **options})


async def _portrayed(bot: Harness, **options: Any) -> Attachment:
    [file] = (await bot.posted(await _portrait(bot, **options))).attachments
    return file


async def test_the_pictures_address_reaches_spark_and_the_result_stands_in_a_thread(bot: Harness) -> None:
    picture = photo()
    asked = await _portrait(bot, image=picture, prompt="as a pirate", seed=7)
    posted = await bot.posted(asked)

    [submit] = bot.submits
    assert submit.model == "spark_edit_portrait"
    assert settings_of(submit) == {"prompt": "as a pirate", "seed": "7"}
    assert bot.spark.tasks[submit.task_id or ""].order.source == picture.content
    assert posted.channel.name == "as a pirate"
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-1.png"]
    assert posted.pinged == {bot.alice.id}
    assert "-# 1328×1328 · 0 s · " in posted.content
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.02")]


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({"mode": "creative", "prompt": "as a pirate"}, {"gen_mode": "creative", "prompt": "as a pirate"}),
        ({"mode": "reference"}, {"gen_mode": "reference"}),
        ({"mode": "character"}, {"gen_mode": "reference_char"}),
        ({"face_clarity": 0}, {"gpen": 0}),
        ({"face_clarity": 0.7}, {"gpen": 0.7}),
        ({"beautify": 1}, {"skin": 1}),
        ({"even_skin": 0.1}, {"skin_unifi": 0.1}),
        ({"size": "512x2048"}, {"width": 512, "height": 2048}),
        ({"seed": SEED_MAX}, {"seed": str(SEED_MAX)}),
    ],
    ids=str,
)
async def test_each_option_goes_to_spark_under_its_own_name(
    bot: Harness, options: dict[str, Any], sent: dict[str, Any]
) -> None:
    await _portrayed(bot, **{"seed": 7, **options})
    assert settings_of(bot.submits[0]) == {"seed": "7"} | sent


async def test_without_words_spark_keeps_to_the_picture_and_the_thread_has_a_name(bot: Harness) -> None:
    posted = await bot.posted(await _portrait(bot))
    assert settings_of(bot.submits[0]).keys() == {"seed"}
    assert posted.channel.name == "A new portrait"


async def test_a_seed_is_drawn_and_gives_the_same_picture_again(bot: Harness) -> None:
    await bot.posted(await _portrait(bot))
    seed = bot.submits[0].params["seed"]
    assert isinstance(seed, str)
    assert 1 <= int(seed) <= SEED_MAX
    await _portrayed(bot)
    await _portrayed(bot, seed=int(seed))
    assert [settings_of(submit) == {"seed": seed} for submit in bot.submits] == [True, False, True]


async def test_a_size_of_ones_own_is_the_results(bot: Harness) -> None:
    assert opened(await _portrayed(bot, size="512x640")).size == (512, 640)


async def test_a_spoiler_is_hidden(bot: Harness) -> None:
    assert [(await _portrayed(bot, spoiler=hidden)).spoiler for hidden in (True, False)] == [True, False]


@pytest.mark.parametrize("paint", [painted], ids=["painted"])
async def test_the_result_derives_from_the_picture_unless_it_is_told_not_to(bot: Harness) -> None:
    options = {"prompt": "as a pirate", "seed": 7, "size": "512x640"}
    one, other = photo(), photo(800, 640)
    made = [await _portrayed(bot, image=image, mode="reference", **options) for image in (one, one, other)]
    kept = [pixels_of(file.content) for file in made]
    assert kept[0] == kept[1] != kept[2]
    assert pixels_of((await _portrayed(bot, image=one, mode="creative", **options)).content) != kept[0]


@pytest.mark.parametrize(
    "options",
    [
        {"prompt": "x" * 801},
        {"mode": "reference_char"},
        {"face_clarity": 0.25},
        {"beautify": 1.1},
        {"even_skin": -0.1},
        {"seed": 0},
        {"seed": SEED_MAX + 1},
    ],
    ids=lambda options: str(options)[:40],
)
async def test_discords_client_knows_the_limits(bot: Harness, options: dict[str, Any]) -> None:
    with pytest.raises(ClientRefusal):
        await _portrait(bot, **options)
