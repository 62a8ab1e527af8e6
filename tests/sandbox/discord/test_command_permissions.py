import discord
import pytest

from sandbox.discord import Channel, ClientRefusal, DiscordSandbox, Guild, Member, Permissions
from tests.sandbox.discord.clients import Bot


def command_id(sandbox: DiscordSandbox, name: str) -> int:
    return next(each.id for each in sandbox.world.application.commands.values() if each.name == name)


async def test_what_the_integration_settings_say_goes_before_the_default(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, general: Channel, alice: Member
) -> None:
    role = sandbox.add_role(guild, "treasurers")
    tom = sandbox.add_member(guild, "tom", roles=[role])
    moderators = sandbox.add_role(guild, "moderators", Permissions.MANAGE_GUILD)
    mona = sandbox.add_member(guild, "mona", roles=[moderators])
    await sandbox.command(mona, general, "/spend user", {"member": 1})
    with pytest.raises(ClientRefusal):
        await sandbox.command(tom, general, "/spend user", {"member": 1})

    sandbox.set_command_permission(guild, "spend", role)
    sandbox.set_command_permission(guild, "spend", mona, allowed=False)

    await sandbox.command(tom, general, "/spend user", {"member": 1})
    for member in (mona, alice):
        with pytest.raises(ClientRefusal, match="is not offered"):
            await sandbox.command(member, general, "/spend user", {"member": 1})
    sandbox.set_command_permission(guild, "imagine", guild.everyone, allowed=False)
    with pytest.raises(ClientRefusal, match=r"^/imagine is not offered to alice$"):
        await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    assert [(await bot.interactions.get()).user.id for _ in range(2)] == [mona.id, tom.id]


async def test_the_bot_reads_what_is_set_and_is_told_where_nothing_is(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, alice: Member
) -> None:
    spend, application_id = command_id(sandbox, "spend"), bot.application_id
    assert application_id is not None
    with pytest.raises(discord.NotFound) as nothing:
        await bot.http.get_application_command_permissions(application_id, guild.id, spend)
    assert nothing.value.code == 10066
    with pytest.raises(discord.NotFound) as unknown:
        await bot.http.get_application_command_permissions(application_id, guild.id, 1)
    assert unknown.value.code == 10063
    with pytest.raises(discord.Forbidden):
        await bot.http.get_application_command_permissions(application_id, 1, spend)

    sandbox.set_command_permission(guild, "spend", guild.everyone, allowed=False)
    sandbox.set_command_permission(guild, "spend", alice)

    found = await bot.http.get_application_command_permissions(application_id, guild.id, spend)
    assert found["permissions"] == [
        {"id": str(guild.id), "type": 1, "permission": False},
        {"id": str(alice.id), "type": 2, "permission": True},
    ]
