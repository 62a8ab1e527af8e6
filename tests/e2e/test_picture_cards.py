from decimal import Decimal
from typing import Any

import pytest

from bot.features.results.more import SpoilerButton
from sandbox.discord import Message, Permissions
from sandbox.discord.http.trouble import Trouble
from sandbox.discord.model.components import every, media_of, texts_of
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, moderator
from tests.e2e.photos import photo, picture_of, settings_of
from tests.e2e.pressing import (
    DAYS,
    bot_view,
    fields,
    form_sent,
    hand_made_form,
    more,
    posted_by_bot,
    private,
    result,
    submitted,
)
from tests.e2e.styles import styled


def said(card: Message) -> str:
    return "\n".join(texts_of(card.components))


def buttons(card: Message) -> list[str]:
    return [each["label"] for each in every(card.components) if each.get("custom_id")]


def shown(card: Message) -> list[dict[str, Any]]:
    return list(media_of(card.components))


async def card_of(bot: Harness, message: Message, number: str, by: Any = None) -> Message:
    return await private(bot, await bot.click(by or bot.alice, message, number))


async def card_of_more(bot: Harness, message: Message, by: Any = None) -> Message:
    return await private(bot, await bot.click(by or bot.alice, message, "⋯ More"))


# the card of a picture


async def test_each_picture_has_a_private_card_with_what_can_be_done_with_it(bot: Harness) -> None:
    first = await result(bot, count=3, seed=5, prompt="a *red* fox")
    card = await card_of(bot, first, "2", bot.bob)
    assert card.ephemeral
    assert "**a \\*red\\* fox** · picture 2 of 3\n-# 1328×1328 · $0.0065 · took 0 s · seed 6" in said(card)
    assert buttons(card) == ["Edit", "Style", "Portrait", "Vary ×4 · about $0.12", "Again in HD · about $0.03"]
    assert "it will look different" in said(card)
    [picture] = shown(card)
    assert f"{(await bot.books.jobs())[0]}-2.png" in picture["media"]["url"]
    assert picture["description"] == "AI-made: a *red* fox (2 of 3)"


@pytest.mark.parametrize(
    ("command", "options", "offered"),
    [
        ("/imagine", {"size": "16:9 hd"}, ["Vary ×4 · about $0.12"]),
        ("/edit", {"prompt": "make it night"}, ["Vary ×4 · about $0.12"]),
        ("/stylize", {"style": "doll"}, []),
        ("/portrait", {}, ["Again in HD · $0.02"]),
    ],
    ids=str,
)
async def test_only_what_its_model_can_is_offered(
    bot: Harness, command: str, options: dict[str, Any], offered: list[str]
) -> None:
    """A single picture has no number: its More offers it."""
    picture: dict[str, Any] = {"prompt": "a red fox"} if command == "/imagine" else {"image": photo()}
    posted = await bot.posted(await bot.command(command, **{**picture, **options}))
    labels = buttons(await card_of_more(bot, posted))
    assert [label for label in labels if "·" in label] == offered


async def test_the_cards_forms_and_styles_are_about_its_picture(bot: Harness) -> None:
    first = await result(bot, count=3)
    card = await card_of(bot, first, "3")
    opened = await bot.click(bot.alice, card, "Edit")
    assert opened.modal is not None
    assert opened.modal["title"] == "Edit picture 3 · about $0.03"
    assert "Which picture" not in fields(opened)
    edited = await submitted(bot, opened, prompt="night", Spoiler=True)
    posted = await bot.posted(edited)
    assert picture_of(bot.submits[-1]) == first.attachments[2].content
    assert posted.attachments[0].spoiler
    portrait = await bot.click(bot.alice, card, "Portrait")
    assert portrait.modal is not None
    assert portrait.modal["title"].startswith("Portrait of picture 3 · ")
    styles = await private(bot, await bot.click(bot.bob, await card_of(bot, first, "2", bot.bob), "Style"))
    await bot.posted(await styled(bot, bot.bob, styles, "Doll"))
    assert picture_of(bot.submits[-1]) == first.attachments[1].content


