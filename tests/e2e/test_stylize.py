from dataclasses import replace
from typing import Any

import pytest
from PIL import ImageChops

import spark
from sandbox.discord import Attachment, Interaction
from sandbox.discord.people.inputs import ClientRefusal
from sandbox.spark.order import Order
from sandbox.spark.painter import paint as painted
from tests.e2e.harness import Harness
from tests.e2e.photos import opened, photo, picture_of, red_above_blue, settings_of

PLAIN = {"req_key": "img2img_cartoon_style_usage", "return_url": True}


async def _stylize(bot: Harness, **options: Any) -> Interaction:
    return await bot.command("/stylize", **{"style": "anime", "image": photo(), **options})


async def _stylized(bot: Harness, **options: Any) -> Attachment:
    [file] = (await bot.posted(await _stylize(bot, **options))).attachments
    return file


async def test_the_picture_reaches_spark_and_the_result_stands_in_a_thread(bot: Harness) -> None:
    picture = photo()
    asked = await _stylize(bot, image=picture)
    posted = await bot.posted(asked)

    [submit] = bot.submits
    assert (submit.model, settings_of(submit)) == ("spark_style_template", PLAIN)
    assert picture_of(submit) == picture.content
    assert posted.channel.name == "Anime Style"
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-1.png"]
    assert posted.pinged == {bot.alice.id}
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.005")]


async def test_every_style_can_be_chosen_and_has_its_keys(bot: Harness) -> None:
    for style in spark.STYLES.values():
        posted = await bot.posted(await _stylize(bot, style=style.slug))
        assert posted.channel.name == style.label
    sent = [(s.params["req_key"], s.params.get("sub_req_key")) for s in bot.submits]
    assert sent == [(style.req_key, style.sub_req_key) for style in spark.STYLES.values()]
    assert len(set(sent)) == 22


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({"watermark": False}, None),
        ({"watermark": True}, {"add_logo": True}),
        ({"watermark_text": "by alice"}, {"add_logo": True, "logo_text_content": "by alice"}),
        ({"watermark_position": "top left"}, {"add_logo": True, "position": 2}),
        ({"watermark_opacity": 0.5}, {"add_logo": True, "opacity": 0.5}),
        ({"watermark_language": "English"}, {"add_logo": True, "language": 1}),
        (
            {
                "watermark": True,
                "watermark_text": "by alice",
                "watermark_position": "top right",
                "watermark_opacity": 0,
                "watermark_language": "English",
            },
            {"add_logo": True, "logo_text_content": "by alice", "position": 3, "opacity": 0, "language": 1},
        ),
    ],
    ids=str,
)
async def test_the_watermark_goes_to_spark_as_it_is_described(
    bot: Harness, options: dict[str, Any], sent: dict[str, Any] | None
) -> None:
    await _stylized(bot, **options)
    assert settings_of(bot.submits[0]) == PLAIN | ({} if sent is None else {"logo_info": sent})


async def test_a_spoiler_is_hidden(bot: Harness) -> None:
    assert [(await _stylized(bot, spoiler=hidden)).spoiler for hidden in (True, False)] == [True, False]


def _painted_alike(order: Order) -> bytes:
    """Paint with one seed: the model takes none, and Spark's own would make any two pictures differ."""
    return painted(replace(order, seed=1))


@pytest.mark.parametrize("paint", [_painted_alike], ids=["painted"])
async def test_the_result_derives_from_the_picture_and_carries_its_watermark(bot: Harness) -> None:
    plain = opened(await _stylized(bot))
    marked = opened(await _stylized(bot, watermark_text="by alice", watermark_position="top left"))
    assert red_above_blue(plain)
    assert plain.width < plain.height  # as the picture is
    changed = ImageChops.difference(plain, marked).getbbox()
    assert changed is not None
    left, above, right, below = changed
    assert right < plain.width * 0.6
    assert below < plain.height * 0.2
    assert (left, above) < (plain.width // 4, plain.height // 4)


@pytest.mark.parametrize(
    "options",
    [
        {"style": "cubist"},
        {"watermark_opacity": 1.1},
        {"watermark_opacity": -0.1},
        {"watermark_position": "middle"},
        {"watermark_language": "Latin"},
        {"watermark_text": "x" * 101},
    ],
    ids=lambda options: str(options)[:40],
)
async def test_discords_client_knows_the_limits(bot: Harness, options: dict[str, Any]) -> None:
    with pytest.raises(ClientRefusal):
        await _stylize(bot, **options)


async def test_a_watermark_that_is_wanted_and_not_wanted_is_refused_at_once(bot: Harness) -> None:
    asked = await _stylize(bot, watermark=False, watermark_text="by alice")
    text = await bot.refused(asked)
    assert "The watermark is false, but watermark_text came with it." in text
    assert asked.response is not None  # there was no deferral to delete
    assert (bot.submits, await bot.books.jobs(), bot.discord.downloads) == ([], [], [])
