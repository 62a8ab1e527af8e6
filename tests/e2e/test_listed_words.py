from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.domain.moderation.actions import ActionKind
from sandbox.discord import Member, Message
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, answer, asked, moderator, spend, start
from tests.e2e.pages import controls_of, words_of
from tests.e2e.photos import photo
from tests.e2e.pressing import fields, form_sent, private, result, submitted
from tests.e2e.talking import at, note_to, say

REFUSED = "**I make nothing of these words here.**"


async def listing(bot: Harness, mona: Member, *entries: str) -> Message:
    """Have a moderator list words, and give the answer."""
    page = await asked(bot, "settings", mona)
    sent = await form_sent(bot, mona, page, "Words…", words="\n".join(entries))
    return await answer(bot, sent)


async def with_words(harness: Harness, *entries: str, **limits: Any) -> Member:
    mona = await start(harness, **limits)
    await listing(harness, mona, *entries)
    return mona


async def test_moderators_list_words_in_a_form_and_the_record_does_not_repeat_them(harness: Harness) -> None:
    mona = await start(harness)
    page = await asked(harness, "settings", mona)
    assert controls_of(page) == ["Words…"]
    assert words_of(page).splitlines()[-1] == "Words that nothing is made of: none"

    told = await listing(harness, mona, "Rude", "two words", "gor*", "", "rude*")
    assert words_of(told).startswith("**Kept: 4 entries.**")
    assert (await spend(harness, "settings", mona)).splitlines()[-1] == "Words that nothing is made of: four"
    [recorded] = await actions(harness)
    assert (recorded.kind, recorded.what) == (
        ActionKind.SETTINGS,
        "changed the words that nothing is made of: four now",
    )

    opened = await harness.click(mona, await asked(harness, "settings", mona), "Words…")
    [field] = fields(opened).values()
    assert field["value"] == "Rude\ntwo words\ngor*\nrude*"
    assert words_of(await answer(harness, await submitted(harness, opened, words=""))).startswith("**Kept.**")
    await harness.posted(await harness.imagine(prompt="a rude fox"))


async def test_what_is_wrong_in_a_list_is_told_by_line_and_can_be_mended(harness: Harness) -> None:
    mona = await start(harness)
    told = await listing(harness, mona, "rude", "*bad", "a*")
    assert told.content.splitlines() == [
        "**2 lines cannot be used.**",
        "Line 2: a star stands at the end of a word, and nowhere else; "
        "line 3: before a star there are two letters or more.",
    ]
    assert await actions(harness) == []
    opened = await harness.click(mona, told, "Mend the list…")
    [field] = fields(opened).values()
    assert field["value"] == "rude\n*bad\na*"


async def test_nobody_else_opens_the_form(harness: Harness) -> None:
    mona = await start(harness)
    page = await asked(harness, "settings", mona)
    opened = await harness.click(mona, page, "Words…")
    harness.guild.members[mona.id].roles.clear()
    sent = await submitted(harness, opened, words="rude")
    assert "for moderators" in await harness.refused(sent)
    assert [each.refused for each in await actions(harness)] == [True]


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("/imagine", {"prompt": "a r u d e fox"}),
        ("/imagine", {"prompt": "RUDE.", "count": 4, "size": "16:9 hd"}),
        ("/edit", {"prompt": "make it rude", "image": photo()}),
        ("/edit", {"prompt": "make it rude"}),
        ("/portrait", {"prompt": "as a rude king", "image": photo()}),
        ("/stylize", {"style": "anime", "image": photo(), "watermark_text": "rude & co"}),
    ],
)
async def test_listed_words_are_refused_before_anything_is_fetched_or_spent(
    harness: Harness, command: str, options: dict[str, Any]
) -> None:
    await with_words(harness, "rude", confirm_above_usd=Decimal("0.01"))
    fetched = len(harness.discord.downloads)
    told = await harness.refused(await harness.command(command, **options))
    assert told.splitlines()[0] == REFUSED
    assert "rude" not in told.lower().replace("rude &", "")
    assert len(harness.discord.downloads) == fetched
    assert harness.submits == []
    assert await harness.books.jobs() == []
    assert await harness.books.today(harness.alice, harness.guild) == ("0", "0")


async def test_so_are_those_of_forms_messages_and_of_what_was_asked_for_before(harness: Harness) -> None:
    mona = await start(harness)
    posted = await result(harness, prompt="a rude fox")
    four = await result(harness, prompt="a rude hen", count=2)
    await listing(harness, mona, "rude")

    for again in ("Again", "Again"):
        assert REFUSED in await harness.refused(await harness.click(harness.bob, posted, again))
    edit = await form_sent(harness, harness.bob, posted, "Edit", prompt="make it rude")
    assert REFUSED in await harness.refused(edit)
    card = await private(harness, await harness.click(harness.alice, four, "1"))
    vary = next(label for label in controls_of(card) if label.startswith("Vary"))
    assert REFUSED in await harness.refused(await harness.click(harness.alice, card, vary))
    said = await say(harness, at(harness, "make it rude"), files=[photo()])
    note = await note_to(harness, said)
    assert REFUSED in note.content
    assert len(harness.submits) == 3


async def test_the_log_channel_is_told_once_in_a_while_and_the_words_are_kept_no_longer(harness: Harness) -> None:
    mona = await with_words(harness, "rude")
    log = harness.discord.add_channel(harness.guild, "log")
    await spend(harness, "settings", mona, log_channel=log)
    for prompt in ("a *rude* ||fox||", "another rude one"):
        await harness.refused(await harness.imagine(prompt=prompt))
    told = await harness.until(
        lambda: next((m for m in log.messages.values() if "🤐" in m.content), None), tick=10
    )
    lines = told.content.splitlines()
    assert lines[:3] == [
        f"🤐 <@{harness.alice.id}> wrote words that nothing is made of here",
        f"/imagine in <#{harness.general.id}>",
        r"> ||a \*rude\* \|\|fox\|\|||",
    ]
    assert told.pinged == set()
    await harness.clock.advance(60)
    await harness.rest()
    assert len([m for m in log.messages.values() if "🤐" in m.content]) == 1
    assert await harness.books.refused_words() == []
    await harness.clock.advance(600)
    await harness.refused(await harness.imagine(prompt="rude once more"))
    await harness.until(lambda: len([m for m in log.messages.values() if "🤐" in m.content]) == 2 or None, tick=10)


async def test_the_operators_list_holds_everywhere(harness: Harness, tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("# ours\ngory*\n", encoding="utf-8")
    await harness.start(access={"words_file": file})
    await harness.ready()
    told = await harness.refused(await harness.imagine(prompt="a gory-looking fox"))
    assert told.splitlines() == [REFUSED, "Say it in other words. Whoever runs this bot has ruled some out."]
    dm = harness.discord.direct_messages(harness.alice)
    assert REFUSED in await harness.refused(await harness.imagine(place=dm, prompt="GORY"))
    mona = moderator(harness)
    await listing(harness, mona, "rude")
    assert REFUSED in await harness.refused(await harness.imagine(prompt="a rude fox"))
    await harness.posted(await harness.imagine(place=dm, prompt="a rude fox"))
