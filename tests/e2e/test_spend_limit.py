from decimal import Decimal
from typing import Any

import pytest

from bot.domain.moderation.actions import About, ActionKind
from sandbox.discord import Message
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, asked, moderator, spend, start
from tests.e2e.pages import words_of

OPERATORS = {"guild_day_usd": Decimal(5), "guild_month_usd": Decimal(50)}


async def test_a_members_limit_is_set_and_holds_and_is_taken_away(harness: Harness) -> None:
    mona = await start(harness, **OPERATORS)

    told = await spend(harness, "limit", mona, action="set", member=harness.alice, day="$0.01")

    assert told.splitlines() == [
        f"**<@{harness.alice.id}> can now spend $0.01 a day and $10.00 a month here**, "
        "instead of $1.00 a day and $10.00 a month.",
        "**$0.01** a day, set for them alone",
        "**$10.00** a month, set by whoever runs this bot",
        "This server: **$5.00** a day, set by whoever runs this bot",
        "This server: **$50.00** a month, set by whoever runs this bot",
    ]
    refused = await harness.refused(await harness.imagine())
    assert "you have $0.01 left today" in refused
    told = await spend(harness, "limit", mona, action="clear", member=harness.alice)
    assert told.startswith(
        f"**<@{harness.alice.id}> can now spend $1.00 a day and $10.00 a month here**, instead of"
    )
    await harness.posted(await harness.imagine())
    assert [(each.kind, each.about, each.subject_id, each.what) for each in await actions(harness)] == [
        (ActionKind.LIMIT, About.MEMBER, harness.alice.id, "set the limit to $0.01 a day"),
        (ActionKind.LIMIT, About.MEMBER, harness.alice.id, "took the limit away"),
    ]


async def test_the_best_role_holds_and_is_named(harness: Harness) -> None:
    mona = await start(harness, **OPERATORS)
    low, high = (harness.discord.add_role(harness.guild, name) for name in ("low", "high"))
    member = harness.discord.add_member(harness.guild, "rita", roles=[low, high])
    await spend(harness, "limit", mona, action="set", role=low, day="0")

    told = await spend(harness, "limit", mona, action="set", role=high, day="2", month="20")

    assert told.startswith(f"**Everybody with <@&{high.id}> can now spend $2.00 a day and $20.00 a month.**")
    shown = await spend(harness, "limit", mona, action="show", member=member)
    assert f"**$2.00** a day, from <@&{high.id}>" in shown
    await harness.posted(await harness.imagine(member))
    assert (await actions(harness))[-1].what == "set the limit to $2.00 a day and $20.00 a month"


async def test_the_servers_own_limit_holds_for_everybody(harness: Harness) -> None:
    mona = await start(harness)
    told = await spend(harness, "limit", mona, action="set", day="0.01")
    assert told.startswith("**This server can now spend $0.01 a day and any amount a month.**")
    assert "This server: **$0.01** a day, set by its moderators" in told
    assert "this server has $0.01 left today" in await harness.refused(await harness.imagine())


async def test_nothing_was_set_and_nothing_is_recorded(harness: Harness) -> None:
    mona = await start(harness)
    told = await spend(harness, "limit", mona, action="clear", member=harness.bob)
    assert told.startswith("**Nothing was set for them alone.**")
    assert await actions(harness) == []


@pytest.mark.parametrize(
    ("subcommand", "options", "why"),
    [
        ("limit", {"action": "set", "day": "5.01"}, "This whole server can have at most $5.00 a day"),
        (
            "limit",
            {"action": "set", "whom": "member", "day": "3.01"},
            "A member can have at most $3.00 a day",
        ),
        (
            "limit",
            {"action": "set", "whom": "role", "month": "11"},
            "A member can have at most $10.00 a month",
        ),
        (
            "limit",
            {"action": "set", "whom": "role", "day": "1", "month": "11"},
            "A member can have at most $10.00 a month",
        ),
        ("grant", {"whom": "member", "amount": "2.01", "reason": "event"}, "Grant $2.00 or less"),
    ],
)
async def test_no_moderator_passes_the_operators_ceiling(
    harness: Harness, subcommand: str, options: dict[str, Any], why: str
) -> None:
    mona = await start(harness, guild_day_usd=Decimal(5))
    role = harness.discord.add_role(harness.guild, "artists")
    whom = {"member": harness.alice, "role": role}.get(options.get("whom", ""))
    named: dict[str, Any] = {} if whom is None else {options["whom"]: whom}
    others: dict[str, Any] = {name: value for name, value in options.items() if name != "whom"}

    told = await spend(harness, subcommand, mona, **others, **named)

    assert why in told
    assert await actions(harness) == []
    shown = await spend(harness, "limit", mona, action="show")
    assert "None: everybody has what whoever runs this bot allows." in shown


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"action": "set"}, "Which amount?"),
        ({"action": "show", "day": "2"}, "An amount does not go with show"),
        ({"action": "clear", "month": "2"}, "An amount does not go with clear"),
        ({"action": "set", "day": "-1"}, "0 dollars or more"),
        ({"action": "set", "day": "a lot"}, "Write dollars with a point"),
        ({"action": "burn", "day": "1"}, "Choose set, show or clear."),
        ({"action": "set", "day": 7}, "It takes text."),
    ],
)
async def test_what_makes_no_sense_is_refused(harness: Harness, options: dict[str, Any], why: str) -> None:
    mona = await start(harness)
    assert why in await spend(harness, "limit", mona, strict=False, **options)
    assert await actions(harness) == []


async def test_a_member_and_a_role_at_once_are_refused(harness: Harness) -> None:
    mona = await start(harness)
    role = harness.discord.add_role(harness.guild, "artists")
    told = await spend(harness, "limit", mona, action="set", member=harness.bob, role=role, day="1")
    assert "Name one of them" in told


async def test_many_limits_are_shown_on_pages_and_only_to_who_may_see_them(harness: Harness) -> None:
    mona = await start(harness, **OPERATORS)
    people = [harness.discord.add_member(harness.guild, f"member{n}") for n in range(12)]
    for person in people:
        await spend(harness, "limit", mona, action="set", member=person, day="1")
    first = await asked(harness, "limit", mona, action="show")
    assert words_of(first).count(">: $1.00 a day") == 10
    assert f"<@{people[11].id}>" not in words_of(first)

    turned = await harness.click(mona, first, "Next ▶")
    second = await _page(harness, turned.message, people[11].id)
    assert words_of(second).count(">: $1.00 a day") == 2

    mona.roles.clear()
    clicked = await harness.click(mona, second, "◀ Back")
    [refused] = await harness.until(lambda: clicked.followups)
    assert "is for moderators" in refused.content
    assert f"<@{people[11].id}>" in words_of(second)
    assert (await actions(harness))[-1].refused


async def test_another_servers_limits_are_not_shown(harness: Harness) -> None:
    mona = await start(harness, **OPERATORS)
    await spend(harness, "limit", mona, action="set", member=harness.alice, day="1")
    other = harness.discord.add_guild("Elsewhere")
    place = harness.discord.add_channel(other, "general")
    olga = moderator(harness, "olga", other)

    shown = await spend(harness, "limit", olga, place, action="show")

    assert "None: everybody has what whoever runs this bot allows." in shown
    told = await spend(harness, "limit", olga, place, action="show", strict=False, member=harness.alice)
    assert "set for this member alone" not in told


async def _page(bot: Harness, message: Message | None, user_id: int) -> Message:
    assert message is not None
    return await bot.until(lambda: message if f"<@{user_id}>" in words_of(message) else None)
