from decimal import Decimal
from typing import Any

import pytest

from bot.domain.moderation.actions import About, ActionKind
from tests.e2e.books import OWN_LIMITS
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, spend, start
from tests.e2e.photos import photo
from tests.e2e.pressing import menu, result

DAY = 24 * 3600


async def test_a_grant_adds_to_both_limits_while_it_lasts(harness: Harness) -> None:
    limits = {"user_day_usd": Decimal("0.01"), "user_month_usd": Decimal("0.05")}
    mona = await start(harness, guild_day_usd=Decimal(5), guild_month_usd=Decimal(5), **limits)
    await harness.refused(await harness.imagine())

    told = await spend(harness, "grant", mona, member=harness.alice, amount="$0.03", reason="the fair", days=2)

    ends = f"<t:{int(harness.clock.time()) + 2 * DAY}:f>"
    assert told.splitlines()[:2] == [
        f"**<@{harness.alice.id}> has $0.03 more until {ends}**, for each day and for the month.",
        f"**<@{harness.alice.id}> can spend $0.04 a day and $0.08 a month here.**",
    ]
    assert "**$0.04** a day, set by whoever runs this bot, and $0.03 of it granted" in told
    assert f"-# granted $0.03 by <@{mona.id}> until {ends}: the fair" in told
    await harness.posted(await harness.imagine())
    [granted] = await actions(harness)
    assert (granted.kind, granted.subject_id, granted.reason) == (ActionKind.GRANT, harness.alice.id, "the fair")
    assert granted.what.startswith("granted $0.03 until <t:")
    await harness.clock.advance(2 * DAY)
    assert "today" in await harness.refused(await harness.imagine(size="hd"))


async def test_a_grant_of_nothing_ends_those_that_count(harness: Harness) -> None:
    mona = await start(harness, guild_day_usd=Decimal(5), user_day_usd=Decimal("0.01"))
    await spend(harness, "grant", mona, member=harness.alice, amount="1", reason="the fair")

    told = await spend(harness, "grant", mona, member=harness.alice, amount="0", reason="over")

    assert told.startswith(f"**Ended:** the grant of <@{harness.alice.id}>.")
    await harness.refused(await harness.imagine())
    told = await spend(harness, "grant", mona, member=harness.alice, amount="0", reason="over")
    assert told.startswith(f"**<@{harness.alice.id}> has no grant now.**")
    assert [each.what for each in await actions(harness)][1:] == ["ended the grants"]


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        ({}, "all that can be had here"),
        (dict.fromkeys(OWN_LIMITS), "This member has no limit"),
    ],
)
async def test_a_grant_that_would_change_nothing_is_refused(
    harness: Harness, limits: dict[str, Any], why: str
) -> None:
    mona = await start(harness, **limits)
    told = await spend(harness, "grant", mona, member=harness.alice, amount="1", reason="the fair")
    assert why in told
    assert await actions(harness) == []


async def test_a_blocked_member_is_told_what_the_moderator_wrote_and_others_go_on(harness: Harness) -> None:
    mona = await start(harness)

    told = await spend(
        harness, "block", mona, member=harness.alice, reason="*spam*", tell="Read the rules.", days=1
    )

    assert told.startswith(f"**<@{harness.alice.id}> can make no pictures here** until <t:")
    assert "-# For moderators: \\*spam\\*" in told
    refused = await harness.refused(await harness.imagine())
    assert refused.startswith("**A moderator has stopped you from making pictures here until <t:")
    assert "They say: Read the rules." in refused
    assert "spam" not in refused
    await harness.posted(await harness.imagine(harness.bob))
    [blocked] = await actions(harness)
    assert (blocked.kind, blocked.about, blocked.reason) == (ActionKind.BLOCK, About.MEMBER, "*spam*")
    await harness.clock.advance(DAY)
    await harness.posted(await harness.imagine())


async def test_a_block_is_lifted(harness: Harness) -> None:
    mona = await start(harness)
    await spend(harness, "block", mona, member=harness.alice, reason="spam")
    told = await spend(harness, "unblock", mona, member=harness.alice, reason="sorry")
    assert told == f"**<@{harness.alice.id}> can make pictures here again.**"
    await harness.posted(await harness.imagine())
    assert [each.reason for each in await actions(harness)] == ["spam", "sorry"]
    told = await spend(harness, "unblock", mona, member=harness.alice)
    assert told.startswith(f"**<@{harness.alice.id}> is not blocked here.**")


async def test_a_blocked_member_opens_no_form_and_has_no_picture_fetched(harness: Harness) -> None:
    mona = await start(harness)
    posted = await result(harness)
    await spend(harness, "block", mona, member=harness.alice, reason="spam")
    fetched = len(harness.discord.downloads)

    opened = await menu(harness, harness.alice, posted, "Edit image")
    clicked = await harness.click(harness.alice, posted, "Edit")
    asked = await harness.command("/edit", prompt="night", image=photo())

    for each in (opened, clicked, asked):
        assert each.modal is None
        assert "A moderator has stopped you" in await harness.refused(each)
    assert len(harness.discord.downloads) == fetched


async def test_a_blocked_member_is_not_asked_to_agree_to_a_price(harness: Harness) -> None:
    mona = await start(harness, confirm_above_usd=Decimal("0.01"))
    await spend(harness, "block", mona, member=harness.alice, reason="spam")
    assert "A moderator has stopped you" in await harness.refused(await harness.imagine())


async def test_a_blocked_members_reply_keeps_the_moderators_words_back(harness: Harness) -> None:
    mona = await start(harness)
    posted = await result(harness)
    await spend(harness, "block", mona, member=harness.alice, reason="spam", tell="Read the rules.")
    said = await harness.discord.say(harness.alice, posted.channel, "make it night", reply_to=posted)
    note = await harness.until(lambda: next((m for m in harness.posts() if m.nonce == f"{said.id}-said"), None))
    assert "A moderator has stopped you" in note.content
    assert "Read the rules" not in note.content


@pytest.mark.parametrize(
    ("subcommand", "options", "why"),
    [
        ("grant", {"amount": "1", "reason": " ", "days": 3}, "The reason has"),
        ("grant", {"amount": "1", "reason": "x", "days": 0}, "Choose 1 to 366."),
        ("grant", {"amount": "1", "reason": "x", "days": 1e9}, "Choose 1 to 366."),
        ("grant", {"amount": "1", "reason": "x" * 301}, "The reason has"),
        ("block", {"reason": "x", "days": 367}, "Choose 1 to 366."),
        ("block", {"reason": "x", "tell": "y" * 301}, "The tell has"),
        ("unblock", {"reason": 5}, "It takes text."),
    ],
)
async def test_what_a_hand_made_command_may_bring_is_refused(
    harness: Harness, subcommand: str, options: dict[str, Any], why: str
) -> None:
    mona = await start(harness)
    told = await spend(harness, subcommand, mona, strict=False, member=harness.alice, **options)
    assert why in told
    assert await actions(harness) == []
