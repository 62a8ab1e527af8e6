import pytest

from bot.domain.moderation.actions import About, ActionKind
from sandbox.discord import Kind, Member, Message, Trouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, answer, moderator, spend, start
from tests.e2e.pages import controls_of, edge_of, pictures_on, words_of
from tests.e2e.pressing import form_sent, hand_made_form, menu, more, result, submitted

DAY = 24 * 3600


async def case(bot: Harness, mona: Member, message: Message) -> Message:
    return await answer(bot, await menu(bot, mona, message, "Spend case"))


async def test_a_case_tells_who_asked_for_what_from_which_picture_at_what_cost(harness: Harness) -> None:
    mona = await start(harness)
    first = await result(harness, prompt="a *red* fox")
    second = await harness.posted(await form_sent(harness, harness.bob, first, "Edit", prompt="at night"))
    [first_id, second_id] = await harness.books.jobs()

    shown = await case(harness, mona, second)

    lines = words_of(shown).splitlines()
    assert lines[0] == "**Spend case**"
    assert lines[1] == f"**at night** · asked for by <@{harness.bob.id}>"
    assert lines[2].startswith("-# /edit · $0.0")
    assert lines[3].startswith(f"-# job {second_id} · asked for <t:")
    assert lines[4] == "**Made from**"
    assert lines[5] == f"1. **a \\*red\\* fox** · asked for by <@{harness.alice.id}>"
    assert lines[6].startswith("-# /imagine · $0.0065 · [see it](https://discord.com/channels/")
    assert lines[7] == f"**What <@{harness.bob.id}> may spend now**"
    assert lines[8].startswith("**$1.00** a day, set by whoever runs this bot")
    assert controls_of(shown) == ["Block…", "Delete…"]
    assert (len(pictures_on(shown)), edge_of(shown)) == (1, 0x3BA55D)
    assert await actions(harness) == []
    assert first_id != second_id


async def test_the_status_message_of_a_result_stands_for_it(harness: Harness) -> None:
    mona = await start(harness)
    asked = await harness.imagine()
    await harness.posted(asked)
    assert asked.response is not None
    assert words_of(await case(harness, mona, asked.response)).startswith("**Spend case**\n**a red fox**")


async def test_a_message_that_is_no_result_has_no_case(harness: Harness) -> None:
    mona = await start(harness)
    said = await harness.discord.say(harness.bob, harness.general, "hello")
    assert "shows no picture that I have made" in (await case(harness, mona, said)).content


async def test_its_owner_is_blocked_with_a_reason(harness: Harness) -> None:
    mona = await start(harness)
    shown = await case(harness, mona, await result(harness))

    sent = await form_sent(harness, mona, shown, "Block…", reason="gore", tell="No gore.", days="3")

    told = (await answer(harness, sent)).content
    until = int(harness.clock.time()) + 3 * DAY
    assert told.startswith(f"**<@{harness.alice.id}> can make no pictures here** until <t:{until}:f>")
    assert "They say: No gore." in await harness.refused(await harness.imagine())
    [blocked] = await actions(harness)
    assert (blocked.kind, blocked.subject_id, blocked.reason) == (ActionKind.BLOCK, harness.alice.id, "gore")


async def test_days_that_are_none_are_refused(harness: Harness) -> None:
    mona = await start(harness)
    shown = await case(harness, mona, await result(harness))
    sent = await form_sent(harness, mona, shown, "Block…", reason="gore", days="ten")
    assert "Write 1 to 366, or leave it empty." in await harness.refused(sent)
    assert await actions(harness) == []


async def test_a_result_is_deleted_with_a_reason(harness: Harness) -> None:
    mona = await start(harness)
    asked = await harness.imagine()
    posted = await harness.posted(asked)

    sent = await form_sent(harness, mona, await case(harness, mona, posted), "Delete…", reason="gore")

    told = (await answer(harness, sent)).content
    assert told == "**Deleted.**\n-# It has cost $0.0065, which is not given back."
    assert posted.deleted
    status_message = await harness.until(
        lambda: harness.status_message(asked) if "Deleted" in harness.status_message(asked) else None
    )
    assert f"<@{mona.id}>" in status_message
    [deleted] = await actions(harness)
    assert (deleted.kind, deleted.about, deleted.subject_id) == (ActionKind.DELETE, About.JOB, asked.id)
    assert (deleted.what, deleted.reason) == (f"deleted what <@{harness.alice.id}> had made", "gore")
    status_message_message = asked.response
    assert status_message_message is not None
    assert controls_of(await case(harness, mona, status_message_message)) == ["Block…"]


async def test_a_hand_made_form_deletes_nothing_but_the_jobs_own_message(harness: Harness) -> None:
    mona = await start(harness)
    asked = await harness.imagine()
    posted = await harness.posted(asked)
    other = await harness.imagine(harness.bob)
    await harness.posted(other)
    said = await harness.discord.say(harness.bob, harness.general, "hello")
    assert other.response is not None
    for message in (other.response, said):
        sent = await hand_made_form(harness, mona, f"case:delete:{asked.id}:{message.id}", reason="x")
        assert "There is no picture yet." in await harness.refused(sent)
        assert not message.deleted
    sent = await hand_made_form(harness, mona, f"case:delete:{asked.id}:0", reason="x")
    assert "**Deleted.**" in await harness.refused(sent)
    assert posted.deleted


async def test_what_discord_does_not_delete_is_not_recorded(harness: Harness) -> None:
    mona = await start(harness)
    posted = await result(harness)
    shown = await case(harness, mona, posted)
    harness.discord.trouble.add(Trouble("DELETE", r"/channels/\d+/messages/\d+", Kind.RESET, times=9))
    sent = await form_sent(harness, mona, shown, "Delete…", reason="gore")
    assert "Discord does not let me delete it now." in await harness.refused(sent)
    assert await actions(harness) == []


@pytest.mark.parametrize(("by_moderator", "recorded"), [(False, 0), (True, 1)], ids=["owner", "moderator"])
async def test_the_delete_button_of_a_moderator_is_recorded_and_its_owners_is_not(
    harness: Harness, *, by_moderator: bool, recorded: int
) -> None:
    mona = await start(harness)
    who = mona if by_moderator else harness.alice
    posted = await result(harness)
    question = await answer(harness, await more(harness, who, posted, "Delete"))
    await harness.click(who, question, "Delete it")
    await harness.until(lambda: "Deleted" in question.content)
    assert posted.deleted
    assert len(await actions(harness)) == recorded


async def test_the_menu_works_for_whom_the_server_allows_it(harness: Harness) -> None:
    await start(harness)
    posted = await result(harness)
    harness.discord.set_command_permission(harness.guild, "Spend case", harness.bob)
    shown = await case(harness, harness.bob, posted)
    opened = await harness.click(harness.bob, shown, "Block…")
    harness.discord.set_command_permission(harness.guild, "Spend case", harness.bob, allowed=False)
    sent = await submitted(harness, opened, reason="x")
    assert "is for moderators" in await harness.refused(sent)
    assert [each.refused for each in await actions(harness)] == [True]


async def test_a_blocked_moderator_with_no_money_left_still_moderates(harness: Harness) -> None:
    mona = await start(harness)
    posted = await result(harness)
    boss = moderator(harness, "boss")
    await spend(harness, "block", boss, member=mona, reason="x")
    await spend(harness, "limit", boss, action="set", member=mona, day="0")
    opened = await harness.click(mona, await case(harness, mona, posted), "Block…")
    assert opened.modal is not None
