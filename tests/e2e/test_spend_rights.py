from typing import Any

import pytest

from bot.domain.moderation.actions import About, ActionKind
from sandbox.discord import ClientRefusal, Kind, Permissions, Trouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, moderator, spend, start
from tests.e2e.pressing import hand_made_form, hand_made_menu, result

PERMISSIONS = r"/applications/\d+/guilds/\d+/commands/\d+/permissions"
COMMANDS = [
    ("limit", {"action": "set", "day": "1"}, ActionKind.LIMIT),
    ("grant", {"amount": "1", "reason": "for me"}, ActionKind.GRANT),
    ("block", {"reason": "revenge"}, ActionKind.BLOCK),
    ("unblock", {}, ActionKind.UNBLOCK),
]


# invariant I15
@pytest.mark.parametrize(("subcommand", "options", "kind"), COMMANDS, ids=[each[0] for each in COMMANDS])
async def test_a_hand_made_command_without_the_right_is_refused_and_recorded(
    bot: Harness, subcommand: str, options: dict[str, Any], kind: ActionKind
) -> None:
    told = await spend(bot, subcommand, bot.alice, strict=False, member=bot.bob, **options)

    assert told.startswith(f"**/spend {subcommand} is for moderators, who see that you tried.**")
    [tried] = await actions(bot)
    assert tried.refused
    assert (tried.actor_id, tried.kind, tried.about, tried.subject_id, tried.what) == (
        bot.alice.id,
        kind,
        About.MEMBER,
        bot.bob.id,
        f"tried to use /spend {subcommand}",
    )


async def test_settings_without_the_right_are_refused_and_recorded(bot: Harness) -> None:
    assert "is for moderators" in await spend(bot, "settings", bot.alice, strict=False, replies="off")
    [tried] = await actions(bot)
    assert (tried.kind, tried.about, tried.subject_id) == (ActionKind.SETTINGS, About.GUILD, bot.guild.id)


async def test_a_moderator_of_another_server_has_no_right_here(bot: Harness) -> None:
    other = bot.discord.add_guild("Elsewhere")
    moderator(bot, "olga", other)
    here = bot.discord.add_member(bot.guild, "olga")
    told = await spend(bot, "limit", here, strict=False, action="set", day="1")
    assert "is for moderators" in told
    assert [each.actor_id for each in await actions(bot)] == [here.id]
    assert await actions(bot, other) == []


async def test_administrators_may(bot: Harness) -> None:
    role = bot.discord.add_role(bot.guild, "admins", Permissions.ADMINISTRATOR)
    admin = bot.discord.add_member(bot.guild, "ada", roles=[role])
    assert (await spend(bot, "limit", admin, action="show")).startswith("**Limits")


async def test_the_servers_integration_settings_allow_people_and_roles(bot: Harness) -> None:
    role = bot.discord.add_role(bot.guild, "treasurers")
    tom = bot.discord.add_member(bot.guild, "tom", roles=[role])
    with pytest.raises(ClientRefusal):
        await spend(bot, "limit", tom, action="show")
    bot.discord.set_command_permission(bot.guild, "spend", role)
    assert (await spend(bot, "limit", tom, action="show")).startswith("**Limits")
    bot.discord.set_command_permission(bot.guild, "spend", bot.alice)
    assert (await spend(bot, "limit", bot.alice, action="show")).startswith("**Limits")
    assert await actions(bot) == []


async def test_what_is_set_for_a_person_goes_before_their_roles(bot: Harness) -> None:
    role = bot.discord.add_role(bot.guild, "treasurers")
    tom = bot.discord.add_member(bot.guild, "tom", roles=[role])
    bot.discord.set_command_permission(bot.guild, "spend", role)
    bot.discord.set_command_permission(bot.guild, "spend", tom, allowed=False)
    told = await spend(bot, "limit", tom, strict=False, action="show")
    assert "is for moderators" in told


async def test_one_allowed_role_is_enough_beside_a_denied_one(bot: Harness) -> None:
    allowed, denied = (bot.discord.add_role(bot.guild, name) for name in ("treasurers", "interns"))
    tom = bot.discord.add_member(bot.guild, "tom", roles=[allowed, denied])
    bot.discord.set_command_permission(bot.guild, "spend", allowed)
    bot.discord.set_command_permission(bot.guild, "spend", denied, allowed=False)
    assert (await spend(bot, "limit", tom, action="show")).startswith("**Limits")
    assert await actions(bot) == []


