"""Two say that a picture is theirs: a moderator finds it in its case, and says whose it is."""

import pytest

from bot.domain.moderation.actions import About, ActionKind
from bot.domain.pictures.ownership import PictureRule
from sandbox.discord import Interaction, Member, Message
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, answer, moderator
from tests.e2e.owning import ALLOW, drawn, made, question_about, wants
from tests.e2e.pages import controls_of, words_of
from tests.e2e.photos import drawing_file
from tests.e2e.pressing import hand_made_form, menu, submitted

WHOSE = "Whose picture…"


@pytest.fixture
def pictures() -> PictureRule:
    return PictureRule.ASK


async def uploads(bot: Harness, by: Member) -> Interaction:
    return await bot.command("/edit", by, prompt="brighter", image=drawing_file())


async def case(bot: Harness, by: Member, message: Message) -> Message:
    return await answer(bot, await menu(bot, by, message, "Spend case"))


async def test_an_artist_whose_work_was_uploaded_before_gets_it_back(bot: Harness) -> None:
    mona = moderator(bot)
    stolen = await bot.posted(await uploads(bot, bot.bob), tick=1)
    assert f"This picture is <@{bot.bob.id}>'s" in await bot.refused(await uploads(bot, bot.alice))

    shown = await case(bot, mona, stolen)
    assert f"**Made from a picture of** <@{bot.bob.id}>" in words_of(shown)
    assert f"<@{bot.alice.id}> <t:" in words_of(shown)
    assert controls_of(shown) == ["Block…", "Delete…", WHOSE]
    opened = await bot.click(mona, shown, WHOSE)
    filled = {"It belongs to": str(bot.alice.id), "Reason": "her portfolio has it"}
    said = await answer(bot, await submitted(bot, opened, **filled))
    assert f"The picture is <@{bot.alice.id}>'s from now on" in words_of(said)

    assert await bot.posted(await uploads(bot, bot.alice), tick=1)
    assert f"This picture is <@{bot.alice.id}>'s" in await bot.refused(await uploads(bot, bot.bob))
    [settled] = await actions(bot)
    assert (settled.kind, settled.about, settled.subject_id) == (ActionKind.SETTLE, About.MEMBER, bot.alice.id)
    assert settled.reason == "her portfolio has it"


async def test_the_case_tells_who_allowed_it_and_a_message_with_a_picture_has_one_too(bot: Harness) -> None:
    mona, shown = moderator(bot), await drawn(bot)
    asked = await wants(bot, shown)
    await bot.click(bot.alice, await question_about(bot, asked), ALLOW)
    result = await made(bot, asked)
    assert f"**Made from a picture of** <@{bot.alice.id}> · allowed <t:" in words_of(await case(bot, mona, result))
    page = await case(bot, mona, shown)
    assert f"the picture is <@{bot.alice.id}>'s" in words_of(page)
    assert controls_of(page) == [WHOSE]


async def test_only_a_moderator_of_its_server_says_whose_it_is(bot: Harness) -> None:
    await bot.posted(await uploads(bot, bot.bob), tick=1)
    for member, picture in ((bot.alice, 1), (moderator(bot), 99)):
        values = {"other": str(bot.alice.id), "reason": "mine"}
        refused = await bot.refused(await hand_made_form(bot, member, f"picture-case:{picture}", **values))
        assert "is for moderators" in refused or "no longer know this picture" in refused
    assert f"This picture is <@{bot.bob.id}>'s" in await bot.refused(await uploads(bot, bot.alice))
