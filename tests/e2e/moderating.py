"""Moderators, what they do, and what stands in the record of it."""

from typing import Any

from bot.domain.moderation.actions import Action
from sandbox.discord import Channel, Guild, Interaction, Member, Message, Permissions
from sandbox.discord.people.inputs import OptionInput
from tests.e2e.harness import Harness
from tests.e2e.pages import words_of


def moderator(bot: Harness, name: str = "mona", guild: Guild | None = None) -> Member:
    where = guild or bot.guild
    role = bot.discord.add_role(where, "moderators", Permissions.MANAGE_GUILD | Permissions.MANAGE_MESSAGES)
    return bot.discord.add_member(where, name, roles=[role])


async def start(harness: Harness, **limits: Any) -> Member:
    """Start the bot with some limits of the operator's, and give a moderator."""
    await harness.start(limits=limits)
    await harness.ready()
    return moderator(harness)


async def spend(
    bot: Harness,
    subcommand: str,
    by: Member,
    place: Channel | None = None,
    *,
    strict: bool = True,
    **options: OptionInput,
) -> str:
    """Have somebody use `/spend`, and give what they alone are answered."""
    return words_of(await asked(bot, subcommand, by, place, strict=strict, **options))


async def asked(
    bot: Harness,
    subcommand: str,
    by: Member,
    place: Channel | None = None,
    *,
    strict: bool = True,
    **options: OptionInput,
) -> Message:
    """Have somebody use `/spend`, and give the answer that they alone see."""
    name = f"/spend {subcommand}"
    interaction = await bot.discord.command(by, place or bot.general, name, options, strict=strict)
    return await answer(bot, interaction)


async def answer(bot: Harness, asked: Interaction) -> Message:
    """Wait for what only the asking person sees; nobody else sees anything."""
    message = await bot.until(lambda: bot.private_answer(asked))
    assert all(each.ephemeral for each in [asked.response, *asked.followups] if each is not None)
    return message


async def actions(bot: Harness, guild: Guild | None = None) -> list[Action]:
    """Read the record of a server, oldest first."""
    return await bot.books.actions((guild or bot.guild).id)