async def test_variations_are_four_in_the_pictures_own_shape_paid_by_who_clicks(bot: Harness) -> None:
    first = await result(bot, count=2, size="16:9", prompt="a red fox")
    card = await card_of(bot, first, "2", bot.bob)
    vary = await bot.click(bot.bob, card, next(label for label in buttons(card) if label.startswith("Vary")))
    posted = await bot.posted(vary)
    sent = bot.submits[2:]
    assert [submit.model for submit in sent] == ["spark_i2i_3_0"] * 4
    assert {(submit.params["width"], submit.params["height"]) for submit in sent} == {(1536, 864)}
    assert {settings_of(submit)["prompt"] for submit in sent} == {"a red fox"}
    seeds = [submit.params["seed"] for submit in sent]
    assert seeds == list(range(seeds[0], seeds[0] + 4))
    assert all(picture_of(submit) == first.attachments[1].content for submit in sent)
    assert len(posted.attachments) == 4
    assert posted.pinged == {bot.bob.id}
    parent = (await bot.books.job(vary.id)).parent
    assert parent is not None
    assert parent.position == 2
    assert (await bot.books.today(bot.alice, bot.guild))[0] == "0.013"


async def test_where_four_variations_are_too_dear_those_that_fit_are_offered(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.10")})
    await harness.ready()
    card = await card_of(harness, await result(harness, count=2), "1")
    click = await harness.click(harness.alice, card, "Vary ×4 · about $0.12")
    answer = await private(harness, click)
    assert answer.content.startswith("**Four pictures cost about $0.12, and you have $0.087 left today.**")
    [row] = [each["components"] for each in answer.components]
    assert row[0]["label"].startswith("Make 2 · ")


async def test_a_picture_comes_again_in_hd_with_its_words_and_seed(bot: Harness) -> None:
    first = await result(bot, count=2, seed=5, size="16:9")
    click = await bot.click(bot.bob, await card_of(bot, first, "2", bot.bob), "Again in HD · about $0.03")
    posted = await bot.posted(click)
    before, after = settings_of(bot.submits[1]), settings_of(bot.submits[2])
    assert after == {**before, "width": 2560, "height": 1440}
    assert posted.attachments[0].size == (2560, 1440)
    assert (await bot.books.job(click.id)).parent is None  # it is not made from the picture


async def test_two_clicks_on_a_card_at_once_are_one_job(bot: Harness) -> None:
    card = await card_of(bot, await result(bot, count=2), "1")
    clicks = [await bot.discord.click(bot.alice, card, "Again in HD · about $0.03") for _ in range(2)]
    late = await bot.until(lambda: next((each for each in clicks if bot.private_answer(each)), None))
    assert "Already on it." in await bot.refused(late)
    await bot.done(tick=1)
    assert len(await bot.books.jobs()) == 2


async def test_a_card_works_days_later_after_a_restart(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    first = await result(harness, count=2)
    card = await card_of(harness, first, "2")
    await harness.stop()
    await harness.clock.advance(DAYS)
    await harness.start(seed=12)
    await harness.ready()
    vary = next(label for label in buttons(card) if label.startswith("Vary"))
    await harness.posted(await harness.click(harness.alice, card, vary), tick=1)
    assert picture_of(harness.submits[-1]) == first.attachments[1].content


# what More opens


async def test_more_offers_to_each_what_they_may(bot: Harness) -> None:
    carol = moderator(bot)
    first = await result(bot, count=2)
    everybodys = ["Details", "Favourite"]
    assert buttons(await card_of_more(bot, first)) == [*everybodys, "Spoiler", "Delete"]
    assert buttons(await card_of_more(bot, first, carol)) == [*everybodys, "Spoiler", "Delete"]
    card = await card_of_more(bot, first, bot.bob)
    assert buttons(card) == everybodys
    assert said(card).startswith(f"**a red fox**\n-# 2 pictures · $0.013 · asked for by {bot.alice.mention} <t:")


async def test_a_favourite_is_marked_and_taken_back(bot: Harness) -> None:
    first = await result(bot, count=2)
    card = await card_of_more(bot, first, bot.bob)
    await bot.click(bot.bob, card, "Favourite")
    await bot.until(lambda: "Favourite ✓" in buttons(card))
    assert "Favourite ✓" in buttons(await card_of_more(bot, first, bot.bob))
    assert "Favourite" in buttons(await card_of_more(bot, first))
    await bot.click(bot.bob, card, "Favourite ✓")
    await bot.until(lambda: "Favourite" in buttons(card))


async def test_an_edit_is_compared_with_what_it_was_made_from(bot: Harness) -> None:
    first = await result(bot, count=2)
    night = await bot.posted(await form_sent(bot, bot.alice, first, "Edit", prompt="night", picture="Picture 2"))
    page = await private(bot, await more(bot, bot.bob, night, "Compare"))
    before, after = (each["media"]["url"] for each in shown(page))
    assert [each["description"] for each in shown(page)] == ["AI-made, before", "AI-made, after"]
    assert first.attachments[1].filename in before
    assert night.attachments[0].filename in after


async def test_what_was_attached_is_compared_by_its_owner_alone_while_it_is_kept(bot: Harness) -> None:
    night = await bot.posted(await bot.command("/edit", prompt="night", image=photo()))
    assert "Compare" not in buttons(await card_of_more(bot, night, bot.bob))
    page = await private(bot, await more(bot, bot.alice, night, "Compare"))
    assert shown(page)[0]["media"]["url"].startswith("attachment:")
    assert [file.content for file in page.attachments] == [picture_of(bot.submits[-1])]
    assert [each["description"] for each in shown(page)] == ["Before", "AI-made, after"]


async def test_what_stands_in_a_place_that_one_does_not_see_is_not_compared(bot: Harness) -> None:
    backstage = bot.discord.add_channel(bot.guild, "backstage")
    bot.discord.set_overwrite(backstage, bot.bob, deny=Permissions.VIEW_CHANNEL)
    first = await result(bot, backstage)
    [job_id] = await bot.books.jobs()
    night = await bot.posted(await hand_made_form(bot, bot.alice, f"form:edit:r{job_id}:1", prompt="night"))
    assert first.channel is not night.channel
    text = await bot.refused(await more(bot, bot.bob, night, "Compare"))
    assert "in a place that you do not see" in text


@pytest.mark.parametrize("moderates", [False, True], ids=["owner", "moderator"])
async def test_a_result_is_hidden_by_its_owner_or_a_moderator(bot: Harness, *, moderates: bool) -> None:
    person = moderator(bot) if moderates else bot.alice
    asked = await bot.imagine(count=2)
    first = await bot.posted(asked)
    assert asked.response is not None
    assert asked.response.attachments  # the preview
    kept = [file.id for file in first.attachments]
    card = await card_of_more(bot, first, person)
    await bot.click(person, card, "Spoiler")
    await bot.until(lambda: "It is hidden" in said(card))
    await bot.done(tick=1)
    assert [(file.id, file.spoiler) for file in first.attachments] == [(each, True) for each in kept]
    assert asked.response.attachments == []
    assert "Spoiler" not in buttons(card)
    again = await bot.posted(await bot.click(bot.alice, first, "Again"), tick=1)
    assert again.attachments[0].spoiler
    edited = await bot.posted(await form_sent(bot, bot.alice, first, "Edit", prompt="night"), tick=1)
    assert edited.attachments[0].spoiler
    assert len(await actions(bot)) == moderates


async def test_a_result_that_discord_does_not_hide_is_said_to_stand_as_it_was(bot: Harness) -> None:
    first = await result(bot)
    card = await card_of_more(bot, first)
    bot.discord.trouble.add(Trouble("PATCH", r"/channels/\d+/messages/\d+", status=403, times=1))
    click = await bot.click(bot.alice, card, "Spoiler")
    [beside] = await bot.until(lambda: click.followups)
    assert "Discord does not let me hide it now." in beside.content
    assert not first.attachments[0].spoiler


async def test_somebody_elses_hand_made_click_hides_nothing(bot: Harness) -> None:
    first = await result(bot)
    [job_id] = await bot.books.jobs()
    forged = await posted_by_bot(bot, bot_view(SpoilerButton(job_id, first.channel.id, first.id)))
    click = await bot.click(bot.bob, forged, "Spoiler")
    [beside] = await bot.until(lambda: click.followups)
    assert "somebody else's picture" in beside.content
    assert not first.attachments[0].spoiler
