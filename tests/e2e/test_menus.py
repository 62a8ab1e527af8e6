from decimal import Decimal

import pytest

from sandbox.discord import Channel, Member, Message, Upload
from tests.e2e.harness import Harness
from tests.e2e.photos import photo, picture_of, settings_of
from tests.e2e.pressing import DAYS, fields, hand_made_form, hand_made_menu, menu, private, result, submitted
from tests.e2e.styles import choose_picture, head, ordered, styled

EDIT, STYLIZE, PORTRAIT = "Edit image", "Stylize image", "Make a portrait"
MENUS = [
    (EDIT, {"What to change": "make it night"}, "spark_edit_3_0", {"prompt": "make it night"}),
    (PORTRAIT, {"Mode": "creative"}, "spark_edit_portrait", {"gen_mode": "creative"}),
]
each_menu = pytest.mark.parametrize(("name", "values", "model", "params"), MENUS, ids=[m[0] for m in MENUS])


async def shown(bot: Harness, *files: Upload, by: Member | None = None, place: Channel | None = None) -> Message:
    """Have bob show a picture, which the bot sees in no other way than by a menu."""
    return await bot.discord.say(by or bot.bob, place or bot.general, "look", files=files or [photo()])


async def refused_menu(bot: Harness, message: Message) -> str:
    opened = await menu(bot, bot.alice, message, EDIT)
    assert opened.modal is None
    return await bot.refused(opened)


def source_of(bot: Harness) -> bytes | None:
    return bot.spark.tasks[bot.submits[-1].task_id or ""].order.source


@each_menu
async def test_a_picture_goes_through_the_form_to_spark(
    bot: Harness, name: str, values: dict[str, str], model: str, params: dict[str, str]
) -> None:
    # about a portrait of somebody else's picture that person is asked
    said = await shown(bot, by=bot.alice if name == PORTRAIT else bot.bob)
    sent = await submitted(bot, await menu(bot, bot.alice, said, name), **values)
    posted = await bot.posted(sent)
    submit = bot.submits[-1]
    assert submit.model == model
    assert params.items() <= settings_of(submit).items()
    assert source_of(bot) == said.attachments[0].content
    assert posted.channel.parent is bot.general
    assert posted.pinged == {bot.alice.id}
    source = (await bot.books.job(sent.id)).source
    assert source is not None
    assert (source.message_id, source.filename) == (said.id, "house.png")


@each_menu
async def test_in_direct_messages(
    bot: Harness, name: str, values: dict[str, str], model: str, params: dict[str, str]
) -> None:
    direct = bot.discord.direct_messages(bot.alice)
    said = await bot.discord.say(bot.alice, direct, "", files=[photo()])
    posted = await bot.posted(await submitted(bot, await menu(bot, bot.alice, said, name), **values))
    assert posted.channel is direct
    assert bot.submits[-1].model == model
    assert params.items() <= settings_of(bot.submits[-1]).items()
    assert len(await bot.books.jobs()) == 1


async def test_the_menu_shows_the_styles_for_one_of_anothers_pictures(bot: Harness) -> None:
    said = await shown(bot, photo(name="a.png"), photo(800, 640, name="b.png"))
    page = await private(bot, await menu(bot, bot.alice, said, STYLIZE))
    assert "[a.png](https://discord.com/channels/" in head(page)
    await choose_picture(bot, bot.alice, page, "b.png")
    posted = await bot.posted(await styled(bot, bot.alice, page, "Anime Style"))
    assert settings_of(bot.submits[-1])["req_key"] == "img2img_cartoon_style_usage"
    assert source_of(bot) == said.attachments[1].content
    assert posted.channel.parent is bot.general
    await bot.posted(await styled(bot, bot.alice, page, "Doll"))
    assert len(await bot.books.jobs()) == 2
    await bot.clock.advance(15 * 60)
    assert "This has waited too long." in await bot.refused(await ordered(bot, bot.alice, page))


