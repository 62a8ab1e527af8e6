from typing import Any

import pytest

from bot.orders.options import SEED_MAX
from sandbox.discord import Attachment, Interaction, Upload
from sandbox.discord.people.inputs import ClientRefusal
from sandbox.spark.painter import paint as painted
from tests.e2e.harness import Harness
from tests.e2e.photos import brightness, opened, photo, picture_of, red_above_blue, settings_of
from tests.spark.images.told import pixels_of

FREE, STRUCTURE = "spark_edit_3_0", "spark_i2i_3_0"


async def _edit(bot: Harness, **options: Any) -> Interaction:
    return await bot.command("/edit", **{"prompt": "make it night", "image": photo(), **options})


async def _edited(bot: Harness, **options: Any) -> Attachment:
    [file] = (await bot.posted(await _edit(bot, **options))).attachments
    return file


async def test_the_picture_and_the_words_reach_spark_and_the_result_stands_in_a_thread(bot: Harness) -> None:
    picture = photo()
    asked = await _edit(bot, image=picture, seed=7)
    posted = await bot.posted(asked)

    [submit] = bot.submits
    assert (submit.model, settings_of(submit)) == (FREE, {"prompt": "make it night", "seed": 7})
    assert picture_of(submit) == picture.content
    assert posted.channel.name == "make it night"
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-1.png"]
    assert posted.pinged == {bot.alice.id}
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.008")]


@pytest.mark.parametrize("model", ["edit", "structure"])
@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({"strength": 0}, {"scale": 0}),
        ({"strength": 0.25}, {"scale": 0.25}),
        ({"strength": 1}, {"scale": 1}),
        ({"seed": 1}, {"seed": 1}),
        ({"seed": SEED_MAX}, {"seed": SEED_MAX}),
    ],
)
async def test_each_option_goes_to_spark_under_its_own_name(
    bot: Harness, model: str, options: dict[str, Any], sent: dict[str, Any]
) -> None:
    await _edited(bot, **{"model": model, "seed": 7, **options})
    params = settings_of(bot.submits[0])
    params = {name: value for name, value in params.items() if name not in {"width", "height"}}
    assert params == {"prompt": "make it night", "seed": 7} | sent


@pytest.mark.parametrize("usual", [FREE, STRUCTURE])
@pytest.mark.parametrize(("chosen", "model"), [(None, None), ("edit", FREE), ("structure", STRUCTURE)])
async def test_the_option_chooses_the_model_and_else_the_setting_does(
    harness: Harness, usual: str, chosen: str | None, model: str | None
) -> None:
    await harness.start(spark={"edit_model": usual})
    await harness.ready()
    await _edited(harness, **({"model": chosen} if chosen else {}))
    assert [submit.model for submit in harness.submits] == [model or usual]


@pytest.mark.parametrize(
    ("shape", "size"),
    [((800, 800), (1328, 1328)), ((800, 600), (1472, 1104)), ((450, 800), (864, 1536)), ((900, 300), (1536, 656))],
)
async def test_the_structure_model_keeps_the_pictures_shape(
    bot: Harness, shape: tuple[int, int], size: tuple[int, int]
) -> None:
    await _edited(bot, model="structure", image=photo(*shape))
    params = bot.submits[0].params
    # Spark's own default size is not sent
    assert (params.get("width", 1328), params.get("height", 1328)) == size


async def test_a_size_of_ones_own_wins_over_the_pictures_shape(bot: Harness) -> None:
    file = await _edited(bot, model="structure", size="512x768")
    assert (bot.submits[0].params["width"], bot.submits[0].params["height"]) == (512, 768)
    assert opened(file).size == (512, 768)


async def test_a_seed_is_drawn_and_gives_the_same_picture_again(bot: Harness) -> None:
    first = await bot.posted(await _edit(bot))
    seed = bot.submits[0].params["seed"]
    assert 1 <= seed <= SEED_MAX
    other, same = await _edited(bot), await _edited(bot, seed=seed)
    assert bot.submits[1].params["seed"] != seed
    shown = [pixels_of(file.content) for file in (*first.attachments, same, other)]
    assert shown[0] == shown[1] != shown[2]


async def test_a_spoiler_is_hidden(bot: Harness) -> None:
    assert [(await _edited(bot, spoiler=hidden)).spoiler for hidden in (True, False)] == [True, False]


@pytest.mark.parametrize("paint", [painted], ids=["painted"])
@pytest.mark.parametrize("model", ["edit", "structure"])
async def test_the_result_derives_from_the_picture(bot: Harness, model: str) -> None:
    picture = photo()
    file = await _edited(bot, model=model, image=picture, seed=7)
    before, after = opened(Attachment(1, 1, "x.png", picture.content)), opened(file)
    assert red_above_blue(after)
    assert brightness(after) < 0.8 * brightness(before)
    assert abs(after.width / after.height - before.width / before.height) < 0.1


@pytest.mark.parametrize(
    "options",
    [
        {"prompt": ""},
        {"prompt": "x" * 801},
        {"strength": 1.1},
        {"strength": -0.1},
        {"seed": 0},
        {"seed": SEED_MAX + 1},
        {"model": "free"},
    ],
    ids=str,
)
async def test_discords_client_knows_the_limits(bot: Harness, options: dict[str, Any]) -> None:
    with pytest.raises(ClientRefusal):
        await _edit(bot, **options)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"size": "1024x1024"}, ["takes a size", "model: structure"]),
        ({"model": "edit", "size": "16:9"}, ["takes a size", "model: structure"]),
        ({"model": "structure", "size": "1024"}, ["“1024” is no size"]),
        ({"model": "structure", "size": "600x2017"}, ["The height cannot be 2017", "512 to 2016"]),
    ],
    ids=str,
)
async def test_what_only_the_bot_knows_to_be_wrong_is_refused_at_once(
    bot: Harness, options: dict[str, Any], told: list[str]
) -> None:
    asked = await _edit(bot, **options)
    text = await bot.refused(asked)
    assert [fragment for fragment in told if fragment not in text] == []
    assert asked.response is not None  # there was no deferral to delete
    assert (bot.submits, await bot.books.jobs()) == ([], [])
    assert bot.discord.downloads == []  # nor was the picture fetched


async def test_a_file_that_is_no_picture_is_refused_before_anything_is_charged(bot: Harness) -> None:
    asked = await _edit(bot, image=Upload(0, "notes.png", b"not a picture"))
    assert "This file is no picture." in await bot.refused(asked)
    assert asked.response is None  # the deferral that everybody saw is gone
    assert (bot.submits, await bot.books.jobs()) == ([], [])
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0")
