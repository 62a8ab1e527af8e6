from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from pydantic import SecretStr

from sandbox.discord import Channel, Member, Permissions, Trouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, asked, moderator, spend
from tests.e2e.pages import controls_of, edge_of, words_of

GREEN, AMBER = 0x3BA55D, 0xF0B232
SERVER_LIMIT = {"guild_day_usd": Decimal(5)}
RULES = r"/guilds/\d+/auto-moderation/rules"


@dataclass
class Stage:
    """A server on which nothing is missing, to be broken."""

    bot: Harness
    mona: Member
    log: Channel

    @property
    def itself(self) -> Member:
        return self.bot.guild.members[self.bot.discord.world.bot.id]

    def deny(self, channel: Channel, denied: Permissions) -> None:
        self.bot.discord.set_overwrite(channel, self.itself, deny=denied)

    def close_to_everybody(self, command: str) -> None:
        self.bot.discord.set_command_permission(self.bot.guild, command, self.bot.guild.everyone, allowed=False)

    async def settle(self, **options: Any) -> None:
        await spend(self.bot, "settings", self.mona, **options)

    async def look(self, place: Channel | None = None) -> list[str]:
        """Give the lines of the page, without its title."""
        return (await spend(self.bot, "check", self.mona, place)).splitlines()[1:]


def not_fine(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("✓ ")]


@pytest.fixture
async def stage(harness: Harness) -> Stage:
    await harness.start(limits=SERVER_LIMIT)
    await harness.ready()
    stage = Stage(harness, moderator(harness), harness.discord.add_channel(harness.guild, "log"))
    stage.itself.roles[0].permissions |= Permissions.MANAGE_GUILD
    await stage.settle(log_channel=stage.log)
    await harness.posted(await harness.imagine())  # which shows what one costs
    return stage


async def test_on_a_server_where_nothing_is_missing_every_line_says_so(stage: Stage) -> None:
    paid = len(stage.bot.submits)
    page = await asked(stage.bot, "check", stage.mona)
    title, *lines = words_of(page).splitlines()
    assert title == "**All is set up here.**"
    assert not_fine(lines) == []
    assert len(lines) == 10
    assert edge_of(page) == GREEN
    assert f"✓ Log channel: <#{stage.log.id}>" in lines
    assert "✓ This server can spend $5.00 a day" in lines
    assert "✓ A picture costs $0.0065" in lines
    assert len(stage.bot.submits) == paid


Break = Callable[[Stage], Awaitable[None] | None]


def denied(permission: Permissions) -> Break:
    return lambda stage: stage.deny(stage.bot.general, permission)


async def _another_channel_without_attach_files(stage: Stage) -> None:
    studio = stage.bot.discord.add_channel(stage.bot.guild, "studio")
    stage.deny(studio, Permissions.ATTACH_FILES)
    await stage.settle(allow=stage.bot.general)
    await stage.settle(allow=studio)


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (denied(Permissions.VIEW_CHANNEL), "**View Channel** is missing in <#{general}>"),
        (denied(Permissions.SEND_MESSAGES), "**Send Messages** is missing in <#{general}>"),
        (denied(Permissions.SEND_MESSAGES_IN_THREADS), "**Send Messages in Threads** is missing in <#{general}>"),
        (denied(Permissions.CREATE_PUBLIC_THREADS), "**Create Public Threads** is missing in <#{general}>"),
        (denied(Permissions.ATTACH_FILES), "**Attach Files** is missing in <#{general}>"),
        (denied(Permissions.READ_MESSAGE_HISTORY), "**Read Message History** is missing in <#{general}>"),
        (lambda s: s.bot.guild.automod_words.add("picture"), "**AutoMod's “Blocked words” may stop my messages**"),
        (lambda s: s.close_to_everybody("imagine"), "**/imagine** is switched off"),
        (lambda s: s.close_to_everybody("Edit image"), "**Edit image** is switched off"),
        (lambda s: s.settle(clear="log channel"), "**No log channel**"),
        (lambda s: s.bot.discord.delete_channel(s.log), "**The log channel is gone.**"),
        (lambda s: s.deny(s.log, Permissions.SEND_MESSAGES), "**Send Messages** is missing in <#{log}>"),
        (lambda s: s.deny(s.log, Permissions.VIEW_CHANNEL), "**View Channel** is missing in <#{log}>"),
        (_another_channel_without_attach_files, "**Attach Files** is missing in <#"),
        (lambda s: s.bot.spark.go_away(), "**Spark cannot be reached now.**"),
    ],
)
async def test_the_one_thing_that_is_missing_is_named_and_nothing_else(
    stage: Stage, breaks: Break, says: str
) -> None:
    if (broken := breaks(stage)) is not None:
        await broken
    page = await asked(stage.bot, "check", stage.mona)
    title, *lines = words_of(page).splitlines()
    assert title == "**One thing is missing here.**"
    [line] = not_fine(lines)
    assert line.startswith("✗ " + says.format(general=stage.bot.general.id, log=stage.log.id))
    assert edge_of(page) == AMBER