async def test_the_menu_shows_the_styles_for_a_result_days_later(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    first = await result(harness)
    page = await private(harness, await menu(harness, harness.bob, first, STYLIZE))
    await harness.stop()
    await harness.clock.advance(DAYS)
    await harness.start(seed=12)
    await harness.ready()
    sent = await styled(harness, harness.bob, page, "Doll")
    await harness.posted(sent, tick=1)
    assert source_of(harness) == first.attachments[0].content
    assert (await harness.books.job(sent.id)).parent is not None


async def test_in_a_thread_the_result_stands_there(bot: Harness) -> None:
    thread = await bot.discord.start_thread(bot.bob, bot.general, "pictures")
    said = await shown(bot, place=thread)
    posted = await bot.posted(await submitted(bot, await menu(bot, bot.alice, said, EDIT), prompt="night"))
    assert posted.channel is thread


@each_menu
async def test_the_bots_own_result_needs_no_memory(
    harness: Harness, name: str, values: dict[str, str], model: str, params: dict[str, str]
) -> None:
    await harness.start()
    await harness.ready()
    first = await result(harness)
    opened = await menu(harness, harness.bob, first, name)
    await harness.stop()
    await harness.clock.advance(DAYS)
    await harness.start(seed=12)
    await harness.ready()
    sent = await submitted(harness, opened, **values)
    await harness.posted(sent, tick=1)
    assert harness.submits[-1].model == model
    assert params.items() <= settings_of(harness.submits[-1]).items()
    assert source_of(harness) == first.attachments[0].content
    assert (await harness.books.job(sent.id)).parent is not None


async def test_another_picture_is_forgotten_after_a_quarter_of_an_hour_but_the_words_are_not(bot: Harness) -> None:
    opened = await menu(bot, bot.alice, await shown(bot), EDIT)
    await bot.clock.advance(15 * 60)
    sent = await submitted(bot, opened, prompt="make it night")
    text = await bot.refused(sent)
    assert "This has waited too long." in text
    assert text.endswith("\nYour words, to copy:\n```\nmake it night\n```")
    assert sent.response is not None  # there was no deferral to delete
    assert await bot.books.jobs() == []


async def test_nobody_sends_a_form_that_somebody_else_has_opened(bot: Harness) -> None:
    opened = await menu(bot, bot.alice, await shown(bot), EDIT)
    assert opened.modal is not None
    stolen = await hand_made_form(bot, bot.bob, opened.modal["custom_id"], prompt="night")
    assert "waited too long" in await bot.refused(stolen)
    await bot.posted(await submitted(bot, opened, prompt="night"))
    assert len(bot.submits) == 1


async def test_one_of_several_pictures_is_chosen_by_number_and_name(bot: Harness) -> None:
    said = await shown(bot, photo(name="a.png"), photo(500, 700, name="b.png"))
    opened = await menu(bot, bot.alice, said, EDIT)
    which = fields(opened)["Which picture"]
    assert [option["label"] for option in which["options"]] == ["1: a.png", "2: b.png"]
    await bot.posted(await submitted(bot, opened, prompt="night", picture="2: b.png"))
    assert picture_of(bot.submits[-1]) == said.attachments[1].content


async def test_a_portrait_of_one_of_several_pictures_leaves_room_for_the_choice(bot: Harness) -> None:
    said = await shown(bot, photo(name="a.png"), photo(name="b.png"), by=bot.alice)
    opened = await menu(bot, bot.alice, said, PORTRAIT)
    assert len(fields(opened)) == 5
    await bot.posted(await submitted(bot, opened, prompt="as a king"))


@pytest.mark.parametrize(
    "files",
    [[], [Upload(0, "film.mp4", b"film")], [Upload(0, "notes.txt", b"text")]],
    ids=["words", "film", "text"],
)
async def test_a_message_without_a_picture_is_refused_and_what_counts_is_said(
    bot: Harness, files: list[Upload]
) -> None:
    said = await bot.discord.say(bot.bob, bot.general, "look", files=files)
    text = await refused_menu(bot, said)
    assert text.startswith("**That message shows no picture.**")
    assert "no videos, stickers or emojis" in text


async def test_a_forwarded_picture_counts(bot: Harness) -> None:
    other = bot.discord.add_channel(bot.guild, "other")
    said = await shown(bot)
    forwarded = await bot.discord.forward(bot.alice, said, other)
    await bot.posted(await submitted(bot, await menu(bot, bot.alice, forwarded, EDIT), prompt="night"))
    assert picture_of(bot.submits[-1]) == said.attachments[0].content


async def test_the_status_message_of_a_job_stands_for_its_pictures(bot: Harness) -> None:
    asked = await bot.imagine(count=2)
    posted = await bot.posted(asked)
    assert asked.response is not None
    opened = await menu(bot, bot.bob, asked.response, EDIT)
    sent = await submitted(bot, opened, prompt="night", picture="Picture 2")
    await bot.posted(sent)
    assert picture_of(bot.submits[-1]) == posted.attachments[1].content


async def test_the_first_message_of_a_results_thread_stands_for_its_picture(bot: Harness) -> None:
    posted = await result(bot)
    starter = next(iter(posted.channel.messages.values()))
    opened = await hand_made_menu(bot, bot.alice, starter, EDIT)
    await bot.posted(await submitted(bot, opened, prompt="night"))
    assert picture_of(bot.submits[-1]) == posted.attachments[0].content


async def test_the_status_message_of_a_job_without_a_picture_is_refused(bot: Harness) -> None:
    asked = await bot.imagine()
    await bot.posted(asked)
    [job_id] = await bot.books.jobs()
    assert asked.response is not None
    first = bot.posts(asked)[0]
    bot.discord.delete(first)
    opened = await menu(bot, bot.alice, asked.response, EDIT)
    assert "The picture is gone" in await bot.refused(await submitted(bot, opened, prompt="night"))
    assert await bot.books.jobs() == [job_id]


async def test_a_menu_with_the_budget_spent_is_refused_at_once(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.0325")})
    await harness.ready()
    await result(harness)
    await result(harness, count=4)
    text = await refused_menu(harness, await shown(harness))
    assert text.startswith("**Your $0.0325 for today is used up.**")
