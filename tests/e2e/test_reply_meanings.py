import pytest

from tests.e2e.harness import Harness
from tests.e2e.talking import (
    at,
    does_nothing,
    is_edit_of,
    note_to,
    photo,
    result,
    say,
)

MESSAGES = r"/channels/\d+/messages"


@pytest.mark.parametrize(
    "words", ["wow nice!", "thanks", "😍", "?", "who made this?", "<:pog:123456789012345678>", "the third one!"]
)
async def test_a_compliment_is_neither_paid_for_nor_answered(bot: Harness, words: str) -> None:
    picture = await result(bot)
    await does_nothing(bot, await say(bot, words, reply_to=picture))
    await does_nothing(bot, await say(bot, at(bot, words), reply_to=picture))
    await does_nothing(bot, await say(bot, at(bot, words), files=[photo()]))
    assert len(bot.submits) == 1


@pytest.mark.parametrize("words", ["make it nice", "add a wow effect", "thanks, now make it night"])
async def test_an_order_in_kind_words_is_an_order(bot: Harness, words: str) -> None:
    picture = await result(bot)
    await is_edit_of(bot, await say(bot, words, reply_to=picture), picture, words)


@pytest.mark.parametrize(
    ("words", "number", "prompt"),
    [
        ("the third one, but in winter", 3, "in winter"),
        ("#3 at night", 3, "at night"),
        ("make the last one blue", 4, "make the last one blue"),
    ],
)
async def test_the_picture_that_is_named_is_edited(bot: Harness, words: str, number: int, prompt: str) -> None:
    asked = await bot.imagine(count=4)
    picture = await bot.posted(asked)
    assert asked.response is not None
    for said in (
        await say(bot, words, reply_to=picture),
        await say(bot, at(bot, words), reply_to=asked.response),
    ):
        await is_edit_of(bot, said, picture, prompt)
        source = (await bot.books.job(said.id)).source
        assert source is not None
        assert (source.number, source.of) == (number, 4)
        assert source.result is not None
        assert source.result.position == number


async def test_a_picture_beyond_those_that_are_there_is_refused_in_words(bot: Harness) -> None:
    picture = await result(bot, "a fox", count=2)
    said = await say(bot, "#3 at night", reply_to=picture)
    note = await note_to(bot, said)
    assert "There is no picture 3: there are 2." in note.content
    only = await say(bot, at(bot, "the second one, at night"), files=[photo()])
    assert "there is only one." in (await note_to(bot, only)).content
    assert len(bot.submits) == 2
