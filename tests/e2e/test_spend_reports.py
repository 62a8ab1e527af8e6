import re
from typing import Any

import pytest

from bot.domain.moderation.actions import About, ActionKind
from sandbox.discord import ClientRefusal, Member, Message
from sandbox.discord.model.components import every
from sandbox.discord.model.kinds import MessageFlags
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, answer, asked, moderator, spend
from tests.e2e.pages import controls_of, edge_of, pictures_on, words_of

TOMORROW = 1767312000  # 2026-01-02T00:00:00Z; the clock starts a day before
NEXT_MONTH = 1769904000  # 2026-02-01T00:00:00Z
LOOKS = [("user", True), ("server", False), ("export", False)]


async def _made(bot: Harness, *prompts: str, member: Member | None = None, **options: Any) -> list[Message]:
    made = []
    for prompt in prompts:
        made.append(await bot.posted(await bot.imagine(member, prompt=prompt, **options)))
        await bot.clock.advance(1)
    return made


async def _pressed(bot: Harness, by: Member, message: Message, button: str) -> Message:
    return await answer(bot, await bot.click(by, message, button))


async def _turned(bot: Harness, by: Member, message: Message, button: str, until: str) -> None:
    click = await bot.click(by, message, button)
    await bot.until(lambda: until in words_of(message))
    assert click.followups == []


def _titles(message: Message) -> list[str]:
    return re.findall(r"^\d\. \*\*(.*)\*\* · <t:\d+:R>$", words_of(message), re.MULTILINE)


async def test_a_moderator_sees_what_a_member_spent_and_what_holds_for_them(bot: Harness) -> None:
    mona = moderator(bot)
    await _made(bot, "a fox", "an owl", count=2)
    await spend(bot, "limit", mona, action="set", member=bot.alice, day="0.03")
    refused = await bot.imagine(count=3)
    await bot.refused(refused)
    await spend(bot, "block", mona, member=bot.alice, reason="*too* many owls")
    at = int(bot.clock.time())

    shown = await asked(bot, "user", mona, member=bot.alice)

    told = f"- <t:{at}:R> “Three pictures cost $0.0195, and you have $0.004 left today.”"
    assert words_of(shown).splitlines() == [
        f"**What <@{bot.alice.id}> has here**",
        "Today: **$0.004 left** of $0.03",
        f"`██░░░░░░░░` more <t:{TOMORROW}:R>",
        "This month: **$9.974 left** of $10.00",
        f"`██████████` more <t:{NEXT_MONTH}:R>",
        "**$0.03** a day, set for them alone",
        "**$10.00** a month, set by whoever runs this bot",
        rf"**Blocked** by <@{mona.id}> until somebody lifts it: \*too\* many owls",
        "**$0.026 spent this month** on 4 pictures",
        "-# $0.026 on 4 by /imagine",
        "**What I said no to**",
        told,
        "**On record about them**",
        rf"- <t:{at}:R> <@{mona.id}> blocked the member · \*too\* many owls",
        f"- <t:{at}:R> <@{mona.id}> set the limit to $0.03 a day",
    ]
    [chart] = shown.attachments
    assert (chart.description or "").startswith("Chart of this member's spending, January 2026, by day (UTC)")
    assert controls_of(shown) == ["Pictures", "On record"]
    assert edge_of(shown) == 0xF0B232
    record = await _pressed(bot, mona, shown, "On record")
    assert words_of(record).splitlines() == [
        f"**What I said no to, to <@{bot.alice.id}>**",
        told,
        "**On record about them**",
        rf"- <t:{at}:R> <@{mona.id}> blocked the member · \*too\* many owls",
        f"- <t:{at}:R> <@{mona.id}> set the limit to $0.03 a day",
    ]


async def test_a_members_jobs_come_with_words_and_links_page_by_page_even_after_a_restart(bot: Harness) -> None:
    mona = moderator(bot)
    *_, last = await _made(bot, "a", "b", "c", "d", "e", "f", "*g*")
    await _made(bot, "bob's", member=bot.bob)
    shown = await asked(bot, "user", mona, member=bot.alice)

    jobs = await _pressed(bot, mona, shown, "Pictures")

    assert _titles(jobs) == [r"\*g\*", "f", "e", "d", "c"]
    link = f"https://discord.com/channels/{bot.guild.id}/{last.channel.id}/{last.id}"
    assert words_of(jobs).splitlines()[2] == f"-# /imagine · $0.0065 · [see it]({link})"
    assert controls_of(jobs) == ["Older ▶"]
    await _turned(bot, mona, jobs, "Older ▶", "**b**")
    assert (_titles(jobs), controls_of(jobs)) == (["b", "a"], ["◀ Newer"])
    await bot.stop()
    await bot.start()
    await bot.ready()
    await _turned(bot, mona, jobs, "◀ Newer", "**f**")
    assert _titles(jobs) == [r"\*g\*", "f", "e", "d", "c"]


