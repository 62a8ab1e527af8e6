"""What members report of pictures: how moderators read it in the log channel, and what they do about it."""

import asyncio

import pytest

from bot.domain.moderation.actions import ActionKind
from bot.domain.moderation.complaints import Grievance
from bot.wording import complaints as words
from bot.wording.complaints import REPORT_PICTURE
from sandbox.discord import Channel, Kind, Member, Message, Permissions, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, spend, start
from tests.e2e.pressing import (
    fields,
    form_sent,
    hand_made_form,
    hand_made_menu,
    labels,
    menu,
    private,
    result,
    submitted,
)

THANKS = words.thanks_text(Grievance.VIOLENCE)
ALL = ["Spoiler", "Delete…", "Block…", "Nothing wrong"]


async def with_log(bot: Harness) -> tuple[Member, Channel]:
    mona = await start(bot)
    log = bot.discord.add_channel(bot.guild, "log")
    await spend(bot, "settings", mona, log_channel=log)
    return mona, log


async def report(
    bot: Harness, by: Member, message: Message, grievance: str = "Violence or gore", more: str = ""
) -> str:
    """Report a picture, and give what its person is told."""
    opened = await menu(bot, by, message, REPORT_PICTURE)
    if opened.modal is None:
        return await bot.refused(opened)
    given = {"more": more} if more else {}
    return (await private(bot, await submitted(bot, opened, grievance=grievance, **given))).content


def complaints_in(log: Channel) -> list[Message]:
    return [each for each in log.messages.values() if "Reported by" in each.content]


async def complaint_in(bot: Harness, log: Channel, *, tick: float = 0.0) -> Message:
    """Wait for the only message that tells moderators of a picture."""
    [found] = await bot.until(lambda: complaints_in(log) or None, tick=tick)
    return found


async def says(bot: Harness, message: Message, words: str) -> None:
    await bot.until(lambda: words in message.content, tick=1)


async def test_moderators_read_what_is_wrong_with_which_picture_and_who_says_so(harness: Harness) -> None:
    _, log = await with_log(harness)
    asked = await harness.imagine(prompt="a *red* fox")
    posted = await harness.posted(asked)

    opened = await menu(harness, harness.bob, posted, REPORT_PICTURE)
    assert list(fields(opened)) == [words.GRIEVANCE, words.ANYTHING_ELSE]
    told = await private(harness, await submitted(harness, opened, grievance="Violence or gore", more="*look*"))

    assert told.content == THANKS
    shown = await complaint_in(harness, log)
    url = f"https://discord.com/channels/{harness.guild.id}/{posted.channel.id}/{posted.id}"
    assert shown.content.splitlines() == [
        f"🚩 **Reported by a member:** [this picture]({url}) · asked for by <@{harness.alice.id}>",
        "> a \\*red\\* fox",
        f"- **Violence or gore** · <@{harness.bob.id}>: \\*look\\*",
        f"-# For moderators, who alone know who reported it · no. {posted.id}",
    ]
    assert (shown.attachments, labels(shown), harness.pinged()) == ([], [ALL], {harness.alice.id})

    # once per person and picture, of which the preview is another sight; others' reports add to the same message
    assert asked.response is not None
    for same in (posted, asked.response):
        again = await menu(harness, harness.bob, same, REPORT_PICTURE)
        assert again.modal is None
        assert await harness.refused(again) == words.reported_before().text
    carol = harness.discord.add_member(harness.guild, "carol")
    assert await report(harness, carol, asked.response, "Hate or harassment") == THANKS
    await says(harness, shown, "Reported by 2 members")
    assert f"- **Hate or harassment** · <@{carol.id}>" in shown.content
    assert len(complaints_in(log)) == 1


async def test_where_automod_blocks_the_words_moderators_are_told_without_them(harness: Harness) -> None:
    _, log = await with_log(harness)
    posted = await result(harness, prompt="a red fox")
    harness.guild.automod_words.add("fox")
    await report(harness, harness.bob, posted, more="a fox, indeed")
    shown = await complaint_in(harness, log)
    assert "fox" not in shown.content
    assert f"- **Violence or gore** · <@{harness.bob.id}>\n" in shown.content


async def test_each_answer_is_recorded_once_and_the_message_shows_it(harness: Harness) -> None:
    mona, log = await with_log(harness)
    posted = await result(harness)
    await report(harness, harness.bob, posted)
    shown = await complaint_in(harness, log)

    await asyncio.gather(*(harness.click(mona, shown, "Spoiler") for _ in range(2)))
    await says(harness, shown, f"<@{mona.id}> hid what <@{harness.alice.id}> had made")
    assert [file.spoiler for file in posted.attachments] == [True]
    await harness.until(lambda: labels(shown) == [ALL[1:]])
    await form_sent(harness, mona, shown, "Block…", reason="gore")
    await says(harness, shown, f"<@{harness.alice.id}> is blocked.")
    assert labels(shown) == [["Delete…", "Nothing wrong"]]
    await form_sent(harness, mona, shown, "Delete…", reason="gore")
    await says(harness, shown, f"<@{mona.id}> deleted what")
    assert posted.deleted
    assert (shown.content[0], labels(shown)) == ("✅", [])

    done = [each.kind for each in await actions(harness)]
    assert done == [ActionKind.SETTINGS, ActionKind.HIDE, ActionKind.BLOCK, ActionKind.DELETE]