async def test_what_was_mended_is_seen_at_the_press_of_a_button(stage: Stage) -> None:
    stage.deny(stage.bot.general, Permissions.ATTACH_FILES)
    page = await asked(stage.bot, "check", stage.mona)
    assert controls_of(page) == ["🔄 Look again"]
    stage.deny(stage.bot.general, Permissions.NONE)
    await stage.bot.click(stage.mona, page, "🔄 Look again")
    await stage.bot.until(lambda: words_of(page).startswith("**All is set up here.**") or None)
    assert edge_of(page) == GREEN


async def test_a_command_that_is_for_some_alone_is_a_choice(stage: Stage) -> None:
    stage.close_to_everybody("imagine")
    stage.bot.discord.set_command_permission(stage.bot.guild, "imagine", stage.bot.alice)
    assert not_fine(await stage.look()) == []


async def test_in_a_thread_and_in_the_channel_itself_no_new_threads_are_needed(stage: Stage) -> None:
    thread = await stage.bot.discord.start_thread(stage.bot.alice, stage.bot.general, "sketches")
    stage.deny(stage.bot.general, Permissions.CREATE_PUBLIC_THREADS | Permissions.SEND_MESSAGES)
    assert not_fine(await stage.look(thread)) == []
    stage.deny(stage.bot.general, Permissions.CREATE_PUBLIC_THREADS | Permissions.SEND_MESSAGES_IN_THREADS)
    await stage.settle(results="into the channel itself")
    assert not_fine(await stage.look()) == []


async def test_a_new_server_is_told_what_to_choose_and_what_cannot_be_known(bot: Harness) -> None:
    title, *lines = (await spend(bot, "check", moderator(bot))).splitlines()
    assert title == "**Two things are missing here.**"
    assert [line[:20] for line in not_fine(lines)] == [
        "• AutoMod: its rules",
        "✗ **No log channel**",
        "✗ **This server has ",
        "• A picture costs ab",
    ]


async def test_where_pictures_are_made_elsewhere_it_says_where(stage: Stage) -> None:
    studio = stage.bot.discord.add_channel(stage.bot.guild, "studio")
    await stage.settle(allow=studio)
    assert not_fine(await stage.look()) == [f"• Pictures are not made here; go to <#{studio.id}>"]
    assert not_fine(await stage.look(studio)) == []
    stage.bot.discord.delete_channel(studio)
    [line] = not_fine(await stage.look())
    assert line.startswith("✗ **Pictures are made nowhere.**")


async def test_what_discord_does_not_show_now_is_not_guessed(stage: Stage) -> None:
    stage.bot.discord.trouble.add(Trouble("GET", rf"/channels/{stage.log.id}", status=400))
    stage.bot.discord.trouble.add(Trouble("GET", RULES, status=400))
    stage.bot.discord.trouble.add(Trouble("GET", r"/applications/.*/commands/permissions", status=400))
    assert not_fine(await stage.look()) == [
        "• Commands: Discord does not show me now whether they are switched on",
        "• AutoMod: its rules are not shown to me. If my messages do not come: "
        "Server Settings → AutoMod, and exempt my role.",
        f"• <#{stage.log.id}>: Discord does not show it to me now",
    ]


async def test_a_key_that_spark_does_not_take_is_not_called_away(harness: Harness) -> None:
    await harness.start(spark={"api_key": SecretStr("wrong")})
    await harness.ready()
    assert "✗ **Spark does not let me in.**" in await spend(harness, "check", moderator(harness))


async def test_it_is_for_moderators_and_so_is_its_button(stage: Stage) -> None:
    told = await spend(stage.bot, "check", stage.bot.alice, strict=False)
    assert "is for moderators" in told
    page = await asked(stage.bot, "check", stage.mona)
    stage.mona.roles.clear()
    pressed = await stage.bot.click(stage.mona, page, "🔄 Look again")
    refused = await stage.bot.until(lambda: pressed.followups[0] if pressed.followups else None)
    assert "is for moderators" in refused.content
    assert [each.refused for each in await actions(stage.bot)][-2:] == [True, True]
