from dataclasses import replace
from typing import Any

import pytest
from PIL import ImageChops

import spark
from bot.domain.styles import StyleGroup
from bot.sheets.folder import StyleFolder
from sandbox.discord import Attachment, Interaction, Trouble
from sandbox.discord.model.components import texts_of
from sandbox.discord.people.inputs import ClientRefusal
from sandbox.spark.order import Order
from sandbox.spark.painter import paint as painted
from tests.e2e.harness import Harness
from tests.e2e.photos import opened, photo, picture_of, red_above_blue, settings_of
from tests.e2e.pressing import answered, private, submitted
from tests.e2e.styles import choose_picture, choose_style, head, sheets, styled

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


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("wool", "Cute Clay"),
        ("anime", "Influencer Anime Style"),
        ("水彩", "Watercolor Style"),
        ("lapiz", "Dreamy Style"),
    ],
)
async def test_a_style_is_found_by_a_word_for_it_and_offered_with_its_price(
    bot: Harness, typed: str, first: str
) -> None:
    asked = await bot.discord.complete(bot.alice, bot.general, "/stylize", "style", typed, {})
    await answered(bot, asked)
    assert asked.choices is not None
    names = [choice["name"] for choice in asked.choices]
    assert names[0].startswith(f"{first} · ")
    assert names[0].endswith(" · about $0.03")
    assert len(names) < 8


async def test_all_styles_are_offered_where_nothing_or_nonsense_is_typed(bot: Harness) -> None:
    for typed in ("", "qqq"):
        asked = await answered(
            bot, await bot.discord.complete(bot.alice, bot.general, "/stylize", "style", typed, {})
        )
        assert asked.choices is not None
        assert {choice["value"] for choice in asked.choices} == set(spark.STYLES)


@pytest.mark.parametrize("typed", ["Ceramic Doll", "ceramic doll", "porcelain", "3D Game Z-Era", "水彩"])
async def test_a_style_may_be_typed_without_choosing_it(bot: Harness, typed: str) -> None:
    await _stylized(bot, style=typed)


async def test_without_a_style_the_page_is_for_the_newest_picture_and_charges_nothing(bot: Harness) -> None:
    first = await bot.posted(await bot.imagine())
    page = await private(bot, await bot.command("/stylize", place=first.channel))
    assert page.ephemeral
    assert head(page).startswith("**Which style?**\n-# for [this picture](https://discord.com/channels/")
    assert not page.attachments
    assert len(await bot.books.jobs()) == 1
    await bot.posted(await styled(bot, bot.alice, page, "Doll"))
    assert picture_of(bot.submits[-1]) == first.attachments[0].content


async def test_without_a_style_an_attached_picture_is_taken(bot: Harness) -> None:
    picture = photo()
    page = await private(bot, await bot.command("/stylize", image=picture))
    assert head(page) == "**Which style?**\n-# for house.png"
    await bot.posted(await styled(bot, bot.alice, page, "Doll"))
    assert picture_of(bot.submits[-1]) == picture.content


async def test_a_watermark_without_a_style_is_not_lost_silently(bot: Harness) -> None:
    text = await bot.refused(await bot.command("/stylize", image=photo(), watermark_text="by alice"))
    assert text.startswith("**Which style?**\nWith watermark_text, choose one in style")


async def test_the_watermark_is_asked_for_in_a_form_that_orders(bot: Harness) -> None:
    page = await private(bot, await bot.command("/stylize", image=photo()))
    await choose_style(bot, bot.alice, page, "Doll")
    opened_ = await bot.click(bot.alice, page, "Watermark…")
    assert opened_.modal is not None
    assert opened_.modal["title"] == "Stylize image · about $0.03"
    form = await submitted(
        bot, opened_, **{"What the watermark says": "by alice", "Corner": "top left", "How solid": "0.5"}
    )
    await bot.posted(form)
    assert settings_of(bot.submits[0])["sub_req_key"] == "img2img_3d_style_doll"
    assert settings_of(bot.submits[0])["logo_info"] == {
        "add_logo": True,
        "logo_text_content": "by alice",
        "position": 2,
        "opacity": 0.5,
    }


async def test_the_page_shows_the_sheet_of_the_group_and_of_the_style_that_is_chosen(bot: Harness) -> None:
    folder = StyleFolder(bot.styles)
    for group in StyleGroup:
        folder.keep_sheet(group, f"sheet of {group}".encode())
    page = await private(bot, await bot.command("/stylize", image=photo()))
    assert sheets(page) == ["styles-anime.webp"]
    await bot.click(bot.alice, page, "Paint & ink")
    await bot.until(lambda: sheets(page) == ["styles-painting.webp"])
    assert page.attachments[0].content == b"sheet of painting"
    assert "**Which style?**" in head(page)
    await choose_style(bot, bot.alice, page, "Cute Clay")
    assert sheets(page) == ["styles-figures.webp"]
    await bot.click(bot.alice, page, "Light & mood")
    await bot.until(lambda: sheets(page) == ["styles-light.webp"])
    assert "**Cute Clay**" in head(page)


async def test_where_files_may_not_be_attached_the_page_comes_without_its_sheet(bot: Harness) -> None:
    StyleFolder(bot.styles).keep_sheet(StyleGroup.ANIME, b"sheet")
    page_edit = r"/webhooks/\d+/[^/]+/messages/@original"
    bot.discord.trouble.add(Trouble("PATCH", page_edit, status=403, code=50013))
    page = await private(bot, await bot.command("/stylize", image=photo()))
    await bot.until(lambda: head(page))
    assert sheets(page) == []
    await bot.posted(await styled(bot, bot.alice, page, "Doll"))


async def test_without_a_style_several_pictures_are_to_choose_from_and_a_hidden_message_is_told(
    bot: Harness,
) -> None:
    first = await bot.posted(await bot.imagine(count=2))
    hidden = await bot.discord.say(bot.bob, first.channel, "look", files=[photo()])
    page = await private(bot, await bot.command("/stylize", place=first.channel))
    assert f"/{hidden.id}) that Discord does not show me?" in texts_of(page.components)[-1]
    await choose_picture(bot, bot.alice, page, "Picture 2")
    await bot.posted(await styled(bot, bot.alice, page, "Doll"))
    assert picture_of(bot.submits[-1]) == first.attachments[1].content