async def test_nothing_wrong_ends_it_once(harness: Harness) -> None:
    mona, log = await with_log(harness)
    posted = await result(harness)
    await report(harness, harness.bob, posted)
    shown = await complaint_in(harness, log)

    first, second = await asyncio.gather(*(harness.click(mona, shown, "Nothing wrong") for _ in range(2)))

    refused = await harness.until(lambda: harness.private_answer(first) or harness.private_answer(second))
    assert refused.content == words.answered_before(mona.id).text
    await says(harness, shown, f"<@{mona.id}> found nothing wrong with what was reported")
    assert (shown.content[0], labels(shown), posted.deleted) == ("✅", [], False)
    assert [each.kind for each in await actions(harness)] == [ActionKind.SETTINGS, ActionKind.CLEAR]
    carol = harness.discord.add_member(harness.guild, "carol")
    assert await report(harness, carol, posted) == words.cleared_before().text


async def test_a_late_picture_which_stands_in_a_message_of_its_own_is_found_too(harness: Harness) -> None:
    mona, log = await with_log(harness)
    harness.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await harness.imagine()
    await harness.logged("task.running")
    await harness.until(lambda: "Painting" in harness.status_message(asked))
    await harness.clock.advance(15 * 60)
    await harness.posted(asked, tick=1)
    harness.finish()
    await harness.until(lambda: len(harness.posts(asked)) == 2, tick=10)
    await harness.done(tick=1)
    _, late = harness.posts(asked)

    assert await report(harness, harness.bob, late) == THANKS
    shown = await complaint_in(harness, log)
    assert f"/{late.channel.id}/{late.id})" in shown.content
    await form_sent(harness, mona, shown, "Delete…", reason="gore")
    await says(harness, shown, f"<@{mona.id}> deleted what")
    assert late.deleted


async def test_only_moderators_of_the_server_answer(harness: Harness) -> None:
    _, log = await with_log(harness)
    await report(harness, harness.bob, await result(harness))
    shown = await complaint_in(harness, log)
    for button in ALL:
        assert "is for moderators" in await harness.refused(await harness.click(harness.bob, shown, button))
    assert [each.refused for each in await actions(harness)] == [False] + [True] * len(ALL)


async def test_what_moderators_do_elsewhere_is_shown_too_and_so_is_its_owners_own_word(harness: Harness) -> None:
    _, log = await with_log(harness)
    posted = await result(harness)
    await report(harness, harness.bob, posted)
    shown = await complaint_in(harness, log)
    card = await private(harness, await harness.click(harness.alice, posted, "⋯ More"))
    question = await private(harness, await harness.click(harness.alice, card, "Delete"))
    await harness.click(harness.alice, question, "Delete it")
    await harness.until(lambda: f"<@{harness.alice.id}> deleted it" in shown.content, tick=5)
    assert labels(shown) == [["Block…"]]


async def test_where_nothing_would_come_of_it_that_is_told_before_a_form(harness: Harness) -> None:
    mona, log = await with_log(harness)
    asked = await harness.imagine()
    posted = await harness.posted(asked)
    said = await harness.discord.say(harness.alice, harness.general, "hello")
    assert await report(harness, harness.bob, said) == words.no_picture_of_mine().text
    assert await report(harness, harness.alice, posted) == words.your_own().text
    direct = harness.discord.direct_messages(harness.alice)
    there = await harness.posted(await harness.imagine(place=direct))
    by_hand = await hand_made_menu(harness, harness.alice, there, REPORT_PICTURE)
    assert await harness.refused(by_hand) == words.no_moderators_here().text

    bot = harness.guild.members[harness.discord.world.bot.id]
    harness.discord.set_overwrite(log, bot, deny=Permissions.SEND_MESSAGES)
    assert await report(harness, harness.bob, posted) == words.no_log_channel().text
    await spend(harness, "settings", mona, clear="log channel")
    assert await report(harness, harness.bob, posted) == words.no_log_channel().text
    assert complaints_in(log) == []


@pytest.mark.parametrize("custom_id", ["report:1:2", "report:", "report:{job}:{said}"])
async def test_a_hand_made_form_reports_nothing_but_a_picture(harness: Harness, custom_id: str) -> None:
    _, log = await with_log(harness)
    asked = await harness.imagine()
    await harness.posted(asked)
    said = await harness.discord.say(harness.alice, harness.general, "hello")
    form = custom_id.format(job=asked.id, said=said.id)
    await harness.refused(await hand_made_form(harness, harness.bob, form, grievance="hate"))
    assert "Choose" in await harness.refused(
        await hand_made_form(harness, harness.bob, f"report:{asked.id}:0", grievance="ugly")
    )
    await harness.rest()
    assert complaints_in(log) == []


async def test_what_was_reported_before_a_restart_is_told_once_and_answered_after_it(harness: Harness) -> None:
    mona, log = await with_log(harness)
    await harness.until(lambda: log.messages or None)
    posted = await result(harness)
    lost = Trouble("POST", rf"/channels/{log.id}/messages", Kind.RESET, applied=True)
    harness.discord.trouble.add(lost)
    await report(harness, harness.bob, posted)
    await harness.logged("journal.waits")
    await harness.stop()
    await harness.clock.advance(600)  # Discord has forgotten the nonce by then
    await harness.start(seed=12)
    await harness.ready()
    await harness.rest()
    shown = await complaint_in(harness, log)
    assert labels(shown) == [ALL]

    harness.discord.trouble.add(Trouble("PATCH", rf"/channels/{log.id}/messages/\d+", Kind.RESET, times=99))
    await harness.click(mona, shown, "Nothing wrong")
    await harness.logged("journal.waits", times=2)
    await harness.stop()
    harness.discord.trouble.clear()
    assert labels(shown) == [ALL]
    await harness.start(seed=13)
    await harness.ready()
    await says(harness, shown, "found nothing wrong")
    assert len(complaints_in(log)) == 1