async def test_an_allowance_for_another_command_is_none_for_this_one(bot: Harness) -> None:
    bot.discord.set_command_permission(bot.guild, "imagine", bot.alice)
    bot.discord.set_command_permission(bot.guild, "Spend case", bot.alice)
    assert "is for moderators" in await spend(bot, "limit", bot.alice, strict=False, action="show")


async def test_what_everybody_is_allowed_counts_where_nothing_else_is_set(bot: Harness) -> None:
    bot.discord.set_command_permission(bot.guild, "spend", bot.guild.everyone)
    assert (await spend(bot, "limit", bot.alice, action="show")).startswith("**Limits")
    role = bot.discord.add_role(bot.guild, "guests")
    guest = bot.discord.add_member(bot.guild, "gus", roles=[role])
    bot.discord.set_command_permission(bot.guild, "spend", role, allowed=False)
    assert "is for moderators" in await spend(bot, "limit", guest, strict=False, action="show")


async def test_where_discord_cannot_be_asked_nobody_is_accused(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("GET", PERMISSIONS, Kind.RESET, times=10))
    told = await spend(bot, "limit", bot.alice, strict=False, action="show")
    assert told.startswith("**Discord does not say now whether you may use /spend limit.**")
    assert await actions(bot) == []


async def test_in_direct_messages_there_is_nothing_to_moderate(bot: Harness) -> None:
    direct = bot.discord.direct_messages(bot.alice)
    told = await spend(bot, "limit", bot.alice, direct, strict=False, action="show")
    assert told.startswith("**/spend limit is about a server, and this is none.**")


@pytest.mark.parametrize("form", ["block:{job}", "delete:{job}:{message}", "delete:{job}:0"])
async def test_a_hand_made_form_of_a_case_is_refused_and_recorded(bot: Harness, form: str) -> None:
    posted = await result(bot)
    [job_id] = await bot.books.jobs()
    custom_id = f"case:{form.format(job=job_id, message=posted.id)}"

    sent = await hand_made_form(bot, bot.bob, custom_id, reason="revenge")

    assert "Spend case is for moderators" in await bot.refused(sent)
    assert not posted.deleted
    [tried] = await actions(bot)
    assert tried.refused
    assert (tried.actor_id, tried.about, tried.subject_id) == (bot.bob.id, About.JOB, job_id)


@pytest.mark.parametrize(("subcommand", "options", "kind"), COMMANDS, ids=[each[0] for each in COMMANDS])
@pytest.mark.parametrize("nobody", [1234567890, 2**64 - 1])
async def test_a_member_whom_discord_does_not_know_is_refused(
    harness: Harness, subcommand: str, options: dict[str, Any], kind: ActionKind, nobody: int
) -> None:
    mona = await start(harness)
    given: dict[str, Any] = {"member": nobody, **options}
    assert "that member" in await spend(harness, subcommand, mona, strict=False, **given)
    assert await actions(harness) == []
    assert "is for moderators" in await spend(harness, subcommand, harness.bob, strict=False, **given)
    assert [(each.kind, each.refused) for each in await actions(harness)] == [(kind, True)]


async def test_the_menu_is_not_for_members(bot: Harness) -> None:
    posted = await result(bot)
    asked = await hand_made_menu(bot, bot.bob, posted, "Spend case")
    assert "Spend case is for moderators" in await bot.refused(asked)
    [tried] = await actions(bot)
    assert (tried.kind, tried.what) == (ActionKind.LOOK, "tried to use Spend case")


async def test_no_form_reaches_a_job_of_another_server(harness: Harness) -> None:
    mona = await start(harness)
    other = harness.discord.add_guild("Elsewhere")
    place = harness.discord.add_channel(other, "general")
    olga = moderator(harness, "olga", other)
    there = await harness.posted(await harness.imagine(olga, place, prompt="a secret"))
    [job_id] = await harness.books.jobs()

    for form in (f"block:{job_id}", f"delete:{job_id}:{there.id}", f"delete:{job_id}:0"):
        sent = await hand_made_form(harness, mona, f"case:{form}", reason="x")
        assert "I no longer know this picture" in await harness.refused(sent)

    assert not there.deleted
    assert [each.refused for each in await actions(harness)] == [True] * 3
    assert await actions(harness, other) == []