async def test_a_moderator_sees_what_the_server_spent_and_who_the_most(bot: Harness) -> None:
    mona = moderator(bot)
    await _made(bot, "a fox")
    await _made(bot, "an owl", member=bot.bob, count=2)
    shown = await asked(bot, "server", mona)
    assert words_of(shown).splitlines() == [
        "**What this server has**",
        "Today: **$0.0195** spent, without a limit",
        "This month: **$0.0195** spent, without a limit",
        "**$0.0195 spent this month** on 3 pictures",
        "-# $0.0195 on 3 by /imagine",
        "**Who spent the most this month**",
        f"1. <@{bot.bob.id}> · **$0.013**",
        f"2. <@{bot.alice.id}> · **$0.0065**",
    ]
    [chart] = shown.attachments
    assert (chart.description or "").startswith("Chart of this server's spending, January 2026, by day (UTC)")
    assert shown.pinged == set()
    assert shown not in bot.discord.visible(bot.general, bot.alice)


async def test_the_spenders_are_paged_there_and_back_to_the_chart(bot: Harness) -> None:
    mona = moderator(bot)
    members = [bot.discord.add_member(bot.guild, f"member{number}") for number in range(8)]
    for member in members:
        await bot.posted(await bot.imagine(member))
    shown = await asked(bot, "server", mona, period="day")
    named = re.findall(r"<@(\d+)>", words_of(shown))
    assert (len(named), controls_of(shown)) == (6, ["After ▶"])
    await _turned(bot, mona, shown, "After ▶", "page 2")
    assert controls_of(shown) == ["◀ Before"]
    assert re.findall(r"^(\d+)\. <@", words_of(shown), re.MULTILINE) == ["7", "8"]
    assert {*named, *re.findall(r"<@(\d+)>", words_of(shown))} == {str(member.id) for member in members}
    assert shown.attachments == []
    await _turned(bot, mona, shown, "◀ Before", "What this server has")
    assert pictures_on(shown) == ["attachment://spending.png"]


async def test_an_older_message_of_text_becomes_a_page_where_its_button_is_pressed(bot: Harness) -> None:
    mona = moderator(bot)
    await _made(bot, "a fox")
    shown = await asked(bot, "server", mona)
    [box] = shown.components
    shown.content, shown.flags = "**What this server has**", shown.flags & ~MessageFlags.COMPONENTS_V2
    shown.components = [{"type": 1, "id": 1, "components": [_button("Before", "spend-server:month:0")]}]
    await bot.click(mona, shown, "Before")
    await bot.until(lambda: not shown.content)
    assert [each["type"] for each in shown.components[0]["components"]] == [
        each["type"] for each in box["components"]
    ]


def _button(label: str, custom_id: str) -> dict[str, Any]:
    return {"type": 2, "id": 2, "style": 2, "label": label, "custom_id": custom_id}


async def test_nothing_of_another_server_is_seen(bot: Harness) -> None:
    await _made(bot, "a fox")
    elsewhere = bot.discord.add_guild("Elsewhere")
    there = bot.discord.add_channel(elsewhere, "general")
    mona = moderator(bot, guild=elsewhere)
    nothing = "**Nothing spent this month**"
    member = await asked(bot, "user", mona, there, member=bot.alice.user)
    assert nothing in words_of(member)
    jobs = await _pressed(bot, mona, member, "Pictures")
    assert words_of(jobs) == f"**<@{bot.alice.id}> has made nothing here.**"
    server = await asked(bot, "server", mona, there)
    assert nothing in words_of(server)
    assert "Who spent" not in words_of(server)
    for message in (member, server):
        assert message.attachments == []


@pytest.mark.parametrize(("name", "about_member"), LOOKS)
async def test_who_is_no_moderator_sees_nothing_and_that_is_recorded(
    bot: Harness, name: str, about_member: bool
) -> None:
    await _made(bot, "a fox")
    options: dict[str, Any] = {"member": bot.alice} if about_member else {"period": "all"}
    with pytest.raises(ClientRefusal):
        await bot.discord.command(bot.bob, bot.general, f"/spend {name}", options)
    told = await spend(bot, name, bot.bob, strict=False, **options)
    assert told.startswith(f"**/spend {name} is for moderators, who see that you tried.**")
    [tried] = await actions(bot)
    kind = ActionKind.EXPORT if name == "export" else ActionKind.LOOK
    about = (About.MEMBER, bot.alice.id) if about_member else (About.GUILD, bot.guild.id)
    assert (tried.actor_id, tried.kind, tried.about, tried.subject_id) == (bot.bob.id, kind, *about)
    assert tried.refused


@pytest.mark.parametrize("button", ["Pictures", "On record"])
async def test_a_moderator_who_is_none_any_more_presses_in_vain(bot: Harness, button: str) -> None:
    mona = moderator(bot)
    shown = await asked(bot, "user", mona, member=bot.alice)
    mona.roles.clear()
    refused = await _pressed(bot, mona, shown, button)
    assert refused.content.startswith("**/spend user is for moderators")


@pytest.mark.parametrize("user", [str(10**19), str(10**20 - 1), "0"])
async def test_a_hand_made_id_is_no_bug(bot: Harness, user: str) -> None:
    mona = moderator(bot)
    shown = await asked(bot, "user", mona, member=bot.alice)
    for component in every(shown.components):
        if "custom_id" in component:
            component["custom_id"] = re.sub(r"\d+", user, component["custom_id"])
    jobs = await _pressed(bot, mona, shown, "Pictures")
    assert "no longer know" in words_of(jobs) or "has made nothing here" in words_of(jobs)
